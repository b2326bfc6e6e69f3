"""The ledger of an agreement: appended to and read, never changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.domain.ids import AgreementId, PartyKey
from app.domain.ledger import Act, Head
from app.models import Entry, LedgerHead, now
from app.repositories import chain, moments

_entries = Entry.__table__.c
_SHOWN = (
    _entries.seq,
    _entries.at,
    _entries.kind,
    _entries.party,
    _entries.member,
    _entries.payload,
    _entries.previous_hash,
    _entries.hash,
)


class LedgerRepository:
    """Appends in the caller's transaction; `member` is `{id, name}`, or None for the service itself."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def append(
        self,
        agreement: AgreementId,
        kind: str,
        party: PartyKey | None,
        member: Mapping[str, Any] | None,
        payload: Mapping[str, Any],
    ) -> Head:
        return await self.extend(agreement, [Act(kind, party, member, payload)])

    async def extend(self, agreement: AgreementId, acts: Sequence[Act], at: datetime | None = None) -> Head:
        """Append several acts of one moment, in their order; return the new head."""
        await self._session.flush()
        moment = at or now()

        def append(session: Session) -> Head:
            head = chain.append(session.connection(), agreement, acts, moment)
            if acts:
                moments.note_told(session, agreement, head.seq - len(acts))
            return head

        return await self._session.run_sync(append)

    async def head(self, agreement: AgreementId) -> Head:
        found = (
            await self._session.execute(
                select(LedgerHead.seq, LedgerHead.hash).where(LedgerHead.agreement_id == agreement)
            )
        ).one_or_none()
        return Head(found.seq, found.hash) if found is not None else Head()

    async def page(self, agreement: AgreementId, after: int, limit: int) -> list[RowMapping]:
        """Read entries with a greater `seq` than `after`, oldest first."""
        found = await self._session.execute(
            select(*_SHOWN)
            .where(_entries.agreement_id == agreement, _entries.seq > after)
            .order_by(_entries.seq)
            .limit(limit)
        )
        return list(found.mappings())

    async def newest_of(self, agreement: AgreementId, kinds: Sequence[str]) -> datetime | None:
        """Tell when the newest entry of some kinds was made."""
        return await self._session.scalar(
            select(Entry.recorded_at)
            .where(_entries.agreement_id == agreement, _entries.kind.in_(kinds))
            .order_by(_entries.seq.desc())
            .limit(1)
        )
