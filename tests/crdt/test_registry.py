"""Rooms are opened once, dropped when nobody uses them, and closed so that nothing is lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pycrdt import Doc, Map
from sqlalchemy import event, func, select

from app.bus import LocalBus, RedisBus
from app.crdt import protocol
from app.crdt.limits import Limits
from app.crdt.registry import Rooms
from app.db import Database
from app.domain.ids import DocumentId
from app.errors import NotFound, ProtocolViolation, Unavailable
from app.models import Agreement, Checkpoint
from app.repositories.updates import SqlUpdateLog
from tests.harness.database import (
    DANA,
    DISTRICT,
    HOURS,
    TABLE,
    UNION,
    URSULA,
    postgres_database,
    put_hours,
    sqlite_database,
)
from tests.harness.peers import Probe


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with sqlite_database(tmp_path) as database:
        await put_hours(database)
        yield database


@pytest.fixture
async def log(database: Database) -> SqlUpdateLog:
    return SqlUpdateLog(database)


@pytest.fixture
async def rooms(log: SqlUpdateLog) -> AsyncIterator[Rooms]:
    opened: Rooms = Rooms(log, LocalBus(), Limits(idle_seconds=0.0, checkpoint_updates=5))
    yield opened
    await opened.shutdown()


async def checkpoints(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Checkpoint)) or 0


async def test_many_who_ask_at_once_open_a_room_once(rooms, database):
    loads = []
    event.listen(
        database.engine.sync_engine,
        "before_cursor_execute",
        lambda *arguments: loads.append(arguments[2]) if "FROM documents" in arguments[2] else None,
    )
    peers = [Probe(URSULA, UNION) for _ in range(50)]

    joined = await asyncio.gather(*(rooms.join(TABLE, peer) for peer in peers))

    assert len(set(map(id, joined))) == 1
    assert len(loads) == 1


async def test_one_who_stops_waiting_does_not_stop_the_opening(rooms):
    impatient = asyncio.create_task(rooms.join(TABLE, Probe(URSULA, UNION)))
    patient = asyncio.create_task(rooms.join(TABLE, Probe(DANA, DISTRICT)))
    await asyncio.sleep(0)

    impatient.cancel()

    assert (await patient).closed is None


async def test_a_document_that_does_not_exist_is_not_found_by_everyone_who_asked(rooms):
    nowhere = DocumentId("agr_none/table")

    outcomes = await asyncio.gather(
        *(rooms.read(nowhere, lambda document: document) for _ in range(3)), return_exceptions=True
    )

    assert all(isinstance(outcome, NotFound) for outcome in outcomes)


async def test_an_idle_room_is_dropped_and_its_text_kept_as_a_checkpoint(rooms, database, log):
    room = await rooms.join(TABLE, ursula := Probe(URSULA, UNION))
    await ursula.enter(room)
    ursula.insert(HOURS, 0, "Kept. ")
    await ursula.until_saved()
    room.leave(ursula)

    await rooms.tend()
    stored = await log.load(TABLE)
    text = await rooms.read(TABLE, lambda document: str(document.articles[HOURS].proposed()))

    assert room.closed is not None
    assert (stored.checkpoint_seq, list(stored.tail)) == (stored.seq, [])
    assert "Kept." in text


async def test_a_room_answers_the_same_from_bytes_as_from_a_document(rooms, log):
    """Who only opens a text gets it without a document being made of it; what they get must not differ."""
    writer, half = Probe(URSULA, UNION), Probe(DANA, DISTRICT)
    room = await rooms.join(TABLE, writer)
    await writer.enter(room)
    writer.insert(HOURS, 0, "One. ")
    await writer.until_saved()
    await half.enter(room)
    writer.delete(HOURS, 0, 2)
    writer.insert(HOURS, 3, "Two. ")
    await writer.until_saved()
    await rooms.close_document(TABLE, Unavailable())

    answers = []
    for made in (False, True):
        if made:
            await rooms.read(TABLE, bool)
        empty, behind = Probe(URSULA, UNION), Probe(DANA, DISTRICT)
        behind.document.apply_update(half.document.get_update())
        for peer in (empty, behind):
            await peer.enter(await rooms.join(TABLE, peer))
            answers.append((peer.articles[HOURS].diff(), protocol.read_state_vector(peer.document.get_state())))

    assert answers == [answers[0]] * 4
    assert "Two." in str(answers[0])


async def test_a_room_with_somebody_in_it_is_not_dropped(rooms):
    room = await rooms.join(TABLE, Probe(URSULA, UNION))

    await rooms.tend()

    assert room.closed is None


async def test_who_asks_while_a_room_is_dropped_gets_a_new_one(rooms):
    await rooms.read(TABLE, bool)

    _, sizes = await asyncio.gather(
        rooms.tend(),
        asyncio.gather(*(rooms.read(TABLE, lambda document: document.articles[HOURS].size) for _ in range(20))),
    )

    assert set(sizes) == {28}


async def test_a_long_tail_is_folded_while_people_type(rooms, database, log):
    ursula = Probe(URSULA, UNION)
    await ursula.enter(await rooms.join(TABLE, ursula))
    for number in range(8):
        ursula.insert(HOURS, 0, f"{number} ")
        await ursula.until_saved()

    await rooms.tend()

    assert await checkpoints(database) == 1
    assert (await log.load(TABLE)).checkpoint is not None
    assert ursula.closed is None


async def test_a_quiet_connection_hears_that_it_lives(rooms):
    """Yjs providers give up on a server that is silent for half a minute."""
    ursula = Probe(URSULA, UNION)
    await ursula.enter(await rooms.join(TABLE, ursula))
    await rooms.tend()
    heard = len(ursula.sent)

    await rooms.tend()

    assert ursula.sent[heard:] == [b"\x01\x01\x00"]


async def test_shutting_down_takes_in_what_has_arrived(log, database):
    rooms: Rooms = Rooms(log, LocalBus())
    ursula = Probe(URSULA, UNION)
    await ursula.enter(await rooms.join(TABLE, ursula))
    ursula.insert(HOURS, 0, "At the last moment. ")

    await rooms.shutdown()

    assert isinstance(ursula.closed, Unavailable)
    again: Rooms = Rooms(log, LocalBus())
    assert "At the last moment." in await again.read(TABLE, lambda document: str(document.articles[HOURS].proposed()))
    with pytest.raises(Unavailable):
        await rooms.read(TABLE, bool)
    await again.shutdown()


async def test_closing_a_document_ends_its_peers_and_lets_others_come(rooms):
    ursula = Probe(URSULA, UNION)
    await ursula.enter(await rooms.join(TABLE, ursula))

    await rooms.close_document(TABLE, Unavailable("Come again."))
    again = Probe(URSULA, UNION)
    await again.enter(await rooms.join(TABLE, again))

    assert isinstance(ursula.closed, Unavailable)
    assert again.closed is None


@pytest.fixture
async def two_workers(postgres_url, redis_url) -> AsyncIterator[tuple[Rooms, Rooms]]:
    """Two workers in one process: each its own rooms and its own bus, over one store."""
    async with postgres_database(postgres_url) as database:
        await put_hours(database)
        prefix = str(id(database))
        buses = [RedisBus(redis_url, prefix) for _ in range(2)]
        workers = tuple(Rooms(SqlUpdateLog(database), bus) for bus in buses)
        yield workers
        for worker, bus in zip(workers, buses, strict=True):
            await worker.shutdown()
            await bus.close()


async def test_presence_reaches_the_peers_of_other_workers(two_workers):
    first, second = two_workers
    ursula, dana = Probe(URSULA, UNION), Probe(DANA, DISTRICT)
    await ursula.enter(await first.join(TABLE, ursula))
    await dana.enter(await second.join(TABLE, dana))

    ursula.say(protocol.presence(b"\x01" + protocol.var_uint(ursula.client) + b"\x00\x02{}").payload)

    await dana.until(lambda: any(b"mem_ursula" in said for said in dana.presence))


async def test_a_worker_that_opens_later_learns_who_is_at_the_others(two_workers):
    first, second = two_workers
    ursula, dana = Probe(URSULA, UNION), Probe(DANA, DISTRICT)
    await ursula.enter(await first.join(TABLE, ursula))
    ursula.say(protocol.presence(b"\x01" + protocol.var_uint(ursula.client) + b"\x00\x02{}").payload)

    await dana.enter(await second.join(TABLE, dana))

    await dana.until(lambda: any(b"mem_ursula" in said for said in dana.presence))


async def test_a_decision_at_one_worker_changes_what_the_other_admits(two_workers):
    first, second = two_workers
    dana = Probe(DANA, DISTRICT)
    await dana.enter(await second.join(TABLE, dana))

    async def sign(_document, turn):
        agreement = await turn.session.get_one(Agreement, "agr_1")
        agreement.status = "signed"
        turn.append(protocol.EMPTY_UPDATE, (), changes_register=True)

    await first.decide(TABLE, sign)
    dana.insert(HOURS, 0, "Too late. ")
    await dana.until(lambda: any(said["code"] == "agreement_signed" for said in dana.notices))

    assert "Too late." not in await first.read(TABLE, lambda document: str(document.articles[HOURS].proposed()))


async def test_a_client_id_is_its_members_at_every_worker(two_workers):
    first, second = two_workers
    ursula, dana = Probe(URSULA, UNION), Probe(DANA, DISTRICT)
    await ursula.enter(await first.join(TABLE, ursula))
    await dana.enter(await second.join(TABLE, dana))
    ursula.insert(HOURS, 0, "Mine. ")
    await dana.until(lambda: "Mine." in dana.text(HOURS))
    forger = Doc(client_id=ursula.client)
    forger.apply_update(dana.document.get_update())
    known = forger.get_state()
    with forger.transaction():
        forger.get("articles", type=Map)[HOURS].insert(0, "Forged. ")

    dana.say(protocol.update(forger.get_update(known)).payload)
    await dana.until(lambda: dana.closed is not None)

    assert isinstance(dana.closed, ProtocolViolation)
