"""Moments: kept with the transaction they are of, and found again by a ledger number or a time.

What is recorded without a turn at the table (a member joins, a session opens) has no link of its own. It stands
between two links, where no act touched the table: the time of commit tells typing before it from typing after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.domain.ids import AgreementId, DocumentId, table_of
from app.models import Checkpoint, DocumentHead, Entry, LedgerHead, Moment, Update, now

_moments, _entries, _updates, _checkpoints, _heads, _documents = (
    model.__table__.c for model in (Moment, Entry, Update, Checkpoint, LedgerHead, DocumentHead)
)
_TOLD = "ledger before this transaction"
_KEEP = insert(Moment).from_select(
    ["agreement_id", "ledger_seq", "ledger_before", "table_seq", "table_before"],
    select(
        _heads.agreement_id,
        _heads.seq,
        bindparam("ledger_before", type_=Integer),
        bindparam("table_seq", type_=Integer),
        bindparam("table_before", type_=Integer),
    ).where(_heads.agreement_id == bindparam("agreement")),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A moment of the record: the newest ledger entry, the newest update of the table, and when."""

    ledger_seq: int
    table_seq: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A checkpoint, if there is one before the moment, and the updates from it up to the moment."""

    checkpoint: bytes | None
    updates: Sequence[bytes]


def note_told(session: Session, agreement: AgreementId, before: int) -> None:
    """Remember with a transaction's session how far the ledger reached before it; the first word counts."""
    session.info.setdefault((_TOLD, agreement), before)


def told_before(session: AsyncSession, agreement: AgreementId) -> int | None:
    """Tell how far the ledger reached before the session's transaction told it anything; None where it told nothing."""
    before: int | None = session.info.get((_TOLD, agreement))
    return before


def keep(connection: Connection, agreement: AgreementId, ledger_before: int, table: tuple[int, int]) -> None:
    """Link what a transaction told the ledger with its updates of the table: those after the first, up to the second.

    Called at the end of the transaction, which holds the document's row: the ledger's head is its own.
    """
    connection.execute(
        _KEEP,
        {
            "agreement": agreement,
            "ledger_before": ledger_before,
            "table_before": table[0],
            "table_seq": table[1],
        },
    )


class MomentRepository:
    """Finds moments, and what the log holds of them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def at_entry(self, agreement: AgreementId, seq: int) -> Placed | None:
        """Find the moment an entry was committed, as the end of its transaction; None where there is no such entry."""
        at = await self._session.scalar(
            select(_entries.recorded_at).where(_entries.agreement_id == agreement, _entries.seq == seq)
        )
        if at is None:
            return None
        linked = await self._next_link(agreement, seq)
        if linked is not None and linked.ledger_before < seq:
            return Placed(linked.ledger_seq, linked.table_seq, at)
        low = await self._table_before(agreement, seq)
        high = linked.table_before if linked is not None else None
        return Placed(seq, await self._last_update(table_of(agreement), at, low, high), at)

    async def at_time(self, agreement: AgreementId, at: datetime) -> Placed | None:
        """Find what stood at a time; None where that is before the agreement began.

        The text decides, and the ledger goes with it: what an act told is never shown ahead of its text.
        """
        head = await self._last_update(table_of(agreement), at, 0, None)
        if head == 0:
            return None
        told, newest = await self._told_with(agreement, head)
        seq = await self._last_entry(agreement, at, told, newest)
        return Placed(max(seq, 1), head, at)

    async def latest(self, agreement: AgreementId) -> Placed:
        """Find what stands now."""
        head = await self._session.scalar(select(_documents.seq).where(_documents.id == table_of(agreement)))
        _, newest = await self._told_with(agreement, head or 0)
        return Placed(newest, head or 0, now())

    async def span(self, document: DocumentId, seq: int) -> Span:
        """Read what a document at an update is made of."""
        newest = (
            await self._session.execute(
                select(_checkpoints.seq, _checkpoints.state)
                .where(_checkpoints.document_id == document, _checkpoints.seq <= seq)
                .order_by(_checkpoints.seq.desc())
                .limit(1)
            )
        ).one_or_none()
        since = newest.seq if newest is not None else 0
        updates = await self._session.scalars(
            select(_updates.payload)
            .where(_updates.document_id == document, _updates.seq > since, _updates.seq <= seq)
            .order_by(_updates.seq)
        )
        return Span(newest.state if newest is not None else None, updates.all())

    async def _told_with(self, agreement: AgreementId, head: int) -> tuple[int, int]:
        """Tell the last entry that came with the table up to an update, and the last that may stand with it."""
        told = await self._session.scalar(
            select(func.max(_moments.ledger_seq)).where(_moments.agreement_id == agreement, _moments.table_seq <= head)
        )
        after = await self._next_link(agreement, (told or 0) + 1)
        if after is not None:
            return told or 0, after.ledger_before
        newest = await self._session.scalar(select(_heads.seq).where(_heads.agreement_id == agreement))
        return told or 0, newest or 0

    async def _next_link(self, agreement: AgreementId, seq: int) -> Any:
        found = await self._session.execute(
            select(_moments.ledger_before, _moments.ledger_seq, _moments.table_before, _moments.table_seq)
            .where(_moments.agreement_id == agreement, _moments.ledger_seq >= seq)
            .order_by(_moments.ledger_seq)
            .limit(1)
        )
        return found.one_or_none()

    async def _table_before(self, agreement: AgreementId, seq: int) -> int:
        found = await self._session.scalar(
            select(_moments.table_seq)
            .where(_moments.agreement_id == agreement, _moments.ledger_seq < seq)
            .order_by(_moments.ledger_seq.desc())
            .limit(1)
        )
        # Every table begins with one update, which its agreement was founded with.
        return found or 1

    async def _last_update(self, document: DocumentId, at: datetime, low: int, high: int | None) -> int:
        place = select(_updates.seq).where(_updates.document_id == document)
        newest = high if high is not None else await self._newest(place.order_by(_updates.seq.desc()))
        return await self._search(
            select(_updates.at).where(_updates.document_id == document, _updates.seq == bindparam("seq")),
            at,
            low,
            newest,
        )

    async def _last_entry(self, agreement: AgreementId, at: datetime, low: int, high: int) -> int:
        query = select(_entries.recorded_at).where(_entries.agreement_id == agreement, _entries.seq == bindparam("seq"))
        return await self._search(query, at, low, high)

    async def _newest(self, query: Select[Any]) -> int:
        return await self._session.scalar(query.limit(1)) or 0

    async def _search(self, time_of: Select[Any], at: datetime, low: int, high: int) -> int:
        """Find the last number in (low, high] whose row is no later than a time, by halves; `low` where none is."""
        while low < high:
            middle = (low + high + 1) // 2
            found = await self._session.scalar(time_of, {"seq": middle})
            if found is not None and found <= at:
                low = middle
            else:
                high = middle - 1
        return low
