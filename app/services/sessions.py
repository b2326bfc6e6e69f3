"""Sessions: convened, opened, attended, interrupted by caucuses, and closed with a next date or a recorded refusal.

Every act is told in the ledger, and made in the table's order: both sides see the same session at every moment. A
caucus leaves its times on the record, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.crdt.document import Document
from app.domain.ids import MemberId, new_id
from app.domain.ledger import Kind, timestamp
from app.domain.reconvening import FURTHEST, NEAREST, OLDEST
from app.domain.roles import Act
from app.errors import InvalidContent, SessionOverlaps, WrongStage
from app.models import Attendance, CaucusTime, Session, now
from app.repositories.members import MemberRepository
from app.repositories.sessions import CLOSED, CONVENED, OPEN, SessionRepository
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.session_records import Held, found_in, require, require_not_closed, tell
from app.services.suggestions import Shelf


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where the parties mean to meet, and about what."""

    starts_at: datetime
    place: str | None
    agenda: str | None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who was there: a member of the party, or a guest by name."""

    member: MemberId | None
    name: str | None


async def convene(shelf: Shelf, acting: Acting, plan: Plan) -> Held:
    """Convene a session; one that was held already may be entered afterwards.

    Raises `NotLead`, `WrongStage`, `AgreementSigned`, `SessionOverlaps`, and `InvalidContent` for an unlikely date.
    """

    async def judge(_document: Document, turn: Decision) -> None:
        await require(turn.session, acting, Act.CONVENE)
        _require_likely(plan.starts_at)
        await _require_free(turn.session, acting, plan.starts_at)

    async def act(_document: Document, turn: Decision, _judged: None) -> Held:
        session = await _convene(turn, acting, plan)
        return await found_in(turn.session, acting, session.id)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def change(shelf: Shelf, acting: Acting, session_id: str, plan: Plan) -> Held:
    """Move a session that was not opened yet, or give it another place or agenda.

    Raises as `convene` does, and `NotFound`, `WrongStage` once it was opened, `SessionClosed` once it was closed.
    """

    async def judge(_document: Document, turn: Decision) -> Held:
        await require(turn.session, acting, Act.CONVENE)
        held = await found_in(turn.session, acting, session_id)
        require_not_closed(held)
        if held.session.status != CONVENED:
            raise WrongStage("The session is open already.", stage=held.session.status)
        _require_likely(plan.starts_at)
        await _require_free(turn.session, acting, plan.starts_at, beside=session_id)
        return held

    async def act(_document: Document, turn: Decision, held: Held) -> Held:
        session = held.session
        before = session.starts_at
        session.starts_at, session.place, session.agenda = plan.starts_at, plan.place, plan.agenda
        session.convened_at = now()
        await tell(turn, acting, Kind.SESSION_MOVED, _planned(session) | {"before": timestamp(before)})
        return await found_in(turn.session, acting, session_id)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def open_session(shelf: Shelf, acting: Acting, session_id: str) -> Held:
    """Open a session; said twice, it is opened once.

    Raises `NotFound`, `NotLead`, `WrongStage`, `AgreementSigned`, `SessionClosed`, and `SessionOverlaps` while another
    one is open.
    """

    async def judge(_document: Document, turn: Decision) -> Held:
        await require(turn.session, acting, Act.CONVENE)
        held = await found_in(turn.session, acting, session_id)
        require_not_closed(held)
        for other in await SessionRepository(turn.session).of(acting.agreement_id, status=OPEN):
            if other.id != session_id:
                raise SessionOverlaps("Another session is open; close it first.", session=other.id)
        return held

    async def act(_document: Document, turn: Decision, held: Held) -> Held:
        if held.session.status != OPEN:
            held.session.status, held.session.opened_at = OPEN, now()
            await tell(turn, acting, Kind.SESSION_OPENED, _named(held.session))
        return await found_in(turn.session, acting, session_id)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def attend(shelf: Shelf, acting: Acting, session_id: str, people: Sequence[Attendee]) -> Held:
    """Write down who of the caller's own party is there, in place of what was written before.

    Raises `NotFound`, `NotPermitted`, `WrongStage`, `AgreementSigned`, `SessionClosed`, and `InvalidContent` for
    somebody who is no member of the party.
    """

    async def judge(_document: Document, turn: Decision) -> tuple[Held, list[dict[str, Any]]]:
        await require(turn.session, acting, Act.RECORD)
        held = await found_in(turn.session, acting, session_id)
        _require_open(held)
        return held, await _named_people(turn.session, acting, people)

    async def act(_document: Document, turn: Decision, judged: tuple[Held, list[dict[str, Any]]]) -> Held:
        held, there = judged
        row = next((one for one in held.attendance if one.party_key == acting.party_key), None)
        if row is None:
            row = Attendance(session_id=session_id, party_key=acting.party_key)
        row.people, row.member_id, row.at = there, acting.member_id, now()
        await SessionRepository(turn.session).add(row)
        await tell(turn, acting, Kind.SESSION_ATTENDANCE, _named(held.session) | {"people": there})
        return await found_in(turn.session, acting, session_id)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def caucus(shelf: Shelf, acting: Acting, session_id: str, *, out: bool) -> Held:
    """Note that the caller's party leaves the table to caucus, or comes back; said twice, it is noted once.

    Raises `NotFound`, `NotLead`, `WrongStage`, `AgreementSigned` and `SessionClosed`.
    """

    async def judge(_document: Document, turn: Decision) -> Held:
        await require(turn.session, acting, Act.CONVENE)
        held = await found_in(turn.session, acting, session_id)
        _require_open(held)
        return held

    async def act(_document: Document, turn: Decision, held: Held) -> Held:
        away = next((o for o in held.caucuses if o.party_key == acting.party_key and o.in_at is None), None)
        at = now()
        if out and away is None:
            times = CaucusTime(
                id=new_id("cau"),
                session_id=session_id,
                party_key=acting.party_key,
                member_id=acting.member_id,
                out_at=at,
                in_at=None,
            )
            await SessionRepository(turn.session).add(times)
            told = {"out_at": timestamp(at), "in_at": None}
            await tell(turn, acting, Kind.SESSION_CAUCUS, _named(held.session) | told)
        elif not out and away is not None:
            away.in_at = at
            told = {"out_at": timestamp(away.out_at), "in_at": timestamp(at)}
            await tell(turn, acting, Kind.SESSION_CAUCUS, _named(held.session) | told)
        return await found_in(turn.session, acting, session_id)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def close(
    shelf: Shelf, acting: Acting, session_id: str, next_starts_at: datetime | None, refusal: str | None
) -> Held:
    """Close a session with the date of the next one, which is convened by it, or with a refusal that is recorded.

    Raises `NotFound`, `NotLead`, `WrongStage`, `AgreementSigned`, `SessionClosed`, and `InvalidContent` for a next date
    that lies in the past.
    """

    async def judge(_document: Document, turn: Decision) -> Held:
        await require(turn.session, acting, Act.CONVENE)
        held = await found_in(turn.session, acting, session_id)
        require_not_closed(held)
        if next_starts_at is not None:
            if next_starts_at <= now():
                raise InvalidContent("next_starts_at lies in the past; the parties meet again at a date to come.")
            _require_likely(next_starts_at)
        return held

    async def act(_document: Document, turn: Decision, held: Held) -> Held:
        session, at = held.session, now()
        await SessionRepository(turn.session).end_caucuses(session_id, at)
        session.status, session.closed_at = CLOSED, at
        session.next_starts_at, session.refusal = next_starts_at, refusal
        session.refused_by = acting.party_key if refusal is not None else None
        told = {"next_starts_at": timestamp(next_starts_at) if next_starts_at else None, "refusal": refusal}
        await tell(turn, acting, Kind.SESSION_CLOSED, _named(session) | told)
        if next_starts_at is None:
            await tell(turn, acting, Kind.RECONVENING_REFUSED, _named(session) | {"reason": refusal})
        elif await _near(turn.session, acting, next_starts_at, beside=session_id) is None:
            await _convene(turn, acting, Plan(next_starts_at, session.place, None))
        return await found_in(turn.session, acting, session_id)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def _convene(turn: Decision, acting: Acting, plan: Plan) -> Session:
    session = Session(
        id=new_id("ses"),
        agreement_id=acting.agreement_id,
        number=await SessionRepository(turn.session).count(acting.agreement_id) + 1,
        status=CONVENED,
        starts_at=plan.starts_at,
        place=plan.place,
        agenda=plan.agenda,
        convened_by=acting.member_id,
        convened_at=now(),
    )
    await SessionRepository(turn.session).add(session)
    await tell(turn, acting, Kind.SESSION_CONVENED, _planned(session))
    return session


async def _require_free(session: AsyncSession, acting: Acting, starts_at: datetime, beside: str = "") -> None:
    other = await _near(session, acting, starts_at, beside=beside)
    if other is not None:
        raise SessionOverlaps(session=other.id)


async def _near(session: AsyncSession, acting: Acting, starts_at: datetime, *, beside: str) -> Session | None:
    """Find a session that is not closed and starts at about that time."""
    pending = await SessionRepository(session).pending([acting.agreement_id])
    others = (one for one in pending if one.id != beside and abs(one.starts_at - starts_at) < NEAREST)
    return next(others, None)


def _require_likely(starts_at: datetime) -> None:
    at = now()
    if starts_at < at - OLDEST:
        raise InvalidContent("starts_at lies more than a year back; look at the year.")
    if starts_at > at + FURTHEST:
        raise InvalidContent("starts_at lies more than three years ahead; look at the year.")


def _require_open(held: Held) -> None:
    require_not_closed(held)
    if held.session.status != OPEN:
        raise WrongStage("Open the session first.", stage=held.session.status)


async def _named_people(session: AsyncSession, acting: Acting, people: Sequence[Attendee]) -> list[dict[str, Any]]:
    rows = await MemberRepository(session).of_agreement(acting.agreement_id)
    own = {row[0].id: row[1].name for row in rows if row[0].party_key == acting.party_key}
    there: list[dict[str, Any]] = []
    for person in people:
        if person.member is not None and person.member not in own:
            raise InvalidContent("people: one of them is no member of your party; name guests by their name.")
        name = own[person.member] if person.member is not None else person.name
        there.append({"member_id": person.member, "name": name})
    return there


def _named(session: Session) -> dict[str, Any]:
    return {"session": session.id, "number": session.number}


def _planned(session: Session) -> dict[str, Any]:
    told = {"starts_at": timestamp(session.starts_at), "place": session.place, "agenda": session.agenda}
    return _named(session) | told
