"""The composition root: the one place where the parts are joined.

Nothing connects to anything before the application starts, and what was opened is closed when it ends.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp

from app.api import (
    accounts,
    agreements,
    archive,
    articles,
    calendar,
    caucus,
    confirmations,
    counters,
    errors,
    final,
    ground_rules,
    health,
    histories,
    initials,
    invitations,
    keys,
    ledger,
    logins,
    mediation,
    members,
    movements,
    notices,
    packages,
    positions,
    progress,
    publications,
    retention,
    sessions,
    signatures,
    suggestions,
    sync,
    tablings,
    texts,
    threads,
    tokens,
    unsubscriptions,
)
from app.api.edge import Edge
from app.api.idempotency import Idempotency
from app.api.openapi import complete
from app.api.vigil import Vigil
from app.api.warming import settled, warm_up
from app.api.web import serve_web
from app.bus import LocalBus, RedisBus
from app.config import Settings
from app.crdt.registry import Rooms
from app.db import Database
from app.repositories.updates import Decision, SqlUpdateLog
from app.services.accounts import Registrar
from app.services.attempts import Attempts
from app.services.chronicles import Chronicles
from app.services.errands import Errands
from app.services.idempotency import Answers
from app.services.lapsing import Lapsing
from app.services.logins import Doorkeeper
from app.services.mail import Mail
from app.services.moments import Moments
from app.services.overviews import Overviews
from app.services.passwords import Passwords
from app.services.retention import Shredder
from app.services.suggestions import Shelf

VERSIONED: list[APIRouter] = [
    accounts.router,
    logins.router,
    tokens.router,
    agreements.router,
    invitations.router,
    confirmations.router,
    texts.router,
    positions.router,
    movements.router,
    progress.router,
    histories.router,
    suggestions.router,
    counters.router,
    threads.router,
    ledger.router,
    initials.router,
    signatures.router,
    final.router,
    archive.router,
    articles.router,
    packages.router,
    notices.router,
    unsubscriptions.router,
    mediation.router,
    caucus.router,
    tablings.router,
    retention.router,
    ground_rules.router,
    members.router,
    sessions.router,
    calendar.router,
    publications.router,
]
"""What stands under /api/v1."""

ROOTED: list[APIRouter] = [health.router, keys.router, sync.router]
"""What stands at the root."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the application from its settings; without any, from the environment's."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opened(settings) as (database, rooms):
            _join(app, settings, database, rooms)
            await warm_up(app, rooms)
            chores = _begin_chores(app)
            yield
            for chore in chores:
                chore.cancel()
            await asyncio.gather(*chores, return_exceptions=True)
            await app.state.moments.close()
            await app.state.errands.close()

    app = FastAPI(
        title="Parley",
        version=version("parley"),
        summary="One living agreement, written by all its parties as suggestions.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
    )
    app.state.settings = settings
    for router in VERSIONED:
        app.include_router(router, prefix="/api/v1")
    for router in ROOTED:
        app.include_router(router)
    errors.handle(app)
    complete(app)
    serve_web(app, settings.frontend_dir)
    app.add_middleware(Idempotency)
    app.add_middleware(errors.LastResort)
    app.add_middleware(Edge, settings=settings)
    return app


def create_server() -> ASGIApp:
    """Build the application for a process of its own, from the environment's settings."""
    return settled(create_app())


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[tuple[Database, Rooms[Decision]]]:
    """Open the store and the rooms over it; on leaving, take in what has arrived and close them."""
    bus = RedisBus(settings.redis_url) if settings.redis_url else LocalBus()
    database = Database(settings)
    rooms = Rooms[Decision](SqlUpdateLog(database), bus)
    try:
        yield database, rooms
    finally:
        await rooms.shutdown()
        await bus.close()
        await database.close()


def _join(app: FastAPI, settings: Settings, database: Database, rooms: Rooms[Decision]) -> None:
    passwords = Passwords()
    app.state.database = database
    app.state.rooms = rooms
    app.state.vigil = Vigil(database, rooms.bus)
    app.state.shredder = Shredder(database, rooms)
    app.state.registrar = Registrar(database, passwords, settings.registration)
    app.state.doorkeeper = Doorkeeper(database, passwords, Attempts(), settings.login_days)
    app.state.answers = Answers(database, settings.secret)
    app.state.mail = Mail(database, settings)
    app.state.errands = Errands(database, rooms, app.state.mail)
    app.state.lapsing = Lapsing(Shelf(database, rooms))
    app.state.overviews = Overviews(database, rooms)
    app.state.moments = Moments(database)
    app.state.chronicles = Chronicles(database)


def _begin_chores(app: FastAPI) -> list[asyncio.Task[None]]:
    """Begin what every worker does now and then, by itself; whoever begins it ends it."""
    state = app.state
    return [
        asyncio.create_task(state.vigil.keep(), name="the vigil over open sockets"),
        asyncio.create_task(state.shredder.keep(), name="destroying caucuses that are due"),
        asyncio.create_task(state.errands.keep(), name="telling members, and sending mail"),
        asyncio.create_task(state.lapsing.keep(), name="ending offers whose time has run out"),
    ]


def _operation_id(route: APIRoute) -> str:
    """Name an operation by its route's function: `list_agreements`."""
    return route.name
