"""A table with people at it, in process: the real application and store, HTTP for acts, room peers for typing."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from app.domain.ids import AgreementId, new_id, table_of
from app.domain.scopes import Scope
from app.main import create_app
from app.models import Account
from app.services.acting import Identity
from app.services.tokens import TokenWish, mint
from tests.harness.database import embedded_settings, postgres_tables, server_settings
from tests.harness.peers import Probe

MARKDOWN = """# Agreement

## Hours of work

The workday is seven hours, including a thirty-minute duty-free lunch.

Meetings are limited to two each month.

## Salary

Salaries rise by three percent.
"""
PARTIES = [
    {"key": "union", "name": "Teachers' Association", "signatory": True},
    {"key": "district", "name": "School District", "signatory": True},
]


class Person:
    """An account at the table: acts over HTTP, types through a room's peer."""

    def __init__(self, table: "Table", account: Account, token: str) -> None:
        self.table, self.account, self.name = table, account, account.name
        transport = httpx.ASGITransport(app=table.app)
        self.http = httpx.AsyncClient(
            transport=transport,
            base_url="http://127.0.0.1:8000/api/v1",
            headers={"Authorization": f"Bearer {token}"},
        )
        self.member = ""
        self.party = ""
        self._peer: Probe | None = None

    async def call(self, method: str, path: str, status: int = 200, **request: Any) -> Any:
        """Call about the table's agreement, insisting on a status; answers the JSON."""
        answer = await self.http.request(method, f"/agreements/{self.table.id}{path}", **request)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text)
        return answer.json() if answer.content and "json" in answer.headers.get("content-type", "") else answer.text

    async def refused(self, status: int, method: str, path: str, **request: Any) -> str:
        """Call what must be refused; answers the problem's code."""
        return (await self.call(method, path, status, **request))["code"]

    async def peer(self) -> Probe:
        if self._peer is None or self._peer.closed is not None:
            room = await self.table.app.state.rooms._room(table_of(AgreementId(self.table.id)))
            self._peer = await Probe(self.member, self.party).enter(room)
        return self._peer

    async def type(self, article: str, after: str, text: str) -> None:
        """Type after a passage of an article, and wait until it is saved."""
        peer = await self.peer()
        await peer.until(lambda: after in peer.text(article))
        shown = peer.text(article)
        at = len(shown[: shown.index(after) + len(after)].encode())
        peer.insert(article, at, text)
        await self.settled()

    async def settled(self) -> None:
        """Wait until everything sent so far is admitted and committed."""
        room = (await self.peer()).room
        while room._sent and room.closed is None:  # noqa: ASYNC110 - a room tells nobody that it is done.
            await asyncio.sleep(0)
        async with room._order:
            return

    async def strike(self, article: str, passage: str) -> None:
        """Delete a passage of an article, and wait until what came of it is saved."""
        peer = await self.peer()
        await peer.until(lambda: passage in peer.text(article))
        start = len(peer.text(article).partition(passage)[0].encode())
        peer.delete(article, start, start + len(passage.encode()))
        await self.settled()

    async def suggestions(self, **filters: str) -> list[dict[str, Any]]:
        return (await self.call("GET", "/suggestions", params={"status": "pending", **filters}))["items"]

    async def answer(self, item: dict[str, Any], kind: str = "accept", status: int = 200, **more: Any) -> Any:
        """Answer a suggestion as it was seen."""
        body = {"kind": kind, "content_hash": item["content_hash"], **more}
        return await self.call("POST", f"/suggestions/{item['id']}/responses", status, json=body)

    async def text(self) -> str:
        return await self.call("GET", "/text", headers={"Accept": "text/plain"})

    async def ledger(self) -> list[dict[str, Any]]:
        return (await self.call("GET", "/ledger", params={"limit": 1000}))["items"]

    async def initial(self, article: str, status: int = 200) -> Any:
        """Put one's initials under an article as it reads now."""
        seen = (await self.call("GET", "/text", params={"article": article}))["content_hash"]
        return await self.call("POST", f"/articles/{article}/initials", status, json={"content_hash": seen})

    async def sign(self, status: int = 200) -> Any:
        seen = (await self.call("GET", "/text"))["content_hash"]
        body = {"content_hash": seen, "name": self.name, "statement": "I sign for my party."}
        return await self.call("POST", "/signatures", status, json=body)


class Table:
    """One agreement and its people; `union` and `district` are their parties' leads."""

    def __init__(self, app: FastAPI, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.id = ""
        self.articles: list[str] = []
        self.people: list[Person] = []

    async def person(self, name: str) -> Person:
        """Make an account with a token; nobody's password is worth waiting for here."""
        account = Account(
            id=new_id("acc"), name=name, email=f"{secrets.token_hex(4)}@people.example", password_hash="-"
        )
        store = self.app.state.database
        async with store.transaction() as session:
            session.add(account)
        scopes = [Scope.AGREEMENT_READ, Scope.AGREEMENT_WRITE]
        _, token = await mint(store, Identity(account, "login"), TokenWish("test", scopes, None, None))
        person = Person(self, account, token)
        self.people.append(person)
        return person

    async def found(self, parties: list[dict[str, Any]], markdown: str) -> list[Person]:
        """Begin an agreement between parties, confirmed by every signatory's lead; answers the leads."""
        leads = [await self.person(f"{party['key'].title()} Lead") for party in parties]
        founding = {
            "title": "Agreement",
            "parties": parties,
            "member": {"party": parties[0]["key"], "role": "lead"},
            "text": {"format": "markdown", "content": markdown},
        }
        answer = await leads[0].http.post("/agreements", json=founding)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]
        self.articles = [article["id"] for article in answer.json()["articles"]]
        await self._seat(leads[0], parties[0]["key"])
        for lead, party in zip(leads[1:], parties[1:], strict=True):
            await self.invite(lead, party["key"], "lead", by=leads[0])
        for lead, party in zip(leads, parties, strict=True):
            if party["signatory"]:
                seen = {"content_hash": answer.json()["content_hash"]}
                await lead.call("POST", "/confirmations", json=seen)
        return leads

    async def invite(self, person: Person, party: str, role: str, *, by: Person) -> Person:
        """Bring a person into a party."""
        made = await by.call("POST", "/invitations", 201, json={"party": party, "role": role})
        joined = await person.http.post(f"/invitations/{made['token']}/accept")
        assert joined.status_code == 200, joined.text
        await self._seat(person, party)
        return person

    async def join(self, name: str, party: str, role: str) -> Person:
        """Make a person and bring them into a party, by that party's lead."""
        lead = next(one for one in self.people if one.party == party)
        return await self.invite(await self.person(name), party, role, by=lead)

    async def _seat(self, person: Person, party: str) -> None:
        me = (await person.call("GET", ""))["me"]
        person.member, person.party = me["member_id"], party

    async def close(self) -> None:
        for person in self.people:
            await person.http.aclose()


@asynccontextmanager
async def bargaining(
    folder: Path,
    postgres_url: str | None = None,
    parties: list[dict[str, Any]] | None = None,
    markdown: str = MARKDOWN,
) -> AsyncIterator[tuple[Table, list[Person]]]:
    """Open a table that is ready for suggestions, over SQLite or a PostgreSQL database of its own."""
    async with serving(folder, postgres_url) as app, AsyncExitStack() as stack:
        table = Table(app, folder)
        stack.push_async_callback(table.close)
        yield table, await table.found(parties or PARTIES, markdown)


@asynccontextmanager
async def serving(folder: Path, postgres_url: str | None = None) -> AsyncIterator[FastAPI]:
    """Start the application over a store with every table, for as many agreements as a test likes."""
    async with AsyncExitStack() as stack:
        if postgres_url is None:
            settings = embedded_settings(folder, secret_key="a secret for tests only")
        else:
            settings = server_settings(await stack.enter_async_context(postgres_tables(postgres_url)))
        app = create_app(settings)
        await stack.enter_async_context(app.router.lifespan_context(app))
        yield app
