"""A table with suggestions of both sides in two articles, and acts on packages in few words."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from app.models import Package
from app.verifier.parley_verify import Verifier
from tests.harness.bargaining import Person, Table

HASH = "0" * 64


async def suggest_in_both(table: Table, union: Person) -> list[dict[str, Any]]:
    """Let the union type into both articles; answers its two suggestions, oldest first."""
    await union.type(table.articles[0], "seven", " and a half")
    await union.type(table.articles[1], "three", " or four")
    return await union.suggestions(party="union")


async def offer(person: Person, items: list[dict[str, Any]], status: int = 201, **more: Any) -> dict[str, Any]:
    body = {"title": "Hours against salary", "suggestions": [item["id"] for item in items], "reason": "One deal."}
    return await person.call("POST", "/packages", status, json={**body, **more})


async def answer(person: Person, package: dict[str, Any], kind: str = "accept", status: int = 200, **more: Any) -> Any:
    """Answer a package as it was seen."""
    body = {"kind": kind, "content_hash": package["content_hash"], **more}
    return await person.call("POST", f"/packages/{package['id']}/responses", status, json=body)


async def read(person: Person, package: dict[str, Any]) -> dict[str, Any]:
    return await person.call("GET", f"/packages/{package['id']}")


async def kinds(person: Person) -> list[str]:
    return [entry["kind"] for entry in await person.ledger()]


def soon(**passing: float) -> str:
    return (datetime.now(UTC) + timedelta(**passing)).isoformat()


async def run_out(table: Table, package: dict[str, Any]) -> None:
    """Move a package's time into the past: the clock, as far as this package is concerned."""
    async with table.app.state.database.transaction() as session:
        past = datetime.now(UTC) - timedelta(seconds=1)
        await session.execute(update(Package).where(Package.id == package["id"]).values(expires_at=past))


async def assert_ledger_rebuilds(person: Person) -> None:
    """Insist that the ledger rebuilds the agreed text, order and titles included."""
    exported = await person.call("GET", "/ledger/export")
    data = exported.encode() if isinstance(exported, str) else json.dumps(exported).encode()
    replay = Verifier().ledger(data, json.loads(data), "ledger")
    assert replay.as_json() == (await person.call("GET", "/text"))["articles"]
