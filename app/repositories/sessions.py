"""Sessions with their attendance, caucus times and minutes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId
from app.models import Attendance, CaucusTime, Minutes, MinutesInitial, Session

CONVENED, OPEN, CLOSED = "convened", "open", "closed"


class SessionRepository:
    """Adds and reads sessions; rows of minutes and initials are never changed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: Session | Attendance | CaucusTime | Minutes | MinutesInitial) -> None:
        self._session.add(row)
        await self._session.flush()

    async def get(self, agreement: AgreementId, session: str) -> Session | None:
        """Read one session afresh."""
        found = await self._session.scalars(
            select(Session)
            .where(Session.agreement_id == agreement, Session.id == session)
            .execution_options(populate_existing=True)
        )
        return found.one_or_none()

    async def of(
        self, agreement: AgreementId, *, status: str | None = None, before: int | None = None, limit: int | None = None
    ) -> list[Session]:
        """List sessions, the last one convened first; `before` a number."""
        query = select(Session).where(Session.agreement_id == agreement)
        if status is not None:
            query = query.where(Session.status == status)
        if before is not None:
            query = query.where(Session.number < before)
        query = query.order_by(Session.number.desc()).limit(limit).execution_options(populate_existing=True)
        return list(await self._session.scalars(query))

    async def pending(self, agreements: Sequence[AgreementId]) -> list[Session]:
        """List the sessions of some agreements that are not closed."""
        found = await self._session.scalars(
            select(Session).where(Session.agreement_id.in_(agreements), Session.status != CLOSED)
        )
        return list(found)

    async def count(self, agreement: AgreementId) -> int:
        found = await self._session.scalar(select(func.max(Session.number)).where(Session.agreement_id == agreement))
        return found or 0

    async def attendance(self, sessions: Sequence[str]) -> list[Attendance]:
        found = await self._session.scalars(
            select(Attendance)
            .where(Attendance.session_id.in_(sessions))
            .order_by(Attendance.party_key)
            .execution_options(populate_existing=True)
        )
        return list(found)

    async def caucuses(self, sessions: Sequence[str]) -> list[CaucusTime]:
        found = await self._session.scalars(
            select(CaucusTime)
            .where(CaucusTime.session_id.in_(sessions))
            .order_by(CaucusTime.out_at, CaucusTime.id)
            .execution_options(populate_existing=True)
        )
        return list(found)

    async def end_caucuses(self, session: str, at: datetime) -> None:
        """Bring back whoever is still out."""
        await self._session.execute(
            update(CaucusTime).where(CaucusTime.session_id == session, CaucusTime.in_at.is_(None)).values(in_at=at)
        )

    async def minutes(self, sessions: Sequence[str]) -> dict[str, Minutes]:
        """Find the newest draft of the minutes of some sessions, by session."""
        found = await self._session.scalars(
            select(Minutes).where(Minutes.session_id.in_(sessions)).order_by(Minutes.version)
        )
        return {minutes.session_id: minutes for minutes in found}

    async def initials(self, sessions: Sequence[str]) -> list[MinutesInitial]:
        """List the initials under any draft of the minutes of some sessions, oldest first."""
        found = await self._session.scalars(
            select(MinutesInitial)
            .where(MinutesInitial.session_id.in_(sessions))
            .order_by(MinutesInitial.at, MinutesInitial.party_key)
        )
        return list(found)
