"""The versions of an agreement's ground rules and the signatures under them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId
from app.models import RulesSignature, RulesVersion

PROPOSED, IN_FORCE, SUPERSEDED, REPLACED = "proposed", "in_force", "superseded", "replaced"


class GroundRulesRepository:
    """Adds and reads versions. At most one is proposed, and at most one in force."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def in_force(self, agreement: AgreementId) -> RulesVersion | None:
        return await self._at(agreement, IN_FORCE)

    async def proposed(self, agreement: AgreementId) -> RulesVersion | None:
        return await self._at(agreement, PROPOSED)

    async def _at(self, agreement: AgreementId, status: str) -> RulesVersion | None:
        found = await self._session.scalars(
            select(RulesVersion).where(RulesVersion.agreement_id == agreement, RulesVersion.status == status)
        )
        return found.one_or_none()

    async def all(self, agreement: AgreementId) -> list[RulesVersion]:
        """List the versions, newest first."""
        found = await self._session.scalars(
            select(RulesVersion).where(RulesVersion.agreement_id == agreement).order_by(RulesVersion.version.desc())
        )
        return list(found)

    async def newest(self, agreement: AgreementId) -> int:
        """Tell the newest version's number; 0 where there is none."""
        found = await self._session.scalar(
            select(func.max(RulesVersion.version)).where(RulesVersion.agreement_id == agreement)
        )
        return found or 0

    async def add(self, version: RulesVersion | RulesSignature) -> None:
        self._session.add(version)
        await self._session.flush()

    async def signatures(self, agreement: AgreementId) -> Sequence[RulesSignature]:
        """List the signatures under all versions, oldest first."""
        found = await self._session.scalars(
            select(RulesSignature).where(RulesSignature.agreement_id == agreement).order_by(RulesSignature.at)
        )
        return found.all()
