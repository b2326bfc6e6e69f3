"""Sessions as they stand on the record: attendance, caucus times, minutes and their initials."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain import roles
from app.domain.agreements import Stage
from app.domain.ids import AgreementId, MemberId, PartyKey
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act
from app.errors import NotFound, SessionClosed
from app.models import Attendance, CaucusTime, Minutes, MinutesInitial, Session
from app.repositories.agreements import AgreementRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.members import MemberRepository
from app.repositories.sessions import CLOSED, SessionRepository
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.suggestions import Shelf


@dataclass(frozen=True, slots=True)
class Held:
    """A session with all that is on its record, and the names of the members it mentions."""

    session: Session
    attendance: Sequence[Attendance]
    caucuses: Sequence[CaucusTime]
    minutes: Minutes | None
    initials: Sequence[MinutesInitial]
    names: dict[str, str]
    signatories: Sequence[PartyKey]

    @property
    def under_newest(self) -> list[MinutesInitial]:
        """List the initials that hold: those under the newest draft."""
        newest = self.minutes.version if self.minutes is not None else 0
        return [one for one in self.initials if one.version == newest]

    @property
    def awaiting(self) -> list[PartyKey]:
        """Tell whose initials the minutes still need."""
        put = {one.party_key for one in self.under_newest}
        return [party for party in self.signatories if party not in put] if self.minutes is not None else []

    @property
    def is_frozen(self) -> bool:
        return self.minutes is not None and not self.awaiting


async def page(shelf: Shelf, acting: Acting, before: int | None, limit: int) -> list[Held]:
    """List sessions, the last one convened first."""
    async with shelf.database.reading() as session:
        found = await SessionRepository(session).of(acting.agreement_id, before=before, limit=limit)
        return await laid_out(session, acting.agreement_id, found)


async def one(shelf: Shelf, acting: Acting, session_id: str) -> Held:
    """Read one session; raises `NotFound`."""
    async with shelf.database.reading() as session:
        return await found_in(session, acting, session_id)


async def found_in(session: AsyncSession, acting: Acting, session_id: str) -> Held:
    found = await SessionRepository(session).get(acting.agreement_id, session_id)
    if found is None:
        raise NotFound
    return (await laid_out(session, acting.agreement_id, [found]))[0]


async def laid_out(session: AsyncSession, agreement: AgreementId, found: Sequence[Session]) -> list[Held]:
    """Lay out sessions with all that is on their record."""
    ids, repository = [one.id for one in found], SessionRepository(session)
    attendance, caucuses = await repository.attendance(ids), await repository.caucuses(ids)
    minutes, initials = await repository.minutes(ids), await repository.initials(ids)
    mentioned = (
        {one.convened_by for one in found}
        | {one.member_id for one in minutes.values()}
        | {one.member_id for one in initials}
    )
    names = await MemberRepository(session).names([MemberId(one) for one in sorted(mentioned)])
    parties = (await AgreementRepository(session).parties([agreement]))[agreement]
    signatories = [PartyKey(party.key) for party in parties if party.signatory]
    return [
        Held(
            one,
            [each for each in attendance if each.session_id == one.id],
            [each for each in caucuses if each.session_id == one.id],
            minutes.get(one.id),
            [each for each in initials if each.session_id == one.id],
            names,
            signatories,
        )
        for one in found
    ]


async def require(session: AsyncSession, acting: Acting, act: Act) -> None:
    """Raise what the table of roles says of an act at the agreement's present stage."""
    agreement = await AgreementRepository(session).get(acting.agreement_id)
    roles.require(act, acting.standing_at(Stage(agreement.status)))


async def tell(turn: Decision, acting: Acting, kind: Kind, payload: dict[str, Any]) -> None:
    entry = Entry(kind, acting.party_key, acting.signature, payload)
    await LedgerRepository(turn.session).extend(acting.agreement_id, [entry])


def require_not_closed(held: Held) -> None:
    if held.session.status == CLOSED:
        raise SessionClosed
