"""Everybody who may ask something of the service, around one agreement, over HTTP inside the test's own process.

The service is the real one over a real store; only the network is left out. People get their logins straight from
the store, because hashing nine passwords a test would say nothing new.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from app.api.identity import COOKIE
from app.config import Settings
from app.domain.credentials import hash_secret, new_secret
from app.domain.ids import new_id
from app.main import create_app
from app.models import Account, Login, now
from tests.harness.database import embedded_settings

BASE = "http://parley.test"
API = f"{BASE}/api/v1"
SECRET = "a secret for tests only"
MARKDOWN = """# 2026-29 Agreement

## Article 1 - Hours

The workday is **seven** hours.

Meetings are limited to two each month.

## Article 2 - Salary

Salaries rise by three percent.
"""
PARTIES = [
    {"key": "union", "name": "Teachers' Association", "signatory": True},
    {"key": "district", "name": "School District", "signatory": True},
    {"key": "mediation", "name": "Mediation Service", "signatory": False},
]
MEMBERS = {
    "union lead": ("union", "lead"),
    "union drafter": ("union", "drafter"),
    "union observer": ("union", "observer"),
    "district lead": ("district", "lead"),
    "district drafter": ("district", "drafter"),
    "district observer": ("district", "observer"),
    "mediator": ("mediation", "lead"),
}
ACTORS = (*MEMBERS, "stranger", "anonymous")


@dataclass(slots=True)
class Actor:
    """One person at a browser (or nobody in particular)."""

    name: str
    client: httpx.AsyncClient
    account_id: str = ""

    async def get(self, path: str, **request: Any) -> httpx.Response:
        return await self.client.get(path, **request)

    async def post(self, path: str, json: Any = None, **request: Any) -> httpx.Response:
        return await self.client.post(path, json=json, **request)

    async def delete(self, path: str, **request: Any) -> httpx.Response:
        return await self.client.delete(path, **request)


@dataclass(slots=True)
class Service:
    """The application, started."""

    app: FastAPI
    settings: Settings
    stack: AsyncExitStack = field(repr=False)

    async def client(self, **headers: str) -> httpx.AsyncClient:
        """Open a client that keeps cookies and sends the header that a browser would."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return await self.stack.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url=API, headers={"Origin": BASE, **headers})
        )

    async def anybody(self) -> Actor:
        """Somebody who has not logged in."""
        return Actor("anonymous", await self.client())

    async def person(self, name: str) -> Actor:
        """Somebody with an account, logged in."""
        secret, account = new_secret("ply_log"), new_id("acc")
        async with self.app.state.database.transaction() as session:
            email = f"{name.replace(' ', '.')}@example.org"
            session.add(Account(id=account, name=name.title(), email=email, password_hash="-"))
            await session.flush()
            session.add(
                Login(secret_hash=hash_secret(secret), account_id=account, expires_at=now() + timedelta(days=1))
            )
        client = await self.client()
        client.cookies.set(COOKIE, secret)
        return Actor(name, client, account)

    async def bearer(self, actor: Actor, *scopes: str, agreement_id: str | None = None) -> Actor:
        """A program that an actor gave a token to."""
        body = {"name": "program", "scopes": list(scopes), "agreement_id": agreement_id}
        made = await actor.post("/tokens", body)
        assert made.status_code == 201, made.text
        client = await self.client(Authorization=f"Bearer {made.json()['token']}")
        return Actor(f"{actor.name}'s program", client, actor.account_id)


@dataclass(slots=True)
class Table:
    """An agreement with everybody around it."""

    service: Service
    actors: dict[str, Actor]
    agreement: dict[str, Any]

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]

    @property
    def path(self) -> str:
        return f"/agreements/{self.agreement['id']}"

    async def confirm(self, *leads: str) -> None:
        """Confirm the starting text; by both leads, bargaining begins."""
        for lead in leads or ("union lead", "district lead"):
            body = {"content_hash": self.agreement["content_hash"]}
            answer = await self[lead].post(f"{self.path}/confirmations", body)
            assert answer.status_code == 200, answer.text

    async def statuses(
        self, method: str, path: str, json: Any = None, *, order: Iterable[str] = ACTORS
    ) -> dict[str, int]:
        """Let every actor ask the same, and tell what each was answered."""
        answered = {}
        for name in order:
            request = {"json": json} if json is not None else {}
            answered[name] = (await self[name].client.request(method, path, **request)).status_code
        return answered


def founding(content: str = MARKDOWN, **changes: Any) -> dict[str, Any]:
    """Lay out the body of `POST /agreements`."""
    return {
        "title": "2026-29 Agreement",
        "parties": PARTIES,
        "member": {"party": "union", "role": "lead"},
        "text": {"format": "markdown", "content": content},
        **changes,
    }


@asynccontextmanager
async def started(folder: Path, **settings: Any) -> AsyncIterator[Service]:
    """Start the application over a SQLite store of its own, or over `database_url`."""
    wanted = {"public_url": BASE, "secret_key": SECRET, **settings}
    chosen = Settings(data_dir=folder, **wanted) if "database_url" in settings else embedded_settings(folder, **wanted)
    app = create_app(chosen)
    async with AsyncExitStack() as stack, app.router.lifespan_context(app):
        yield Service(app, chosen, stack)
        await stack.aclose()


async def seated(service: Service, content: str = MARKDOWN) -> Table:
    """Seat everybody around a new agreement, still in preparation."""
    actors = {name: await service.person(name) for name in (*MEMBERS, "stranger")}
    actors["anonymous"] = await service.anybody()
    created = await actors["union lead"].post("/agreements", founding(content))
    assert created.status_code == 201, created.text
    table = Table(service, actors, created.json())
    for name, (party, role) in MEMBERS.items():
        if name != "union lead":
            await seat(table, name, party, role)
    return table


async def seat(table: Table, name: str, party: str, role: str) -> None:
    """Invite an actor, who accepts."""
    invited = await table["union lead"].post(f"{table.path}/invitations", {"party": party, "role": role})
    assert invited.status_code == 201, invited.text
    accepted = await table[name].post(f"/invitations/{invited.json()['token']}/accept")
    assert accepted.status_code == 200, accepted.text
