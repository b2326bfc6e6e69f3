"""Tentative agreements: closed by every signatory's lead at one content, opened again by all of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.bargaining import Person, Table, bargaining


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Table, Person, Person]]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield table, union, district


async def test_an_article_closes_when_both_leads_have_initialled_it(seated) -> None:
    table, union, district = seated
    article = table.articles[0]

    first = await union.initial(article)
    second = await district.initial(article)

    assert (first["standing"], first["awaiting"]) == ("status_quo", ["district"])
    assert (second["standing"], second["awaiting"]) == ("tentative", [])
    assert [one["party"] for one in second["initials"]] == ["union", "district"]
    assert [entry["kind"] for entry in await union.ledger()][-3:] == [
        "article.initialled",
        "article.initialled",
        "article.tentative",
    ]
    assert await union.call("GET", f"/articles/{article}/initials") == second


async def test_a_closed_article_takes_no_suggestion_on_any_path(seated) -> None:
    table, union, district = seated
    article = table.articles[0]
    for lead in (union, district):
        await lead.initial(article)
    before = (await union.call("GET", "/text", params={"view": "markup"}))["articles"]

    await union.type(article, "seven", " and a half")
    await district.strike(article, "Meetings")

    assert await union.suggestions() == []
    assert (await union.call("GET", "/text", params={"view": "markup"}))["articles"] == before
    assert "article_closed" in [notice["code"] for notice in (await union.peer()).notices]
    assert (await union.initial(article, 409))["code"] == "article_closed"
    await union.type(table.articles[1], "three", " or four")
    assert len(await union.suggestions()) == 1


async def test_pending_suggestions_keep_an_article_open(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")

    refused = await district.initial(table.articles[0], 409)

    assert (refused["code"], refused["pending"]) == ("open_suggestions", 1)
    assert (await district.initial(table.articles[1]))["awaiting"] == ["union"]


async def test_initials_name_the_content_that_stands(seated) -> None:
    table, union, _ = seated
    body = {"content_hash": "0" * 64}

    refused = await union.call("POST", f"/articles/{table.articles[0]}/initials", 409, json=body)

    seen = await union.call("GET", "/text", params={"article": table.articles[0]})
    assert (refused["code"], refused["current"]) == ("stale_content", seen["content_hash"])
    assert await union.refused(404, "POST", "/articles/art_none/initials", json=body) == "not_found"


async def test_initials_under_what_has_moved_count_for_nothing(seated) -> None:
    table, union, district = seated
    article = table.articles[0]
    await union.initial(article)
    await union.type(article, "seven", " and a half")
    [seen] = await district.suggestions()
    await district.answer(seen)

    after = await district.initial(article)

    assert (after["standing"], after["awaiting"]) == ("open", ["union"])
    assert (await union.initial(article))["standing"] == "tentative"


async def test_only_leads_initial_and_saying_it_twice_says_it_once(seated) -> None:
    table, union, _ = seated
    drafter = await table.join("Uli", "union", "drafter")

    assert (await drafter.initial(table.articles[0], 403))["code"] == "not_lead"
    assert await union.initial(table.articles[0]) == await union.initial(table.articles[0])
    assert [entry["kind"] for entry in await union.ledger()].count("article.initialled") == 1


async def test_an_article_opens_again_when_both_ask(seated) -> None:
    table, union, district = seated
    article = table.articles[0]
    for lead in (union, district):
        await lead.initial(article)
    path = f"/articles/{article}/initials"

    one = await union.call("DELETE", path)
    again = await union.call("DELETE", path)
    both = await district.call("DELETE", path)

    assert (one["standing"], [wish["party"] for wish in one["reopening"]]) == ("tentative", ["union"])
    assert again == one
    assert (both["standing"], both["initials"], both["reopening"]) == ("open", [], [])
    assert [entry["kind"] for entry in await union.ledger()][-3:] == [
        "article.reopening",
        "article.reopening",
        "article.reopened",
    ]
    await union.type(article, "seven", " and a half")
    assert len(await union.suggestions()) == 1


async def test_a_party_takes_back_initials_that_closed_nothing_yet(seated) -> None:
    table, union, district = seated
    path = f"/articles/{table.articles[0]}/initials"
    await union.initial(table.articles[0])

    assert (await union.call("DELETE", path))["awaiting"] == ["union", "district"]
    assert await district.refused(409, "DELETE", path) == "wrong_stage"
