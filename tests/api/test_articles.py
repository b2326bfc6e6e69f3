"""Articles as units: added, moved, retitled and struck by suggestion, and by the other party's acceptance alone."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.verifier.parley_verify import Verifier
from tests.harness.bargaining import Person, Table, bargaining

Seat = tuple[Table, Person, Person]


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Seat]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield table, union, district


async def suggest(person: Person, status: int = 201, **body: Any) -> dict[str, Any]:
    return await person.call("POST", "/articles", status, json=body)


async def titles(person: Person) -> list[str]:
    return [article["title"] for article in (await person.call("GET", "/text"))["articles"]]


async def rebuilt(person: Person) -> None:
    """Insist that the ledger rebuilds the agreed text, order and titles included."""
    exported = await person.call("GET", "/ledger/export")
    data = json.dumps(exported).encode() if not isinstance(exported, str) else exported.encode()
    replay = Verifier().ledger(data, json.loads(data), "ledger")
    assert replay.as_json() == (await person.call("GET", "/text"))["articles"]


async def test_an_article_is_added_when_the_other_party_accepts_it(seated: Seat) -> None:
    table, union, district = seated
    hours, _salary = table.articles
    before = await union.call("GET", "")

    made = await suggest(union, op="add", title="Leaves", text="Ten days.\n\n- Sick\n", after=hours, reason="New.")
    proposed = await district.call("GET", "")
    await district.answer(made)

    after = await union.call("GET", "")
    assert made["kind"] == "article_added"
    assert (made["before"], made["after"]) == ("", "Leaves\nTen days.\nSick")
    assert made["structure"]["after"] == {"id": hours, "title": "Hours of work"}
    assert proposed["content_hash"] == before["content_hash"]
    assert [one["title"] for one in proposed["articles"]] == ["Hours of work", "Salary"]
    assert [(one["title"], one["position"]) for one in after["articles"]] == [
        ("Hours of work", 1),
        ("Leaves", 2),
        ("Salary", 3),
    ]
    assert after["articles"][1]["standing"] == "open"
    assert "Sick" in await union.text()
    await rebuilt(district)


async def test_a_proposed_article_without_text_is_added_with_an_empty_paragraph(seated: Seat) -> None:
    _, union, district = seated

    made = await suggest(union, op="add", title="Leaves")
    await district.answer(made)

    added = (await union.call("GET", "/text"))["articles"][-1]
    assert added["title"] == "Leaves"
    assert added["paragraphs"] == [{"style": "paragraph", "level": 1, "runs": []}]
    await rebuilt(union)


async def test_a_proposed_article_stays_proposed_when_its_party_empties_it(seated: Seat) -> None:
    _, union, district = seated
    made = await suggest(union, op="add", title="Leaves", text="Ten days.")

    await union.strike(made["article_id"], "Ten days.\n")

    [left] = await district.suggestions()
    assert (left["id"], left["after"], left["version"]) == (made["id"], "Leaves", 2)
    await district.answer(left)
    assert await titles(union) == ["Hours of work", "Salary", "Leaves"]
    await rebuilt(union)


async def test_the_other_side_amends_a_proposed_article_and_accepts_it_as_amended(seated: Seat) -> None:
    _, union, district = seated
    made = await suggest(union, op="add", title="Leaves", text="Ten days.")
    article = made["article_id"]

    await district.type(article, "Ten", " working")
    [amendment] = await union.suggestions(party="district")
    refused = (await district.answer(made, status=200))["status"]

    assert amendment["amends"] == made["id"]
    assert refused == "accepted"
    assert "Ten days." in await union.text()
    assert [one["amends"] for one in await union.suggestions()] == [None]
    await rebuilt(union)


async def test_an_accepted_amendment_is_a_new_version_of_the_proposed_article(seated: Seat) -> None:
    _, union, district = seated
    made = await suggest(union, op="add", title="Leaves", text="Ten days.")
    article = made["article_id"]
    await district.type(article, "Ten days.", " A year.")
    [amendment] = await union.suggestions(party="district")

    await union.answer(amendment)

    stale = await district.answer(made, status=409)
    assert (stale["code"], stale["current"]["after"]) == ("stale_suggestion", "Leaves\nTen days. A year.")
    await district.answer(stale["current"])
    assert "Ten days. A year." in await union.text()
    await rebuilt(union)


async def test_a_proposed_article_takes_its_own_partys_text_with_it_as_a_whole(seated: Seat) -> None:
    table, union, district = seated
    made = await suggest(union, op="add", title="Leaves", text="Ten days.")
    uli = await table.join("Uli", "union", "drafter")
    await uli.type(made["article_id"], "Ten days.", " A year.")
    part = next(one for one in await district.suggestions() if one["id"] != made["id"])

    refused = await district.answer(part, status=409)
    whole = await district.call("GET", f"/suggestions/{made['id']}")
    await district.answer(whole)

    assert (part["proposed_with"], "accept" in part["may"]) == (made["id"], False)
    assert (refused["code"], refused["suggestion"]) == ("article_proposed", made["id"])
    assert whole["after"] == "Leaves\nTen days. A year."
    assert await union.suggestions() == []
    assert "Ten days. A year." in await union.text()
    await rebuilt(union)


async def test_a_rejected_article_goes_with_all_that_is_pending_in_it(seated: Seat) -> None:
    _, union, district = seated
    before = await union.call("GET", "")
    made = await suggest(union, op="add", title="Leaves", text="Ten days.")
    await district.type(made["article_id"], "Ten", " working")

    await district.answer(made, "reject", reason="No.")
    await union.type(made["article_id"], "", "again")

    assert await union.suggestions() == []
    assert (await union.call("GET", ""))["content_hash"] == before["content_hash"]
    assert "article_struck" in [notice["code"] for notice in (await union.peer()).notices]
    gone = [one for one in await union.ledger() if one["kind"] == "suggestion.withdrawn"]
    assert [one["payload"]["overtaken"] for one in gone] == [True]
    await rebuilt(union)


async def test_an_article_is_moved_and_renumbered_in_one_suggestion(seated: Seat) -> None:
    table, union, district = seated
    _hours, salary = table.articles

    made = await suggest(union, op="move", article=salary, after=None, title="Article 1 - Salary")
    await district.answer(made)

    assert (made["before"], made["after"]) == (
        "Salary (after Hours of work)",
        "Article 1 - Salary (the first article)",
    )
    assert await titles(union) == ["Article 1 - Salary", "Hours of work"]
    await rebuilt(union)


async def test_an_article_is_retitled(seated: Seat) -> None:
    table, union, district = seated
    before = (await union.call("GET", ""))["articles"][0]["content_hash"]

    made = await suggest(district, op="retitle", article=table.articles[0], title="Workday")
    await union.answer(made)

    now = (await union.call("GET", ""))["articles"][0]
    assert (made["before"], made["after"]) == ("Hours of work", "Workday")
    assert (now["title"], now["standing"], now["content_hash"] != before) == ("Workday", "open", True)
    await rebuilt(union)


async def test_a_struck_article_leaves_the_text_and_what_was_pending_in_it_is_overtaken(seated: Seat) -> None:
    table, union, district = seated
    hours, _salary = table.articles
    await union.type(hours, "seven", " and a half")
    [edit] = await district.suggestions()
    retitling = await suggest(union, op="retitle", article=hours, title="Workday")

    made = await suggest(union, op="strike", article=hours)
    await district.answer(made)
    await union.type(hours, "seven", " gone")

    assert made["before"].startswith("Hours of work\nThe workday")
    assert made["after"] == ""
    assert await titles(union) == ["Salary"]
    for one in (edit, retitling):
        assert (await union.call("GET", f"/suggestions/{one['id']}"))["status"] == "withdrawn"
    assert await union.suggestions() == []
    assert await union.refused(409, "POST", "/articles", json={"op": "strike", "article": hours}) == "article_struck"
    seen = {"content_hash": "0" * 64}
    assert await union.refused(409, "POST", f"/articles/{hours}/initials", json=seen) == "article_struck"
    await rebuilt(union)


async def test_striking_names_the_text_that_is_struck(seated: Seat) -> None:
    table, union, district = seated
    hours = table.articles[0]
    made = await suggest(union, op="strike", article=hours)
    await district.type(hours, "seven", " and a half")
    [edit] = await union.suggestions(party="district")
    await union.answer(edit)

    stale = await district.answer(made, status=409)

    assert stale["code"] == "stale_suggestion"
    assert "seven and a half" in stale["current"]["before"]
    assert (await union.call("GET", f"/suggestions/{made['id']}"))["status"] == "pending"


async def test_a_closed_article_is_neither_moved_nor_retitled_nor_struck(seated: Seat) -> None:
    table, union, district = seated
    hours, salary = table.articles
    for lead in (union, district):
        await lead.initial(hours)

    for body in (
        {"op": "strike", "article": hours},
        {"op": "move", "article": hours, "after": salary},
        {"op": "retitle", "article": hours, "title": "Workday"},
    ):
        assert await union.refused(409, "POST", "/articles", json=body) == "article_closed"


async def test_a_pending_strike_keeps_an_article_from_being_initialled(seated: Seat) -> None:
    table, union, district = seated
    await suggest(union, op="strike", article=table.articles[0])

    assert (await district.initial(table.articles[0], 409))["code"] == "open_suggestions"


async def test_two_moves_of_one_article_are_judged_one_after_the_other(seated: Seat) -> None:
    table, union, district = seated
    hours, salary = table.articles
    third = await suggest(union, op="add", title="Leaves")
    await district.answer(third)
    leaves = third["article_id"]
    one = await suggest(union, op="move", article=hours, after=salary)
    two = await suggest(district, op="move", article=hours, after=leaves)

    await district.answer(one)
    stale = await union.answer(two, status=409)
    await union.answer(stale["current"])

    assert stale["code"] == "stale_suggestion"
    assert stale["current"]["structure"]["was_after"]["id"] == salary
    assert await titles(union) == ["Salary", "Leaves", "Hours of work"]
    await rebuilt(union)


async def test_a_move_that_has_come_about_otherwise_is_overtaken(seated: Seat) -> None:
    table, union, district = seated
    hours, salary = table.articles
    one = await suggest(union, op="move", article=hours, after=salary)
    two = await suggest(district, op="move", article=salary, after=None)

    await district.answer(one)

    assert (await union.call("GET", f"/suggestions/{two['id']}"))["status"] == "withdrawn"


async def test_a_place_after_an_article_that_was_struck_is_the_place_where_it_stood(seated: Seat) -> None:
    table, union, district = seated
    hours, _salary = table.articles
    adding = await suggest(union, op="add", title="Leaves", after=hours)
    strike = await suggest(union, op="strike", article=hours)
    await district.answer(strike)

    stale = await district.answer(adding, status=409)
    await district.answer(stale["current"])

    assert stale["current"]["structure"]["after"] is None
    assert await titles(union) == ["Leaves", "Salary"]
    await rebuilt(union)


async def test_a_party_gives_its_own_proposed_article_another_title_and_place(seated: Seat) -> None:
    table, union, district = seated
    made = await suggest(union, op="add", title="Leaves")
    article = made["article_id"]

    titled = await suggest(union, op="retitle", article=article, title="Absence")
    placed = await suggest(union, op="move", article=article, after=table.articles[0])
    stale = await district.answer(made, status=409)
    await district.answer(stale["current"])

    assert titled["id"] == placed["id"] == made["id"]
    assert placed["version"] == 3
    assert await titles(union) == ["Hours of work", "Absence", "Salary"]
    await rebuilt(union)


async def test_the_other_party_suggests_another_title_for_a_proposed_article(seated: Seat) -> None:
    _, union, district = seated
    made = await suggest(union, op="add", title="Leaves")

    amending = await suggest(district, op="retitle", article=made["article_id"], title="Absence")
    await union.answer(amending)
    stale = await district.answer(made, status=409)
    await district.answer(stale["current"])

    assert amending["amends"] == made["id"]
    assert await titles(union) == ["Hours of work", "Salary", "Absence"]
    await rebuilt(union)


async def test_a_proposed_article_is_answered_and_not_struck_or_moved_by_the_other_party(seated: Seat) -> None:
    _table, union, district = seated
    made = await suggest(union, op="add", title="Leaves")
    article = made["article_id"]

    for body in ({"op": "strike", "article": article}, {"op": "move", "article": article, "after": None}):
        assert await district.refused(409, "POST", "/articles", json=body) == "article_proposed"


async def test_the_same_wish_twice_is_one_suggestion(seated: Seat) -> None:
    table, union, district = seated
    body = {"op": "strike", "article": table.articles[0]}

    await suggest(union, **body)

    assert await union.refused(409, "POST", "/articles", json=body) == "already_exists"
    assert (await suggest(district, **body))["status"] == "pending"


async def test_no_party_accepts_its_own_and_no_drafter_answers(seated: Seat) -> None:
    table, union, _district = seated
    made = await suggest(union, op="strike", article=table.articles[0])
    dora = await table.join("Dora", "district", "drafter")

    assert (await union.answer(made, status=403))["code"] == "own_party"
    assert (await dora.answer(made, status=403))["code"] == "not_lead"
    assert await titles(union) == ["Hours of work", "Salary"]


async def test_nobody_types_under_the_id_of_a_suggestion_about_an_article(seated: Seat) -> None:
    table, union, district = seated
    made = await suggest(union, op="strike", article=table.articles[0])
    peer = await union.peer()
    await peer.until(lambda: "seven" in peer.text(table.articles[0]))

    with peer.document.transaction():
        peer.articles[table.articles[0]].insert(3, "x", {"ins": {"id": made["id"], "party": "union"}})
    peer.flush()
    await union.settled()

    typed = [one for one in await district.suggestions() if one["kind"] == "insertion"]
    assert [one["id"] == made["id"] for one in typed] == [False]


@pytest.mark.parametrize(
    "body",
    [
        {"op": "add"},
        {"op": "add", "title": " "},
        {"op": "add", "title": "Leaves", "article": "art_x"},
        {"op": "move", "article": "art_x"},
        {"op": "retitle", "article": "art_x"},
        {"op": "strike"},
        {"op": "strike", "article": "art_x", "title": "no"},
        {"op": "burn", "article": "art_x"},
    ],
)
async def test_a_malformed_wish_is_refused(tmp_path: Path, body: dict[str, Any]) -> None:
    async with bargaining(tmp_path) as (_, (union, _district)):
        assert await union.refused(422, "POST", "/articles", json=body) == "invalid_request"


async def test_a_wish_that_says_nothing_or_names_nothing_is_refused(tmp_path: Path) -> None:
    async with bargaining(tmp_path) as (table, (union, _)):
        hours, salary = table.articles
        for status, code, body in (
            (422, "invalid_content", {"op": "add", "title": "Leaves", "text": "## Article\n\nText"}),
            (422, "invalid_content", {"op": "move", "article": salary, "after": hours}),
            (422, "invalid_content", {"op": "move", "article": salary, "after": salary}),
            (422, "invalid_content", {"op": "retitle", "article": hours, "title": "Hours of work"}),
            (404, "not_found", {"op": "strike", "article": "art_none"}),
            (404, "not_found", {"op": "add", "title": "Leaves", "after": "art_none"}),
        ):
            assert await union.refused(status, "POST", "/articles", json=body) == code
        assert await union.suggestions() == []


async def test_what_is_no_text_is_neither_accepted_in_part_nor_countered_in_words(seated: Seat) -> None:
    table, union, district = seated
    move = await suggest(union, op="move", article=table.articles[1], after=None, reason="First things first.")

    in_part = await district.answer(move, "accept", 422, part={"changes": [0]})
    worded = await district.call(
        "POST",
        f"/suggestions/{move['id']}/counters",
        422,
        json={"content_hash": move["content_hash"], "text": "No."},
    )

    assert (in_part["code"], worded["code"]) == ("no_such_part", "invalid_content")
    assert [one["status"] for one in await district.suggestions()] == ["pending"]
