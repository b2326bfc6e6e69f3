"""Bringing drafts to the table over HTTP: exactly as seen, by whom it may be, all of them or none."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.domain.ids import AgreementId, table_of
from tests.harness.bargaining import PARTIES, Person, Table, bargaining
from tests.harness.caucusing import Drafter

MEDIATION = {"key": "mediation", "name": "Mediation Service", "signatory": False}


class Seated(NamedTuple):
    table: Table
    union: Person
    district: Person
    drafter: Drafter


@pytest.fixture(params=["sqlite", "postgresql"])
async def anywhere(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Seated]:
    """The same on both databases."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield Seated(table, union, district, Drafter(union))


@pytest.fixture
async def seated(tmp_path: Path) -> AsyncIterator[Seated]:
    async with bargaining(tmp_path) as (table, (union, district)):
        yield Seated(table, union, district, Drafter(union))


async def table_log(table: Table) -> int:
    return (await table.app.state.rooms._room(table_of(AgreementId(table.id)))).seq


def seen(*drafts: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": draft["id"], "content_hash": draft["content_hash"]} for draft in drafts]


async def test_drafts_come_to_the_table_in_one_act_as_they_were_seen(anywhere: Seated) -> None:
    table, _union, district, drafter = anywhere
    uli = Drafter(await table.join("Uli", "union", "drafter"))
    await drafter.draft(table.articles[1], "three", " or four")
    await uli.strike(table.articles[0], "duty-free ")
    drafts = await drafter.drafts()

    brought = await drafter.table(drafts, "As our members ask.")

    there = {item["id"]: item for item in await district.suggestions()}
    assert [item["after"] for item in brought["suggestions"]] == [drafts[1]["after"], drafts[0]["after"]]
    assert [item["draft"] for item in brought["suggestions"]] == [drafts[1]["id"], drafts[0]["id"]]
    assert there.keys() == {item["id"] for item in brought["suggestions"]}
    strike = there[brought["suggestions"][0]["id"]]
    assert (strike["author"]["name"], strike["tabled_by"]["name"]) == ("Uli", "Union Lead")
    assert (strike["tabling"], strike["version"], strike["reason"]) == (brought["id"], 1, "As our members ask.")
    assert (strike["before"], strike["after"]) == (drafts[1]["before"], drafts[1]["after"])
    assert await drafter.drafts() == []
    peer = await district.peer()
    await peer.until(lambda: "three or four" in peer.text(table.articles[1]))


async def test_what_was_tabled_is_answered_like_any_suggestion(anywhere: Seated) -> None:
    table, _, district, drafter = anywhere
    await drafter.draft(table.articles[1], "three", " or four")
    await drafter.table(await drafter.drafts())
    [item] = await district.suggestions()

    answered = await district.answer(item)

    assert answered["status"] == "accepted"
    assert "three or four percent" in await district.text()


async def test_the_ledger_tells_the_act_the_authors_and_the_tabler_and_nothing_of_the_drafts(seated: Seated) -> None:
    table, union, district, drafter = seated
    uli = Drafter(await table.join("Uli", "union", "drafter"))
    draft = await uli.draft(table.articles[1], "three", " or four")
    await union.call("PUT", f"/caucus/suggestions/{draft}/reason", json={"reason": "Three would do."})
    before = len(await district.ledger())

    brought = await drafter.table(await drafter.drafts(), "It is time.")

    made, proposed = (await district.ledger())[before:]
    [name] = [item["id"] for item in brought["suggestions"]]
    assert (made["kind"], made["member"]["name"]) == ("tabling.made", "Union Lead")
    assert made["payload"] == {"tabling": brought["id"], "suggestions": [name], "reason": "It is time."}
    assert (proposed["kind"], proposed["member"]["name"]) == ("suggestion.proposed", "Uli")
    assert proposed["payload"] == {
        "suggestion": name,
        "article": table.articles[1],
        "version": 1,
        "tabling": brought["id"],
        "reason": "It is time.",
    }
    told = str(await district.ledger()) + str(await district.suggestions())
    assert draft not in told
    assert "Three would do" not in told


async def test_each_may_be_tabled_with_a_reason_of_its_own(seated: Seated) -> None:
    table, union, district, drafter = seated
    await drafter.draft(table.articles[0], "is seven", " and a half")
    await drafter.draft(table.articles[1], "three", " or four")
    one, other = seen(*await drafter.drafts())
    body = {"suggestions": [{**one, "reason": "Preparation time."}, other], "reason": "Our package."}

    await union.call("POST", "/caucus/tablings", 201, json=body)

    reasons = {item["article_id"]: item["reason"] for item in await district.suggestions()}
    assert reasons == {table.articles[0]: "Preparation time.", table.articles[1]: "Our package."}


async def test_a_draft_that_moved_since_is_refused_with_how_it_stands_and_nothing_is_tabled(anywhere: Seated) -> None:
    table, union, district, drafter = anywhere
    draft = await drafter.draft(table.articles[0], "is seven", " and a half")
    await drafter.draft(table.articles[1], "three", " or four")
    drafts = await drafter.drafts()
    await drafter.draft(table.articles[0], "and a half", " at most", draft)
    log, ledger = await table_log(table), await district.ledger()

    body = {"suggestions": seen(*drafts), "reason": None}
    refused = await union.call("POST", "/caucus/tablings", 409, json=body)

    moved = await union.call("GET", f"/caucus/suggestions/{draft}")
    assert (refused["code"], refused["current"], refused["stale"]) == ("stale_suggestion", moved, [moved])
    assert len(await drafter.drafts()) == 2
    assert await district.suggestions() == []
    assert await district.ledger() == ledger
    assert await table_log(table) == log


async def test_a_draft_whose_surroundings_were_rewritten_is_stale(seated: Seated) -> None:
    table, union, district, drafter = seated
    await drafter.draft(table.articles[0], "is seven", " and a half")
    drafts = await drafter.drafts()
    await district.type(table.articles[0], "The ", "regular ")
    [item] = await union.suggestions()
    await union.answer(item)

    refused = await drafter.table(drafts, status=409)

    assert refused["code"] == "stale_suggestion"
    assert refused["current"]["before"].startswith("The regular workday")
    assert [one["draft"] for one in (await drafter.table([refused["current"]]))["suggestions"]] == [drafts[0]["id"]]


async def test_a_draft_of_which_nothing_is_left_is_told_so(seated: Seated) -> None:
    """The district strikes the passage that the draft would strike, and the union's lead accepts."""
    table, union, district, drafter = seated
    await drafter.strike(table.articles[0], "duty-free ")
    drafts = await drafter.drafts()
    await district.strike(table.articles[0], "duty-free ")
    [item] = await union.suggestions()
    await union.answer(item)

    refused = await drafter.table(drafts, status=409)

    assert refused["code"] in {"stale_suggestion", "already_resolved"}
    assert await drafter.drafts() == []


async def test_a_draft_in_a_closed_article_is_refused_and_the_others_with_it(seated: Seated) -> None:
    table, union, district, drafter = seated
    await drafter.draft(table.articles[0], "is seven", " and a half")
    await drafter.draft(table.articles[1], "three", " or four")
    drafts = await drafter.drafts()
    for lead in (union, district):
        await lead.initial(table.articles[1])

    refused = await drafter.table(drafts, status=409)

    assert (refused["code"], refused["article_id"]) == ("article_closed", table.articles[1])
    assert await district.suggestions() == []
    assert len((await drafter.table(drafts[:1]))["suggestions"]) == 1


async def test_the_other_partys_draft_is_not_there(seated: Seated) -> None:
    table, _, district, drafter = seated
    await drafter.draft(table.articles[0], "is seven", " and a half")
    drafts = await drafter.drafts()

    refused = [
        await district.refused(404, "POST", path, json={"suggestions": seen(*listed), "reason": None})
        for path in ("/caucus/tablings", "/caucus/previews")
        for listed in (drafts, [{**drafts[0], "id": "d-none"}])
    ]

    assert set(refused) == {"not_found"}


async def test_what_was_tabled_or_discarded_is_not_tabled_again(seated: Seated) -> None:
    table, union, district, drafter = seated
    await drafter.draft(table.articles[0], "is seven", " and a half")
    await drafter.draft(table.articles[1], "three", " or four")
    one, other = await drafter.drafts()
    await drafter.table([one])
    await union.call("DELETE", f"/caucus/suggestions/{other['id']}", 204)

    assert (await drafter.table([one], status=409))["code"] == "already_resolved"
    assert (await drafter.table([other], status=409))["code"] == "already_resolved"
    assert len(await district.suggestions()) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"suggestions": [], "reason": None},
        {"reason": "Why not."},
        {"suggestions": [{"id": "d-1"}]},
        {"suggestions": [{"id": "d-1", "content_hash": "none"}]},
        {"suggestions": [{"id": "", "content_hash": "0" * 64}]},
        {"suggestions": [{"id": "d-1", "content_hash": "0" * 64}] * 2_001},
    ],
)
async def test_a_malformed_wish_is_refused(seated: Seated, body: dict[str, Any]) -> None:
    assert await seated.union.refused(422, "POST", "/caucus/tablings", json=body) == "invalid_request"


async def test_a_draft_named_twice_comes_once(seated: Seated) -> None:
    table, _, district, drafter = seated
    await drafter.draft(table.articles[0], "is seven", " and a half")
    drafts = await drafter.drafts()

    brought = await drafter.table(drafts * 2)

    assert len(brought["suggestions"]) == len(await district.suggestions()) == 1


async def test_who_may_table(tmp_path: Path) -> None:
    async with bargaining(tmp_path, parties=[*PARTIES, MEDIATION]) as (table, (union, _, mediator)):
        drafter, mediation = Drafter(union), Drafter(mediator)
        uli = await table.join("Uli", "union", "drafter")
        olga = await table.join("Olga", "union", "observer")
        stranger = await table.person("Stranger")
        await drafter.draft(table.articles[0], "is seven", " and a half")
        body = {"suggestions": seen(*await drafter.drafts()), "reason": None}

        assert await uli.refused(403, "POST", "/caucus/tablings", json=body) == "not_lead"
        assert await olga.refused(403, "POST", "/caucus/tablings", json=body) == "not_permitted"
        assert await stranger.refused(404, "POST", "/caucus/tablings", json=body) == "not_found"
        assert [one["may"] for one in (await uli.call("GET", "/caucus/suggestions"))["items"]] == [
            ["edit", "withdraw", "explain"]
        ]
        await mediation.draft(table.articles[1], "three", " or so")
        assert len((await mediation.table(await mediation.drafts()))["suggestions"]) == 1


async def test_nothing_is_tabled_in_a_signed_agreement(seated: Seated) -> None:
    table, union, district, drafter = seated
    await drafter.draft(table.articles[0], "is seven", " and a half")
    drafts = await drafter.drafts()
    for article in table.articles:
        for lead in (union, district):
            await lead.initial(article)
    for lead in (union, district):
        await lead.sign()

    assert (await drafter.table(drafts, status=409))["code"] == "agreement_signed"
    assert [draft["may"] for draft in await drafter.drafts()] == [[]]


async def test_nothing_is_tabled_before_the_starting_text_is_agreed(tmp_path: Path) -> None:
    async with bargaining(tmp_path) as (table, (union, _)):
        before = {
            "title": "Another",
            "parties": PARTIES,
            "member": {"party": "union", "role": "lead"},
            "text": {"format": "markdown", "content": "## One\n\nText.\n"},
        }
        made = (await union.http.post("/agreements", json=before)).json()
        table.id = made["id"]
        body = {"suggestions": [{"id": "d-1", "content_hash": "0" * 64}], "reason": None}

        assert await union.refused(409, "POST", "/caucus/tablings", json=body) == "wrong_stage"


async def test_an_idempotent_tabling_is_done_once(seated: Seated) -> None:
    table, union, district, drafter = seated
    await drafter.draft(table.articles[0], "is seven", " and a half")
    body = {"suggestions": seen(*await drafter.drafts()), "reason": None}
    key = {"Idempotency-Key": "once"}

    first = await union.call("POST", "/caucus/tablings", 201, json=body, headers=key)

    assert await union.call("POST", "/caucus/tablings", 201, json=body, headers=key) == first
    assert await district.refused(404, "POST", "/caucus/tablings", json=body, headers=key) == "not_found"
    assert len(await district.suggestions()) == 1


async def test_a_draft_inside_the_other_partys_proposal_amends_it(seated: Seated) -> None:
    table, _, district, drafter = seated
    await district.type(table.articles[1], "three", " to five")
    await drafter.draft(table.articles[1], " to f", "our and a half or f")
    [draft] = await drafter.drafts()

    [tabled] = (await drafter.table([draft]))["suggestions"]

    [proposal] = [item for item in await district.suggestions() if item["party"] == "district"]
    assert draft["amends"] == tabled["amends"] == proposal["id"]
    assert tabled["awaiting"] == ["district"]


async def test_a_preview_shows_exactly_what_the_table_then_shows(anywhere: Seated) -> None:
    table, union, district, drafter = anywhere
    await district.type(table.articles[0], "two", " or three")
    await drafter.draft(table.articles[0], "is seven", " and a half")
    await drafter.strike(table.articles[0], "duty-free ")
    await drafter.draft(table.articles[1], "three", " or four")
    drafts = await drafter.drafts()
    chosen, kept = drafts[:2], drafts[2]
    log = await table_log(table)

    body = {"suggestions": seen(*chosen), "reason": "Time."}
    preview = await union.call("POST", "/caucus/previews", json=body)

    assert await table_log(table) == log
    assert await drafter.drafts() == drafts
    brought = await drafter.table(chosen, "Time.")
    shown = await district.call("GET", "/text", params={"view": "markup", "article": table.articles[0]})
    cards = {item["id"]: item for item in await district.suggestions()}
    made_up = {
        card["id"]: item["id"] for card, item in zip(preview["suggestions"], brought["suggestions"], strict=True)
    }
    assert renamed(preview["articles"], made_up) == shown["articles"]
    for card in preview["suggestions"]:
        told = cards[made_up[card["id"]]]
        for name in ("article_id", "party", "author", "tabled_by", "kind", "before", "after", "changes", "reason"):
            assert card[name] == told[name], name
        assert card["version"] == told["version"] == 1
    assert [one["id"] for one in await drafter.drafts()] == [kept["id"]]


async def test_a_preview_of_what_moved_is_refused_with_how_it_stands(seated: Seated) -> None:
    table, union, _, drafter = seated
    draft = await drafter.draft(table.articles[0], "is seven", " and a half")
    drafts = await drafter.drafts()
    await drafter.draft(table.articles[0], "and a half", " at most", draft)

    refused = await union.call("POST", "/caucus/previews", 409, json={"suggestions": seen(*drafts)})

    assert (refused["code"], refused["current"]) == ("stale_suggestion", (await drafter.drafts())[0])


async def test_a_drafter_may_preview_what_a_lead_will_table(seated: Seated) -> None:
    table, _, _, drafter = seated
    uli = await table.join("Uli", "union", "drafter")
    await drafter.draft(table.articles[0], "is seven", " and a half")

    preview = await uli.call("POST", "/caucus/previews", json={"suggestions": seen(*await drafter.drafts())})

    assert [one["id"] for one in preview["articles"]] == [table.articles[0]]


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Put other ids in the place of those made up for a preview."""
    if isinstance(value, dict):
        return {key: renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value
