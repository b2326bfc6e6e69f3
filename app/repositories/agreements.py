"""Agreements, their parties and the confirmations of their starting text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AccountId, AgreementId
from app.models import Agreement, Confirmation, Member, Party, Signature, Suggestion


@dataclass(slots=True)
class Tally:
    """How many suggestions of an agreement wait, by article and party, and how many were ever accepted."""

    pending: Counter[tuple[str, str]] = field(default_factory=Counter)
    accepted: int = 0

    def by_party(self) -> Counter[str]:
        counted: Counter[str] = Counter()
        for (_, party), number in self.pending.items():
            counted[party] += number
        return counted

    def of_article(self, article: str) -> dict[str, int]:
        return {party: number for (of, party), number in self.pending.items() if of == article}


class AgreementRepository:
    """Reads and adds agreements; lists only those that the account is a member of."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, agreement: Agreement, parties: Sequence[Party]) -> None:
        self._session.add(agreement)
        await self._session.flush()
        self._session.add_all(parties)
        await self._session.flush()

    async def get(self, agreement: AgreementId) -> Agreement:
        """Read an agreement that the caller knows to exist."""
        return await self._session.get_one(Agreement, agreement)

    async def find(self, agreement: AgreementId) -> Agreement | None:
        """Look for an agreement that may not be there."""
        return await self._session.get(Agreement, agreement)

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
    ) -> list[tuple[Agreement, Member]]:
        """List the agreements of an account with its place in each, newest first; `only` is a bound token's reach."""
        query = select(Agreement, Member).join(Member).where(Member.account_id == account, Member.removed_at.is_(None))
        if only is not None:
            query = query.where(Agreement.id == only)
        if after is not None:
            query = query.where(tuple_(Agreement.created_at, Agreement.id) < after)
        found = await self._session.execute(
            query.order_by(Agreement.created_at.desc(), Agreement.id.desc()).limit(limit)
        )
        return [(row[0], row[1]) for row in found]

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

    async def signatures(self, agreement: AgreementId) -> list[Signature]:
        found = await self._session.scalars(
            select(Signature).where(Signature.agreement_id == agreement).order_by(Signature.at)
        )
        return list(found)

    async def tallies(self, agreements: Sequence[AgreementId]) -> dict[str, Tally]:
        """Count the suggestions of some agreements."""
        counted = {str(agreement): Tally() for agreement in agreements}
        rows = await self._session.execute(
            select(
                Suggestion.agreement_id,
                Suggestion.article_id,
                Suggestion.party_key,
                Suggestion.status,
                func.count().label("number"),
            )
            .where(Suggestion.agreement_id.in_(agreements), Suggestion.status.in_(["pending", "accepted"]))
            .group_by(Suggestion.agreement_id, Suggestion.article_id, Suggestion.party_key, Suggestion.status)
        )
        for row in rows:
            if row.status == "pending":
                counted[row.agreement_id].pending[row.article_id, row.party_key] += row.number
            else:
                counted[row.agreement_id].accepted += row.number
        return counted
