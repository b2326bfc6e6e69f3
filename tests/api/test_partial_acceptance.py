"""Accepting a part of a suggestion over HTTP: the part enters, the rest stays pending."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.bargaining import Person, Table, bargaining

MEETINGS = "Meetings are limited to two each month."


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Table, Person, Person]]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield table, union, district


async def three_changes(table: Table, union: Person) -> dict:
    """Let the union suggest `All Meetings are limited to two or four each month.` as one suggestion."""
    peer = await union.peer()
    await peer.until(lambda: MEETINGS in peer.text(table.articles[0]))
    with peer.document.transaction():
        text = peer.articles[table.articles[0]]
        at = len(peer.text(table.articles[0]).partition("Meetings")[0].encode())
        mark = {"ins": {"id": "s1", "party": "union"}}
        text.insert(at + 27, " or four", mark)
        text.insert(at, "All ", mark)
        text.format(at + 4, at + 12, {"del:union": {"id": "s1"}})
    peer.flush()
    await union.settled()
    [item] = await union.suggestions()
    assert [one["text"] for one in item["changes"]] == ["All ", "Meetings", " or four"]
    return item


async def accept_part(person: Person, item: dict, part: dict, status: int = 200, **more: object) -> dict:
    return await person.answer(item, "accept", status, part=part, **more)


async def test_an_accepted_part_enters_and_the_rest_stays_pending_as_a_new_version(seated) -> None:
    table, union, district = seated
    item = await three_changes(table, union)

    rest = await accept_part(district, item, {"changes": [2]}, reason="Four is fair.")

    assert (rest["id"], rest["status"], rest["version"]) == (item["id"], "pending", item["version"] + 1)
    assert [one["text"] for one in rest["changes"]] == ["All ", "Meetings"]
    assert "limited to two or four each month" in await union.text()
    assert "All " not in await union.text()
    part = await union.call("GET", f"/suggestions/{rest['parts'][0]}")
    assert (part["status"], part["split_from"], part["party"]) == ("accepted", item["id"], "union")
    assert part["author"] == item["author"]
    assert [(one["kind"], one["party"], one["reason"]) for one in part["responses"]] == [
        ("accept", "district", "Four is fair.")
    ]
    split, accepted, enacted = (await union.ledger())[-3:]
    assert (split["kind"], split["payload"]["suggestion"], split["payload"]["into"]) == (
        "suggestion.split",
        item["id"],
        part["id"],
    )
    assert split["payload"]["content_hash"] == item["content_hash"]
    assert (accepted["kind"], enacted["kind"]) == ("suggestion.accepted", "suggestion.enacted")
    assert enacted["payload"]["agreed"][-1] == {"insert": " or four"}
    assert (await district.answer(rest))["status"] == "accepted"


async def test_a_stretch_of_the_changes_is_counted_in_code_points(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "to two", " 😀 or four 🕖 or five")
    [item] = await union.suggestions()

    await accept_part(district, item, {"ranges": [[2, 10]]})

    assert "to two or four each month" in await union.text()
    [rest] = await union.suggestions()
    assert rest["after"] == MEETINGS.replace("two", "two 😀 or four 🕖 or five")


async def test_a_part_that_is_all_of_it_is_the_suggestion(seated) -> None:
    table, union, district = seated
    item = await three_changes(table, union)

    answered = await accept_part(district, item, {"changes": [0], "ranges": [[4, 20]]})

    assert (answered["status"], answered["parts"]) == ("accepted", [])
    assert "suggestion.split" not in [entry["kind"] for entry in await union.ledger()]


@pytest.mark.parametrize("part", [{"changes": [3]}, {"ranges": [[0, 21]]}, {"ranges": [[5, 5]]}, {"ranges": [[7, 2]]}])
async def test_a_part_that_it_does_not_have_is_refused(seated, part: dict) -> None:
    table, union, district = seated
    item = await three_changes(table, union)

    assert (await accept_part(district, item, part, 422))["code"] == "no_such_part"

    [left] = await union.suggestions()
    assert (left["version"], left["content_hash"]) == (item["version"], item["content_hash"])


async def test_a_part_is_named_and_only_accepted(seated) -> None:
    table, union, district = seated
    item = await three_changes(table, union)

    assert (await accept_part(district, item, {}, 422))["code"] == "invalid_request"
    assert (await district.answer(item, "reject", 422, part={"changes": [0]}))["code"] == "invalid_request"
    assert (await accept_part(district, item, {"changes": [-1]}, 422))["code"] == "invalid_request"


async def test_a_part_of_what_moved_is_refused_with_what_stands_now(seated) -> None:
    table, union, district = seated
    item = await three_changes(table, union)
    await union.type(table.articles[0], "or four", " or five")

    stale = await accept_part(district, item, {"changes": [2]}, 409)

    assert stale["code"] == "stale_suggestion"
    assert stale["current"]["changes"][2]["text"] == " or four or five"


async def test_of_two_leads_who_accept_one_part_at_once_one_does(seated) -> None:
    table, union, district = seated
    second = await table.join("Deborah", "district", "lead")
    item = await three_changes(table, union)
    body = {"kind": "accept", "content_hash": item["content_hash"], "part": {"changes": [2]}}
    path = f"/agreements/{table.id}/suggestions/{item['id']}/responses"

    answers = await asyncio.gather(*(lead.http.post(path, json=body) for lead in (district, second)))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert [answer.json()["code"] for answer in answers if answer.status_code == 409] == ["stale_suggestion"]
    assert (await union.text()).count(" or four") == 1


async def test_who_may_accept_may_accept_a_part(seated) -> None:
    table, union, _ = seated
    drafter = await table.join("Dora", "district", "drafter")
    item = await three_changes(table, union)

    assert (await accept_part(union, item, {"changes": [0]}, 403))["code"] == "own_party"
    assert (await accept_part(drafter, item, {"changes": [0]}, 403))["code"] == "not_lead"


async def test_a_part_waits_for_every_party_asked(tmp_path: Path) -> None:
    parties = [{"key": key, "name": key.title(), "signatory": True} for key in ("union", "district", "coalition")]
    async with bargaining(tmp_path, parties=parties) as (table, (union, district, coalition)):
        item = await three_changes(table, union)

        rest = await accept_part(district, item, {"changes": [2]})

        part = await coalition.call("GET", f"/suggestions/{rest['parts'][0]}")
        assert (part["status"], part["awaiting"], rest["awaiting"]) == (
            "pending",
            ["coalition"],
            ["district", "coalition"],
        )
        assert (await coalition.answer(part))["status"] == "accepted"
        assert "two or four" in await union.text()


async def test_a_part_of_an_amendment_joins_the_proposal(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "to two", " or four or five")
    await district.type(table.articles[0], "or four", " and a half 😀 ")
    [_, amendment] = await union.suggestions()

    await accept_part(union, amendment, {"ranges": [[0, 11]]})

    proposal, rest = await union.suggestions()
    assert proposal["after"] == MEETINGS.replace("two", "two or four and a half or five")
    assert (rest["amends"], [one["text"] for one in rest["changes"]]) == (proposal["id"], [" 😀 "])
