"""The engine and its transactions: one a request, one a batch of logged updates; the only `commit()`.

On SQLite all writing takes turns inside the process instead of spinning on the file's lock: transactions of
requests and the quick path of live updates, which joins whatever waits into one commit, on a thread of its own.
Nothing is told to be written before its transaction has reached the disk (`synchronous=FULL`).
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from app.config import Settings

R = TypeVar("R")
Write = Callable[[Connection], Any]

_BUSY_MILLISECONDS = 15_000
_LOG_FILE_MIB = 6
_SERVER_CONNECTIONS, _EMBEDDED_READERS = 20, 8
_inside: ContextVar[bool] = ContextVar("inside_transaction", default=False)


class Database:
    """The store of one process: sessions for requests, `write` for the quick path."""

    def __init__(self, settings: Settings) -> None:
        self.embedded = settings.embedded
        self.engine: AsyncEngine = _embedded(settings.database_url) if self.embedded else _server(settings.database_url)
        self._turns = _WriteTurns(settings.database_url) if self.embedded else None
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


class _WriteTurns:
    """Whose turn it is to write: a request's transaction, or all quick writes that wait, in fair alternation."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(make_url(url).set(drivername="sqlite+pysqlite"))
        _prepare(self._engine)
        # Begun and committed here, past the many steps of a general transaction: this is every keystroke's way.
        self._engine = self._engine.execution_options(begin=None)
        self._connection: Connection | None = None
        self._log_file_extended = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._busy = False
        self._writes: list[tuple[Write, asyncio.Future[Any]]] = []
        self._transactions: deque[asyncio.Future[None]] = deque()

    async def acquire(self) -> None:
        """Wait for the turn of one transaction."""
        if not self._busy:
            self._busy = True
            return
        turn = asyncio.get_running_loop().create_future()
        self._transactions.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.release()
            raise

    def release(self) -> None:
        """End a transaction's turn; what waits on the quick path goes next."""
        self._busy = False
        if self._writes:
            self._flush()
        else:
            self._admit_transaction()

    async def submit(self, write: Write) -> Any:
        """Queue a quick write for the next commit, and wait for it."""
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._writes.append((write, done))
        if not self._busy:
            self._flush()
        return await done

    async def close(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown(wait=True)

    def _admit_transaction(self) -> None:
        while self._transactions:
            turn = self._transactions.popleft()
            if not turn.done():
                self._busy = True
                turn.set_result(None)
                return

    def _flush(self) -> None:
        self._busy = True
        writes, self._writes = self._writes, []
        loop = asyncio.get_running_loop()
        together = self._thread.submit(self._commit, [write for write, _ in writes])
        together.add_done_callback(lambda done: loop.call_soon_threadsafe(self._flushed, writes, done))

    def _flushed(self, writes: Sequence[tuple[Write, asyncio.Future[Any]]], done: "Future[list[Any]]") -> None:
        error = done.exception()
        if error is None:
            for (_, waiting), result in zip(writes, done.result(), strict=True):
                if not waiting.done():
                    waiting.set_result(result)
        elif len(writes) == 1:
            if not writes[0][1].done():
                writes[0][1].set_exception(error)
        else:
            # One failure must not cost the others their commit: each again, by itself.
            for write in writes:
                self._alone(write)
        self._busy = False
        if self._transactions:
            self._admit_transaction()
        elif self._writes:
            self._flush()

    def _alone(self, write: tuple[Write, asyncio.Future[Any]]) -> None:
        loop = asyncio.get_running_loop()
        by_itself = self._thread.submit(self._commit, [write[0]])
        by_itself.add_done_callback(lambda done: loop.call_soon_threadsafe(_settle, write[1], done))

    def _commit(self, writes: Sequence[Write]) -> list[Any]:
        connection, self._connection = self._connection or self._engine.connect(), None
        try:
            if not self._log_file_extended:
                _extend_log_file(connection)
                self._log_file_extended = True
            driver: Any = connection.connection.dbapi_connection
            _execute(driver, "BEGIN IMMEDIATE")
            results = [write(connection) for write in writes]
            if connection.in_transaction():
                connection.commit()
            else:
                driver.commit()
            self._connection = connection
        finally:
            # A connection whose commit failed may still stand in that transaction, and hold the file's lock.
            if self._connection is None:
                connection.invalidate()
                connection.close()
        return results

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()


def _settle(waiting: asyncio.Future[Any], done: "Future[list[Any]]") -> None:
    if waiting.done():
        return
    error = done.exception()
    if error is None:
        waiting.set_result(done.result()[0])
    else:
        waiting.set_exception(error)


def _extend_log_file(connection: Connection) -> None:
    """Let SQLite's write-ahead log take its full size at once.

    A commit that has to grow the file waits for the file system's journal, with whatever else the disk is busy
    with; one that writes over what is there does not. Pages that a transaction spills and takes back leave room.
    """
    pages = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    for statement in ("PRAGMA cache_size=10", "BEGIN IMMEDIATE", "CREATE TABLE _room (filler BLOB)"):
        connection.exec_driver_sql(statement)
    for _ in range(_LOG_FILE_MIB * 2):
        connection.exec_driver_sql("INSERT INTO _room VALUES (zeroblob(524288))")
    connection.rollback()
    connection.exec_driver_sql(f"PRAGMA cache_size={pages}")
    connection.rollback()


def _execute(driver: Any, statement: str) -> None:
    cursor = driver.cursor()
    cursor.execute(statement)
    cursor.close()


def _embedded(url: str) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=_EMBEDDED_READERS, max_overflow=_EMBEDDED_READERS)
    _prepare(engine.sync_engine)
    return engine


def _server(url: str) -> AsyncEngine:
    return create_async_engine(url, pool_size=_SERVER_CONNECTIONS, max_overflow=_SERVER_CONNECTIONS, pool_pre_ping=True)


def _prepare(engine: Any) -> None:
    """Make every SQLite connection durable, and begin transactions ourselves: the driver's own begin comes too late."""
    event.listen(engine, "connect", _configure)
    event.listen(engine, "checkout", _clear)
    event.listen(engine, "begin", _begin)


def _configure(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _clear(connection: DBAPIConnection, _entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    """Take back a transaction that whoever had the connection before left open: a task cancelled between two steps."""
    if getattr(connection, "driver_connection", connection).in_transaction:
        connection.rollback()


def _begin(connection: Connection) -> None:
    if (kind := connection.get_execution_options().get("begin", "DEFERRED")) is not None:
        connection.exec_driver_sql(f"BEGIN {kind}")
