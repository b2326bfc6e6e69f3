"""Fewer acceptances than every signatory's, where the ground rules say so: proposer and some others enact."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.harness.bargaining import Person, Table, bargaining
from tests.harness.random_bargaining import RandomBargaining

PARTIES = [
    {"key": "union", "name": "Association", "signatory": True},
    {"key": "district", "name": "District", "signatory": True},
    {"key": "coalition", "name": "Coalition", "signatory": True},
    {"key": "council", "name": "Council", "signatory": True},
]
QUORUM = 3


@pytest.fixture
async def seated(tmp_path: Path) -> AsyncIterator[tuple[Table, list[Person]]]:
    async with bargaining(tmp_path, parties=PARTIES) as (table, leads):
        yield table, leads


async def rule(leads: list[Person], acceptances: int | None, **rules: Any) -> None:
    version = await leads[0].call("POST", "/ground-rules", 201, json={"acceptances": acceptances, **rules})
    for lead in leads:
        seen = {"content_hash": version["content_hash"]}
        await lead.call("POST", f"/ground-rules/{version['version']}/signatures", json=seen)


async def test_the_quorum_counts_the_proposer(seated) -> None:
    table, leads = seated
    union, district, coalition, _ = leads
    await rule(leads, QUORUM)
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()

    one = await district.answer(seen)
    two = await coalition.answer(seen)

    assert (one["status"], one["awaiting"]) == ("pending", ["coalition", "council"])
    assert two["status"] == "accepted"
    assert "seven and a half" in await union.text()


async def test_one_no_is_declined_and_ends_nothing_while_the_others_can_carry_it(seated) -> None:
    table, leads = seated
    union, district, coalition, council = leads
    await rule(leads, QUORUM)
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()

    declined = await district.answer(seen, "reject", reason="Not for us.")
    accepted = await coalition.answer(seen)
    carried = await council.answer(seen)

    assert [one["status"] for one in (declined, accepted, carried)] == ["pending", "pending", "accepted"]
    assert "suggestion.declined" in [entry["kind"] for entry in await union.ledger()]


async def test_it_is_rejected_when_too_few_are_left(seated) -> None:
    table, leads = seated
    union, district, coalition, _ = leads
    await rule(leads, QUORUM)
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()
    await district.answer(seen, "reject")

    assert (await coalition.answer(seen, "reject"))["status"] == "rejected"
    assert "half" not in await union.text()


async def test_where_newer_rules_ask_for_fewer_than_accepted_anyone_asked_enacts_it(seated) -> None:
    table, leads = seated
    union, district, coalition, _ = leads
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()
    await district.answer(seen)
    await coalition.answer(seen)
    await rule(leads, QUORUM)

    waiting = await district.call("GET", f"/suggestions/{seen['id']}")
    carried = await district.answer(seen)

    assert (waiting["status"], "accept" in waiting["may"]) == ("pending", True)
    assert carried["status"] == "accepted"


async def test_more_than_there_are_signatories_is_no_rule(seated) -> None:
    _, leads = seated

    assert await leads[0].refused(422, "POST", "/ground-rules", json={"acceptances": 5}) == "invalid_content"


@pytest.mark.parametrize("seed", range(3))
async def test_the_agreed_text_moves_by_the_quorum_alone(tmp_path: Path, seed: int) -> None:
    """P1 under a quorum: every enactment is preceded by as many acceptances of that very content as the rules ask."""
    async with bargaining(tmp_path, parties=PARTIES) as (table, leads):
        await rule(leads, QUORUM)
        history = RandomBargaining(table, leads, seed)
        history._leads = leads
        agreed = await leads[0].text()
        for _ in range(45):
            before = len([entry for entry in await leads[0].ledger() if entry["kind"] == "suggestion.enacted"])
            await history.step()
            await history.settle()
            entries = await leads[0].ledger()
            now = await leads[0].text()
            if now != agreed:
                enacted = [entry for entry in entries if entry["kind"] == "suggestion.enacted"]
                assert len(enacted) > before, "the agreed text moved without an enactment"
            agreed = now
        await carry_all(leads, Random(seed))

        enacted = enactments(await leads[0].ledger())

    assert enacted
    for suggestion, (proposer, asked_of, accepting) in enacted.items():
        if asked_of is None:
            assert len(accepting - {proposer}) + 1 >= QUORUM, (suggestion, accepting)


async def carry_all(leads: list[Person], random: Random) -> None:
    for lead in random.sample(leads, len(leads)):
        for item in await lead.suggestions():
            if "accept" in item["may"]:
                await lead.http.post(
                    f"/agreements/{lead.table.id}/suggestions/{item['id']}/responses",
                    json={"kind": "accept", "content_hash": item["content_hash"]},
                )


def enactments(entries: list[dict[str, Any]]) -> dict[str, tuple[str, str | None, set[str]]]:
    """Tell of each enacted suggestion who proposed it, what it amended, and who accepted its last version."""
    proposer: dict[str, str] = {}
    accepted: dict[str, dict[str, int]] = {}
    found: dict[str, tuple[str, str | None, set[str]]] = {}
    for entry in entries:
        payload, kind = entry["payload"], entry["kind"]
        if kind == "suggestion.proposed":
            proposer[payload["suggestion"]] = entry["party"]
        elif kind == "suggestion.split":
            proposer[payload["into"]] = proposer[payload["suggestion"]]
        elif kind == "suggestion.accepted":
            accepted.setdefault(payload["suggestion"], {})[entry["party"]] = payload["version"]
        elif kind in {"suggestion.rejected", "suggestion.declined", "suggestion.questioned"}:
            accepted.get(payload["suggestion"], {}).pop(entry["party"], None)
        elif kind == "suggestion.enacted":
            given = accepted.get(payload["suggestion"], {})
            last = max(given.values(), default=0)
            parties = {party for party, version in given.items() if version == last}
            found[payload["suggestion"]] = (proposer[payload["suggestion"]], payload["amends"], parties)
    return found
