"""Over random histories: a position is the agreed text with a party's own pending suggestions, at any moment.

The story that the ledger tells must stand where the records stand: articles by standing, answers by party.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.harness.bargaining import Person, bargaining
from tests.harness.random_bargaining import RandomBargaining

SEEDS, STEPS, LOOK_EVERY = range(40, 43), 36, 4


def reading(paragraphs: list[dict[str, Any]], party: str, left_out: set[str]) -> list[Any]:
    """Take of a text in markup what a party would let stand, character by character, with the attributes it wants."""
    characters: list[Any] = []
    for paragraph in paragraphs:
        runs = [(run["text"], run["marks"]) for run in paragraph["runs"]]
        mark = {"style": paragraph["style"], "level": paragraph["level"]}
        for text, marks in [*runs, ("\n", {**mark, **(paragraph.get("marks") or {})})]:
            insertion, deletion = marks.get("ins"), marks.get(f"del:{party}")
            if insertion and (insertion["party"] != party or insertion["id"] in left_out):
                continue
            if deletion and deletion["id"] not in left_out:
                continue
            plain = {name: value for name, value in marks.items() if name != "ins" and ":" not in name}
            wanted = marks.get(f"fmt:{party}")
            if wanted and wanted["id"] not in left_out:
                plain |= wanted["set"]
            plain.setdefault("style", None)
            characters += [(one, {name: value for name, value in plain.items() if value}) for one in text]
    return characters


def told(paragraphs: list[dict[str, Any]]) -> list[Any]:
    return reading(paragraphs, "", set())


def without_defaults(characters: list[Any]) -> list[Any]:
    defaults = {("style", "paragraph"), ("level", 1)}
    return [
        (one, {name: value for name, value in marks.items() if (name, value) not in defaults})
        for one, marks in characters
    ]


async def assert_positions_are_agreed_and_own(person: Person, **when: str) -> None:
    positions = await person.call("GET", "/positions", params=when)
    markup = (await person.call("GET", "/text", params={"view": "markup", **when}))["articles"]
    agreed = await person.call("GET", "/text", params=when)
    assert positions["content_hash"] == agreed["content_hash"]
    marks, plain = ({one["id"]: one for one in articles} for articles in (markup, agreed["articles"]))
    assert {one["id"] for one in positions["articles"]} == marks.keys() >= plain.keys()
    for article in positions["articles"]:
        marked = marks[article["id"]]
        # What is only proposed agrees on nothing.
        paragraphs = plain[article["id"]]["paragraphs"] if article["id"] in plain else []
        without_marks = [{"marks": None, **paragraph} for paragraph in paragraphs]
        assert article["agreed"]["paragraphs"] == without_marks
        for party, held in article["positions"].items():
            wanted = reading(marked["paragraphs"], party, set(held["amendments"]))
            assert without_defaults(told(held["paragraphs"])) == without_defaults(wanted)
            assert held["differs"] == (held["paragraphs"] != without_marks)


async def assert_the_story_stands_where_the_records_do(person: Person) -> None:
    positions = (await person.call("GET", "/positions", params={"detail": "hashes"}))["articles"]
    shown = (await person.call("GET", ""))["articles"]
    pending = (await person.call("GET", "/suggestions", params={"status": "pending", "limit": 200}))["items"]
    # The ledger does not tell what was withdrawn in so many words from what its author deleted again.
    stands = {one["id"]: one["standing"].replace("withdrawn", "status_quo") for one in shown}
    assert {one["id"]: one["standing"] for one in positions if one["id"] in stands} == stands
    outstanding = {(item["id"], party) for item in pending for party in item["awaiting"]}
    assert outstanding == {
        (one, party) for article in positions for party, ones in article["awaiting"].items() for one in ones
    }


async def run(folder: Path, postgres_url: str | None, seed: int, steps: int) -> None:
    async with bargaining(folder, postgres_url) as (table, (union, district)):
        drafters = [await table.join("Uli", "union", "drafter"), await table.join("Dora", "district", "drafter")]
        history = RandomBargaining(table, [union, district, *drafters], seed)
        heads = []
        for number in range(steps):
            await history.step()
            if number % LOOK_EVERY == 0:
                await history.settle()
                await assert_positions_are_agreed_and_own(district)
                await assert_the_story_stands_where_the_records_do(district)
                heads.append((await district.call("GET", "/ledger", params={"limit": 1}))["head"]["seq"])
        for seq in reversed(heads):
            await assert_positions_are_agreed_and_own(union, at=str(seq))


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_position_is_what_is_agreed_with_ones_own_suggestions(tmp_path: Path, seed: int) -> None:
    await run(tmp_path, None, seed, STEPS)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4_000, 4_030))
async def test_positions_hold_over_long_histories(tmp_path: Path, seed: int) -> None:
    await run(tmp_path, None, seed, 300)
