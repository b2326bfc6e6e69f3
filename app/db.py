"""The engine and its transactions: one a request, one a batch of logged updates; the only `commit()`.

On SQLite all writing takes turns inside the process (`app.embedded`). Nothing is told to be written before its
transaction has reached the disk.
"""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TypeVar

from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.config import Settings
from app.embedded import WriteTurns, prepare

R = TypeVar("R")

_SERVER_CONNECTIONS, _EMBEDDED_READERS = 20, 8
# At its lowest level the driver logs what every statement is given: a caucus's text too.
logging.getLogger("aiosqlite").setLevel(logging.INFO)
_inside: ContextVar[bool] = ContextVar("inside_transaction", default=False)


class Database:
    """The store of one process: sessions for requests, `write` for the quick path."""

    def __init__(self, settings: Settings) -> None:
        self.embedded = settings.embedded
        self.engine: AsyncEngine = _embedded(settings.database_url) if self.embedded else _server(settings.database_url)
        self._turns = WriteTurns(settings.database_url) if self.embedded else None
        # A reader needs no transaction of its own: beginning and ending one costs SQLite's readers half their time.
        reading = self.engine.execution_options(begin=None)
        self._sessions = async_sessionmaker(reading, sync_session_class=_Reader, expire_on_commit=False)
        writing = self.engine.execution_options(begin="IMMEDIATE")
        self._writing_sessions = async_sessionmaker(writing, expire_on_commit=False)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Open a session for reading, each statement for itself; one that writes raises `RuntimeError`."""
        async with self._sessions() as session:
            yield session

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Open a session that is committed on leaving, and rolled back by any exception.

        Never wait for a room inside one: on SQLite the room would wait for this transaction to end.
        """
        if self._turns is not None:
            await self._turns.acquire()
        _inside.set(True)
        try:
            async with self._writing_sessions() as session:
                yield session
                await session.commit()
        finally:
            # Not a token's reset: a framework may leave this block in a copy of the context it entered in.
            _inside.set(False)
            if self._turns is not None:
                self._turns.release()

    @asynccontextmanager
    async def destroying(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction whose deletions leave nothing readable in the files of an embedded store.

        A server database keeps deleted rows on disk until it vacuums and recycles its own log: its operator's matter.
        """
        async with self.transaction() as session:
            if self._turns is not None:
                await session.execute(text("PRAGMA secure_delete=ON"))
            yield session
            if self._turns is not None:
                await session.flush()
                await session.execute(text("PRAGMA secure_delete=OFF"))
        if self._turns is not None:
            await self._empty_log_file(self._turns)

    async def _empty_log_file(self, turns: WriteTurns) -> None:
        """Fold the write-ahead log into the database file and empty it; waits for those who read meanwhile."""
        await turns.acquire()
        try:
            async with self.engine.execution_options(begin=None).connect() as connection:
                await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            turns.log_file_extended = False
        finally:
            turns.release()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection to a server database in a transaction that is committed on leaving."""
        async with self.engine.begin() as connection:
            yield connection

    async def write(self, write: Callable[[Connection], R]) -> R:
        """Run a quick write in a transaction, perhaps with others in one commit; returns once it is on disk.

        A write that fails fails alone. It gets a synchronous connection: what it does must not wait for anything.
        """
        if self._turns is None:
            async with self.engine.begin() as connection:
                return await connection.run_sync(write)
        result: R = await self._turns.submit(write)
        return result

    async def ping(self) -> None:
        """Raise unless the store answers."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        if self._turns is not None:
            await self._turns.close()
        await self.engine.dispose()

    @staticmethod
    def inside_transaction() -> bool:
        """Whether the caller holds a `transaction()`."""
        return _inside.get()


class _Reader(Session):
    """A session that refuses to write: outside a transaction, what it wrote would stay."""


@event.listens_for(_Reader, "before_flush")
def _refuse_flush(_session: Session, _context: UOWTransaction, _instances: object) -> None:
    raise RuntimeError("A reading session was asked to write; use transaction().")


@event.listens_for(_Reader, "do_orm_execute")
def _refuse_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        raise RuntimeError("A reading session was asked to write; use transaction().")


def _embedded(url: str) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=_EMBEDDED_READERS, max_overflow=_EMBEDDED_READERS, hide_parameters=True)
    prepare(engine.sync_engine)
    return engine


def _server(url: str) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=_SERVER_CONNECTIONS,
        max_overflow=_SERVER_CONNECTIONS,
        pool_pre_ping=True,
        # What a failing statement was given may be a caucus's text, and the failure is logged.
        hide_parameters=True,
    )
