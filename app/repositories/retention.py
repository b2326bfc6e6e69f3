"""How long each party keeps its caucus, and its destruction: rows deleted, nothing kept but that it happened."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.agreements import Stage
from app.domain.ids import AgreementId, PartyKey, caucus_of
from app.domain.retention import Keep, Retention
from app.models import Agreement, CaucusRetention, Checkpoint, DocumentHead, Draft, Notice, Update, Writer


class Decided(NamedTuple):
    """A party's decision, and the stage of its agreement."""

    agreement: AgreementId
    party: PartyKey
    stage: Stage
    retention: Retention


class RetentionRepository:
    """Reads and changes the decisions, and destroys what they say."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, agreement: AgreementId, party: PartyKey) -> CaucusRetention | None:
        """Read a party's decision."""
        return await self._session.get(CaucusRetention, (agreement, party))

    async def locked(self, agreement: AgreementId, party: PartyKey) -> Decided | None:
        """Read a party's decision afresh and hold it until the transaction ends."""
        found = await self._session.execute(
            select(CaucusRetention, Agreement.status)
            .join(Agreement, Agreement.id == CaucusRetention.agreement_id)
            .where(CaucusRetention.agreement_id == agreement, CaucusRetention.party_key == party)
            .with_for_update(of=CaucusRetention)
            .execution_options(populate_existing=True)
        )
        row = found.one_or_none()
        return _decided(*row) if row is not None else None

    async def perhaps_due(self) -> list[Decided]:
        """List the decisions that may have to be carried out, now or one day."""
        found = await self._session.execute(
            select(CaucusRetention, Agreement.status)
            .join(Agreement, Agreement.id == CaucusRetention.agreement_id)
            .where(CaucusRetention.keep != Keep.FOREVER, CaucusRetention.legal_hold.is_(False))
        )
        return [_decided(*row) for row in found]

    async def put(self, retention: CaucusRetention) -> None:
        """Keep a party's decision in place of an earlier one."""
        await self._session.merge(retention)
        await self._session.flush()

    async def destroy(self, agreement: AgreementId, party: PartyKey, at: datetime) -> int:
        """Delete a caucus: its log, its checkpoints, who wrote in it, the records of its drafts, what was told of it.

        Returns the number that its log had reached.
        """
        document = caucus_of(agreement, party)
        decided = await self._session.get_one(CaucusRetention, (agreement, party))
        head = await self._session.scalar(select(DocumentHead.seq).where(DocumentHead.id == document).with_for_update())
        for rows in (Update, Writer, Checkpoint):
            await self._session.execute(delete(rows).where(rows.document_id == document))
        await self._session.execute(delete(DocumentHead).where(DocumentHead.id == document))
        await self._session.execute(delete(Draft).where(Draft.agreement_id == agreement, Draft.party_key == party))
        # What the party was told of its private matters may quote them.
        await self._session.execute(delete(Notice).where(Notice.agreement_id == agreement, Notice.private_to == party))
        decided.destroyed_at = at
        decided.destroyed_seq = max(decided.destroyed_seq, head or 0)
        await self._session.flush()
        return decided.destroyed_seq


def _decided(row: CaucusRetention, status: str) -> Decided:
    return Decided(AgreementId(row.agreement_id), PartyKey(row.party_key), Stage(status), as_decided(row))


def as_decided(row: CaucusRetention | None) -> Retention:
    """Read a row as what it decides; without one, the caucus is kept."""
    if row is None:
        return Retention()
    return Retention(Keep(row.keep), row.until, row.legal_hold, row.changed_at, row.destroyed_at)
