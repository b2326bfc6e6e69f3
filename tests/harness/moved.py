"""A table at which something of everything has happened: enacted, rejected with a reason, pending, questioned."""

from typing import Any

from app.api.identity import COOKIE
from app.domain.ids import AgreementId, ArticleId, SuggestionId
from app.domain.scopes import Scope
from app.services.acting import Identity, acting_in
from app.services.demo_hand import Edit, Hand
from app.services.logins import by_login
from tests.harness.actors import Table

HOSTILE = '=HYPERLINK("http://evil.example","x")\n@SUM(1;2), \'quoted\' "twice"'


async def suggest(table: Table, actor: str, suggestion: str, change: tuple[str, str], article: int = 0) -> None:
    """Let an actor suggest replacing some words, through the room."""
    app, (old, new) = table.service.app, change
    async with app.state.database.reading() as session:
        identity: Identity = await by_login(session, table[actor].client.cookies[COOKIE])
        acting = await acting_in(session, identity, AgreementId(table.agreement["id"]), Scope.AGREEMENT_WRITE)
    place = ArticleId(table.agreement["articles"][article]["id"])
    await Hand(acting).write(app.state.rooms, [Edit(SuggestionId(suggestion), place, old, new, "")])


async def answer(table: Table, actor: str, suggestion: str, kind: str, reason: str | None = None) -> None:
    """Let an actor answer a suggestion as it stands."""
    seen = (await table[actor].get(f"{table.path}/suggestions/{suggestion}")).json()
    body = {"kind": kind, "content_hash": seen["content_hash"], "reason": reason}
    answered = await table[actor].post(f"{table.path}/suggestions/{suggestion}/responses", body)
    assert answered.status_code == 200, answered.text


async def head(table: Table) -> int:
    """Tell the number of the newest entry."""
    return (await table["mediator"].get(f"{table.path}/ledger")).json()["head"]["seq"]


async def move(table: Table) -> dict[str, int]:
    """Let everything happen; tell the ledger's head before and after each step."""
    heads: dict[str, Any] = {"began": await head(table)}
    await suggest(table, "union drafter", "s-four", ("two", "four"))
    await suggest(table, "district drafter", "s-strike", ("workday", "work day"))
    heads["proposed"] = await head(table)
    await answer(table, "district lead", "s-four", "accept", "Fair.")
    await answer(table, "union lead", "s-strike", "reject", HOSTILE)
    heads["answered"] = await head(table)
    await suggest(table, "district lead", "s-pay", ("three", "two"), article=1)
    await answer(table, "union lead", "s-pay", "question", "Since when?")
    heads["now"] = await head(table)
    return heads
