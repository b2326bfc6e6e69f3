"""Sessions: convened, opened, attended, closed with a next date or a refusal, and their joint minutes."""

from typing import Annotated

from fastapi import APIRouter, Path, status

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.schemas.base import Page
from app.api.schemas.sessions import (
    AttendanceBody,
    CaucusBody,
    ClosingBody,
    MinutesBody,
    MinutesSeen,
    PlanBody,
    SessionShape,
)
from app.api.session_shapes import shape
from app.api.suggestions import AShelf
from app.domain.ids import MemberId
from app.errors import (
    AgreementSigned,
    ForeignOrigin,
    InvalidContent,
    MinutesFrozen,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
    SeatChanged,
    SessionClosed,
    SessionOverlaps,
    StaleContent,
    WrongStage,
)
from app.services import minutes, session_records, sessions
from app.services.sessions import Attendee, Plan

router = APIRouter(tags=["sessions"])
_PATH = "/agreements/{agreement_id}/sessions"
_ONE = _PATH + "/{session_id}"
_WRITING = (NotFound, WrongStage, AgreementSigned, SeatChanged, MissingScope, ForeignOrigin)
ASession = Annotated[str, Path(max_length=64, description="The session's id.", examples=["ses_4d"])]


@router.post(
    _PATH,
    status_code=status.HTTP_201_CREATED,
    responses=problems(*_WRITING, NotLead, SessionOverlaps, InvalidContent),
)
async def convene_session(body: PlanBody, acting: CurrentMember, place: AShelf) -> SessionShape:
    """Convene a session. One that was held already may be entered afterwards."""
    return shape(await sessions.convene(place, acting, _plan(body)), acting.sight)


@router.get(_PATH, responses=problems(NotFound, MissingScope))
async def list_sessions(
    acting: CurrentMember, place: AShelf, cursor: Cursor = None, limit: PageSize = 50
) -> Page[SessionShape]:
    """List the sessions, the last one convened first."""
    after = read_cursor(cursor, int)
    found = await session_records.page(place, acting, after[0] if after else None, limit + 1)
    items = [shape(held, acting.sight) for held in found[:limit]]
    return Page(items=items, next=cursor_of(items[-1].number) if len(found) > limit else None)


@router.get(_ONE, responses=problems(NotFound, MissingScope))
async def read_session(acting: CurrentMember, place: AShelf, session_id: ASession) -> SessionShape:
    """Read one session with its record."""
    return shape(await session_records.one(place, acting, session_id), acting.sight)


@router.put(_ONE, responses=problems(*_WRITING, NotLead, SessionClosed, SessionOverlaps, InvalidContent))
async def change_session(body: PlanBody, acting: CurrentMember, place: AShelf, session_id: ASession) -> SessionShape:
    """Move a session that was not opened yet, or give it another place or agenda."""
    return shape(await sessions.change(place, acting, session_id, _plan(body)), acting.sight)


@router.post(_ONE + "/opening", responses=problems(*_WRITING, NotLead, SessionClosed, SessionOverlaps))
async def open_session(acting: CurrentMember, place: AShelf, session_id: ASession) -> SessionShape:
    """Open a session; one alone is open at a time."""
    return shape(await sessions.open_session(place, acting, session_id), acting.sight)


@router.put(_ONE + "/attendance", responses=problems(*_WRITING, NotPermitted, SessionClosed, InvalidContent))
async def record_attendance(
    body: AttendanceBody, acting: CurrentMember, place: AShelf, session_id: ASession
) -> SessionShape:
    """Write down who of one's own party is there: members, and guests by name."""
    people = [Attendee(MemberId(one.member_id) if one.member_id else None, one.name) for one in body.people]
    return shape(await sessions.attend(place, acting, session_id, people), acting.sight)


@router.post(_ONE + "/caucuses", responses=problems(*_WRITING, NotLead, SessionClosed))
async def record_caucus(body: CaucusBody, acting: CurrentMember, place: AShelf, session_id: ASession) -> SessionShape:
    """Leave the table to caucus, or come back. The times are on the table's record, and nothing else."""
    return shape(await sessions.caucus(place, acting, session_id, out=body.direction == "out"), acting.sight)


@router.post(_ONE + "/closing", responses=problems(*_WRITING, NotLead, SessionClosed, InvalidContent))
async def close_session(body: ClosingBody, acting: CurrentMember, place: AShelf, session_id: ASession) -> SessionShape:
    """Close a session with the date of the next one, which is convened by it, or with a refusal on record."""
    return shape(await sessions.close(place, acting, session_id, body.next_starts_at, body.refusal), acting.sight)


@router.put(_ONE + "/minutes", responses=problems(*_WRITING, NotPermitted, MinutesFrozen, StaleContent, InvalidContent))
async def draft_minutes(body: MinutesBody, acting: CurrentMember, place: AShelf, session_id: ASession) -> SessionShape:
    """Write the joint minutes anew; initials under the draft before are void."""
    return shape(await minutes.draft(place, acting, session_id, body.content, body.seen), acting.sight)


@router.post(_ONE + "/minutes/initials", responses=problems(*_WRITING, NotLead, NotPermitted, StaleContent))
async def initial_minutes(
    body: MinutesSeen, acting: CurrentMember, place: AShelf, session_id: ASession
) -> SessionShape:
    """Put initials under the minutes as seen; after the last signatory's lead they never change."""
    return shape(await minutes.initial(place, acting, session_id, body.content_hash), acting.sight)


def _plan(body: PlanBody) -> Plan:
    return Plan(body.starts_at, body.place, body.agenda or None)
