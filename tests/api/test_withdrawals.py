"""Taking a suggestion back, and saying why it was made."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.bargaining import Person, Table, bargaining


@pytest.fixture
async def seated(tmp_path: Path) -> AsyncIterator[tuple[Table, Person, Person]]:
    async with bargaining(tmp_path) as (table, (union, district)):
        yield table, union, district


async def test_a_party_takes_its_suggestion_back_and_the_record_keeps_it(seated) -> None:
    table, union, district = seated
    before = await union.text()
    await union.type(table.articles[0], "seven", " and a half")
    [own] = await union.suggestions()

    taken = await union.call("POST", f"/suggestions/{own['id']}/withdrawal", json={"reason": "We found better words."})

    assert (taken["status"], taken["after"], taken["awaiting"]) == ("withdrawn", own["after"], [])
    assert await union.text() == before
    peer = await district.peer()
    await peer.until(lambda: "and a half" not in peer.text(table.articles[0]))
    told = (await union.ledger())[-1]
    assert told["kind"] == "suggestion.withdrawn"
    assert told["payload"]["reason"] == "We found better words."
    assert told["payload"]["content"]["after"] == own["after"]


async def test_a_withdrawal_needs_no_body(seated) -> None:
    table, union, _ = seated
    await union.type(table.articles[0], "seven", " and a half")
    [own] = await union.suggestions()

    assert (await union.call("POST", f"/suggestions/{own['id']}/withdrawal"))["status"] == "withdrawn"


async def test_no_other_party_takes_a_suggestion_back(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()

    assert await district.refused(403, "POST", f"/suggestions/{seen['id']}/withdrawal") == "not_permitted"


async def test_a_drafter_takes_back_only_what_is_its_own(seated) -> None:
    table, union, _ = seated
    drafter = await table.join("Uli", "union", "drafter")
    await union.type(table.articles[0], "seven", " and a half")
    await drafter.type(table.articles[1], "three", " to four")
    leads, own = await union.suggestions()

    assert await drafter.refused(403, "POST", f"/suggestions/{leads['id']}/withdrawal") == "not_permitted"
    assert (await drafter.call("POST", f"/suggestions/{own['id']}/withdrawal"))["status"] == "withdrawn"


async def test_a_suggestion_typed_away_counts_as_withdrawn_with_what_it_said(seated) -> None:
    table, union, _ = seated
    await union.type(table.articles[0], "seven", " and a half")
    [own] = await union.suggestions()

    await union.strike(table.articles[0], " and a half")

    assert await union.suggestions() == []
    gone = await union.call("GET", f"/suggestions/{own['id']}")
    assert (gone["status"], gone["after"]) == ("withdrawn", own["after"])
    assert (await union.ledger())[-1]["payload"]["overtaken"] is False


async def test_its_author_states_a_reason_and_answers_a_question_by_it(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    [own] = await union.suggestions()
    path = f"/suggestions/{own['id']}/reason"

    assert (await union.call("POST", path, json={"reason": "Six preps."}))["reason"] == "Six preps."
    assert (await union.call("POST", path, json={"reason": "Eight preps."}))["reason"] == "Eight preps."
    assert await district.refused(403, "POST", path, json={"reason": "They are greedy."}) == "not_permitted"
    [seen] = await district.suggestions()
    await district.answer(seen, "question")

    assert (await union.call("POST", path, json={"reason": "Nine preps, since May."}))[
        "reason"
    ] == "Nine preps, since May."
    told = [entry["payload"]["reason"] for entry in await union.ledger() if entry["kind"] == "suggestion.explained"]
    assert told == ["Six preps.", "Eight preps.", "Nine preps, since May."]
    assert (seen["reason"], seen["content_hash"]) == ("Eight preps.", own["content_hash"])
