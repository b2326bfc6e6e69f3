"""Telling of dates that draw near: a session, a package that runs out, a table that has stood still too long.

Each is told once, however many workers look and however often: a session that is moved is another date.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.db import Database
from app.domain.ids import AgreementId
from app.domain.reconvening import State
from app.repositories.dates import DateRepository
from app.repositories.mediation import MediationRepository
from app.services import notices
from app.services.reconvening import outlook

_NEAR = timedelta(days=1)
_AGREEMENTS_AT_ONCE = 200
_STALLED = {State.STALLED, State.DATE_PASSED}


@dataclass(frozen=True, slots=True)
class _Date:
    agreement: AgreementId
    kind: str
    name: str
    subject: Mapping[str, Any]
    to_everybody: bool = False


async def tell_of_dates(database: Database, at: datetime) -> None:
    """Tell of every date that is less than a day away and was not told yet."""
    async with database.reading() as session:
        near = [date async for date in _near(session, at)]
        told = await DateRepository(session).told([notices.origin_of(date.name) for date in near])
    for date in near:
        if notices.origin_of(date.name) not in told:
            await _tell(database, date)


async def tell_of_stalls(database: Database) -> None:
    """Tell both sides of tables that have not moved for as long as their ground rules say, or let a date pass."""
    after = ""
    while True:
        async with database.reading() as session:
            repository = DateRepository(session)
            found = await repository.bargaining(after, _AGREEMENTS_AT_ONCE)
            dates = []
            for agreement in found:
                seen = await outlook(session, agreement)
                if seen is not None and seen.reconvening.state in _STALLED and seen.reconvening.since is not None:
                    name = f"stall/{agreement.id}/{seen.reconvening.since.isoformat()}"
                    subject = {"state": seen.reconvening.state.value}
                    dates.append(_Date(AgreementId(agreement.id), "table.stalled", name, subject))
            told = await repository.told([notices.origin_of(date.name) for date in dates])
        for date in dates:
            if notices.origin_of(date.name) not in told:
                await _tell(database, date)
        if len(found) < _AGREEMENTS_AT_ONCE:
            return
        after = found[-1].id


async def _near(session: AsyncSession, at: datetime) -> AsyncIterator[_Date]:
    repository = DateRepository(session)
    for meeting in await repository.sessions_between(at, at + _NEAR):
        name = f"session/{meeting.id}/{meeting.starts_at.isoformat()}"
        subject = {"session": meeting.id, "at": meeting.starts_at.isoformat()}
        yield _Date(AgreementId(meeting.agreement_id), "session.near", name, subject, to_everybody=True)
    for package in await repository.packages_between(at, at + _NEAR):
        subject = {"package": package.id}
        yield _Date(AgreementId(package.agreement_id), "package.expiring", f"package/{package.id}", subject)


async def _tell(database: Database, date: _Date) -> None:
    async with database.transaction() as session:
        everybody = await DateRepository(session).members(date.agreement)
        to = everybody if date.to_everybody else await MediationRepository(session).team(date.agreement, None)
        await notices.post(session, date.agreement, date.kind, to=to, subject=date.subject, once=date.name)
