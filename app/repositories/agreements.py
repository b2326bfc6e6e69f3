"""Agreements, their parties and the confirmations of their starting text."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AccountId, AgreementId
from app.models import Agreement, Confirmation, Member, Party


class AgreementRepository:
    """Reads and adds agreements; lists only those that the account is a member of."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, agreement: Agreement, parties: Sequence[Party]) -> None:
        self._session.add(agreement)
        await self._session.flush()
        self._session.add_all(parties)
        await self._session.flush()

    async def locked(self, agreement: AgreementId) -> Agreement:
        """Read an agreement afresh and hold it until the transaction ends."""
        found = await self._session.scalars(
            select(Agreement)
            .where(Agreement.id == agreement)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return found.one()

    async def visible_to(
        self, account: AccountId, only: AgreementId | None, after: tuple[datetime, str] | None, limit: int
    ) -> list[Agreement]:
        """List the agreements of an account, newest first; `only` is what a bound token reaches."""
        query = select(Agreement).join(Member).where(Member.account_id == account)
        if only is not None:
            query = query.where(Agreement.id == only)
        if after is not None:
            query = query.where(tuple_(Agreement.created_at, Agreement.id) < after)
        found = await self._session.scalars(
            query.order_by(Agreement.created_at.desc(), Agreement.id.desc()).limit(limit)
        )
        return list(found)

    async def parties(self, agreements: Sequence[AgreementId]) -> dict[str, list[Party]]:
        """List the parties of some agreements, each in its order."""
        found = await self._session.scalars(
            select(Party).where(Party.agreement_id.in_(agreements)).order_by(Party.position)
        )
        listed: dict[str, list[Party]] = {agreement: [] for agreement in agreements}
        for party in found:
            listed[party.agreement_id].append(party)
        return listed

    async def confirmations(self, agreement: AgreementId) -> list[Confirmation]:
        found = await self._session.scalars(
            select(Confirmation).where(Confirmation.agreement_id == agreement).order_by(Confirmation.at)
        )
        return list(found)

    async def confirm(self, confirmation: Confirmation) -> None:
        self._session.add(confirmation)
        await self._session.flush()
