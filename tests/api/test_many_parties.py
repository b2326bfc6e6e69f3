"""Three signatories and a mediator: everybody asked has to accept the same version; amendments ask one party."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.bargaining import Person, Table, bargaining

PARTIES = [
    {"key": "union", "name": "Association", "signatory": True},
    {"key": "district", "name": "District", "signatory": True},
    {"key": "coalition", "name": "Coalition", "signatory": True},
    {"key": "mediator", "name": "Mediator", "signatory": False},
]


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Table, list[Person]]]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url, parties=PARTIES) as (table, leads):
        yield table, leads


async def test_one_acceptance_of_two_enacts_nothing(seated) -> None:
    table, (union, district, coalition, _) = seated
    before = await union.text()
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()

    half = await district.answer(seen)

    assert (half["status"], half["awaiting"]) == ("pending", ["coalition"])
    assert half["may"] == ["reject", "question", "counter"]
    assert await union.text() == before
    assert (await district.answer(seen))["awaiting"] == ["coalition"]
    assert len((await district.call("GET", f"/suggestions/{seen['id']}"))["responses"]) == 1
    assert (await coalition.answer(seen))["status"] == "accepted"
    assert "seven and a half" in await union.text()


async def test_a_reason_stands_once_somebody_has_accepted_for_it(seated) -> None:
    table, (union, district, _, _) = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()
    await district.answer(seen)

    refused = await union.refused(409, "POST", f"/suggestions/{seen['id']}/reason", json={"reason": "Nine preps."})

    assert refused == "already_answered"


async def test_a_new_version_voids_what_was_accepted_before(seated) -> None:
    table, (union, district, coalition, _) = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()
    await district.answer(seen)

    await union.type(table.articles[0], "and a half", " or so")

    [moved] = await coalition.suggestions()
    assert moved["version"] > seen["version"]
    assert moved["awaiting"] == ["district", "coalition"]
    assert (await coalition.answer(moved))["awaiting"] == ["district"]
    assert (await district.answer(moved))["status"] == "accepted"
    kinds = [entry["kind"] for entry in await union.ledger()]
    assert kinds.count("suggestion.revised") == 1


async def test_one_rejection_ends_it(seated) -> None:
    table, (union, district, coalition, _) = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()
    await district.answer(seen)

    assert (await coalition.answer(seen, "reject"))["status"] == "rejected"


async def test_a_mediators_proposal_asks_every_signatory_and_a_mediator_answers_none(seated) -> None:
    table, (union, district, coalition, mediator) = seated
    await mediator.type(table.articles[0], "seven", " and a quarter")
    await union.type(table.articles[1], "three", " or four")
    neutral, unions = await district.suggestions()

    assert neutral["awaiting"] == ["union", "district", "coalition"]
    assert (await mediator.answer(unions, "accept", 403))["code"] == "not_permitted"
    for lead in (union, district, coalition):
        answered = await lead.answer(neutral)
    assert answered["status"] == "accepted"


async def test_an_amendment_asks_its_proposer_alone_and_changes_the_proposal_not_the_agreement(seated) -> None:
    table, (union, district, coalition, _) = seated
    before = await union.text()
    await union.type(table.articles[0], "seven", " or eight or nine")
    [proposal] = await district.suggestions()
    await coalition.answer(proposal)
    await district.strike(table.articles[0], " or nine")
    amendment = next(item for item in await union.suggestions() if item["party"] == "district")

    assert (amendment["amends"], amendment["awaiting"]) == (proposal["id"], ["union"])
    assert (await coalition.answer(amendment, "accept", 403))["code"] == "not_permitted"
    assert (await union.answer(amendment))["status"] == "accepted"

    assert await union.text() == before
    [changed] = await coalition.suggestions()
    assert (changed["id"], changed["changes"][0]["text"]) == (proposal["id"], " or eight")
    assert changed["version"] > proposal["version"]
    assert changed["awaiting"] == ["district", "coalition"]
    enacted = next(entry for entry in await union.ledger() if entry["kind"] == "suggestion.enacted")
    assert (enacted["payload"]["amends"], enacted["payload"]["agreed"]) == (proposal["id"], [])
    for lead in (district, coalition):
        answered = await lead.answer(changed)
    assert answered["status"] == "accepted"
    assert "seven or eight hours" in await union.text()
