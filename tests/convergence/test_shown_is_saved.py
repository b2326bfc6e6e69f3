"""Promise P5 over random histories: whatever a room relayed, answered or told saved is in the log.

Commits fail, rooms are cut off between two steps and opened anew from the log, and people type, strike and decide all
the while. Every update that anybody was ever shown must be nothing new to a document read from the log alone.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
from pycrdt import Doc
from sqlalchemy import event

from app.bus import LocalBus
from app.crdt import protocol
from app.crdt.document import Document, seed
from app.crdt.registry import Rooms
from app.db import Database
from app.domain.ids import ArticleId
from app.errors import DraftingError
from app.repositories.updates import SqlUpdateLog
from tests.harness.database import DANA, DISTRICT, TABLE, UNION, URSULA, put_agreement, sqlite_database
from tests.harness.peers import Probe

HOURS = ArticleId("art_1")
PARAGRAPHS = [{"style": "paragraph", "level": 1, "runs": [{"text": "The workday is seven hours.", "marks": {}}]}]
HISTORIES = int(os.environ.get("PARLEY_HISTORIES", "2000"))
STEPS = 25


class Failing:
    """A disk that is full now and then."""

    def __init__(self, database: Database) -> None:
        self.chance = 0.0
        self.failures = 0
        self._random = Random(0)
        event.listen(database._turns._engine, "commit", self._commit)
        event.listen(database.engine.sync_engine, "commit", self._commit)

    def _commit(self, _connection: object) -> None:
        if self._random.random() < self.chance:
            self.failures += 1
            raise OSError("the disk is full")


class Table:
    """Two parties at a table whose room may be cut off at any moment."""

    def __init__(self, database: Database) -> None:
        self.log = SqlUpdateLog(database)
        self.disk = Failing(database)
        self.shown: list[bytes] = []
        self.saved: dict[int, int] = {}
        self.decided = 0
        self.crashes = 0
        self.rooms: Rooms = Rooms(self.log, LocalBus())
        self.peers: list[Probe] = []

    async def sit_down(self) -> None:
        room = await self.rooms.join(TABLE, Probe("mem_nobody", UNION, deaf=True))
        self.peers = [await Probe(who, party).enter(room) for who, party in ((URSULA, UNION), (DANA, DISTRICT))]

    async def crash(self) -> None:
        """Cut everything off where it stands: nothing is folded, nobody is told."""
        for opened in list(self.rooms._open.values()):
            opened.task.cancel()
            await asyncio.gather(opened.task, return_exceptions=True)
        for chore in list(self.rooms._chores):
            chore.cancel()
        self.crashes += 1
        self.remember()
        self.rooms = Rooms(self.log, LocalBus())
        await self.sit_down()

    def remember(self) -> None:
        """Note what everybody here was shown and told."""
        for peer in self.peers:
            self.shown += [update for payload in peer.sent if (update := _update(payload)) is not None]
            for client, clock in peer.saved.items():
                self.saved[client] = max(clock, self.saved.get(client, 0))
            peer.sent.clear()

    async def decide(self) -> None:
        async def decision(document, turn):
            addition = seed([(ArticleId(f"art_{self.decided + 100}"), PARAGRAPHS)])
            document.catch_up(addition)
            turn.append(addition, (), changes_register=True)
            return addition

        try:
            self.shown.append(await self.rooms.decide(TABLE, decision))
        except (DraftingError, OSError):
            return
        self.decided += 1

    async def step(self, random: Random) -> None:
        peer = random.choice(self.peers)
        what = random.choices(["type", "strike", "turn", "decide", "fail", "heal", "crash"], [9, 4, 8, 1, 2, 3, 1])[0]
        if what == "type":
            peer.insert(HOURS, random.randrange(len(peer.text(HOURS).encode())), random.choice("abcdefg"))
        elif what == "strike":
            at = random.randrange(len(peer.text(HOURS).encode()) - 1)
            peer.delete(HOURS, at, at + 1)
        elif what == "turn":
            for _ in range(random.randrange(30)):
                await asyncio.sleep(0)
        elif what == "decide":
            await self.decide()
        elif what == "crash" or any(peer.closed for peer in self.peers):
            self.disk.chance = 0.0
            await self.crash()
        else:
            self.disk.chance = 0.3 if what == "fail" else 0.0

    async def assert_shown_is_saved(self) -> None:
        self.remember()
        stored = Document.load(await self.log.load(TABLE))
        clocks = protocol.read_state_vector(stored.state_vector())
        replica: Doc = Doc()
        replica.apply_update(stored.state())
        news: list[bytes] = []
        replica.observe(lambda told: news.append(told.update))
        for update in self.shown:
            replica.apply_update(update)
        assert news == []
        assert all(clocks.get(client, 0) >= clock for client, clock in self.saved.items())
        self.shown.clear()


def _update(payload: bytes) -> bytes | None:
    if payload[0] != 0 or payload[1] == 0:
        return None
    length, start = protocol.read_var_uint(payload, 2)
    return payload[start : start + length]


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    async with sqlite_database(tmp_path) as database:
        await put_agreement(database, [HOURS], seed([(HOURS, PARAGRAPHS)]))
        table = Table(database)
        await table.sit_down()
        yield table
        table.disk.chance = 0.0
        await table.rooms.shutdown()


async def histories(table: Table, seeds: range) -> None:
    for number in seeds:
        random = Random(number)
        for _ in range(STEPS):
            await table.step(random)
        await table.assert_shown_is_saved()
        table.disk.chance = 0.0
        await table.crash()


async def test_whatever_was_shown_is_in_the_log(table: Table) -> None:
    await histories(table, range(40))

    assert table.disk.failures
    assert table.crashes >= 40
    assert table.decided
    assert table.saved


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, HISTORIES, 100))
async def test_whatever_was_shown_is_in_the_log_over_many_histories(table: Table, first: int) -> None:
    await histories(table, range(10_000 + first, 10_000 + first + 100))
