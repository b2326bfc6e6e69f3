"""Every act of the ledger is found again with the very update of the table that it was committed with."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from app.db import Database
from app.domain.events import Proposed, Revised
from app.domain.ids import ArticleId, SuggestionId, caucus_of
from app.models import DocumentHead, Entry, Moment, Update, now
from app.repositories.ledger import LedgerRepository
from app.repositories.moments import MomentRepository, Placed
from app.repositories.updates import SqlUpdateLog
from tests.harness.database import (
    AGREEMENT,
    TABLE,
    UNION,
    URSULA,
    postgres_database,
    put_agreement,
    sqlite_database,
)
from tests.harness.requirements import ROOT

ARTICLE = ArticleId("art_1")
FACT = Proposed(SuggestionId("sug_1"), ARTICLE, UNION, URSULA)


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


async def type_on(log: SqlUpdateLog, known: int, letters: bytes, facts=()) -> None:
    async with log.frames(TABLE, known) as turn:
        for letter in letters:
            turn.append(bytes([letter]), facts, changes_register=False)


async def decide(log: SqlUpdateLog, known: int, *kinds: str) -> None:
    async with log.decision(TABLE, known) as turn:
        turn.append(b"decided", (), changes_register=True)
        for kind in kinds:
            await LedgerRepository(turn.session).append(AGREEMENT, kind, UNION, None, {})


async def tell(database: Database, kind: str) -> None:
    async with database.transaction() as session:
        await LedgerRepository(session).append(AGREEMENT, kind, UNION, None, {})


async def placed(database: Database, seq: int) -> tuple[int, int]:
    async with database.reading() as session:
        found = await MomentRepository(session).at_entry(AGREEMENT, seq)
    assert isinstance(found, Placed)
    return found.ledger_seq, found.table_seq


async def test_a_proposal_stands_with_the_frame_that_opened_it(log, database):
    await type_on(log, 1, b"ab", [FACT])
    await type_on(log, 3, b"cd", [Revised(FACT.suggestion)])

    assert await placed(database, 1) == (1, 3)


async def test_every_entry_of_a_decision_stands_with_the_end_of_it(log, database):
    await decide(log, 1, "one", "two")
    await type_on(log, 2, b"abc")
    await decide(log, 5, "three")

    assert [await placed(database, seq) for seq in (1, 2, 3)] == [(2, 2), (2, 2), (3, 6)]


async def test_what_is_told_apart_from_the_table_stands_with_the_typing_before_it(log, database):
    await decide(log, 1, "one")
    await type_on(log, 2, b"ab")
    await tell(database, "member.joined")
    await type_on(log, 4, b"cd")
    await decide(log, 6, "three")

    assert [await placed(database, seq) for seq in (1, 2, 3)] == [(1, 2), (2, 4), (3, 7)]


async def test_clocks_that_differ_never_part_an_act_from_its_text(log, database):
    await decide(log, 1, "one")
    await decide(log, 2, "two")
    async with database.transaction() as session:
        await session.execute(update(Entry).where(Entry.seq == 2).values(recorded_at=now() + timedelta(hours=1)))

    assert await placed(database, 2) == (2, 3)


async def test_a_time_shows_no_act_ahead_of_its_text(log, database):
    await decide(log, 1, "one")
    await type_on(log, 2, b"a")
    await decide(log, 3, "two")
    async with database.reading() as session:
        written = (await session.scalars(select(Update.at).where(Update.document_id == TABLE, Update.seq == 4))).one()
        told = (await session.scalars(select(Entry.recorded_at).where(Entry.seq == 2))).one()
        before = await MomentRepository(session).at_time(AGREEMENT, written - timedelta(microseconds=1))
        then = await MomentRepository(session).at_time(AGREEMENT, written)

    assert told < written
    assert (before.ledger_seq, before.table_seq) == (1, 3)
    assert (then.ledger_seq, then.table_seq) == (2, 4)


async def test_there_is_no_moment_before_the_agreement_began_nor_after_its_newest_entry(log, database):
    async with database.reading() as session:
        repository = MomentRepository(session)

        assert await repository.at_time(AGREEMENT, datetime.fromisoformat("2000-01-01T00:00:00Z")) is None
        assert await repository.at_entry(AGREEMENT, 1) is None


async def test_a_moment_is_made_of_the_nearest_checkpoint_and_what_follows_it(log, database):
    await type_on(log, 1, b"abcd")
    await log.checkpoint(TABLE, 3, b"state at 3")

    async with database.reading() as session:
        late, early = [await MomentRepository(session).span(TABLE, seq) for seq in (5, 2)]

    assert (late.checkpoint, list(late.updates)) == (b"state at 3", [b"c", b"d"])
    assert (early.checkpoint, list(early.updates)) == (None, [b"seed", b"a"])


async def test_a_caucus_leaves_no_moment(log, database):
    caucus = caucus_of(AGREEMENT, UNION)
    async with database.transaction() as session:
        session.add(DocumentHead(id=caucus, agreement_id=AGREEMENT, seq=1))

    async with log.decision(caucus, 1) as turn:
        turn.append(b"private", (), changes_register=True)
        await LedgerRepository(turn.session).append(AGREEMENT, "tabling.made", UNION, None, {})

    async with database.reading() as session:
        assert (await session.scalars(select(Moment.ledger_seq))).all() == []


async def test_older_histories_are_linked_as_they_were_written(log, database):
    await type_on(log, 1, b"ab", [FACT])
    await tell(database, "member.joined")
    await decide(log, 3, "suggestion.accepted", "suggestion.enacted")
    await type_on(log, 4, b"cd")
    await decide(log, 6, "article.initialled")
    async with database.reading() as session:
        kept = (await session.execute(select(Moment.ledger_seq, Moment.ledger_before, Moment.table_seq))).all()
    async with database.transaction() as session:
        await session.execute(delete(Moment))

    linking = migration()
    async with database.engine.begin() as connection:
        await connection.run_sync(linking, AGREEMENT)

    async with database.reading() as session:
        again = (await session.execute(select(Moment.ledger_seq, Moment.ledger_before, Moment.table_seq))).all()
    assert kept == again == [(1, 0, 3), (4, 2, 4), (5, 4, 7)]


def migration():
    """The revision that made the links, as a module: a file whose name is no name for one."""
    file = ROOT / "migrations" / "versions" / "0008_moments.py"
    spec = spec_from_file_location("moments_revision", file)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module._link
