"""Accepting a proposal as one's own amendment would make it: it counts when its party accepts that very amendment."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.bargaining import Person, Table, bargaining

MEETINGS = "Meetings are limited to two each month."
AMENDED = MEETINGS.replace("two", "two or, in May, four")


@pytest.fixture
async def seated(tmp_path: Path) -> AsyncIterator[tuple[Table, Person, Person]]:
    async with bargaining(tmp_path) as (table, (union, district)):
        yield table, union, district


async def amended(table: Table, union: Person, district: Person) -> tuple[dict, dict]:
    await union.type(table.articles[0], "to two", " or four")
    await district.type(table.articles[0], "two or", ", in May,")
    [proposal, amendment] = await district.suggestions()
    assert amendment["amends"] == proposal["id"]
    return proposal, amendment


async def accept_as_amended(person: Person, proposal: dict, amendment: dict, status: int = 200) -> dict:
    named = {"suggestion": amendment["id"], "content_hash": amendment["content_hash"]}
    return await person.answer(proposal, "accept_as_amended", status, amendment=named, reason="With May.")


async def test_it_is_enacted_when_the_proposer_accepts_the_amendment(seated) -> None:
    table, union, district = seated
    proposal, amendment = await amended(table, union, district)

    waiting = await accept_as_amended(district, proposal, amendment)

    assert (waiting["status"], waiting["awaiting"]) == ("pending", ["district"])
    assert waiting["responses"][-1]["amendment"]["suggestion"] == amendment["id"]
    assert AMENDED not in await union.text()
    assert (await union.answer(amendment))["status"] == "accepted"
    assert AMENDED in await union.text()
    assert await union.suggestions() == []
    entered = await union.call("GET", f"/suggestions/{proposal['id']}")
    assert (entered["status"], entered["after"], entered["version"]) == ("accepted", AMENDED, proposal["version"] + 1)
    assert [(one["kind"], one["party"], one["version"]) for one in entered["responses"]] == [
        ("accept_as_amended", "district", 1),
        ("accept", "district", 2),
    ]
    told = (await union.ledger())[-4:]
    assert [(one["kind"], one["party"]) for one in told] == [
        ("suggestion.accepted", "union"),
        ("suggestion.enacted", "union"),
        ("suggestion.accepted", "district"),
        ("suggestion.enacted", "union"),
    ]
    assert told[2]["member"]["id"] == district.member
    assert told[2]["payload"]["content_hash"] == entered["content_hash"]
    assert (told[1]["payload"]["agreed"], told[3]["payload"]["content"]["after"]) == ([], AMENDED)


async def test_it_is_worth_nothing_once_the_proposal_moved(seated) -> None:
    table, union, district = seated
    proposal, amendment = await amended(table, union, district)
    await accept_as_amended(district, proposal, amendment)
    await union.type(table.articles[0], "four", " or five")
    [_, amendment] = await union.suggestions()

    await union.answer(amendment)

    [left] = await union.suggestions()
    assert (left["id"], left["awaiting"]) == (proposal["id"], ["district"])
    assert MEETINGS in await union.text()


async def test_it_is_worth_nothing_once_the_amendment_moved(seated) -> None:
    table, union, district = seated
    proposal, amendment = await amended(table, union, district)
    await accept_as_amended(district, proposal, amendment)
    await district.type(table.articles[0], "in May", " and June")
    [_, amendment] = await union.suggestions()

    await union.answer(amendment)

    assert [one["status"] for one in await union.suggestions()] == ["pending"]
    assert MEETINGS in await union.text()


@pytest.mark.parametrize("kind", ["question", "counter"])
async def test_a_later_answer_revokes_it(seated, kind: str) -> None:
    table, union, district = seated
    proposal, amendment = await amended(table, union, district)
    await accept_as_amended(district, proposal, amendment)
    if kind == "question":
        await district.answer(proposal, "question", reason="Which year?")
    else:
        body = {"content_hash": proposal["content_hash"], "text": MEETINGS.replace("two", "three")}
        await district.call("POST", f"/suggestions/{proposal['id']}/counters", 201, json=body)

    await union.answer(amendment)

    assert proposal["id"] in {one["id"] for one in await union.suggestions()}
    assert MEETINGS in await union.text()


async def test_among_many_answers_it_waits_for_a_look_at_what_came_out(seated) -> None:
    table, union, district = seated
    proposal, amendment = await amended(table, union, district)
    await accept_as_amended(district, proposal, amendment)
    await district.type(table.articles[0], "limited to", " at most")
    answers = [
        {"suggestion": one["id"], "kind": "accept", "content_hash": one["content_hash"]}
        for one in await union.suggestions(party="district")
    ]

    await union.call("POST", "/responses", json={"items": answers})

    [left] = await union.suggestions()
    assert (left["id"], left["awaiting"]) == (proposal["id"], ["district"])


async def test_the_third_signatory_is_still_asked(tmp_path: Path) -> None:
    parties = [{"key": key, "name": key.title(), "signatory": True} for key in ("union", "district", "coalition")]
    async with bargaining(tmp_path, parties=parties) as (table, (union, district, coalition)):
        proposal, amendment = await amended(table, union, district)
        await accept_as_amended(district, proposal, amendment)

        await union.answer(amendment)

        [left] = await coalition.suggestions()
        assert (left["awaiting"], left["version"], left["after"]) == (["coalition"], 2, AMENDED)
        assert (await coalition.answer(left))["status"] == "accepted"
        assert AMENDED in await union.text()


async def test_the_amendment_is_ones_own_pending_and_in_this_proposal(seated) -> None:
    table, union, district = seated
    proposal, amendment = await amended(table, union, district)
    await district.type(table.articles[0], "limited to", " at most")
    beside = next(one for one in await district.suggestions(party="district") if one["id"] != amendment["id"])

    assert (await accept_as_amended(district, proposal, beside, 409))["code"] == "not_an_amendment"
    assert (await accept_as_amended(district, proposal, proposal, 403))["code"] == "not_permitted"
    assert (await accept_as_amended(district, proposal, {**amendment, "id": "nothing"}, 404))["code"] == "not_found"
    stale = await accept_as_amended(district, proposal, {**amendment, "content_hash": "0" * 64}, 409)
    assert (stale["code"], stale["current"]["id"]) == ("stale_suggestion", amendment["id"])
    assert (await district.answer(proposal, "accept_as_amended", 422))["code"] == "invalid_request"
    await district.call("POST", f"/suggestions/{amendment['id']}/withdrawal", json={})
    assert (await accept_as_amended(district, proposal, amendment, 409))["code"] == "already_resolved"


async def test_only_a_lead_of_the_other_party_accepts_as_amended(seated) -> None:
    table, union, district = seated
    drafter = await table.join("Dora", "district", "drafter")
    proposal, amendment = await amended(table, union, district)

    assert (await accept_as_amended(union, proposal, amendment, 403))["code"] == "own_party"
    assert (await accept_as_amended(drafter, proposal, amendment, 403))["code"] == "not_lead"
