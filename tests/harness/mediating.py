"""An agreement with a mediator let in by both sides, and what each of its people can observe."""

import json
from datetime import timedelta
from typing import Any

from app.models import Base, now
from tests.harness.actors import Table

PEOPLE = ("union lead", "union drafter", "union observer", "district lead", "district drafter", "district observer")
READ = (
    "",
    "/mediation",
    "/mediation/proposals",
    "/mediation/notes/union",
    "/mediation/notes/district",
    "/ledger",
    "/suggestions",
    "/text",
    "/notices",
)
_TOLD_BY_CLOCKS = {"date", "x-request-id"}


async def let_in(table: Table, name: str = "maya") -> None:
    """Seat a mediator, whom both leads have agreed to, under the name of `name`."""
    table.actors[name] = await table.service.person(name)
    invited = await table["union lead"].post(f"{table.path}/invitations", {"party": "mediation", "role": "mediator"})
    assert invited.status_code == 201, invited.text
    consented = await table["district lead"].post(
        f"{table.path}/mediation/consents", {"invitation": invited.json()["id"]}
    )
    assert consented.status_code == 200, consented.text
    accepted = await table[name].post(f"/invitations/{invited.json()['token']}/accept")
    assert accepted.status_code == 200, accepted.text


async def proposed(table: Table, *, by: str = "maya", **changed: Any) -> dict[str, Any]:
    """Let the mediator propose to raise the salary by four percent."""
    article = table.agreement["articles"][1]["id"]
    body = {
        "title": "Salary",
        "terms": "Four percent, and nothing else.",
        "changes": [{"article_id": article, "before": "rise by three percent", "after": "rise by four percent"}],
        "closes_at": (now() + timedelta(days=7)).isoformat(),
        **changed,
    }
    made = await table[by].post(f"{table.path}/mediation/proposals", body)
    assert made.status_code == 201, made.text
    return made.json()


async def seen_by(table: Table, name: str) -> list[str]:
    """Tell all that a person's browser can read of an agreement: status, headers and body, byte for byte."""
    seen = []
    for path in READ:
        answer = await table[name].get(f"{table.path}{path}")
        headers = {key: value for key, value in answer.headers.items() if key.lower() not in _TOLD_BY_CLOCKS}
        seen.append(f"{path} {answer.status_code} {json.dumps(sorted(headers.items()))} {answer.text}")
    return seen


async def stored(table: Table) -> dict[str, list[str]]:
    """Tell all that the store holds, but for the answers to mediators' proposals."""
    async with table.service.app.state.database.engine.connect() as connection:
        return {
            name: sorted(str(tuple(row)) for row in await connection.execute(rows.select()))
            for name, rows in Base.metadata.tables.items()
            if name != "mediation_answers"
        }
