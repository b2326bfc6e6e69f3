"""Listing suggestions: filtered, a page at a time, each as it stands."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.bargaining import Person, Table, bargaining


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Table, Person, Person]]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        await union.type(table.articles[0], "seven", " (a)")
        await district.type(table.articles[0], "Meetings", " (b)")
        await union.type(table.articles[1], "Salaries", " (c)")
        first = (await district.suggestions())[0]
        await district.answer(first)
        yield table, union, district


async def letters(person: Person, **wanted: str) -> str:
    items = (await person.call("GET", "/suggestions", params=wanted))["items"]
    return "".join(item["changes"][0]["text"].strip(" ()") for item in items)


async def test_filters_narrow_the_list(seated) -> None:
    table, union, _ = seated
    parties = {party["key"]: party["id"] for party in (await union.call("GET", ""))["parties"]}

    assert await letters(union) == "abc"
    assert await letters(union, status="pending") == "bc"
    assert await letters(union, status="accepted") == "a"
    assert await letters(union, party="union") == "ac"
    assert await letters(union, party=parties["district"]) == "b"
    assert await letters(union, article=table.articles[1]) == "c"
    assert await letters(union, article=table.articles[0], party="union", status="pending") == ""
    assert await letters(union, party="nobody") == ""
    assert await union.refused(422, "GET", "/suggestions", params={"status": "open"}) == "invalid_request"


async def test_pages_join_into_the_whole_list(seated) -> None:
    _, union, _ = seated
    whole = (await union.call("GET", "/suggestions"))["items"]

    found, cursor = [], None
    for _ in range(10):
        page = await union.call("GET", "/suggestions", params={"limit": 1, **({"cursor": cursor} if cursor else {})})
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break

    assert found == whole
    assert len(whole) == 3
    assert await union.refused(422, "GET", "/suggestions", params={"cursor": "mine"}) == "invalid_request"


async def test_an_observer_reads_and_may_do_nothing(seated) -> None:
    table, _, _ = seated
    observer = await table.join("Olga", "union", "observer")

    items = await observer.suggestions()

    assert [item["may"] for item in items] == [[], []]
