"""Writing on SQLite: all of it takes turns inside the process instead of spinning on the file's lock.

Turns are transactions of requests, and the quick path of live updates, which joins whatever waits into one commit.
Commits are made on a thread of their own; only a lone write, while the disk is quick, is committed where it stands:
two changes of thread would cost it as much as the disk does.
"""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

Write = Callable[[Connection], Any]
Waiting = tuple[Write, asyncio.Future[Any]]

_BUSY_SECONDS = 15.0
_LOCK_POLLING_SECONDS = 0.01
_LOG_FILE_MIB = 6
_QUICK_SECONDS = 0.002
"""What a commit may take on average, for the event loop to wait for one."""
_MEMORY = 8
"""How many commits that average remembers."""


class _Locked(Exception):
    """Another process holds the file's lock."""


class WriteTurns:
    """Whose turn it is to write: a request's transaction, or all quick writes that wait, in fair alternation."""

    def __init__(self, url: str) -> None:
        # What a failing statement was given may be a caucus's text, and the failure is logged.
        self._engine = create_engine(make_url(url).set(drivername="sqlite+pysqlite"), hide_parameters=True)
        prepare(self._engine)
        event.listen(self._engine, "connect", _be_impatient)
        # Begun and committed here, past the many steps of a general transaction: this is every keystroke's way.
        self._engine = self._engine.execution_options(begin=None)
        self._connection: Connection | None = None
        self.log_file_extended = False
        self._pace = 0.0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._busy = False
        self._writes: list[Waiting] = []
        self._again: deque[Waiting] = deque()
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
        if self._again or self._writes:
            self._flush()
        else:
            self._admit_transaction()

    async def submit(self, write: Write) -> Any:
        """Queue a quick write for the next commit, and wait for it."""
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        waiting = (write, done)
        self._writes.append(waiting)
        if not self._busy and len(self._writes) == 1:
            try:
                # Whoever else is about to write joins.
                await asyncio.sleep(0)
                if self._is_alone(waiting) and self._disk_is_quick():
                    return self._commit_here(write)
            except _Locked:
                self._writes.append(waiting)
            finally:
                if not self._busy and self._writes:
                    self._flush()
        return await done

    async def close(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown(wait=True)

    def _is_alone(self, waiting: Waiting) -> bool:
        return not self._busy and self._writes == [waiting]

    def _disk_is_quick(self) -> bool:
        return self._connection is not None and self._pace < _QUICK_SECONDS

    def _commit_here(self, write: Write) -> Any:
        """Commit on the event loop. Raises `_Locked`, with nothing done, where another process is writing."""
        self._writes.clear()
        return self._commit([write], patience=0)[0]

    def _admit_transaction(self) -> None:
        while self._transactions:
            turn = self._transactions.popleft()
            if not turn.done():
                self._busy = True
                turn.set_result(None)
                return

    def _flush(self) -> None:
        self._busy = True
        if self._again:
            writes = [self._again.popleft()]
        else:
            writes, self._writes = self._writes, []
        loop = asyncio.get_running_loop()
        together = self._thread.submit(self._commit, [write for write, _ in writes])
        together.add_done_callback(lambda done: loop.call_soon_threadsafe(self._flushed, writes, done))

    def _flushed(self, writes: Sequence[Waiting], done: "Future[list[Any]]") -> None:
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
            self._again.extend(writes)
        self._busy = False
        if self._transactions:
            self._admit_transaction()
        elif self._again or self._writes:
            self._flush()

    def _commit(self, writes: Sequence[Write], patience: float = _BUSY_SECONDS) -> list[Any]:
        connection, self._connection = self._connection or self._engine.connect(), None
        try:
            if not self.log_file_extended:
                _extend_log_file(connection)
                self.log_file_extended = True
            driver: Any = connection.connection.dbapi_connection
            began = time.monotonic()
            _begin_writing(driver, patience)
            results = [write(connection) for write in writes]
            if connection.in_transaction():
                connection.commit()
            else:
                driver.commit()
            self._connection = connection
            self._pace += (time.monotonic() - began - self._pace) / _MEMORY
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


def _extend_log_file(connection: Connection) -> None:
    """Let SQLite's write-ahead log take its full size at once.

    A commit that has to grow the file waits for the file system's journal, with whatever else the disk is busy
    with; one that writes over what is there does not. Pages that a transaction spills and takes back leave room.
    """
    pages = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql("PRAGMA cache_size=10")
    _begin_writing(connection.connection.dbapi_connection, _BUSY_SECONDS)
    connection.exec_driver_sql("CREATE TABLE _room (filler BLOB)")
    for _ in range(_LOG_FILE_MIB * 2):
        connection.exec_driver_sql("INSERT INTO _room VALUES (zeroblob(524288))")
    connection.rollback()
    connection.exec_driver_sql(f"PRAGMA cache_size={pages}")
    connection.rollback()


def _be_impatient(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA busy_timeout=0").close()


def _begin_writing(driver: Any, patience: float) -> None:
    """Take the file's lock; whoever runs on the event loop has no patience, and gets `_Locked`."""
    until = time.monotonic() + patience
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or (patience and time.monotonic() > until):
                raise
            if not patience:
                raise _Locked from error
            time.sleep(_LOCK_POLLING_SECONDS)
        else:
            return


def prepare(engine: Any) -> None:
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
        f"busy_timeout={_BUSY_SECONDS * 1000:.0f}",
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
