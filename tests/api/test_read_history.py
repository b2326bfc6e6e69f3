"""`GET /agreements/{id}/history`: everybody's acts, as JSON and as a CSV that no spreadsheet executes."""

import csv
import io
from typing import Any

import pytest

from app.services.history_csv import BYTE_ORDER_MARK, COLUMNS, guarded
from tests.harness.actors import Table
from tests.harness.moved import HOSTILE, move

CSV = {"Accept": "text/csv"}


async def acts(table: Table, **asked: Any) -> list[dict[str, Any]]:
    answer = await table["mediator"].get(f"{table.path}/history", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_members_read_it_and_nobody_else_does(bargaining: Table) -> None:
    answered = await bargaining.statuses("GET", f"{bargaining.path}/history")

    assert (answered.pop("stranger"), answered.pop("anonymous")) == (404, 401)
    assert set(answered.values()) == {200}


async def test_acts_come_in_their_order_with_what_was_said(bargaining: Table) -> None:
    await move(bargaining)

    accepted = next(act for act in await acts(bargaining) if act["kind"] == "suggestion.accepted")

    assert (accepted["party"], accepted["member"]["name"]) == ("district", "District Lead")
    assert accepted["proposed_by"]["author"]["name"] == "Union Drafter"
    assert (accepted["reason"], accepted["version"]) == ("Fair.", accepted["version"])
    assert accepted["before"] == "Meetings are limited to two each month."
    assert accepted["after"] == "Meetings are limited to four each month."


async def test_what_is_pending_is_told_as_it_stands(bargaining: Table) -> None:
    await move(bargaining)

    (proposed,) = await acts(bargaining, suggestion="s-pay", kind="proposed")

    assert proposed["after"] == "Salaries rise by two percent."


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"party": "district"}, {"proposed", "accepted", "enacted"}),
        ({"party": "union", "kind": "suggestion.rejected"}, {"rejected"}),
        ({"kind": "questioned"}, {"questioned"}),
        ({"suggestion": "s-four"}, {"proposed", "accepted", "enacted"}),
        ({"from": "2199-01-01T00:00:00Z"}, set()),
        ({"to": "2000-01-01T00:00:00Z"}, set()),
        ({"author": "mem_nobody"}, set()),
        ({"article": "art_x"}, set()),
    ],
)
async def test_it_is_narrowed_as_asked(bargaining: Table, asked: dict[str, str], found: set[str]) -> None:
    await move(bargaining)

    assert {act["kind"].partition(".")[2] for act in await acts(bargaining, **asked)} == found


async def test_pages_follow_one_another_without_a_gap(bargaining: Table) -> None:
    await move(bargaining)
    whole, paged, cursor = await acts(bargaining), [], None

    while True:
        asked = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = (await bargaining["mediator"].get(f"{bargaining.path}/history", params=asked)).json()
        paged += page["items"]
        cursor = page["next"]
        if cursor is None:
            break

    assert paged == whole


async def test_the_csv_reads_back_as_it_was_and_no_cell_is_a_formula(bargaining: Table) -> None:
    await move(bargaining)

    answer = await bargaining["mediator"].get(f"{bargaining.path}/history", headers=CSV)

    text = answer.content.decode()
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert text.startswith(BYTE_ORDER_MARK)
    names, *rows = csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True)
    assert tuple(names) == COLUMNS
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r\n")]
    rejected = next(row for row in rows if row[2] == "suggestion.rejected")
    assert rejected[COLUMNS.index("reason")] == f"'{HOSTILE}"
    assert [row[0] for row in rows] == [str(act["seq"]) for act in await acts(bargaining)]


@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''-x", "'tis", "plain", "", "|x", "\uff1d1"]
)
def test_taking_the_apostrophe_off_gives_a_cell_back(cell: str) -> None:
    written = guarded(cell)

    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "|", "\uff1d"))
    assert (written.removeprefix("'") if guarded(written) != written else written) == cell


async def test_a_form_that_cannot_be_given_is_named(bargaining: Table) -> None:
    answer = await bargaining["mediator"].get(f"{bargaining.path}/history", headers={"Accept": "image/png"})

    assert (answer.status_code, answer.json()["available"]) == (406, ["application/json", "text/csv"])


@pytest.mark.parametrize("asked", [{"from": "12"}, {"to": "x"}, {"cursor": "!"}])
async def test_what_cannot_be_asked_is_refused(bargaining: Table, asked: dict[str, str]) -> None:
    answer = await bargaining["mediator"].get(f"{bargaining.path}/history", params=asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
