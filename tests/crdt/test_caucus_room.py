"""Caucus rooms over a real log: they follow their table in a log of their own, and the table hears nothing of them."""

import asyncio
import logging
from typing import Any

import pytest
from pycrdt import Doc, Map
from sqlalchemy import select

from app.bus import LocalBus, RedisBus
from app.crdt.caucus import open_document
from app.crdt.document import Document
from app.crdt.enactment import enact
from app.crdt.registry import Rooms
from app.crdt.tabling import table
from app.db import Database
from app.domain.ids import SuggestionId, caucus_of, new_id
from app.errors import NotFound, ProtocolViolation, StaleSuggestion, SuggestionAlreadyResolved, Unavailable
from app.models import Draft, Entry, Suggestion, Update, now
from app.models import Writer as WriterRow
from app.repositories.drafts import TABLED, DraftRepository
from app.repositories.updates import SqlUpdateLog
from app.services.deciding import decide, decide_in_caucus, decide_tabling
from tests.harness.builders import runs_in
from tests.harness.caucuses import undrafted
from tests.harness.database import (
    AGREEMENT,
    DANA,
    DISTRICT,
    HOURS,
    TABLE,
    UNION,
    URSULA,
    postgres_database,
    put_hours,
)
from tests.harness.peers import Probe
from tests.harness.promises import characters

CAUCUS = caucus_of(AGREEMENT, UNION)
THEIRS = caucus_of(AGREEMENT, DISTRICT)


@pytest.fixture
async def ursula(rooms: Rooms) -> Probe:
    """The union's lead in her caucus."""
    return await enter(rooms, CAUCUS, URSULA, UNION)


@pytest.fixture
async def dana(rooms: Rooms) -> Probe:
    """The district's lead at the table."""
    return await enter(rooms, TABLE, DANA, DISTRICT)


async def enter(rooms: Rooms, document: str, member: str, party: str) -> Probe:
    return await Probe(member, party).enter(await rooms.join(document, Probe("mem_nobody", party, deaf=True)))


async def read(rooms: Rooms, document: str) -> Document:
    return await rooms.read(document, lambda opened: opened)


async def draft(peer: Probe, at: int, words: str, name: str | None = None) -> None:
    """Type, and wait until it is saved; a browser names its drafts itself."""
    marks = {} if name is None else {"draft:ins": {"id": name, "party": peer.party}}
    with peer.document.transaction():
        peer.articles[HOURS].insert(at, words, marks)
    peer.flush()
    await peer.until_saved()


async def bring(rooms: Rooms, *, fails: bool = False, only: int | None = None) -> dict[SuggestionId, SuggestionId]:
    """Table what the union has drafted."""

    async def judge(caucus: Document, _table: Document, _turn: Any) -> list[SuggestionId]:
        return caucus.pending()[:only]

    async def act(caucus: Document, at_table: Document, turn: Any, drafts: list[SuggestionId]) -> Any:
        names = {one: SuggestionId(new_id("sug")) for one in drafts}
        tabled = table(caucus, at_table, names, UNION, URSULA)
        turn.table.append(tabled.table_update, tabled.table_facts, changes_register=True)
        turn.caucus.append(tabled.caucus_update, tabled.caucus_facts, changes_register=True)
        records = DraftRepository(turn.table.session, AGREEMENT, UNION)
        await records.close(drafts, now(), became=TABLED, tabling="tbl_1")
        if fails:
            raise StaleSuggestion
        return names

    names: dict[SuggestionId, SuggestionId] = await decide_tabling(rooms, AGREEMENT, UNION, judge, act)
    return names


async def rows(database: Database, model: Any) -> list[Any]:
    async with database.reading() as session:
        return list(await session.scalars(select(model)))


async def together(rooms: Rooms, database: Database) -> None:
    """The caucus without its drafts is the table, and its own log says so too."""
    caucus, at_table = await read(rooms, CAUCUS), await read(rooms, TABLE)
    assert undrafted(characters(caucus)) == characters(at_table)
    alone = open_document(await SqlUpdateLog(database).load(CAUCUS))
    assert runs_in(alone, HOURS) == runs_in(caucus, HOURS)


async def test_a_caucus_comes_into_being_when_first_somebody_of_its_party_asks(rooms, database):
    documents = {row.document_id for row in await rows(database, Update)}

    found = await asyncio.gather(*(rooms.read(CAUCUS, lambda one: one.articles[HOURS].size) for _ in range(5)))

    assert documents == {TABLE}
    assert found == [28] * 5
    assert sorted(row.document_id for row in await rows(database, Update)) == [CAUCUS, TABLE]


async def test_nobody_has_a_caucus_over_a_table_that_is_not_there(rooms):
    with pytest.raises(NotFound):
        await rooms.read("agr_none/caucus/union", bool)


async def test_what_is_drafted_is_on_the_partys_record_and_no_other(rooms, database, ursula):
    await draft(ursula, 3, " long")
    await draft(ursula, 8, "er")

    drafts = await rows(database, Draft)

    assert [(one.party_key, one.author_id, one.article_id, one.status, one.version) for one in drafts] == [
        (UNION, URSULA, HOURS, "pending", 2)
    ]
    assert await rows(database, Suggestion) == []
    assert await rows(database, Entry) == []
    assert [row.document_id for row in await rows(database, WriterRow)] == [CAUCUS]


async def test_a_draft_emptied_by_its_party_is_withdrawn_and_typed_again_is_back(database, ursula):
    await draft(ursula, 3, " long", "mine")
    ursula.delete(HOURS, 3, 8)
    await draft(ursula, 20, "!", "other")
    emptied = {one.id: one.status for one in await rows(database, Draft)}

    await draft(ursula, 3, " late", "mine")

    assert emptied == {"mine": "withdrawn", "other": "pending"}
    assert {one.id: (one.status, one.version) for one in await rows(database, Draft)} == {
        "mine": ("pending", 2),
        "other": ("pending", 1),
    }


async def test_a_caucus_shows_at_once_what_comes_to_the_table(rooms, database, ursula, dana):
    await draft(ursula, 3, " long")

    dana.insert(HOURS, 27, " At most.")
    await ursula.until(lambda: "At most." in ursula.text(HOURS))

    assert ursula.text(HOURS) == "The long workday is seven hours. At most.\n"
    assert " long" not in dana.text(HOURS)
    await together(rooms, database)


async def test_a_caucus_that_nobody_was_in_catches_up_when_it_is_opened(rooms, database, dana):
    await rooms.read(CAUCUS, bool)
    await rooms.shutdown()
    later: Rooms = Rooms(SqlUpdateLog(database), LocalBus())
    dana = await enter(later, TABLE, DANA, DISTRICT)
    await draft(dana, 27, " At most.")

    shown = await later.read(CAUCUS, lambda one: one.articles[HOURS].size)

    assert shown == 28 + len(" At most.")
    await together(later, database)
    await later.shutdown()


async def test_the_tables_text_deleted_in_a_caucus_is_refused_and_stands(rooms, database, ursula):
    colleague = await enter(rooms, CAUCUS, URSULA, UNION)
    before = len(await rows(database, Update))

    ursula.delete(HOURS, 0, 3)
    await ursula.until(lambda: ursula.closed is not None)

    assert isinstance(ursula.closed, ProtocolViolation)
    assert "load the caucus anew" in str(ursula.closed)
    assert colleague.closed is None
    assert colleague.text(HOURS) == "The workday is seven hours.\n"
    assert len(await rows(database, Update)) == before


async def test_what_was_drafted_comes_to_the_table_in_one_act(rooms, database, ursula, dana):
    await draft(ursula, 3, " long")
    await draft(ursula, 32, " Lunch is free.")

    names = await bring(rooms, only=1)
    await dana.until(lambda: " long" in dana.text(HOURS))

    assert dana.text(HOURS) == "The long workday is seven hours.\n"
    assert {one.id for one in await rows(database, Suggestion)} == set(names.values())
    assert sorted(one.status for one in await rows(database, Draft)) == ["pending", "tabled"]
    await ursula.until(
        lambda: not any("draft:ins" in (m or {}) and " long" in t for t, m in ursula.articles[HOURS].diff())
    )
    assert ursula.text(HOURS) == "The long workday is seven hours. Lunch is free.\n"
    await together(rooms, database)


async def test_a_tabling_that_fails_changes_neither_text_nor_any_record(rooms, database, ursula, dana):
    await draft(ursula, 3, " long")
    before = len(await rows(database, Update))

    with pytest.raises(StaleSuggestion):
        await bring(rooms, fails=True)

    assert len(await rows(database, Update)) == before
    assert [one.status for one in await rows(database, Draft)] == ["pending"]
    assert await rows(database, Suggestion) == []
    assert len(await rooms.read(CAUCUS, lambda one: one.pending())) == 1
    assert await rooms.read(TABLE, lambda one: one.pending()) == []
    assert len(await bring(rooms)) == 1


async def test_a_draft_whose_surroundings_the_table_struck_falls(rooms, database, ursula, dana):
    with ursula.document.transaction():
        ursula.articles[HOURS].format(4, 11, {"draft:del": {"id": "mine"}})
    ursula.flush()
    await ursula.until_saved()
    dana.delete(HOURS, 4, 11)
    await dana.until(lambda: bool(dana.notices))
    suggestion = (await rooms.read(TABLE, lambda one: one.pending()))[0]

    async def judge(_document: Document, _turn: Any) -> None:
        return

    async def act(document: Document, turn: Any, _judged: None) -> None:
        enacted = enact(document, [suggestion])
        turn.append(enacted.update, enacted.facts, changes_register=True)

    await decide(rooms, AGREEMENT, judge, act)

    assert await rooms.read(CAUCUS, lambda one: one.pending()) == []
    assert [one.status for one in await rows(database, Draft)] == ["withdrawn"]
    await together(rooms, database)


async def test_an_act_in_caucus_costs_the_table_nothing(rooms, database, ursula):
    await draft(ursula, 3, " long")
    seq = (await SqlUpdateLog(database).heads([TABLE]))[TABLE]

    async def judge(caucus: Document, _turn: Any) -> SuggestionId:
        return caucus.pending()[0]

    async def act(_caucus: Document, turn: Any, chosen: SuggestionId) -> None:
        await DraftRepository(turn.session, AGREEMENT, UNION).explain(chosen, "Why not?")

    await decide_in_caucus(rooms, AGREEMENT, UNION, judge, act)

    assert [one.reason for one in await rows(database, Draft)] == ["Why not?"]
    assert (await SqlUpdateLog(database).heads([TABLE]))[TABLE] == seq


async def test_one_id_used_in_caucus_and_at_the_table_begins_the_caucus_anew(rooms, database, ursula):
    await draft(ursula, 3, " long")
    forger = Probe(URSULA, UNION)
    forger.document = Doc(client_id=ursula.client)
    forger.articles = forger.document.get("articles", type=Map)
    await forger.enter(await rooms.join(TABLE, Probe("mem_nobody", UNION, deaf=True)))

    forger.insert(HOURS, 27, " Forged.")
    await forger.until_saved()
    await ursula.until(lambda: ursula.closed is not None)
    again = await enter(rooms, CAUCUS, URSULA, UNION)
    late = Probe(URSULA, UNION)
    late.document, late.articles = ursula.document, ursula.articles
    late.room = again.room
    again.room.join(late)
    ursula.room = again.room
    late.insert(HOURS, 3, "x")
    await late.until(lambda: late.closed is not None)

    assert isinstance(ursula.closed, ProtocolViolation)
    assert again.text(HOURS) == "The long workday is seven hours. Forged.\n"
    assert isinstance(late.closed, ProtocolViolation)
    assert [one.status for one in await rows(database, Draft)] == ["pending"]
    await together(rooms, database)


async def test_a_failure_in_a_caucus_leaves_no_word_of_it_in_the_log(rooms, ursula, caplog):
    caplog.set_level(logging.DEBUG)
    await draft(ursula, 3, " canary")
    ursula.room.log_failure("A commit failed in %s; reading the log anew", Unavailable("canary"))
    ursula.delete(HOURS, 0, 2)
    await ursula.until(lambda: ursula.closed is not None)
    await rooms.shutdown()

    told = [record.getMessage() + str(record.exc_info) for record in caplog.records if record.name.startswith("app")]
    assert any(AGREEMENT in one for one in told)
    assert not [one for one in told if "canary" in one or "caucus" in one or UNION in one]


async def test_everything_at_once_leads_to_no_standstill(  # noqa: C901 - several people at once, each with a loop.
    rooms, database, ursula, dana
):
    """Table and caucus frames, decisions, readings and tablings cross each other's locks as they may."""
    theirs = await enter(rooms, THEIRS, DANA, DISTRICT)

    async def type_on(peer: Probe, words: str) -> None:
        for number in range(12):
            peer.insert(HOURS, 0, f"{words}{number} ")
            await peer.until_saved()

    async def table_on() -> None:
        for _ in range(6):
            await bring(rooms, only=1)

    async def decide_on() -> None:
        for _ in range(6):

            async def judge(document: Document, _turn: Any) -> SuggestionId:
                if not document.pending():
                    raise SuggestionAlreadyResolved
                return document.pending()[0]

            async def act(document: Document, turn: Any, chosen: SuggestionId) -> None:
                enacted = enact(document, [chosen])
                turn.append(enacted.update, enacted.facts, changes_register=True)

            try:
                await decide(rooms, AGREEMENT, judge, act)
            except SuggestionAlreadyResolved:
                await rooms.read(CAUCUS, bool)

    async with asyncio.timeout(30):
        await asyncio.gather(
            type_on(ursula, "u"), type_on(dana, "d"), type_on(theirs, "t"), table_on(), decide_on(), table_on()
        )

    await together(rooms, database)
    at_table, caucus = await read(rooms, TABLE), await read(rooms, THEIRS)
    assert undrafted(characters(caucus)) == characters(at_table)


async def test_two_workers_serve_one_caucus_and_its_table(postgres_url, redis_url):
    async with postgres_database(postgres_url) as database:
        await put_hours(database)
        buses = [RedisBus(redis_url), RedisBus(redis_url)]
        here, there = (Rooms(SqlUpdateLog(database), bus) for bus in buses)
        ursula = await enter(here, CAUCUS, URSULA, UNION)
        colleague = await enter(there, CAUCUS, URSULA, UNION)
        dana = await enter(there, TABLE, DANA, DISTRICT)

        await draft(ursula, 3, " long")
        await colleague.until(lambda: " long" in colleague.text(HOURS))
        for number in range(5):
            await draft(dana, 0, f"d{number} ")
        await ursula.until(lambda: "d4" in ursula.text(HOURS))
        await draft(colleague, colleague.text(HOURS).index("hours"), "whole ")
        names, _ = await asyncio.gather(bring(here, only=1), draft(dana, 0, "late "))
        await bring(there)

        assert len(names) == 1
        await dana.until(lambda: " long" in dana.text(HOURS) and "whole " in dana.text(HOURS))
        for rooms in (here, there):
            await together(rooms, database)
        assert runs_in(await read(here, CAUCUS), HOURS) == runs_in(await read(there, CAUCUS), HOURS)
        for rooms, bus in zip((here, there), buses, strict=True):
            await rooms.shutdown()
            await bus.close()
