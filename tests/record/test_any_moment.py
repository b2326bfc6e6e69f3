"""Turning back over random histories: the text at a moment is the text that was served then, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.ids import AgreementId, table_of
from tests.harness.bargaining import Person, bargaining
from tests.harness.random_bargaining import RandomBargaining

VIEWS = ("agreed", "proposed", "markup")
SEEDS, STEPS, LOOK_EVERY = range(2), 36, 3


@dataclass(frozen=True)
class Look:
    """What was served at one moment."""

    ledger_seq: int
    table_seq: int
    at: datetime
    texts: dict[str, Any]


async def look(person: Person) -> Look:
    texts = {view: await person.call("GET", "/text", params={"view": view}) for view in VIEWS}
    head = (await person.call("GET", "/ledger", params={"limit": 1}))["head"]["seq"]
    room = await person.table.app.state.rooms._room(table_of(AgreementId(person.table.id)))
    return Look(head, room.seq, datetime.now(UTC), texts)


async def turned_back(person: Person, at: str, view: str) -> dict[str, Any]:
    text = await person.call("GET", "/text", params={"view": view, "at": at})
    text.pop("moment")
    return bare(text, view)


def bare(text: dict[str, Any], view: str) -> dict[str, Any]:
    """Leave alone what the ledger keeps no word of: how a title or a place that is only proposed was put at last."""
    if view == "agreed":
        return text
    by_id = sorted(text["articles"], key=lambda article: article["id"])
    return {**text, "articles": [{**article, "title": ""} for article in by_id]}


async def assert_is_as_served(person: Person, seen: Look) -> None:
    for view in VIEWS:
        assert await turned_back(person, seen.at.isoformat(), view) == bare(seen.texts[view], view)
    placed = await person.table.app.state.moments.find(AgreementId(person.table.id), seen.ledger_seq)
    # Typing tells the ledger nothing, so that a number is the moment of its entry, before what was typed after it.
    assert placed.table_seq <= seen.table_seq
    views = VIEWS if placed.table_seq == seen.table_seq else VIEWS[:1]
    for view in views:
        assert await turned_back(person, str(seen.ledger_seq), view) == bare(seen.texts[view], view)


def spread(looks: list[Look]) -> Iterator[Look]:
    """Go to and fro, as whoever drags a slider does."""
    yield from looks[::2]
    yield from reversed(looks)


async def keep_checkpoint(person: Person) -> None:
    """Let later moments be rebuilt from the middle, and earlier ones from the beginning."""
    rooms, document = person.table.app.state.rooms, table_of(AgreementId(person.table.id))
    state = await rooms.read(document, lambda table: table.state())
    await rooms._log.checkpoint(document, (await rooms._room(document)).seq, state)


async def run(folder: Path, postgres_url: str | None, seed: int, steps: int) -> None:
    async with bargaining(folder, postgres_url) as (table, (union, district)):
        drafters = [await table.join("Uli", "union", "drafter"), await table.join("Dora", "district", "drafter")]
        history = RandomBargaining(table, [union, district, *drafters], seed)
        looks = [await look(union)]
        for number in range(steps):
            await history.step()
            if number % LOOK_EVERY == 0:
                await history.settle()
                looks.append(await look(union))
            if number == steps // 2:
                await history.settle()
                await keep_checkpoint(union)

        for seen in spread(looks):
            await assert_is_as_served(district, seen)


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_text_at_a_moment_is_the_text_that_was_served_then(tmp_path: Path, seed: int) -> None:
    await run(tmp_path, None, seed, STEPS)


async def test_the_text_at_a_moment_is_the_text_that_was_served_then_on_a_server_database(
    tmp_path: Path, postgres_url: str
) -> None:
    await run(tmp_path, postgres_url, 100, STEPS)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3_000, 3_030))
async def test_any_moment_of_long_histories_reads_as_it_was_served(tmp_path: Path, seed: int) -> None:
    await run(tmp_path, None, seed, 300)
