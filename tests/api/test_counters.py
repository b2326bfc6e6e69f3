"""Countering a suggestion over HTTP: linked or written, and what becomes of the pair."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.bargaining import Person, Table, bargaining

MEETINGS = "Meetings are limited to two each month."


@pytest.fixture
async def seated(tmp_path: Path) -> AsyncIterator[tuple[Table, Person, Person]]:
    async with bargaining(tmp_path) as (table, (union, district)):
        yield table, union, district


async def replace_two(table: Table, union: Person) -> dict:
    """Let the union suggest four meetings in place of two."""
    await union.type(table.articles[0], "to two", " or four")
    [item] = await union.suggestions()
    return item


async def counter(person: Person, item: dict, status: int = 201, **body: object) -> dict:
    body = {"content_hash": item["content_hash"], "reason": "As the calendar has it.", **body}
    return await person.call("POST", f"/suggestions/{item['id']}/counters", status, json=body)


def kinds(entries: list[dict]) -> list[str]:
    return [entry["kind"] for entry in entries]


async def test_a_wording_becomes_a_suggestion_of_ones_own_beside_the_other(seated) -> None:
    table, union, district = seated
    item = await replace_two(table, union)

    made = await counter(district, item, text=MEETINGS.replace("two", "three"))

    assert (made["party"], made["counters"], made["amends"]) == ("district", item["id"], None)
    assert made["after"] == MEETINGS.replace("two", "three")
    assert [(one["kind"], one["text"]) for one in made["changes"]] == [("deletion", "two"), ("insertion", "three")]
    assert (made["reason"], made["may"]) == ("As the calendar has it.", ["withdraw", "explain"])
    assert (await district.suggestions(party="union"))[0]["may"] == ["accept", "reject", "question"]
    [first, second] = await union.suggestions()
    assert (first["countered_by"], first["content_hash"]) == ([made["id"]], item["content_hash"])
    assert [(one["kind"], one["party"]) for one in first["responses"]] == [("counter", "district")]
    assert second["may"] == ["accept", "reject", "question", "counter"]
    proposed, countered = (await union.ledger())[-2:]
    assert (proposed["kind"], proposed["party"]) == ("suggestion.proposed", "district")
    assert countered["kind"] == "suggestion.countered"
    assert countered["payload"] == {
        "suggestion": item["id"],
        "counter": made["id"],
        "content_hash": item["content_hash"],
        "reason": "As the calendar has it.",
    }


@pytest.mark.parametrize("accepting", ["the counter", "what it counters"])
async def test_accepting_one_of_a_pair_takes_the_other_off_the_table(seated, accepting: str) -> None:
    table, union, district = seated
    item = await replace_two(table, union)
    made = await counter(district, item, text=MEETINGS.replace("two", "three"))

    if accepting == "the counter":
        assert (await union.answer(made))["status"] == "accepted"
    else:
        assert (await district.answer(item))["status"] == "accepted"

    entered, gone = (made, item) if accepting == "the counter" else (item, made)
    assert await union.suggestions() == []
    assert entered["after"] in await union.text()
    left = await union.call("GET", f"/suggestions/{gone['id']}")
    assert (left["status"], left["after"]) == ("withdrawn", gone["after"])
    accepted, enacted, withdrawn = (await union.ledger())[-3:]
    assert kinds([accepted, enacted, withdrawn]) == [
        "suggestion.accepted",
        "suggestion.enacted",
        "suggestion.withdrawn",
    ]
    assert withdrawn["payload"]["suggestion"] == gone["id"]
    assert withdrawn["payload"]["overtaken"] is True


@pytest.mark.parametrize("act", ["reject", "withdraw"])
async def test_a_counter_stands_where_what_it_counters_falls(seated, act: str) -> None:
    table, union, district = seated
    item = await replace_two(table, union)
    made = await counter(district, item, text=MEETINGS.replace("two", "three"))

    if act == "reject":
        await district.answer(item, "reject")
    else:
        await union.call("POST", f"/suggestions/{item['id']}/withdrawal", json={})

    [left] = await union.suggestions()
    assert (left["id"], left["counters"]) == (made["id"], item["id"])
    assert (await union.answer(left))["status"] == "accepted"
    assert MEETINGS.replace("two", "three") in await union.text()


async def test_a_suggestion_that_stands_already_is_linked_and_says_more_than_it_did(seated) -> None:
    table, union, district = seated
    item = await replace_two(table, union)
    await district.type(table.articles[0], "limited to", " at most")
    [_, own] = await district.suggestions()

    linked = await counter(district, item, suggestion=own["id"])

    assert (linked["id"], linked["counters"], linked["version"]) == (own["id"], item["id"], own["version"] + 1)
    assert linked["content_hash"] != own["content_hash"]
    stale = await union.answer(own, "accept", 409)
    assert (stale["code"], stale["current"]["counters"]) == ("stale_suggestion", item["id"])
    assert (await union.answer(stale["current"]))["status"] == "accepted"
    assert await union.suggestions() == []


async def test_a_counter_inside_the_proposal_changes_it_and_nothing_goes(seated) -> None:
    table, union, district = seated
    item = await replace_two(table, union)
    await district.type(table.articles[0], "or f", "ive, not f")
    [own] = await district.suggestions(party="district")
    assert own["amends"] == item["id"]
    linked = await counter(district, item, suggestion=own["id"])

    await union.answer(linked)

    [left] = await union.suggestions()
    assert (left["id"], left["version"]) == (item["id"], item["version"] + 1)
    assert "or five, not four" in left["after"]


async def test_a_counter_to_a_counter_takes_the_whole_exchange_with_it(seated) -> None:
    table, union, district = seated
    item = await replace_two(table, union)
    made = await counter(district, item, text=MEETINGS.replace("two", "three"))
    again = await counter(union, made, text=MEETINGS.replace("two", "one"))

    assert (await district.answer(again))["status"] == "accepted"

    assert await union.suggestions() == []
    assert MEETINGS.replace("two", "one") in await union.text()


async def test_one_act_never_enacts_both_of_a_pair(tmp_path: Path) -> None:
    parties = [{"key": key, "name": key.title(), "signatory": True} for key in ("union", "district", "coalition")]
    async with bargaining(tmp_path, parties=parties) as (table, (union, district, coalition)):
        item = await replace_two(table, union)
        made = await counter(district, item, text=MEETINGS.replace("two", "three"))
        await union.answer(made)
        [item, made] = await district.suggestions()
        second = await table.join("Deborah", "district", "lead")
        await second.answer(item)
        both = [
            {"suggestion": one["id"], "kind": "accept", "content_hash": one["content_hash"]} for one in (item, made)
        ]

        outcomes = (await coalition.call("POST", "/responses", json={"items": both}))["items"]

        assert outcomes[0]["status"] == "accepted"
        assert outcomes[1]["code"] == "already_resolved"
        assert await union.suggestions() == []
        assert (item["after"] in await union.text(), made["after"] in await union.text()) == (True, False)


async def test_countering_what_was_just_withdrawn_is_refused_plainly(seated) -> None:
    table, union, district = seated
    item = await replace_two(table, union)
    await union.call("POST", f"/suggestions/{item['id']}/withdrawal", json={})

    refused = await counter(district, item, 409, text=MEETINGS.replace("two", "three"))

    assert refused["code"] == "already_resolved"
    assert (refused["suggestion_status"], "withdrawn a moment ago" in refused["detail"]) == ("withdrawn", True)
    assert await union.suggestions() == []


async def test_a_party_does_not_counter_itself(seated) -> None:
    table, union, _ = seated
    item = await replace_two(table, union)

    assert (await counter(union, item, 403, text="Meetings."))["code"] == "own_party"


async def test_who_may_suggest_may_counter(seated) -> None:
    table, union, _ = seated
    drafter = await table.join("Dora", "district", "drafter")
    observer = await table.join("Olga", "district", "observer")
    stranger = await table.person("Stranger")
    item = await replace_two(table, union)
    wording = MEETINGS.replace("two", "three")

    assert (await counter(observer, item, 403, text=wording))["code"] == "not_permitted"
    assert (await counter(stranger, item, 404, text=wording))["code"] == "not_found"
    made = await counter(drafter, item, text=wording)

    assert made["author"]["id"] == drafter.member
    assert (await union.call("GET", f"/suggestions/{item['id']}"))["responses"] == []


async def test_a_stale_counter_is_refused_with_what_stands_now(seated) -> None:
    table, union, district = seated
    item = await replace_two(table, union)
    await union.type(table.articles[0], "or four", " or five")

    stale = await counter(district, item, 409, text=MEETINGS.replace("two", "three"))

    assert (stale["code"], stale["current"]["id"]) == ("stale_suggestion", item["id"])
    assert "or four or five" in stale["current"]["after"]
    assert len(await union.suggestions()) == 1


async def test_of_two_leads_who_counter_at_once_one_does(seated) -> None:
    table, union, district = seated
    second = await table.join("Deborah", "district", "lead")
    item = await replace_two(table, union)
    body = {"content_hash": item["content_hash"], "text": MEETINGS.replace("two", "three")}
    path = f"/agreements/{table.id}/suggestions/{item['id']}/counters"

    answers = await asyncio.gather(*(lead.http.post(path, json=body) for lead in (district, second)))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    [late] = [answer.json() for answer in answers if answer.status_code == 409]
    [made] = [answer.json() for answer in answers if answer.status_code == 201]
    assert (late["code"], late["counter"]) == ("already_countered", made["id"])


@pytest.mark.parametrize(
    ("wording", "why"),
    [(MEETINGS, "how it reads without"), (MEETINGS.replace("two", "two or four"), "what the suggestion says already")],
)
async def test_a_counter_has_to_say_something_else(seated, wording: str, why: str) -> None:
    table, union, district = seated
    item = await replace_two(table, union)

    refused = await counter(district, item, 422, text=wording)

    assert (refused["code"], why in refused["detail"]) == ("invalid_content", True)


async def test_words_that_ones_party_strikes_already_are_not_struck_twice(seated) -> None:
    table, union, district = seated
    item = await replace_two(table, union)
    await district.strike(table.articles[0], "two")
    [own] = await district.suggestions(party="district")

    refused = await counter(district, item, 409, text=MEETINGS.replace("two", "three"))

    assert (refused["code"], refused["suggestion"]) == ("overlaps_own", own["id"])


async def test_only_a_pending_suggestion_of_ones_own_in_that_article_is_linked(seated) -> None:
    table, union, district = seated
    item = await replace_two(table, union)
    await union.strike(table.articles[0], "seven")
    [_, others] = await union.suggestions()
    await district.strike(table.articles[1], "three")
    [elsewhere] = await district.suggestions(party="district")

    assert (await counter(district, item, 403, suggestion=others["id"]))["code"] == "not_permitted"
    assert (await counter(district, item, 422, suggestion=elsewhere["id"]))["code"] == "invalid_content"
    assert (await counter(district, item, 404, suggestion="nothing"))["code"] == "not_found"
    await district.call("POST", f"/suggestions/{elsewhere['id']}/withdrawal", json={})
    assert (await counter(district, item, 409, suggestion=elsewhere["id"]))["code"] == "already_resolved"


async def test_either_a_suggestion_or_a_text_is_given(seated) -> None:
    table, union, district = seated
    item = await replace_two(table, union)

    assert (await counter(district, item, 422))["code"] == "invalid_request"
    assert (await counter(district, item, 422, text="x", suggestion="y"))["code"] == "invalid_request"
