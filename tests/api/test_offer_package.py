"""Offering a package: own pending suggestions that stand or fall together."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness.actors import Table as Actors
from tests.harness.bargaining import Person, Table, bargaining
from tests.harness.packaging import answer, kinds, offer, read, soon, suggest_in_both

Seat = tuple[Table, Person, Person]


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Seat]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield table, union, district


async def test_a_package_holds_suggestions_across_articles(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)

    made = await offer(union, items, expires_at=soon(days=1), condition="The board funds it.")

    seen = await read(district, made)
    assert (made["status"], made["version"], made["awaiting"]) == ("pending", 1, ["district"])
    assert made["suggestions"] == [item["id"] for item in items] == [part["id"] for part in made["parts"]]
    assert (made["may"], seen["may"]) == (["withdraw"], ["accept", "reject", "question"])
    assert {part["package"] for part in seen["parts"]} == {made["id"]}
    assert seen["content_hash"] == made["content_hash"]
    assert (await kinds(union))[-1] == "package.offered"


async def test_a_part_that_is_in_another_package_is_refused(seated: Seat) -> None:
    table, union, _ = seated
    items = await suggest_in_both(table, union)
    first = await offer(union, items[:1])

    refused = await offer(union, items, 409)

    assert (refused["code"], refused["why"]) == ("part_taken", "in_package")
    assert (refused["suggestion"], refused["package"]) == (items[0]["id"], first["id"])


async def test_a_part_that_is_decided_is_refused(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    await district.answer(items[0])

    refused = await offer(union, items, 409)

    assert (refused["code"], refused["why"], refused["suggestion"]) == ("part_taken", "resolved", items[0]["id"])


async def test_a_part_that_one_of_several_parties_accepted_is_refused(tmp_path: Path) -> None:
    parties = [{"key": key, "name": key.title(), "signatory": True} for key in ("union", "district", "county")]
    async with bargaining(tmp_path, parties=parties) as (table, (union, district, _)):
        items = await suggest_in_both(table, union)
        await district.answer(items[0])

        refused = await offer(union, items, 409)

    assert (refused["code"], refused["why"]) == ("part_taken", "accepted_in_part")


async def test_a_package_holds_nothing_of_another_party(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)

    assert (await offer(district, items, 403))["code"] == "not_permitted"
    assert (await offer(union, [{"id": "s-none"}], 404))["code"] == "not_found"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": None, "expires_at": soon(days=1)}, "invalid_content"),
        ({"reason": " ", "condition": "If funded."}, "invalid_content"),
        ({"expires_at": soon(seconds=-5)}, "invalid_content"),
        ({"expires_at": "2026-01-01T00:00:00"}, "invalid_request"),
        ({"suggestions": []}, "invalid_request"),
        ({"title": ""}, "invalid_request"),
        ({"suggestions": ["s-1", "s-1"]}, "invalid_content"),
    ],
)
async def test_an_offer_that_makes_no_sense_is_refused(tmp_path: Path, changed: dict[str, Any], code: str) -> None:
    async with bargaining(tmp_path) as (table, (union, _)):
        items = await suggest_in_both(table, union)

        assert (await offer(union, items, 422, **changed))["code"] == code
        assert (await union.call("GET", "/packages"))["items"] == []


async def test_text_of_a_proposed_article_goes_with_that_article(seated: Seat) -> None:
    table, union, _ = seated
    made = await union.call("POST", "/articles", 201, json={"op": "add", "title": "Leaves", "text": "Ten days."})
    uli = await table.join("Uli", "union", "drafter")
    await uli.type(made["article_id"], "Ten days.", " A year.")
    part = next(one for one in await union.suggestions() if one["id"] != made["id"])

    refused = await offer(union, [part], 409)

    assert (refused["code"], refused["suggestion"]) == ("article_proposed", made["id"])


async def test_a_part_that_is_revised_makes_another_package_of_it(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items)

    await union.type(table.articles[0], "and a half", " hour")

    now = await read(district, made)
    assert now["content_hash"] != made["content_hash"]
    assert now["version"] > made["version"]
    stale = await answer(district, made, status=409)
    assert (stale["code"], stale["current"]["content_hash"]) == ("stale_package", now["content_hash"])


async def test_whom_an_offer_is_open_to(bargaining: Actors) -> None:
    body = {"title": "Deal", "suggestions": ["s-none"], "reason": None}

    assert await bargaining.statuses("POST", f"{bargaining.path}/packages", body) == {
        # Writers get as far as the suggestion, which is not there.
        "union lead": 404,
        "union drafter": 404,
        "union observer": 403,
        "district lead": 404,
        "district drafter": 404,
        "district observer": 403,
        "mediator": 404,
        "stranger": 404,
        "anonymous": 401,
    }
