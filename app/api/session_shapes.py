"""Shaping a session as one may see it: dates at any sight, its record from what was tabled on, drafts while live."""

from app.api.schemas.sessions import (
    AttendeeShape,
    CaucusShape,
    MinutesInitialShape,
    MinutesShape,
    SessionShape,
)
from app.api.schemas.suggestions import PersonShape
from app.domain.sight import Sight
from app.services.session_records import Held


def shape(held: Held, sight: Sight) -> SessionShape:
    """Shape a session. Minutes that are not frozen are a draft between the parties."""
    session, seen = held.session, sight >= Sight.TABLED
    return SessionShape(
        id=session.id,
        number=session.number,
        status=session.status,
        starts_at=session.starts_at,
        place=session.place,
        agenda=session.agenda if seen else None,
        convened_by=PersonShape(id=session.convened_by, name=held.names[session.convened_by]) if seen else None,
        opened_at=session.opened_at,
        closed_at=session.closed_at,
        attendance=_attendance(held) if seen else None,
        caucuses=[CaucusShape(party=one.party_key, out_at=one.out_at, in_at=one.in_at) for one in held.caucuses]
        if seen
        else None,
        minutes=_minutes(held) if sight >= Sight.LIVE or (seen and held.is_frozen) else None,
        next_starts_at=session.next_starts_at,
        refusal=session.refusal if seen else None,
        refused_by=session.refused_by if seen else None,
    )


def _attendance(held: Held) -> dict[str, list[AttendeeShape]]:
    return {one.party_key: [AttendeeShape(**person) for person in one.people] for one in held.attendance}


def _minutes(held: Held) -> MinutesShape | None:
    minutes = held.minutes
    if minutes is None:
        return None
    return MinutesShape(
        version=minutes.version,
        content=minutes.content,
        content_hash=minutes.content_hash,
        drafted_by=PersonShape(id=minutes.member_id, name=held.names[minutes.member_id]),
        at=minutes.at,
        initials=[
            MinutesInitialShape(
                party=one.party_key, member=PersonShape(id=one.member_id, name=held.names[one.member_id]), at=one.at
            )
            for one in held.under_newest
        ],
        awaiting=list(held.awaiting),
        frozen=held.is_frozen,
    )
