"""Confirming the starting text of an agreement in preparation."""

from fastapi import APIRouter, Request

from app.api.agreements import detail_for
from app.api.deps import CurrentMember, LiveRooms
from app.api.errors import problems
from app.api.schemas.agreements import AgreementDetail, ConfirmationBody
from app.errors import (
    AgreementSigned,
    ForeignOrigin,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
    StaleContent,
    WrongStage,
)
from app.services.confirmations import confirm

router = APIRouter(tags=["agreements"])


@router.post(
    "/agreements/{agreement_id}/confirmations",
    responses=problems(
        NotFound, NotLead, NotPermitted, StaleContent, WrongStage, AgreementSigned, MissingScope, ForeignOrigin
    ),
)
async def confirm_starting_text(
    body: ConfirmationBody, acting: CurrentMember, rooms: LiveRooms, request: Request
) -> AgreementDetail:
    """Confirm the starting text for one's party; after the last signatory's, bargaining begins."""
    await confirm(rooms, acting, body.content_hash)
    return await detail_for(request, acting.agreement_id, acting.identity.account_id)
