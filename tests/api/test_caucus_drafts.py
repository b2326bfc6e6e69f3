"""A party's drafts over HTTP: listed, explained and discarded by the party, and not there for anybody else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.harness.bargaining import Person, Table, bargaining
from tests.harness.caucusing import Drafter


class Seated(NamedTuple):
    table: Table
    union: Person
    district: Person
    drafter: Drafter


@pytest.fixture
async def seated(tmp_path: Path) -> AsyncIterator[Seated]:
    async with bargaining(tmp_path) as (table, (union, district)):
        yield Seated(table, union, district, Drafter(union))


async def test_a_draft_is_listed_with_what_it_would_say_at_the_table(seated: Seated) -> None:
    table, union, _, drafter = seated
    draft = await drafter.draft(table.articles[0], "is seven", " and a half")

    [listed] = await drafter.drafts()

    assert (listed["id"], listed["article_id"], listed["kind"]) == (draft, table.articles[0], "insertion")
    assert listed["author"] == {"id": union.member, "name": "Union Lead"}
    assert listed["before"].startswith("The workday is seven hours")
    assert listed["after"].startswith("The workday is seven and a half hours")
    assert listed["changes"] == [{"kind": "insertion", "text": " and a half", "offset": 20, "set": None}]
    assert listed["may"] == ["edit", "table", "withdraw", "explain"]
    assert await union.call("GET", f"/caucus/suggestions/{draft}") == listed


async def test_drafts_come_a_page_and_an_article_at_a_time(seated: Seated) -> None:
    table, union, _, drafter = seated
    first = await drafter.draft(table.articles[0], "is seven", " and a half")
    second = await drafter.draft(table.articles[1], "three", " or four")
    third = await drafter.strike(table.articles[0], "duty-free ")

    page = await union.call("GET", "/caucus/suggestions", params={"limit": 2})
    rest = await union.call("GET", "/caucus/suggestions", params={"limit": 2, "cursor": page["next"]})
    there = await union.call("GET", "/caucus/suggestions", params={"article": table.articles[0]})

    assert [one["id"] for one in page["items"]] == [first, second]
    assert ([one["id"] for one in rest["items"]], rest["next"]) == ([third], None)
    assert [one["id"] for one in there["items"]] == [first, third]


async def test_everybody_else_finds_their_own_caucus_or_none(seated: Seated) -> None:
    table, _, district, drafter = seated
    draft = await drafter.draft(table.articles[0], "is seven", " and a half")
    observer = await table.join("Olga", "union", "observer")
    stranger = await table.person("Stranger")
    path = f"/caucus/suggestions/{draft}"

    assert (await district.call("GET", "/caucus/suggestions"))["items"] == []
    for method, more in (("GET", {}), ("DELETE", {}), ("PUT", {"json": {"reason": "Ours."}})):
        where = f"{path}/reason" if method == "PUT" else path
        assert await district.refused(404, method, where, **more) == "not_found"
        assert await stranger.refused(404, method, where, **more) == "not_found"
        status, code = (404, "not_found") if method == "GET" else (403, "not_permitted")
        assert await observer.refused(status, method, where, **more) == code
    assert await observer.refused(404, "GET", "/caucus/suggestions") == "not_found"
    assert len(await drafter.drafts()) == 1


async def test_two_parties_may_give_their_drafts_one_id(seated: Seated) -> None:
    table, union, district, drafter = seated
    other = Drafter(district)
    await drafter.draft(table.articles[0], "is seven", " and a half", "d-1")
    await other.draft(table.articles[0], "is seven", " and three quarters", "d-1")

    [own], [theirs] = await drafter.drafts(), await other.drafts()

    assert (own["id"], theirs["id"]) == ("d-1", "d-1")
    assert "half" in own["after"]
    assert "half" not in theirs["after"]
    await district.call("DELETE", "/caucus/suggestions/d-1", 204)
    assert (await union.call("GET", "/caucus/suggestions/d-1"))["after"] == own["after"]


async def test_a_reason_is_noted_for_the_party_alone(seated: Seated) -> None:
    table, union, _, drafter = seated
    drafts = [await drafter.draft(table.articles[0], "is seven", " and a half")]
    uli = await table.join("Uli", "union", "drafter")

    noted = await uli.call("PUT", f"/caucus/suggestions/{drafts[0]}/reason", json={"reason": "A quarter would do."})

    assert noted["reason"] == "A quarter would do."
    assert [one["reason"] for one in await drafter.drafts()] == ["A quarter would do."]
    cleared = await union.call("PUT", f"/caucus/suggestions/{drafts[0]}/reason", json={"reason": ""})
    assert cleared["reason"] is None


async def test_a_discarded_draft_leaves_the_caucus_and_is_gone(seated: Seated) -> None:
    table, union, _, drafter = seated
    kept = await drafter.draft(table.articles[0], "is seven", " and a half")
    struck = await drafter.strike(table.articles[0], "duty-free ")

    await union.call("DELETE", f"/caucus/suggestions/{kept}", 204)

    assert [one["id"] for one in await drafter.drafts()] == [struck]
    assert await union.refused(404, "GET", f"/caucus/suggestions/{kept}") == "not_found"
    assert await union.refused(409, "DELETE", f"/caucus/suggestions/{kept}") == "already_resolved"
    peer = await drafter.enter()
    await peer.until(lambda: "and a half" not in peer.text(table.articles[0]))


@pytest.mark.parametrize("name", ["draft:del", "draft:fmt"])
async def test_a_discarded_mark_leaves_the_text_as_the_table_has_it(seated: Seated, name: str) -> None:
    table, union, _, drafter = seated
    before = await union.call("GET", "/caucus/text")
    more = {"set": {"bold": True}} if name == "draft:fmt" else {}
    draft = await drafter.mark(table.articles[0], "duty-free", name, more)

    await union.call("DELETE", f"/caucus/suggestions/{draft}", 204)

    assert await drafter.drafts() == []
    assert await union.call("GET", "/caucus/text") == before


async def test_a_draft_in_a_closed_article_stays_where_it_is(seated: Seated) -> None:
    table, union, district, drafter = seated
    draft = await drafter.draft(table.articles[1], "three", " or four")
    for lead in (union, district):
        await lead.initial(table.articles[1])

    refused = await union.refused(409, "DELETE", f"/caucus/suggestions/{draft}")

    assert refused == "article_closed"
    [listed] = await drafter.drafts()
    assert (listed["id"], listed["may"]) == (draft, ["explain"])


@pytest.mark.parametrize("reason", ["x" * 4_001, "a\u0000b", 7])
async def test_a_reason_that_is_none_is_refused(seated: Seated, reason: object) -> None:
    table, union, _, drafter = seated
    draft = await drafter.draft(table.articles[0], "is seven", " and a half")

    refused = await union.refused(422, "PUT", f"/caucus/suggestions/{draft}/reason", json={"reason": reason})

    assert refused == "invalid_request"


async def test_the_text_of_the_caucus_reads_in_every_view_and_form(seated: Seated) -> None:
    table, union, district, drafter = seated
    draft = await drafter.draft(table.articles[0], "is seven", " and a half")
    await district.type(table.articles[0], "two", " or three")

    views = {
        view: await union.call("GET", "/caucus/text", params={"view": view, "article": table.articles[0]})
        for view in ("agreed", "proposed", "markup")
    }
    plain = await union.call("GET", "/caucus/text", params={"view": "proposed"}, headers={"Accept": "text/plain"})
    page = await union.call("GET", "/caucus/text", headers={"Accept": "text/html"})

    runs = {view: text["articles"][0]["paragraphs"][0]["runs"] for view, text in views.items()}
    marked = [run for run in runs["markup"] if run["marks"]]
    assert [run["text"] for run in runs["agreed"]] == [
        "The workday is seven hours, including a thirty-minute duty-free lunch."
    ]
    assert marked == [{"text": " and a half", "marks": {"draft:ins": {"id": draft, "party": "union"}}}]
    assert "seven and a half hours" in plain
    assert "two or three each month" in plain
    assert "and a half" in page
    agreed = await district.call("GET", "/text", params={"article": table.articles[0]})
    assert views["markup"]["content_hash"] == agreed["content_hash"]
    assert await union.refused(404, "GET", "/caucus/text", params={"article": "art_none"}) == "not_found"
