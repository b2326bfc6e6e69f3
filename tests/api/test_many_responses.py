"""Many answers in one act: judged together, committed once, each with its own outcome."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.models import Update
from tests.harness.bargaining import Person, Table, bargaining

ARTICLE = "## Hours\n\n" + "\n\n".join(f"Rule {number} stands here." for number in range(60)) + "\n"


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Table, Person, Person]]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url, markdown=ARTICLE) as (table, (union, district)):
        yield table, union, district


async def rows(table: Table) -> int:
    async with table.app.state.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Update))


async def outcomes(person: Person, answers: list[dict]) -> list[str]:
    found = await person.call("POST", "/responses", json={"items": answers})
    return [one.get("status") or one["code"] for one in found["items"]]


def answer(item: dict, kind: str = "accept", **more) -> dict:
    return {"suggestion": item["id"], "kind": kind, "content_hash": item["content_hash"], **more}


async def test_each_answer_has_its_own_outcome(seated) -> None:
    table, union, district = seated
    article = table.articles[0]
    for number in range(10, 16):
        await union.type(article, f"Rule {number} stands", " firmly")
    await district.type(article, "Rule 20 stands", " loosely")
    one, two, three, four, five, six, own = await district.suggestions()
    await union.type(article, "Rule 15 stands firmly", " indeed")
    before = await rows(table)

    found = await outcomes(
        district,
        [
            answer(one),
            answer(two, "reject", reason="No."),
            answer(three, "question"),
            answer(own),
            answer(six),
            answer(one),
            {**answer(four), "suggestion": "nothing"},
            answer(four),
            answer(five),
        ],
    )

    assert found == [
        "accepted",
        "rejected",
        "pending",
        "own_party",
        "stale_suggestion",
        "already_resolved",
        "not_found",
        "accepted",
        "accepted",
    ]
    text = await union.text()
    assert [f"Rule {n} stands firmly" in text for n in range(10, 16)] == [True, False, False, True, True, False]
    # One enactment for all that was accepted, one removal for all that was rejected.
    assert await rows(table) == before + 2


async def test_hashes_are_judged_against_the_text_as_the_call_found_it(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "Rule 10", " (a)")
    await union.strike(table.articles[0], "here.")
    await union.type(table.articles[0], "Rule 11", " (b)")
    items = await district.suggestions()

    found = await outcomes(district, [answer(item) for item in items])

    assert found == ["accepted"] * len(items)


async def test_two_answers_that_remove_the_same_words_are_both_carried_out(seated) -> None:
    table, union, district = seated
    mediating = await table.join("Ulla", "union", "drafter")
    await union.strike(table.articles[0], "Rule 10 stands here.")
    await mediating.type(table.articles[0], "Rule 11", " (b)")
    items = await district.suggestions()

    assert await outcomes(district, [answer(item) for item in reversed(items)]) == ["accepted", "accepted"]


async def test_a_drafters_answers_are_each_refused(seated) -> None:
    table, union, _ = seated
    drafter = await table.join("Dora", "district", "drafter")
    await union.type(table.articles[0], "Rule 10", " (a)")
    [seen] = await drafter.suggestions()

    assert await outcomes(drafter, [answer(seen)]) == ["not_lead"]
    assert await outcomes(drafter, []) == []


async def test_what_is_malformed_is_refused_whole(seated) -> None:
    _, _, district = seated

    for items in ([{"suggestion": "x"}], [{"suggestion": "x", "kind": "maybe", "content_hash": "0" * 64}], "no"):
        assert await district.refused(422, "POST", "/responses", json={"items": items}) == "invalid_request"
