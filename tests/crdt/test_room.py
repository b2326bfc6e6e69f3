"""A room over a real log: what is shown is saved, everyone converges, and one peer's failure is its own."""

import asyncio

import pytest
from pycrdt import Doc, Map, Text
from sqlalchemy import event, text

from app.bus import LocalBus
from app.crdt import protocol
from app.crdt.document import Document, seed
from app.crdt.limits import Limits
from app.crdt.registry import Rooms
from app.crdt.room import Room
from app.db import Database
from app.domain.ids import ArticleId
from app.errors import LimitExceeded, ProtocolViolation, StaleSuggestion, Unavailable
from app.repositories.updates import SqlUpdateLog
from tests.harness.database import (
    DANA,
    DISTRICT,
    HOURS,
    PARAGRAPHS,
    TABLE,
    UNION,
    URSULA,
)
from tests.harness.peers import Probe


@pytest.fixture
async def room(rooms: Rooms) -> Room:
    return await rooms.join(TABLE, Probe("mem_nobody", UNION, deaf=True))


@pytest.fixture
async def ursula(room: Room) -> Probe:
    return await Probe(URSULA, UNION).enter(room)


@pytest.fixture
async def dana(room: Room) -> Probe:
    return await Probe(DANA, DISTRICT).enter(room)


async def logged(database: Database) -> str:
    """Read the article as a worker that has just started would."""
    document = Document.load(await SqlUpdateLog(database).load(TABLE))
    replica: Doc = Doc()
    replica.apply_update(document.state())
    return str(replica.get("articles", type=Map)[HOURS])


async def test_what_one_types_the_other_sees_and_the_log_holds(ursula, dana, database):
    ursula.insert(HOURS, 15, "no more than ")

    await dana.until(lambda: "no more than" in dana.text(HOURS))

    assert dana.text(HOURS) == "The workday is no more than seven hours.\n"
    assert await logged(database) == dana.text(HOURS)


async def test_everyone_converges_when_both_type_at_once(rooms, ursula, dana, database):
    for number in range(20):
        ursula.insert(HOURS, 4, f"u{number} ")
        dana.insert(HOURS, 4, f"d{number} ")
    await asyncio.gather(ursula.until_saved(), dana.until_saved())

    head = protocol.read_state_vector(await rooms.read(TABLE, lambda document: document.state_vector()))
    await ursula.until(lambda: protocol.read_state_vector(ursula.document.get_state()) == head)
    await dana.until(lambda: protocol.read_state_vector(dana.document.get_state()) == head)

    assert "d19" in ursula.text(HOURS)
    assert ursula.articles[HOURS].diff() == dana.articles[HOURS].diff()
    assert ursula.text(HOURS) == dana.text(HOURS) == await logged(database)


async def test_what_is_told_saved_is_in_the_log(ursula, database):
    ursula.insert(HOURS, 0, "Saved. ")

    await ursula.until_saved()

    assert (await logged(database)).startswith("Saved. ")


async def test_frames_that_arrive_together_are_committed_once(ursula, dana, rooms, database):
    before = (await SqlUpdateLog(database).load(TABLE)).seq
    frames = []
    for number in range(50):
        with ursula.document.transaction():
            ursula.articles[HOURS].insert(0, str(number % 10))
        frames.append(protocol.update(ursula.unsent()).payload)

    heard = len(dana.sent)
    ursula.say(*frames)
    await ursula.until_saved()
    await dana.until(lambda: len(dana.text(HOURS)) == len(ursula.text(HOURS)))

    assert (await SqlUpdateLog(database).load(TABLE)).seq == before + 1
    assert len([sent for sent in dana.sent[heard:] if sent[0] == 0]) == 1


async def test_the_last_words_of_those_who_left_reach_whoever_stays(room, ursula, dana):
    parting = [await Probe(URSULA, UNION).enter(room) for _ in range(2)]

    for number, probe in enumerate([ursula, *parting]):
        probe.insert(HOURS, 0, f"Word {number}. ")
    for probe in [ursula, *parting]:
        room.leave(probe)

    await dana.until(lambda: dana.text(HOURS).count("Word") == 3)


async def test_deleting_agreed_text_becomes_a_suggestion_and_the_sender_gets_it_back(ursula, dana):
    ursula.delete(HOURS, 15, 20)

    await ursula.until(lambda: "seven" in ursula.text(HOURS) and bool(ursula.notices))
    await dana.until(lambda: len(dana.articles[HOURS].diff()) > 2)

    assert ursula.notices[0]["code"] == "made_suggestion"
    assert ursula.articles[HOURS].diff() == dana.articles[HOURS].diff()


async def test_an_observer_is_told_and_changes_nothing(room, ursula, database):
    watcher = await Probe("mem_watcher", UNION, may_write=False).enter(room)
    before = await logged(database)

    with watcher.document.transaction():
        watcher.articles[HOURS].insert(0, "Graffiti. ")
    watcher.say(protocol.step_2(watcher.unsent()).payload)
    await watcher.until(lambda: bool(watcher.notices))

    assert watcher.closed is None
    assert await logged(database) == before
    assert "Graffiti" not in ursula.text(HOURS)


async def test_an_empty_answer_to_step_one_is_no_offence(room, database):
    watcher = await Probe("mem_watcher", UNION, may_write=False).enter(room)

    watcher.say(protocol.step_2(protocol.EMPTY_UPDATE).payload)
    ended = await Probe(URSULA, UNION).enter(room)

    assert watcher.closed is None
    assert watcher.notices == []
    assert ended.closed is None


@pytest.mark.parametrize(
    "message",
    [
        b"\xff\xfe\xfd",
        b"",
        protocol.update(b"\x01\x02\x03garbage").payload,
        protocol.update(b"\xff" * 200).payload,
        protocol.step_1(b"\x05\x01").payload,
        protocol.presence(b"\x01\x01").payload,
    ],
    ids=["no type", "empty", "no update", "endless numbers", "no state vector", "no presence"],
)
async def test_a_frame_that_is_no_protocol_ends_its_peer_and_no_other(room, ursula, dana, message):
    dana.say(message)
    await dana.until(lambda: dana.closed is not None)
    newcomer = await Probe(DANA, DISTRICT).enter(room)

    ursula.insert(HOURS, 0, "Still here. ")
    await newcomer.until(lambda: "Still here" in newcomer.text(HOURS))

    assert isinstance(dana.closed, ProtocolViolation)
    assert ursula.closed is None


async def test_nobody_writes_under_anothers_client_id(room, ursula, dana):
    ursula.insert(HOURS, 0, "Mine. ")
    await dana.until(lambda: "Mine." in dana.text(HOURS))
    forger: Doc = Doc(client_id=ursula.client)
    forger.apply_update(dana.document.get_update())
    known = forger.get_state()
    with forger.transaction():
        forger.get("articles", type=Map)[HOURS].insert(0, "Forged. ")

    dana.say(protocol.update(forger.get_update(known)).payload)
    await dana.until(lambda: dana.closed is not None)

    assert isinstance(dana.closed, ProtocolViolation)
    assert "Forged" not in ursula.text(HOURS)


async def test_a_client_id_stays_its_members_after_the_room_was_dropped(rooms, ursula, dana):
    ursula.insert(HOURS, 0, "Mine. ")
    await dana.until(lambda: "Mine." in dana.text(HOURS))
    await rooms.close_document(TABLE, Unavailable())
    forger: Doc = Doc(client_id=ursula.client)
    forger.apply_update(dana.document.get_update())
    known = forger.get_state()
    with forger.transaction():
        forger.get("articles", type=Map)[HOURS].insert(0, "Forged. ")
    again = Probe(DANA, DISTRICT)
    again.room = await rooms.join(TABLE, again)

    again.say(protocol.update(forger.get_update(known)).payload)
    await again.until(lambda: again.closed is not None)

    assert isinstance(again.closed, ProtocolViolation)


async def test_nothing_but_the_articles_texts_is_written(ursula, dana, database):
    with ursula.document.transaction():
        ursula.document.get("elsewhere", type=Text).insert(0, "hidden")

    ursula.flush()
    await ursula.until(lambda: ursula.closed is not None)

    assert isinstance(ursula.closed, ProtocolViolation)
    assert dana.closed is None


async def test_an_update_with_a_gap_before_it_is_refused(ursula, dana):
    with ursula.document.transaction():
        ursula.articles[HOURS].insert(0, "lost ")
    ursula.unsent()

    ursula.insert(HOURS, 5, "found ")
    await ursula.until(lambda: ursula.closed is not None)

    assert isinstance(ursula.closed, ProtocolViolation)
    assert "found" not in dana.text(HOURS)


async def test_an_oversized_frame_is_over_the_limit(ursula):
    ursula.say(protocol.update(bytes(9_000_000)).payload)

    await ursula.until(lambda: ursula.closed is not None)

    assert isinstance(ursula.closed, LimitExceeded)


async def test_asking_for_the_document_again_and_again_is_over_the_limit(ursula):
    for _ in range(100):
        ursula.say(protocol.step_1(b"\x00").payload)

    assert isinstance(ursula.closed, LimitExceeded)


async def test_presence_is_cleared_when_a_peer_leaves(room, ursula, dana):
    ursula.say(protocol.presence(b"\x01" + protocol.var_uint(ursula.client) + b"\x00\x02{}").payload)
    await dana.until(lambda: any(b"mem_ursula" in said for said in dana.presence))
    heard = len(dana.presence)

    room.leave(ursula)
    await dana.until(lambda: len(dana.presence) > heard)

    assert dana.presence[-1].endswith(b"null")


async def test_who_comes_later_hears_who_is_here(room, ursula):
    ursula.say(protocol.presence(b"\x01" + protocol.var_uint(ursula.client) + b"\x00\x02{}").payload)

    dana = await Probe(DANA, DISTRICT).enter(room)
    await dana.until(lambda: bool(dana.presence))

    assert b"mem_ursula" in dana.presence[0]


async def test_a_query_is_answered_with_everyone(room, ursula, dana):
    ursula.say(protocol.presence(b"\x01" + protocol.var_uint(ursula.client) + b"\x00\x02{}").payload)
    await dana.until(lambda: bool(dana.presence))
    dana.presence.clear()

    dana.say(b"\x03")

    assert b"mem_ursula" in dana.presence[0]


async def test_nobody_claims_anothers_presence(room, ursula, dana):
    for peer in (ursula, dana):
        peer.say(protocol.presence(b"\x01" + protocol.var_uint(peer.client) + b"\x00\x02{}").payload)

    dana.say(protocol.presence(b"\x01" + protocol.var_uint(ursula.client) + b"\x09\x02{}").payload)

    assert isinstance(dana.closed, ProtocolViolation)
    assert ursula.closed is None


async def test_a_decision_is_committed_before_it_is_relayed(rooms, room, ursula, database):
    addition = seed([(ArticleId("art_2"), PARAGRAPHS)])

    async def decide(document, turn):
        document.catch_up(addition)
        turn.append(addition, (), changes_register=True)
        await turn.session.execute(text("UPDATE articles SET title = 'Decided'"))
        return "done"

    answer = await rooms.decide(TABLE, decide)
    await ursula.until(lambda: "art_2" in ursula.articles)

    assert answer == "done"
    async with database.reading() as session:
        assert (await session.scalars(text("SELECT title FROM articles"))).all() == ["Decided"]


async def test_a_decision_that_fails_leaves_no_trace(rooms, room, ursula, database):
    before = await logged(database)
    addition = seed([(ArticleId("art_2"), PARAGRAPHS)])

    async def decide(document, turn):
        document.catch_up(addition)
        turn.append(addition, (), changes_register=True)
        raise StaleSuggestion

    with pytest.raises(StaleSuggestion):
        await rooms.decide(TABLE, decide)

    assert await rooms.read(TABLE, lambda document: list(document.articles)) == [HOURS]
    assert await logged(database) == before
    ursula.insert(HOURS, 0, "On. ")
    await ursula.until_saved()


async def test_a_refused_decision_that_touched_nothing_keeps_the_document(rooms, room):
    same = await rooms.read(TABLE, lambda document: document)

    async def decide(document, turn):
        raise StaleSuggestion

    with pytest.raises(StaleSuggestion):
        await rooms.decide(TABLE, decide)

    assert await rooms.read(TABLE, lambda document: document) is same


async def test_an_act_that_changes_no_text_is_told_to_everyone_here(rooms, ursula, dana, database):
    before = await logged(database)

    async def decide(document, turn):
        await turn.session.execute(text("UPDATE articles SET title = 'Questioned'"))

    await rooms.decide(TABLE, decide)
    for peer in (ursula, dana):
        await peer.until(lambda peer=peer: any(notice["code"] == "recorded" for notice in peer.notices))

    assert await logged(database) == before


async def test_a_reader_sees_only_what_is_committed(rooms, ursula, database):
    ursula.insert(HOURS, 0, "Typed. ")

    seen = await rooms.read(TABLE, lambda document: document.articles[HOURS].size)

    assert seen == len(await logged(database))


async def test_a_failed_commit_is_taken_back_and_the_peers_are_asked_again(ursula, dana, database):
    """What the failed commit lost is still with its author, who sends it once more."""
    failures = []

    def fail_once(connection):
        if not failures:
            failures.append(connection)
            raise OSError("the disk is full")

    engine = database._turns._engine if database.embedded else database.engine.sync_engine
    event.listen(engine, "commit", fail_once)

    ursula.insert(HOURS, 0, "Twice. ")
    await ursula.until_saved()
    await dana.until(lambda: "Twice." in dana.text(HOURS))

    assert failures
    assert ursula.closed is dana.closed is None
    assert (await logged(database)) == dana.text(HOURS)


async def test_a_store_that_stays_away_closes_the_sender_and_shows_nobody_anything(ursula, dana, database):
    def fail(_connection):
        raise OSError("the disk is full")

    engine = database._turns._engine if database.embedded else database.engine.sync_engine
    event.listen(engine, "commit", fail)

    ursula.insert(HOURS, 0, "Never. ")
    await ursula.until(lambda: ursula.closed is not None)

    assert isinstance(ursula.closed, Unavailable)
    assert "Never." not in dana.text(HOURS)
    event.remove(engine, "commit", fail)


async def test_a_peer_ahead_of_the_room_is_not_read_from(database):
    rooms: Rooms = Rooms(SqlUpdateLog(database), LocalBus(), Limits(pending_frames=10, batch_frames=5))
    ursula = Probe(URSULA, UNION)
    await ursula.enter(await rooms.join(TABLE, Probe("mem_nobody", UNION, deaf=True)))

    for _ in range(30):
        ursula.insert(HOURS, 0, "x")
    was_paused = ursula.paused
    await ursula.until_saved()

    assert was_paused
    assert not ursula.paused
    await rooms.shutdown()
