"""A worker's copy of a caucus, with a copy of the table beneath it that moves only as far as the caucus follows.

The copy of the table is read when first there is something to follow: until then a caucus costs no more than a table.
"""

from collections.abc import Sequence

from app.crdt.caucus import Caucus, open_document
from app.crdt.document import Document
from app.crdt.follower import Follower
from app.crdt.following import Forked, follow
from app.crdt.limits import Limits
from app.crdt.ports import Missed, Stored, Turn, TurnT, UpdateLog
from app.domain.ids import DocumentId, agreement_of, table_of


class CaucusFollower(Follower[TurnT]):
    """One caucus in memory; `table_seq` is the table's update up to which what is committed of it follows its table."""

    def __init__(self, document_id: DocumentId, stored: Stored, log: UpdateLog[TurnT], limits: Limits) -> None:
        self.table_seq = 0
        self._table: Document | None = None
        self._table_at = 0
        super().__init__(document_id, stored, log, limits)

    @property
    def caucus(self) -> Caucus:
        document = self.document
        if not isinstance(document, Caucus):
            raise TypeError("The log holds a table under a caucus's name.")
        return document

    @property
    def reach(self) -> int:
        """From which of the table's updates on both the caucus and the copy of the table can follow."""
        return min(self.table_seq, self._table_at) if self._table is not None else self.table_seq

    async def prepare(self) -> None:
        """Have a copy of the table."""
        if self._table is None:
            stored = await self._log.load(table_of(agreement_of(self.id)))
            self._table, self._table_at = open_document(stored), stored.seq

    async def behind(self) -> Missed | None:
        """Read what the table committed that the caucus does not follow yet; None where there is nothing."""
        behind = await self._log.table_since(self.id, self.reach)
        if behind.seq <= self.table_seq:
            return None
        if self._table is None:
            await self.prepare()
            # The copy is as far as the table now, and so has the caucus to come.
            behind = await self._log.table_since(self.id, self.table_seq)
        return behind

    def follow(self, behind: Missed, turn: Turn) -> None:
        """Let the caucus follow its table, and stage what came of it. Raises `Forked`."""
        if self._table is None:
            return
        first = behind.seq - len(behind.updates)
        self._bring_copy(self._table, behind.updates, first)
        if behind.seq <= self.table_seq:
            return
        if behind.register is not None:
            self.document.register = behind.register
        fresh = behind.updates[self.table_seq - first :]
        try:
            followed = follow(self.caucus, self._table, fresh, everywhere=self._table_at > self.table_seq)
        except Forked:
            self._table = None
            raise
        changes_register = behind.register is not None or bool(followed.facts)
        turn.append(followed.update, followed.facts, changes_register=changes_register)
        turn.follow(behind.seq)
        self._table_at = self.table_seq = behind.seq

    def _bring_copy(self, table: Document, updates: Sequence[bytes], first: int) -> None:
        """Bring the copy of the table to where the caucus stands, which another worker may have brought further."""
        reached = min(self.table_seq, first + len(updates))
        if self._table_at < reached:
            for update in updates[self._table_at - first : reached - first]:
                table.catch_up(update)
            self._table_at = reached

    def catch_up(self, missed: Missed) -> None:
        super().catch_up(missed)
        self.table_seq = max(self.table_seq, missed.table_seq)

    def _take(self, stored: Stored) -> None:
        super()._take(stored)
        self.table_seq = stored.table_seq
