"""The log keeps one order on both databases: what committed is read back, and nothing else ever was."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, func, insert, select, text

from app.db import Database
from app.domain.events import Proposed, Revised
from app.domain.ids import ArticleId, DocumentId, SuggestionId
from app.errors import NotFound, Unavailable
from app.models import Agreement, Article, Checkpoint, Entry, Response, Suggestion, Update, now
from app.repositories.updates import CHECKPOINT_INTERVAL, SqlUpdateLog
from tests.harness.database import (
    AGREEMENT,
    DANA,
    TABLE,
    UNION,
    URSULA,
    postgres_database,
    put_agreement,
    sqlite_database,
)

ARTICLE = ArticleId("art_1")


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    opened = (
        sqlite_database(tmp_path)
        if request.param == "sqlite"
        else postgres_database(request.getfixturevalue("postgres_url"))
    )
    async with opened as database:
        await put_agreement(database, [ARTICLE], b"seed")
        yield database


@pytest.fixture
def log(database: Database) -> SqlUpdateLog:
    return SqlUpdateLog(database)


async def append(log: SqlUpdateLog, known: int, *updates: bytes, **more) -> int:
    async with log.frames(TABLE, known) as turn:
        for update in updates:
            turn.append(update, (), changes_register=False, **more)
    return turn.missed.seq + len(updates)


async def test_what_was_appended_is_loaded_in_its_order(log):
    await append(log, 1, b"one", b"two")
    await append(log, 3, b"three")

    stored = await log.load(TABLE)

    assert stored.seq == 4
    assert list(stored.tail) == [b"seed", b"one", b"two", b"three"]
    assert stored.checkpoint is None


async def test_a_document_that_was_never_created_is_not_found(log):
    with pytest.raises(NotFound):
        await log.load(DocumentId("agr_none/table"))


async def test_a_checkpoint_stands_for_the_log_before_it(log):
    await append(log, 1, b"one", b"two")
    await log.checkpoint(TABLE, 3, b"state at 3")
    await append(log, 3, b"three")

    stored = await log.load(TABLE)

    assert (stored.checkpoint, stored.checkpoint_seq, list(stored.tail)) == (b"state at 3", 3, [b"three"])
    assert list((await log.catch_up(TABLE, 0)).updates) == [b"seed", b"one", b"two", b"three"]


async def test_one_checkpoint_is_kept_of_each_stretch(log, database):
    for seq in (10, 20, CHECKPOINT_INTERVAL + 1, CHECKPOINT_INTERVAL + 2):
        await log.checkpoint(TABLE, seq, b"state")

    async with database.reading() as session:
        kept = (await session.scalars(select(Checkpoint.seq).order_by(Checkpoint.seq))).all()

    assert kept == [20, CHECKPOINT_INTERVAL + 2]


async def test_a_writer_that_does_not_know_the_head_writes_nothing(log, database):
    await append(log, 1, b"one")

    if log.shared:
        async with log.frames(TABLE, 1) as turn:
            missed = turn.missed
        assert list(missed.updates) == [b"one"]
    else:
        with pytest.raises(Unavailable):
            await append(log, 1, b"another")
    assert list((await log.load(TABLE)).tail) == [b"seed", b"one"]


async def test_a_failing_turn_leaves_nothing(log):
    async def fail() -> None:
        async with log.frames(TABLE, 1) as turn:
            turn.append(b"one", (), changes_register=False)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert (await log.load(TABLE)).seq == 1


async def test_facts_stand_in_the_transaction_of_their_update(log, database):
    fact = Proposed(SuggestionId("sug_1"), ARTICLE, UNION, URSULA)

    async with log.frames(TABLE, 1) as turn:
        turn.append(b"one", [fact], changes_register=True)

    async with database.reading() as session:
        assert (await session.scalars(select(Suggestion.id))).all() == ["sug_1"]
    missed = await log.catch_up(TABLE, 1)
    assert missed.register is not None
    assert missed.register.owners["sug_1"].author == URSULA


async def test_a_fact_that_cannot_be_recorded_takes_its_update_with_it(log, database):
    impossible = Proposed(SuggestionId("sug_1"), ArticleId("art_none"), UNION, URSULA)

    async def fail() -> None:
        async with log.frames(TABLE, 1) as turn:
            turn.append(b"one", [impossible], changes_register=True)

    with pytest.raises(Unavailable):
        await fail()

    assert (await log.load(TABLE)).seq == 1


async def test_who_writes_under_a_client_id_is_remembered(log):
    await append(log, 1, b"one", writers={2**32 + 7: URSULA})
    await append(log, 2, b"two", writers={9: DANA})

    assert dict((await log.load(TABLE)).writers) == {2**32 + 7: URSULA, 9: DANA}
    assert dict((await log.catch_up(TABLE, 2)).writers) == {9: DANA}


async def test_a_decision_commits_its_records_with_its_update(log, database):
    async with log.decision(TABLE, 1) as turn:
        agreement = await turn.session.get_one(Agreement, AGREEMENT)
        agreement.status = "signed"
        turn.append(b"\x00\x00", (), changes_register=True)

    assert turn.register is not None
    assert not turn.register.writable
    assert not (await log.load(TABLE)).register.writable


async def test_a_decision_that_fails_leaves_neither_update_nor_record(log, database):
    async def fail() -> None:
        async with log.decision(TABLE, 1) as turn:
            (await turn.session.get_one(Article, ARTICLE)).standing = "tentative"
            turn.append(b"one", (), changes_register=True)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    stored = await log.load(TABLE)
    assert stored.seq == 1
    assert not stored.register.closed


async def test_the_register_says_which_articles_are_closed(log, database):
    async with database.transaction() as session:
        (await session.get_one(Article, ARTICLE)).standing = "tentative"

    register = (await log.load(TABLE)).register

    assert register.closed == {ARTICLE: "article_closed"}
    assert register.articles == [ARTICLE]
    assert register.writable


async def test_workers_at_once_each_take_their_own_number(postgres_url):
    async with postgres_database(postgres_url) as database:
        await put_agreement(database, [ARTICLE], b"seed")
        log = SqlUpdateLog(database)

        async def write(content: bytes) -> None:
            async with log.frames(TABLE, 1) as turn:
                turn.append(content, (), changes_register=False)

        await asyncio.gather(*(write(b"%d" % number) for number in range(20)))

        stored = await log.load(TABLE)
    assert stored.seq == 21
    assert sorted(stored.tail[1:]) == sorted(b"%d" % number for number in range(20))


async def test_quick_writes_that_wait_share_a_commit(tmp_path):
    async with sqlite_database(tmp_path) as database:
        commits = 0

        def count(_connection: Connection) -> None:
            nonlocal commits
            commits += 1

        event.listen(database._turns._engine, "commit", count)

        await asyncio.gather(*(database.write(lambda connection: connection.scalar(select(1))) for _ in range(50)))

    assert commits <= 3


async def test_a_quick_write_that_fails_costs_the_others_nothing(tmp_path):
    async with sqlite_database(tmp_path) as database:
        await database.write(lambda connection: connection.execute(text("CREATE TABLE kept (n INTEGER)")))

        def put(number: int):
            def write(connection: Connection) -> None:
                connection.execute(text("INSERT INTO kept VALUES (:n)"), {"n": number})
                if number == 5:
                    raise ZeroDivisionError

            return write

        outcomes = await asyncio.gather(*(database.write(put(n)) for n in range(10)), return_exceptions=True)

        async with database.reading() as session:
            kept = (await session.scalars(text("SELECT n FROM kept ORDER BY n"))).all()
    assert kept == [0, 1, 2, 3, 4, 6, 7, 8, 9]
    assert [type(outcome) for outcome in outcomes].count(ZeroDivisionError) == 1


async def test_requests_and_the_quick_path_write_in_turns(database):
    """Neither waits on the file's lock, where SQLite would make it sleep and try again."""
    inside = asyncio.Event()
    leave = asyncio.Event()

    async def request() -> None:
        async with database.transaction() as session:
            (await session.get_one(Agreement, AGREEMENT)).title = "Renamed"
            inside.set()
            await leave.wait()

    waiting = asyncio.create_task(request())
    await inside.wait()
    write = asyncio.create_task(database.write(lambda connection: connection.scalar(select(func.count(Article.id)))))
    leave.set()

    await waiting
    assert await write == 1


async def test_a_room_is_not_awaited_inside_a_transaction(database, log):
    async with database.transaction():
        with pytest.raises(RuntimeError, match="inside a transaction"):
            log.refuse_inside_transaction()

    log.refuse_inside_transaction()


async def typed(log: SqlUpdateLog, known: int) -> None:
    async with log.frames(TABLE, known) as turn:
        turn.append(b"typed", [Revised(SuggestionId("sug_1")), Revised(SuggestionId("sug_1"))], changes_register=False)


async def test_typing_counts_one_version_a_batch_on_every_way(log, database):
    async with log.frames(TABLE, 1) as turn:
        turn.append(b"one", [Proposed(SuggestionId("sug_1"), ARTICLE, UNION, URSULA)], changes_register=True)

    await typed(log, 2)
    await typed(log, 3)

    async with database.reading() as session:
        suggestion = (await session.scalars(select(Suggestion))).one()
        rows = (await session.scalars(select(Update).order_by(Update.seq))).all()
    assert suggestion.version == 3
    assert [(row.seq, row.payload, row.changes_register) for row in rows][2:] == [
        (3, b"typed", False),
        (4, b"typed", False),
    ]
    assert all(abs((now() - row.at).total_seconds()) < 60 for row in rows)


async def test_typing_into_what_somebody_accepted_is_told_to_the_ledger(log, database):
    async with log.frames(TABLE, 1) as turn:
        turn.append(b"one", [Proposed(SuggestionId("sug_1"), ARTICLE, UNION, URSULA)], changes_register=True)
    async with database.transaction() as session:
        given = {"agreement_id": AGREEMENT, "suggestion_id": "sug_1", "party_key": "district", "member_id": DANA}
        session.add(Response(id="res_1", kind="accept", version=1, content_hash="-", **given))

    await typed(log, 2)

    async with database.reading() as session:
        kinds = (await session.scalars(select(Entry.kind).order_by(Entry.seq))).all()
    assert kinds == ["suggestion.proposed", "suggestion.revised"]


async def test_a_reading_session_refuses_to_write(database):
    async with database.reading() as session:
        session.add(Checkpoint(document_id=TABLE, seq=1, state=b""))
        with pytest.raises(RuntimeError, match="asked to write"):
            await session.flush()
    async with database.reading() as session:
        with pytest.raises(RuntimeError, match="asked to write"):
            await session.execute(insert(Checkpoint), [{"document_id": TABLE, "seq": 1, "state": b""}])
