"""How long a party keeps its caucus: decided by its lead, readable by nobody else, and carried out for good."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.ids import AgreementId, PartyKey, caucus_of
from app.errors import CaucusDestroyed
from app.main import opened
from app.models import Checkpoint, Update, now
from app.services.retention import Shredder
from tests.harness.actors import Table
from tests.harness.bargaining import Table as Bargaining
from tests.harness.bargaining import bargaining
from tests.harness.caucusing import Drafter

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


def everything_in(folder: Path) -> bytes:
    """Read the store's files, byte for byte, as somebody who finds the disk would."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("parley.db*")))


async def test_what_is_due_is_destroyed_to_the_last_byte_and_only_its_party_knows(tmp_path: Path) -> None:
    async with bargaining(tmp_path) as (table, (union, district)):
        drafter, other = Drafter(union), Drafter(district)
        draft = await drafter.draft(table.articles[0], "is seven", " kanarie-seven")
        await union.call("PUT", f"/caucus/suggestions/{draft}/reason", json={"reason": "kanarie-reason"})
        await drafter.draft(table.articles[0], "hours", " kanarie-gone")
        await drafter.erase(table.articles[0], " kanarie-gone")
        await other.draft(table.articles[1], "three", " district-keeps")
        peer = await drafter.enter()
        until = now() + timedelta(days=1)
        decision = {"keep": "until", "until": until.isoformat()}
        await union.call("PUT", "/caucus/retention", json=decision)
        seen = (await district.ledger(), await district.call("GET", ""))
        shredder = Shredder(table.app.state.database, table.app.state.rooms, lambda: until)
        assert b"kanarie" in everything_in(tmp_path)

        await Shredder(table.app.state.database, table.app.state.rooms).look()
        assert len(await drafter.drafts()) == 1
        await shredder.look()
        await shredder.look()

        assert isinstance(peer.closed, CaucusDestroyed)
        left = everything_in(tmp_path)
        assert b"kanarie" not in left
        assert draft.encode() not in left
        assert (await district.ledger(), await district.call("GET", "")) == seen
        assert (await district.call("GET", "/caucus/retention"))["destroyed_at"] is None
        assert (await union.call("GET", "/caucus/retention"))["destroyed_at"] is not None
        assert len(await other.drafts()) == 1
        assert await drafter.drafts() == []
        await drafter.draft(table.articles[0], "is seven", " anew")
        assert len(await drafter.drafts()) == 1


async def test_under_a_legal_hold_nothing_is_destroyed_until_it_is_lifted(tmp_path: Path) -> None:
    async with bargaining(tmp_path) as (table, (union, district)):
        drafter = Drafter(union)
        await drafter.draft(table.articles[0], "is seven", " and a half")
        held = {"keep": "until_signature", "legal_hold": True}
        await union.call("PUT", "/caucus/retention", json=held)
        for article in table.articles:
            for lead in (union, district):
                await lead.initial(article)
        for lead in (union, district):
            await lead.sign()
        shredder = Shredder(table.app.state.database, table.app.state.rooms)

        await shredder.look()
        assert len(await drafter.drafts()) == 1
        await union.call("PUT", "/caucus/retention", json={**held, "legal_hold": False})
        await shredder.look()

        assert await drafter.drafts() == []


async def test_another_worker_that_has_the_caucus_open_does_not_bring_it_back(
    tmp_path: Path, postgres_url: str
) -> None:
    """It must neither write on nor keep a checkpoint of what is gone."""
    async with bargaining(tmp_path, postgres_url) as (table, (union, _)):
        drafter = Drafter(union)
        await drafter.draft(table.articles[0], "is seven", " kanarie")
        old = await drafter.enter()
        until = now() + timedelta(days=1)
        await union.call("PUT", "/caucus/retention", json={"keep": "until", "until": until.isoformat()})
        async with opened(table.app.state.settings) as (database, rooms):
            elsewhere = Shredder(database, rooms, lambda: until)
            await asyncio.gather(elsewhere.look(), elsewhere.look())

        old.insert(table.articles[0], 0, "late ")
        await old.until(lambda: old.closed is not None)

        assert await drafter.drafts() == []
        new = await drafter.enter()
        assert "kanarie" not in new.text(table.articles[0])
        await drafter.draft(table.articles[0], "is seven", " anew")
        assert [one["kind"] for one in await drafter.drafts()] == ["insertion"]
        assert not any(b"kanarie" in held for held in await logged(table))


async def logged(table: Bargaining) -> list[bytes]:
    """Read what the store holds of the union's caucus."""
    document = caucus_of(AgreementId(table.id), PartyKey("union"))
    async with table.app.state.database.reading() as session:
        updates = await session.execute(select(Update.payload).where(Update.document_id == document))
        states = await session.execute(select(Checkpoint.state).where(Checkpoint.document_id == document))
        return [payload for (payload,) in [*updates, *states]]
