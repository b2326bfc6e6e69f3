"""Answering suggestions over HTTP, on both databases: what was seen is what is answered, by whom it may be."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.bargaining import Person, Table, bargaining

AGREED = "The workday is seven hours, including a thirty-minute duty-free lunch."


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Table, Person, Person]]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield table, union, district


async def kinds(person: Person) -> list[str]:
    return [entry["kind"] for entry in await person.ledger()]


async def test_a_suggestion_shows_what_it_says_and_who_has_to_answer(seated) -> None:
    table, union, district = seated

    await union.type(table.articles[0], "seven", " and a half")

    [seen] = await district.suggestions()
    assert (seen["kind"], seen["status"], seen["party"]) == ("insertion", "pending", "union")
    assert seen["author"] == {"id": union.member, "name": "Union Lead"}
    assert seen["before"] == AGREED
    assert seen["after"] == AGREED.replace("seven", "seven and a half")
    assert seen["changes"] == [{"kind": "insertion", "text": " and a half", "offset": 20, "set": None}]
    assert (seen["awaiting"], seen["may"]) == (["district"], ["accept", "reject", "question", "counter"])
    [own] = await union.suggestions()
    assert own["may"] == ["withdraw", "explain"]
    assert own["article_id"] == table.articles[0]


async def test_an_accepted_suggestion_enters_the_agreed_text_and_the_ledger(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()

    answered = await district.answer(seen, reason="Fair.")

    assert (answered["status"], answered["awaiting"], answered["may"]) == ("accepted", [], [])
    assert answered["after"] == seen["after"]
    assert [(one["party"], one["kind"], one["reason"]) for one in answered["responses"]] == [
        ("district", "accept", "Fair.")
    ]
    assert AGREED.replace("seven", "seven and a half") in await union.text()
    accepted, enacted = (await union.ledger())[-2:]
    assert (accepted["kind"], accepted["party"]) == ("suggestion.accepted", "district")
    assert accepted["member"] == {"id": district.member, "name": "District Lead"}
    assert enacted["kind"] == "suggestion.enacted"
    assert enacted["payload"]["agreed"] == [{"retain": 20}, {"insert": " and a half"}]
    assert (await district.call("GET", ""))["articles"][0]["standing"] == "open"


async def test_a_rejected_suggestion_leaves_the_text_and_stays_on_record(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    await union.strike(table.articles[1], "three")
    before = await union.text()
    [insertion, deletion] = await district.suggestions()

    for item in (insertion, deletion):
        assert (await district.answer(item, "reject", reason="No."))["status"] == "rejected"

    assert await union.text() == before
    assert await district.suggestions() == []
    kept = await union.call("GET", f"/suggestions/{insertion['id']}")
    assert (kept["status"], kept["after"], kept["content_hash"]) == (
        "rejected",
        insertion["after"],
        insertion["content_hash"],
    )
    told = (await union.ledger())[-1]
    assert (told["kind"], told["payload"]["reason"]) == ("suggestion.rejected", "No.")
    assert told["payload"]["content"]["before"] == deletion["before"]


async def test_a_party_cannot_answer_its_own_suggestion(seated) -> None:
    table, union, _ = seated
    await union.type(table.articles[0], "seven", " and a half")
    [own] = await union.suggestions()

    for kind in ("accept", "reject", "question"):
        assert (await union.answer(own, kind, 403))["code"] == "own_party"

    assert (await kinds(union))[-1] == "suggestion.proposed"


async def test_only_a_lead_of_a_signatory_answers(seated) -> None:
    table, union, _ = seated
    drafter = await table.join("Dora", "district", "drafter")
    observer = await table.join("Olga", "district", "observer")
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await drafter.suggestions()

    assert (await drafter.answer(seen, "accept", 403))["code"] == "not_lead"
    assert (await observer.answer(seen, "accept", 403))["code"] == "not_lead"
    assert seen["may"] == ["counter"]


async def test_an_answer_to_what_moved_is_refused_with_what_stands_now(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()
    await union.type(table.articles[0], "and a half", ", or eight,")

    stale = await district.answer(seen, "accept", 409)

    assert stale["code"] == "stale_suggestion"
    assert stale["current"]["after"] == AGREED.replace("seven", "seven and a half, or eight,")
    assert AGREED in await union.text()
    assert (await district.answer(stale["current"]))["status"] == "accepted"


async def test_another_suggestion_beside_it_makes_nothing_stale(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()
    await district.type(table.articles[0], "thirty", "-five")

    assert (await district.answer(seen))["status"] == "accepted"


async def test_what_was_decided_is_not_decided_again(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()
    await district.answer(seen)

    for kind in ("accept", "reject", "question"):
        assert (await district.answer(seen, kind, 409))["code"] == "already_resolved"
    assert await union.refused(409, "POST", f"/suggestions/{seen['id']}/withdrawal") == "already_resolved"


async def test_two_leads_accepting_at_once_decide_it_once(seated) -> None:
    table, union, district = seated
    second = await table.join("Deborah", "district", "lead")
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()
    body = {"kind": "accept", "content_hash": seen["content_hash"]}
    path = f"/agreements/{table.id}/suggestions/{seen['id']}/responses"

    answers = await asyncio.gather(district.http.post(path, json=body), second.http.post(path, json=body))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [late] = [answer.json() for answer in answers if answer.status_code == 409]
    assert late["code"] == "already_resolved"
    assert (await kinds(union)).count("suggestion.enacted") == 1


async def test_a_double_click_with_one_key_gets_one_answer(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()
    body = {"kind": "accept", "content_hash": seen["content_hash"]}
    path = f"/agreements/{table.id}/suggestions/{seen['id']}/responses"
    keyed = {"Idempotency-Key": "one-click"}

    answers = await asyncio.gather(*(district.http.post(path, json=body, headers=keyed) for _ in range(3)))

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.text for answer in answers}) == 1
    assert (await kinds(union)).count("suggestion.accepted") == 1


async def test_a_question_leaves_it_pending(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()

    questioned = await district.answer(seen, "question", reason="Including Fridays?")

    assert (questioned["status"], questioned["awaiting"]) == ("pending", ["district"])
    assert (await kinds(union))[-1] == "suggestion.questioned"
    assert (await district.answer(questioned))["status"] == "accepted"


async def test_a_suggestion_of_nobody_is_not_found(seated) -> None:
    _, union, _ = seated
    unknown = {"id": "nothing", "content_hash": "0" * 64}

    assert (await union.answer(unknown, "accept", 404))["code"] == "not_found"
    assert await union.refused(404, "GET", "/suggestions/nothing") == "not_found"


async def test_a_stranger_learns_nothing(seated) -> None:
    table, union, _ = seated
    await union.type(table.articles[0], "seven", " and a half")
    stranger = await table.person("Stranger")

    for path in ("/suggestions", "/ledger", "/ledger/export", "/final", "/archive", "/signatures"):
        assert await stranger.refused(404, "GET", path) == "not_found"
