"""What frames meant is written down on both databases alike, with no more ledger than it is worth."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.db import Database
from app.domain.events import Fact, Proposed, Revised, Vanished
from app.domain.ids import SuggestionId
from app.models import Response, Suggestion, now
from app.repositories.facts import record
from app.repositories.ledger import LedgerRepository
from tests.harness.database import postgres_database, sqlite_database
from tests.harness.record import AGREEMENT, ARTICLE, DANA, DISTRICT, UNION, URSULA, seed

ONE = SuggestionId("sug_1")
PROPOSED = Proposed(ONE, ARTICLE, UNION, URSULA)
VANISHED = Vanished(ONE, {"kind": "insertion", "after": "x"}, URSULA, overtaken=False)


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    if request.param == "sqlite":
        opened = sqlite_database(tmp_path)
    else:
        opened = postgres_database(request.getfixturevalue("postgres_url"))
    async with opened as database:
        async with database.transaction() as session:
            await seed(session)
        yield database


async def state(store: Database, *facts: Fact) -> tuple[Suggestion | None, list[tuple]]:
    """Record the facts as the room does, and read what they left."""
    if facts:
        await store.write(lambda connection: record(connection, AGREEMENT, facts, now()))
    async with store.reading() as session:
        suggestion = (await session.scalars(select(Suggestion))).one_or_none()
        entries = await LedgerRepository(session).page(AGREEMENT, 0, 100)
    return suggestion, [(entry["kind"], entry["party"], entry["payload"]) for entry in entries]


async def test_a_proposal_opens_a_suggestion_and_tells_the_ledger(store: Database) -> None:
    suggestion, entries = await state(store, PROPOSED)

    assert (suggestion.status, suggestion.version, suggestion.party_key) == ("pending", 1, "union")
    assert entries == [("suggestion.proposed", "union", {"suggestion": "sug_1", "article": "art_1", "version": 1})]


async def test_typing_makes_one_new_version_a_batch_and_no_entry(store: Database) -> None:
    await state(store, PROPOSED)

    suggestion, entries = await state(store, Revised(ONE), Revised(ONE))

    assert suggestion.version == 2
    assert len(entries) == 1


async def test_a_revision_that_voids_an_acceptance_is_told(store: Database) -> None:
    await state(store, PROPOSED)
    answer = {"suggestion_id": ONE, "party_key": DISTRICT, "member_id": DANA, "kind": "accept", "version": 1}
    async with store.transaction() as session:
        session.add(Response(id="res_1", agreement_id=AGREEMENT, content_hash="-", **answer))

    _, first = await state(store, Revised(ONE))
    _, second = await state(store, Revised(ONE))

    assert first[1:] == [("suggestion.revised", "union", {"suggestion": "sug_1", "version": 2})]
    assert second == first


async def test_what_vanished_keeps_what_it_last_said_and_can_come_back(store: Database) -> None:
    await state(store, PROPOSED)

    gone, entries = await state(store, VANISHED)
    back, after = await state(store, PROPOSED)

    assert (gone.status, gone.content) == ("withdrawn", VANISHED.content)
    assert entries[1][0] == "suggestion.withdrawn"
    assert (back.status, back.version, back.content, back.resolved_at) == ("pending", 2, None, None)
    assert after[2][2]["version"] == 2


async def test_facts_of_one_batch_are_taken_in_their_order(store: Database) -> None:
    suggestion, entries = await state(store, PROPOSED, Revised(ONE), VANISHED, PROPOSED)

    assert (suggestion.status, suggestion.version) == ("pending", 3)
    assert [kind for kind, _, _ in entries] == [
        "suggestion.proposed",
        "suggestion.withdrawn",
        "suggestion.proposed",
    ]


async def test_what_was_decided_does_not_vanish_as_well(store: Database) -> None:
    await state(store, PROPOSED)
    async with store.transaction() as session:
        (await session.scalars(select(Suggestion))).one().status = "accepted"

    suggestion, entries = await state(store, VANISHED, PROPOSED)

    assert suggestion.status == "accepted"
    assert len(entries) == 1


async def test_an_import_proposes_thousands_in_one_batch(store: Database) -> None:
    facts = [Proposed(SuggestionId(f"sug_{number}"), ARTICLE, UNION, URSULA) for number in range(1_700)]

    await store.write(lambda connection: record(connection, AGREEMENT, facts, now()))

    async with store.reading() as session:
        head = await LedgerRepository(session).head(AGREEMENT)
        rows = (await session.scalars(select(Suggestion.id))).all()
    assert head.seq == len(rows) == 1_700
