"""Inviting people into a party, and taking the seat."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, status

from app.api.deps import Configured, CurrentIdentity, CurrentMember, Store
from app.api.errors import problems
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.schemas.base import Page
from app.api.schemas.invitations import InvitationBody, InvitationPreview, InvitationShape, NewInvitation, Seat
from app.domain.ids import PartyKey
from app.domain.roles import Role
from app.errors import (
    AgreementSigned,
    AlreadyExists,
    ConsentMissing,
    ForeignOrigin,
    Gone,
    InvalidContent,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
)
from app.models import Invitation
from app.services import invitations
from app.services.invitations import Call
from app.services.mail import Mail

router = APIRouter(tags=["invitations"])
TokenPath = Annotated[str, Path(max_length=200, description="The invitation's token.", examples=["ply_inv_3kQ"])]


@router.post(
    "/agreements/{agreement_id}/invitations",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound, NotLead, NotPermitted, AgreementSigned, InvalidContent, MissingScope, ForeignOrigin),
)
async def invite(
    body: InvitationBody, acting: CurrentMember, store: Store, settings: Configured, request: Request
) -> NewInvitation:
    """Invite somebody, by mail where an email is given. The token is shown in this answer alone, and works once."""
    call = Call(PartyKey(body.party), Role(body.role), body.email)
    mail: Mail = request.app.state.mail
    invitation, token = await invitations.invite(store, acting, call, settings.invitation_days, mail)
    return NewInvitation(
        id=invitation.id,
        token=token,
        url=invitations.address_of(token, settings),
        party=invitation.party_key,
        role=Role(invitation.role),
        email=invitation.email,
        expires_at=invitation.expires_at,
    )


@router.get(
    "/agreements/{agreement_id}/invitations",
    responses=problems(NotFound, NotLead, NotPermitted, AgreementSigned, MissingScope),
)
async def list_invitations(
    acting: CurrentMember, store: Store, cursor: Cursor = None, limit: PageSize = 50
) -> Page[InvitationShape]:
    """List the open invitations into the caller's party, and those that it sent."""
    after = read_cursor(cursor, str)
    found = await invitations.open_ones(store, acting, after[0] if after else None, limit + 1)
    items = [_shape(invitation) for invitation in found[:limit]]
    return Page(items=items, next=cursor_of(items[-1].id) if len(found) > limit else None)


@router.delete(
    "/agreements/{agreement_id}/invitations/{invitation_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound, NotLead, NotPermitted, AgreementSigned, MissingScope, ForeignOrigin),
)
async def withdraw_invitation(
    invitation_id: Annotated[str, Path(max_length=64, examples=["inv_5t"])], acting: CurrentMember, store: Store
) -> None:
    """Withdraw an open invitation; its token opens nothing from now on."""
    await invitations.withdraw(store, acting, invitation_id)


@router.get("/invitations/{token}", responses=problems(NotFound, Gone))
async def preview_invitation(token: TokenPath, store: Store) -> InvitationPreview:
    """Tell whoever holds the token what it offers, before they log in or open an account."""
    offered = await invitations.preview(store, token)
    return InvitationPreview(
        agreement_title=offered.agreement.title,
        party=offered.party.key,
        party_name=offered.party.name,
        role=Role(offered.invitation.role),
        email=offered.invitation.email,
        invited_by=offered.inviter,
        expires_at=offered.invitation.expires_at,
    )


@router.post(
    "/invitations/{token}/accept",
    responses=problems(NotFound, Gone, NotPermitted, ConsentMissing, AlreadyExists, MissingScope, ForeignOrigin),
)
async def accept_invitation(token: TokenPath, identity: CurrentIdentity, store: Store) -> Seat:
    """Take the seat that the invitation offers."""
    member = await invitations.accept(store, identity, token)
    return Seat(agreement_id=member.agreement_id, member_id=member.id, party=member.party_key, role=Role(member.role))


def _shape(invitation: Invitation) -> InvitationShape:
    return InvitationShape(
        id=invitation.id,
        party=invitation.party_key,
        role=Role(invitation.role),
        email=invitation.email,
        invited_by_party=invitation.inviting_party,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
    )
