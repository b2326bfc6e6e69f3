"""The versions of an agreement's ground rules and the signatures under them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
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
            select(RulesVersion)
            .where(RulesVersion.agreement_id == agreement)
            .order_by(RulesVersion.version.desc())
            .execution_options(populate_existing=True)
        )
        return list(found)

    async def in_force_in(self, agreements: Sequence[AgreementId]) -> dict[str, RulesVersion]:
        """Find the versions in force of some agreements, by the agreement's id."""
        found = await self._session.scalars(
            select(RulesVersion).where(RulesVersion.agreement_id.in_(agreements), RulesVersion.status == IN_FORCE)
        )
        return {version.agreement_id: version for version in found}

    async def set_status(
        self, agreement: AgreementId, version: int, status: str, adopted_at: datetime | None = None
    ) -> None:
        values = {"status": status} | ({"adopted_at": adopted_at} if adopted_at is not None else {})
        await self._session.execute(
            update(RulesVersion)
            .where(RulesVersion.agreement_id == agreement, RulesVersion.version == version)
            .values(values)
        )

    async def add(self, version: RulesVersion | RulesSignature) -> None:
        self._session.add(version)
        await self._session.flush()

    async def signatures(self, agreement: AgreementId) -> Sequence[RulesSignature]:
        """List the signatures under all versions, oldest first."""
        found = await self._session.scalars(
            select(RulesSignature).where(RulesSignature.agreement_id == agreement).order_by(RulesSignature.at)
        )
        return found.all()
