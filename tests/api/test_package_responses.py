"""Answering a package: whole or not at all, and no part of it on any other path."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness.actors import Table as Actors
from tests.harness.bargaining import Person, Table, bargaining
from tests.harness.packaging import (
    HASH,
    answer,
    assert_ledger_rebuilds,
    kinds,
    offer,
    read,
    run_out,
    soon,
    suggest_in_both,
)

Seat = tuple[Table, Person, Person]


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Seat]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield table, union, district


async def statuses(person: Person, items: list[dict[str, Any]]) -> list[str]:
    return [(await person.call("GET", f"/suggestions/{item['id']}"))["status"] for item in items]


async def test_a_package_is_accepted_whole(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items)

    done = await answer(district, made, reason="Agreed.")

    text = await union.text()
    assert (done["status"], done["awaiting"], done["may"]) == ("accepted", [], [])
    assert done["content_hash"] == made["content_hash"]
    assert "seven and a half" in text
    assert "three or four" in text
    assert await statuses(union, items) == ["accepted", "accepted"]
    assert (await kinds(union))[-6:] == [
        "package.responded",
        "package.accepted",
        "suggestion.accepted",
        "suggestion.accepted",
        "suggestion.enacted",
        "suggestion.enacted",
    ]
    await assert_ledger_rebuilds(district)


async def test_a_package_of_text_and_articles_is_enacted_in_one_act(seated: Seat) -> None:
    table, union, district = seated
    hours, salary = table.articles
    items = await suggest_in_both(table, union)
    for body in (
        {"op": "add", "title": "Leaves", "text": "Ten days.", "after": hours},
        {"op": "move", "article": salary, "after": None},
        {"op": "strike", "article": hours},
    ):
        items.append(await union.call("POST", "/articles", 201, json=body))
    made = await offer(union, items)

    await answer(district, made)

    articles = (await union.call("GET", "/text"))["articles"]
    assert [article["title"] for article in articles] == ["Salary", "Leaves"]
    assert set(await statuses(union, items)) == {"accepted"}
    await assert_ledger_rebuilds(district)


async def test_no_part_is_decided_alone_on_any_path(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items)
    part = (await read(district, made))["parts"][0]
    before = await union.text()

    for kind in ("accept", "reject"):
        refused = await district.answer(part, kind, status=409)
        assert (refused["code"], refused["package"]) == ("in_package", made["id"])
    body = {
        "items": [{"suggestion": one["id"], "kind": "accept", "content_hash": one["content_hash"]} for one in items]
    }
    many = await district.call("POST", "/responses", json=body)
    split = {"part": {"changes": [0]}}
    assert (await district.answer(part, status=409, **split))["code"] == "in_package"
    assert await union.refused(409, "POST", f"/suggestions/{part['id']}/withdrawal", json={}) == "in_package"

    assert [one["code"] for one in many["items"]] == ["in_package", "in_package"]
    assert part["may"][:1] == ["question"]
    assert await union.text() == before
    assert (await district.answer(part, "question"))["status"] == "pending"


async def test_a_rejected_package_leaves_every_part_where_it_stood(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items)

    done = await answer(district, made, "reject", reason="Too much.")
    await district.answer(items[0])

    assert (done["status"], done["ending_reason"]) == ("rejected", "Too much.")
    assert [part["package"] for part in done["parts"]] == [None, None]
    assert await statuses(union, items) == ["accepted", "pending"]
    assert "package.rejected" in await kinds(union)


async def test_every_party_that_signs_has_to_accept_the_package(tmp_path: Path) -> None:
    parties = [{"key": key, "name": key.title(), "signatory": True} for key in ("union", "district", "county")]
    async with bargaining(tmp_path, parties=parties) as (table, (union, district, county)):
        items = await suggest_in_both(table, union)
        made = await offer(union, items)

        half = await answer(district, made)
        again = await answer(district, made)
        pending = await statuses(union, items)
        done = await answer(county, made)

        assert (half["status"], half["awaiting"]) == ("pending", ["county"])
        assert again["awaiting"] == ["county"]
        assert pending == ["pending", "pending"]
        assert done["status"] == "accepted"
        assert sorted(one["party"] for one in done["parts"][0]["responses"]) == ["county", "district"]
        await assert_ledger_rebuilds(county)


async def test_a_revised_part_voids_earlier_acceptances(tmp_path: Path) -> None:
    parties = [{"key": key, "name": key.title(), "signatory": True} for key in ("union", "district", "county")]
    async with bargaining(tmp_path, parties=parties) as (table, (union, district, county)):
        made = await offer(union, await suggest_in_both(table, union))
        await answer(district, made)

        await union.type(table.articles[0], "and a half", " hour")
        now = await read(county, made)
        await answer(county, now)

        assert now["awaiting"] == ["district", "county"]
        assert (await read(union, made))["status"] == "pending"
        assert (await answer(district, now))["status"] == "accepted"


async def test_after_a_package_has_ended_no_acceptance_of_a_part_is_left(tmp_path: Path) -> None:
    parties = [{"key": key, "name": key.title(), "signatory": True} for key in ("union", "district", "county")]
    async with bargaining(tmp_path, parties=parties) as (table, (union, district, county)):
        items = await suggest_in_both(table, union)
        made = await offer(union, items)
        await answer(district, made)

        await answer(county, made, "reject")

        now = await union.suggestions()
        assert [one["awaiting"] for one in now] == [["district", "county"], ["district", "county"]]
        assert [one["responses"] for one in now] == [[], []]
        assert (await county.answer(now[0]))["status"] == "pending"


async def test_an_offer_whose_time_has_run_out_is_accepted_by_nobody(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items, expires_at=soon(hours=1))
    await run_out(table, made)

    stood = (await read(district, made))["status"]
    refused = await answer(district, await read(district, made), status=409)

    assert stood == "expired"
    assert (refused["code"], refused["package_status"]) == ("package_resolved", "expired")
    assert await statuses(union, items) == ["pending", "pending"]
    assert (await district.answer(items[0]))["status"] == "accepted"
    assert (await kinds(union)).count("package.expired") == 1


async def test_a_part_that_is_gone_takes_its_package_with_it(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items)

    await union.strike(table.articles[0], " and a half")

    now = await read(district, made)
    assert (now["status"], now["may"]) == ("withdrawn", [])
    assert (await answer(district, made, status=409))["code"] == "package_resolved"
    assert await statuses(union, items) == ["withdrawn", "pending"]
    lost = next(one for one in await union.ledger() if one["kind"] == "package.withdrawn")
    assert lost["payload"] == {"package": made["id"], "reason": None, "lost": items[0]["id"]}


async def test_a_part_that_anothers_change_overtakes_ends_its_package(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items)
    strike = await district.call("POST", "/articles", 201, json={"op": "strike", "article": table.articles[0]})

    await union.answer(strike)

    assert (await read(district, made))["status"] == "withdrawn"
    assert await statuses(union, items) == ["withdrawn", "pending"]
    await assert_ledger_rebuilds(union)


async def test_the_other_party_amends_a_part_of_a_package(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items)
    await district.type(table.articles[0], " and a", " quarter")
    [amendment] = await union.suggestions(party="district")

    await union.answer(amendment)
    stale = await answer(district, made, status=409)
    done = await answer(district, stale["current"])

    assert (amendment["amends"], stale["code"], done["status"]) == (items[0]["id"], "stale_package", "accepted")
    assert "seven and a quarter half" in await union.text()
    await assert_ledger_rebuilds(union)


async def test_two_answers_at_once_are_given_one_after_the_other(seated: Seat) -> None:
    table, union, district = seated
    second = await table.join("Dirk", "district", "lead")
    made = await offer(union, await suggest_in_both(table, union))
    path = f"/agreements/{table.id}/packages/{made['id']}/responses"
    seen = made["content_hash"]

    answers = await asyncio.gather(
        district.http.post(path, json={"kind": "accept", "content_hash": seen}),
        second.http.post(path, json={"kind": "reject", "content_hash": seen}),
    )

    assert sorted(one.status_code for one in answers) == [200, 409]
    assert {one.json().get("code") for one in answers} == {None, "package_resolved"}
    assert (await kinds(union)).count("package.accepted") + (await kinds(union)).count("package.rejected") == 1
    await assert_ledger_rebuilds(union)


async def test_an_answer_to_a_part_and_an_offer_at_once_leave_no_part_accepted_alone(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    base = f"/agreements/{table.id}"
    body = {"title": "Deal", "suggestions": [item["id"] for item in items], "reason": None}
    given = {"kind": "accept", "content_hash": items[0]["content_hash"]}

    offered, answered = await asyncio.gather(
        union.http.post(f"{base}/packages", json=body),
        district.http.post(f"{base}/suggestions/{items[0]['id']}/responses", json=given),
    )

    outcome = (offered.status_code, answered.status_code)
    assert outcome in {(201, 409), (409, 200)}
    assert (offered if outcome[0] == 409 else answered).json()["code"] in {"part_taken", "in_package"}


async def test_a_part_erased_while_the_package_is_accepted_ends_one_way_or_the_other(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items)

    _, answered = await asyncio.gather(
        union.strike(table.articles[0], " and a half"),
        district.http.post(
            f"/agreements/{table.id}/packages/{made['id']}/responses",
            json={"kind": "accept", "content_hash": made["content_hash"]},
        ),
    )

    ended = (await read(union, made))["status"]
    assert (answered.status_code, ended) in {(200, "accepted"), (409, "withdrawn")}
    assert (await statuses(union, items))[1] == ("accepted" if ended == "accepted" else "pending")
    await assert_ledger_rebuilds(district)


async def test_whom_answers_are_open_to(bargaining: Actors) -> None:
    body = {"kind": "accept", "content_hash": HASH}

    assert await bargaining.statuses("POST", f"{bargaining.path}/packages/pkg_none/responses", body) == {
        "union lead": 404,
        "union drafter": 404,
        "union observer": 404,
        "district lead": 404,
        "district drafter": 404,
        "district observer": 404,
        "mediator": 404,
        "stranger": 404,
        "anonymous": 401,
    }


async def test_no_party_answers_its_own_package_and_only_leads_answer(seated: Seat) -> None:
    table, union, district = seated
    made = await offer(union, await suggest_in_both(table, union))
    dora = await table.join("Dora", "district", "drafter")

    assert (await answer(union, made, status=403))["code"] == "own_party"
    assert (await answer(dora, made, status=403))["code"] == "not_lead"
    assert (await answer(district, {**made, "content_hash": HASH}, status=409))["code"] == "stale_package"
    assert (await answer(district, made, "question", reason="Funded how?"))["status"] == "pending"
