"""The room of a caucus: a room like any other that also follows its table, and from which drafts go there.

It reads the table's log, and waits for the table's room in a tabling alone, which holds the caucus first and then the
table; nobody ever waits for a caucus while holding a table.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.crdt.caucus import open_document
from app.crdt.caucus_follower import CaucusFollower
from app.crdt.document import Document
from app.crdt.follower import BegunAnew, merged
from app.crdt.following import Forked
from app.crdt.forking import fork_anew
from app.crdt.limits import Limits
from app.crdt.ports import Bus, Missed, TablingTurn, Turn, TurnT, UpdateLog
from app.crdt.room import RECORDED, Room, RoomRetired
from app.domain.ids import agreement_of, table_of

R = TypeVar("R")


class CaucusRoom(Room[TurnT]):
    """One party's caucus while somebody uses it."""

    def __init__(self, follower: CaucusFollower[TurnT], log: UpdateLog[TurnT], bus: Bus, limits: Limits) -> None:
        super().__init__(follower, log, bus, limits)
        self._copy = follower
        self._table_heard = 0
        self._has_asked = False
        self._pause = limits.following_seconds
        self._soon: asyncio.TimerHandle | None = None

    def hear_table(self, seq: int) -> None:
        """Learn that the table's log reaches `seq`; the caucus follows when its turn comes."""
        if seq > self._copy.table_seq:
            self._table_heard = max(self._table_heard, seq)
            if self._soon is None:
                # What is typed meanwhile is followed in the same turn: the table's typists share this event loop.
                self._soon = asyncio.get_running_loop().call_later(self._pause, self._follow_now)

    def _follow_now(self) -> None:
        self._soon = None
        self._wake.set()

    async def table(
        self, at_table: Room[TurnT], tabling: Callable[[Document, Document, TablingTurn[TurnT]], Awaitable[R]]
    ) -> R:
        """Carry out an act on the caucus and its table in one transaction; the caucus follows what it did there."""
        async with self.held(), at_table.held() as table:
            copy = self._copy
            await copy.prepare()
            try:
                async with self._log.tabling(self.id, copy.seq, table.seq, copy.reach) as turn:
                    copy.catch_up(turn.caucus.missed)
                    table.catch_up(turn.table.missed)
                    copy.stale = table.stale = True
                    copy.follow(turn.behind, turn.caucus)
                    result = await tabling(copy.caucus, table.document, turn)
                    copy.follow(_staged(turn.table), turn.caucus)
            except Forked as error:
                await self._begin_anew(error)
            self.committed(turn.caucus)
            at_table.committed(turn.table)
            return result

    async def _keep_up(self, *, ask: bool) -> None:
        """Follow the table, where it may have moved; each round is a turn of its own."""
        # Once it asks in any case: the table may have moved before this room could be told of it.
        if not ask and self._has_asked and self._table_heard <= self._copy.table_seq:
            return
        try:
            while (behind := await self._copy.behind()) is not None:
                self._copy.stale = True
                async with self._log.frames(self.id, self._copy.seq) as turn:
                    self._copy.catch_up(turn.missed)
                    self._copy.follow(behind, turn)
                self._show_followed(turn, told=behind.register is not None)
            self._has_asked = True
        except Forked as error:
            await self._begin_anew(error)

    def _show_followed(self, turn: Turn, *, told: bool) -> None:
        self._commit(turn)
        self._audience.relay(merged(turn.staged))
        if told:
            self._audience.tell(RECORDED)

    async def _begin_anew(self, cause: Forked) -> None:
        """Fork the caucus from its table anew, with every draft in it, and let whoever is here load it anew."""
        self._copy.stale = True
        stored = await self._log.load(self.id)
        below = await self._log.load(table_of(agreement_of(self.id)), stored.table_seq)
        fork = fork_anew(open_document(stored), open_document(below))
        async with self._log.frames(self.id, stored.seq) as turn:
            if not turn.missed.updates:
                turn.begin_anew()
                turn.append(fork, [], changes_register=True)
                turn.follow(stored.table_seq)
        self.log_failure("The caucus and the table of %s had parted; it was begun anew", cause)
        self.close(BegunAnew())
        raise RoomRetired from cause


def _staged(turn: Turn) -> Missed:
    """Give what a turn on the table has staged as what its caucus does not follow yet."""
    seq = turn.missed.seq + len(turn.staged)
    return Missed(list(turn.staged), seq, None, table_seq=seq)
