"""Taking a suggestion back into the caucus: a withdrawal to everybody, and a draft to its party alone."""

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


async def test_what_was_typed_at_the_table_is_a_draft_again_and_withdrawn_for_the_others(seated: Seated) -> None:
    table, union, district, drafter = seated
    await union.type(table.articles[0], "is seven", " and a half")
    [item] = await union.suggestions()

    taken = await union.call("POST", f"/suggestions/{item['id']}/recall", json={"reason": "Not yet."})

    assert (taken["suggestion"]["status"], taken["suggestion"]["after"]) == ("withdrawn", item["after"])
    assert (taken["draft"]["after"], taken["draft"]["changes"]) == (item["after"], item["changes"])
    assert await drafter.drafts() == [taken["draft"]]
    assert await district.suggestions() == []
    told = (await district.ledger())[-1]
    assert (told["kind"], told["payload"]["reason"]) == ("suggestion.withdrawn", "Not yet.")
    assert taken["draft"]["id"] not in str(await district.ledger())
    peer = await district.peer()
    await peer.until(lambda: "and a half" not in peer.text(table.articles[0]))


@pytest.mark.parametrize("kind", ["insertion", "deletion", "format"])
async def test_a_tabled_draft_goes_back_and_comes_again(seated: Seated, kind: str) -> None:
    table, union, district, drafter = seated
    if kind == "insertion":
        await drafter.draft(table.articles[0], "is seven", " and a half")
    elif kind == "deletion":
        await drafter.strike(table.articles[0], "duty-free ")
    else:
        await drafter.restyle(table.articles[0], "duty-free", {"bold": True})
    drafts = await drafter.drafts()
    [tabled] = (await drafter.table(drafts))["suggestions"]

    taken = await union.call("POST", f"/suggestions/{tabled['id']}/recall")

    told = ("kind", "before", "after", "changes")
    assert {name: taken["draft"][name] for name in told} == {name: drafts[0][name] for name in told}
    [again] = (await drafter.table([taken["draft"]]))["suggestions"]
    assert [item["id"] for item in await district.suggestions()] == [again["id"]]
    assert {name: again[name] for name in told} == {name: drafts[0][name] for name in told}


async def test_who_may_take_back(seated: Seated) -> None:
    table, union, district, _ = seated
    uli = await table.join("Uli", "union", "drafter")
    await union.type(table.articles[0], "is seven", " and a half")
    [item] = await union.suggestions()
    path = f"/suggestions/{item['id']}/recall"

    assert await district.refused(403, "POST", path) == "not_permitted"
    assert await uli.refused(403, "POST", path) == "not_permitted"
    assert await (await table.person("Stranger")).refused(404, "POST", path) == "not_found"
    assert await union.refused(404, "POST", "/suggestions/s-none/recall") == "not_found"
    assert [one["status"] for one in await union.suggestions()] == ["pending"]


async def test_what_has_been_decided_is_not_taken_back(seated: Seated) -> None:
    table, union, district, drafter = seated
    await union.type(table.articles[0], "is seven", " and a half")
    [item] = await district.suggestions()
    await district.answer(item)

    assert await union.refused(409, "POST", f"/suggestions/{item['id']}/recall") == "already_resolved"
    assert await drafter.drafts() == []
