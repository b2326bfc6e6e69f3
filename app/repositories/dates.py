"""Dates that draw near, over all agreements, and which of them were told already."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.agreements import Stage
from app.domain.ids import AgreementId, MemberId
from app.models import Agreement, Member, Notice, Package, Session


class DateRepository:
    """Finds what begins or ends soon."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def sessions_between(self, start: datetime, end: datetime) -> Sequence[Session]:
        found = await self._session.scalars(
            select(Session).where(Session.status == "convened", Session.starts_at > start, Session.starts_at <= end)
        )
        return found.all()

    async def packages_between(self, start: datetime, end: datetime) -> Sequence[Package]:
        found = await self._session.scalars(
            select(Package).where(Package.status == "pending", Package.expires_at > start, Package.expires_at <= end)
        )
        return found.all()

    async def bargaining(self, after: str, limit: int) -> Sequence[Agreement]:
        """List agreements under negotiation, by their ids."""
        found = await self._session.scalars(
            select(Agreement)
            .where(Agreement.status == Stage.BARGAINING.value, Agreement.id > after)
            .order_by(Agreement.id)
            .limit(limit)
        )
        return found.all()

    async def told(self, origins: Collection[str]) -> set[str]:
        """Tell which of these were told to anybody."""
        found = await self._session.scalars(select(Notice.origin).where(Notice.origin.in_(list(origins))).distinct())
        return set(found)

    async def members(self, agreement: AgreementId) -> list[MemberId]:
        found = await self._session.scalars(
            select(Member.id).where(Member.agreement_id == agreement, Member.removed_at.is_(None)).order_by(Member.id)
        )
        return [MemberId(one) for one in found]
