"""Members: their roles changed, moved to another party with both sides' yes, removed."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, status

from app.api.deps import CurrentMember, Store
from app.api.errors import problems
from app.api.schemas.base import Page
from app.api.schemas.members import MoveShape, SeatBody, SeatedShape
from app.api.suggestions import AShelf
from app.api.vigil import Vigil
from app.domain.ids import MemberId, PartyKey
from app.domain.roles import Role
from app.errors import (
    AgreementSigned,
    ForeignOrigin,
    InvalidContent,
    LastLead,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
    SeatChanged,
)
from app.models import Move
from app.services import seats
from app.services.seats import Change

router = APIRouter(tags=["members"])
_PATH = "/agreements/{agreement_id}/members/{member_id}"
_WRITING = (NotFound, NotLead, NotPermitted, AgreementSigned, SeatChanged, MissingScope, ForeignOrigin)
AMember = Annotated[str, Path(max_length=64, description="The member's id.", examples=["mem_91xd"])]


@router.patch(_PATH, responses=problems(*_WRITING, LastLead, InvalidContent))
async def change_member(
    body: SeatBody, member_id: AMember, acting: CurrentMember, place: AShelf, request: Request
) -> SeatedShape:
    """Give a member of one's own party another role, or propose and confirm its move to another party."""
    vigil: Vigil = request.app.state.vigil
    wish = Change(Role(body.role) if body.role else None, PartyKey(body.party) if body.party else None)
    seated = await seats.change(place, acting, MemberId(member_id), wish, vigil.end)
    await vigil.call()
    return SeatedShape(
        id=seated.member.id,
        name=seated.name,
        party=seated.member.party_key,
        role=Role(seated.member.role),
        move=_move(seated.move) if seated.move is not None else None,
    )


@router.delete(_PATH, status_code=status.HTTP_204_NO_CONTENT, responses=problems(*_WRITING, LastLead))
async def remove_member(member_id: AMember, acting: CurrentMember, place: AShelf, request: Request) -> None:
    """Take a member of one's own party from the table, at once. What it proposed stays with the party."""
    vigil: Vigil = request.app.state.vigil
    await seats.remove(place, acting, MemberId(member_id), vigil.end)
    await vigil.call()


@router.get("/agreements/{agreement_id}/moves", responses=problems(NotFound, MissingScope))
async def list_moves(acting: CurrentMember, store: Store) -> Page[MoveShape]:
    """List the moves between parties that wait for a yes, as far as they concern the caller's party."""
    async with store.reading() as session:
        return Page(items=[_move(move) for move in await seats.moves(session, acting)], next=None)


@router.delete(_PATH + "/move", status_code=status.HTTP_204_NO_CONTENT, responses=problems(*_WRITING))
async def forget_move(member_id: AMember, acting: CurrentMember, place: AShelf) -> None:
    """Take back a move that was proposed, or refuse it."""
    await seats.forget_move(place, acting, MemberId(member_id))


def _move(move: Move) -> MoveShape:
    return MoveShape(
        member_id=move.member_id,
        party=move.party_key,
        role=Role(move.role),
        proposed_by=move.proposing_party,
        at=move.at,
    )
