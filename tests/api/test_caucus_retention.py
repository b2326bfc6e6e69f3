"""How long a party keeps its caucus: decided by its lead, readable by nobody else, and carried out for good."""

from datetime import timedelta
from typing import Any

import pytest

from app.models import now
from tests.harness.actors import Table

FOREVER = {"keep": "forever", "until": None, "legal_hold": False}


def later(**more: float) -> str:
    return (now() + timedelta(**more)).isoformat()


async def put(table: Table, actor: str, body: dict[str, Any]) -> Any:
    return await table[actor].client.put(f"{table.path}/caucus/retention", json=body)


async def test_a_caucus_is_kept_for_ever_unless_its_party_decides_otherwise(bargaining: Table) -> None:
    told = (await bargaining["union drafter"].get(f"{bargaining.path}/caucus/retention")).json()

    assert told == {**FOREVER, "changed_at": None, "changed_by": None, "destroyed_at": None}


async def test_who_may_read_and_who_may_decide(bargaining: Table) -> None:
    path = f"{bargaining.path}/caucus/retention"

    reading = await bargaining.statuses("GET", path)
    deciding = await bargaining.statuses("PUT", path, {"keep": "until_signature"})

    leads = dict.fromkeys(("union lead", "district lead", "mediator"), 200)
    drafters = ("union drafter", "district drafter")
    observers = ("union observer", "district observer")
    others = {"stranger": 404, "anonymous": 401}
    assert reading == {**leads, **dict.fromkeys(drafters, 200), **dict.fromkeys(observers, 404), **others}
    assert deciding == {**leads, **dict.fromkeys((*drafters, *observers), 403), **others}


async def test_each_party_decides_for_itself_and_reads_its_own(bargaining: Table) -> None:
    until = later(days=30)
    decided = await put(bargaining, "union lead", {"keep": "until", "until": until, "legal_hold": True})

    assert decided.status_code == 200, decided.text
    own = (await bargaining["union drafter"].get(f"{bargaining.path}/caucus/retention")).json()
    other = (await bargaining["district lead"].get(f"{bargaining.path}/caucus/retention")).json()
    assert own == decided.json()
    assert (own["keep"], own["legal_hold"], own["changed_by"]["name"]) == ("until", True, "Union Lead")
    assert other["changed_at"] is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"keep": "until"}, "invalid_content"),
        ({"keep": "forever", "until": later(days=1)}, "invalid_content"),
        ({"keep": "until", "until": "2020-01-01T00:00:00Z"}, "invalid_content"),
        ({"keep": "until", "until": "2020-01-01T00:00:00"}, "invalid_request"),
        ({"keep": "a while"}, "invalid_request"),
        ({"legal_hold": True}, "invalid_request"),
    ],
)
async def test_a_decision_that_makes_no_sense_is_refused(bargaining: Table, body: dict[str, Any], code: str) -> None:
    refused = await put(bargaining, "union lead", body)

    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_the_ledger_tells_nothing_of_it(bargaining: Table) -> None:
    before = (await bargaining["district lead"].get(f"{bargaining.path}/ledger")).json()

    await put(bargaining, "union lead", {"keep": "until", "until": later(days=1)})

    assert (await bargaining["district lead"].get(f"{bargaining.path}/ledger")).json() == before
