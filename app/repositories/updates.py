"""The durable order of live documents, on SQLite and PostgreSQL alike.

An update takes the number after its document's head, in the transaction that moves the head; a writer that
did not know the head writes nothing. Rows are written by one synchronous function, whichever way they come.
"""

import sqlite3
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import Database
from app.domain.events import Fact
from app.domain.ids import AgreementId, DocumentId, MemberId, agreement_of, table_of
from app.domain.log import Missed, Register, Stored
from app.errors import NotFound, Unavailable
from app.models import Checkpoint, DocumentHead, Update, Writer, now
from app.repositories import moments, quick_path
from app.repositories.facts import record
from app.repositories.registers import read_register

CHECKPOINT_INTERVAL = 5_000
"""One checkpoint is kept of each stretch of this many updates, so that any past moment is near one."""

_heads, _updates, _writers, _checkpoints = (model.__table__.c for model in (DocumentHead, Update, Writer, Checkpoint))
_MOVE_HEAD = (
    update(DocumentHead)
    .where(_heads.id == bindparam("document"), _heads.seq == bindparam("known"))
    .values(seq=bindparam("head"))
)
_APPEND, _BIND = insert(Update), insert(Writer)
_HEAD = select(_heads.seq).where(_heads.id == bindparam("document"))
_TAIL = (
    select(_updates.payload, _updates.changes_register)
    .where(_updates.document_id == bindparam("document"), _updates.seq > bindparam("known"))
    .where(_updates.seq <= bindparam("head"))
    .order_by(_updates.seq)
)
_WRITERS = (
    select(_writers.client_id, _writers.member_id)
    .where(_writers.document_id == bindparam("document"), _writers.seq > bindparam("known"))
    .where(_writers.seq <= bindparam("head"))
)


@dataclass(slots=True)
class Frames:
    """A turn for frames; `missed` is what other workers committed before it."""

    document: DocumentId
    missed: Missed
    staged: list[bytes] = field(default_factory=list)
    register: Register | None = None
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _facts: list[Fact] = field(default_factory=list)
    _writer_rows: list[dict[str, Any]] = field(default_factory=list)

    def append(
        self,
        update: bytes,
        facts: Sequence[Fact],
        *,
        changes_register: bool,
        writers: Mapping[int, MemberId] | None = None,
    ) -> int:
        """Stage an update and its facts; return the sequence number it takes if the turn commits."""
        seq = self.missed.seq + len(self._rows) + 1
        self.staged.append(update)
        self._rows.append(
            {"document_id": self.document, "seq": seq, "payload": update, "changes_register": changes_register}
        )
        self._facts.extend(facts)
        for client, member in (writers or {}).items():
            self._writer_rows.append(
                {"document_id": self.document, "client_id": client, "member_id": member, "seq": seq}
            )
        return seq

    @property
    def changes_register(self) -> bool:
        return any(row["changes_register"] for row in self._rows)

    def write(self, connection: Connection) -> None:
        """Write what was staged. Raises `Unavailable` where another worker has moved the head since."""
        if not self._rows:
            return
        at, agreement = now(), agreement_of(self.document)
        driver = quick_path.driver_of(connection)
        if driver is not None and not self._writer_rows and quick_path.is_plain(driver, agreement, self._facts):
            if not quick_path.move_head(driver, self.document, self.missed.seq, self.missed.seq + len(self._rows)):
                raise Unavailable("The document moved on elsewhere.")
            quick_path.append(driver, self._rows, at)
            quick_path.revise(driver, agreement, self._facts)
        else:
            self._write_rows(connection, at)
            told = record(connection, agreement, self._facts, at) if self._facts else None
            before = self._ledger_before(agreement, told)
            if before is not None and self.document == table_of(agreement):
                # Links what was told with its text; a caucus has no part in any of it.
                moments.keep(connection, agreement, before, (self.missed.seq, self.missed.seq + len(self._rows)))

    def _ledger_before(self, _agreement: AgreementId, told: int | None) -> int | None:
        """Tell how far the ledger reached before this turn; None where the turn told it nothing."""
        return told

    def _write_rows(self, connection: Connection, at: datetime) -> None:
        known = self.missed.seq
        moved = connection.execute(
            _MOVE_HEAD, {"document": self.document, "known": known, "head": known + len(self._rows)}
        )
        if moved.rowcount != 1:
            raise Unavailable("The document moved on elsewhere.")
        connection.execute(_APPEND, [{**row, "at": at} for row in self._rows])
        if self._writer_rows:
            connection.execute(_BIND, self._writer_rows)


@dataclass(slots=True)
class Decision(Frames):
    """A turn for a decision: its records and ledger entries go through `session`, into the same transaction."""

    session: AsyncSession = field(kw_only=True)

    def _ledger_before(self, agreement: AgreementId, told: int | None) -> int | None:
        before = moments.told_before(self.session, agreement)
        return told if before is None else before


class SqlUpdateLog:
    """Fits `app.crdt.ports.UpdateLog`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.shared = not database.embedded

    def refuse_inside_transaction(self) -> None:
        """Raise where the caller holds a transaction: the room could wait for it, and it for the room."""
        if self._database.inside_transaction():
            raise RuntimeError("A room was awaited inside a transaction; leave the transaction first.")

    async def load(self, document: DocumentId) -> Stored:
        """Read a document as committed; raises `NotFound` for one that was never created."""
        with _named_failure():
            async with self._database.reading() as session:
                return await (await session.connection()).run_sync(partial(_load, document=document))

    @asynccontextmanager
    async def frames(self, document: DocumentId, known_seq: int) -> AsyncIterator[Frames]:
        """Take a turn for frames. Embedded, nobody else appends: the order is the room's, and the commit one hop."""
        with _named_failure():
            if not self.shared:
                turn = Frames(document, Missed((), known_seq, None))
                yield turn
                await self._database.write(turn.write)
                return
            async with self._database.connection() as connection:
                missed = await connection.run_sync(partial(_lock, document=document, known=known_seq))
                turn = Frames(document, missed)
                yield turn
                await connection.run_sync(turn.write)

    @asynccontextmanager
    async def decision(self, document: DocumentId, known_seq: int) -> AsyncIterator[Decision]:
        """Take a turn for a decision, in a transaction of the database's own sessions."""
        with _named_failure():
            async with self._database.transaction() as session:
                connection = await session.connection()
                missed = await connection.run_sync(partial(_lock, document=document, known=known_seq))
                turn = Decision(document, missed, session=session)
                yield turn
                await session.flush()
                await connection.run_sync(turn.write)
                if turn.changes_register:
                    turn.register = await connection.run_sync(partial(read_register, agreement=agreement_of(document)))

    async def catch_up(self, document: DocumentId, known_seq: int) -> Missed:
        """Read what was committed after `known_seq`."""
        with _named_failure():
            async with self._database.reading() as session:
                return await (await session.connection()).run_sync(partial(_missed, document=document, known=known_seq))

    async def heads(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, int]:
        """Tell how far the log of each document reaches."""
        with _named_failure():
            async with self._database.reading() as session:
                rows = await session.execute(select(_heads.id, _heads.seq).where(_heads.id.in_(list(documents))))
                return {DocumentId(row.id): row.seq for row in rows}

    async def checkpoint(self, document: DocumentId, seq: int, state: bytes) -> None:
        """Keep the whole state at `seq`, in place of an earlier one of the same stretch."""

        def write(connection: Connection) -> None:
            stretch = seq - seq % CHECKPOINT_INTERVAL
            connection.execute(
                delete(Checkpoint).where(
                    _checkpoints.document_id == document, _checkpoints.seq >= stretch, _checkpoints.seq <= seq
                )
            )
            connection.execute(insert(Checkpoint), [{"document_id": document, "seq": seq, "state": state}])

        with _named_failure():
            await self._database.write(write)


class _named_failure:  # noqa: N801 - used as a statement, like contextlib.suppress.
    """Turn a failure of the store into the error that callers know."""

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, SQLAlchemyError | sqlite3.Error | OSError):
            raise Unavailable from error


def _load(connection: Connection, document: DocumentId) -> Stored:
    head = connection.execute(_HEAD, {"document": document}).scalar_one_or_none()
    if head is None:
        raise NotFound
    newest = connection.execute(
        select(_checkpoints.seq, _checkpoints.state)
        .where(_checkpoints.document_id == document, _checkpoints.seq <= head)
        .order_by(_checkpoints.seq.desc())
        .limit(1)
    ).one_or_none()
    since = newest.seq if newest is not None else 0
    return Stored(
        checkpoint=newest.state if newest is not None else None,
        tail=[row.payload for row in _tail(connection, document, since, head)],
        seq=head,
        register=read_register(connection, agreement_of(document)),
        writers=_writers_between(connection, document, 0, head),
        checkpoint_seq=since,
    )


def _lock(connection: Connection, document: DocumentId, known: int) -> Missed:
    """Take the document's place in the order until the transaction ends (SQLite has one writer anyway)."""
    head = connection.execute(_HEAD.with_for_update(), {"document": document}).scalar_one_or_none()
    return _since(connection, document, known, head)


def _missed(connection: Connection, document: DocumentId, known: int) -> Missed:
    head = connection.execute(_HEAD, {"document": document}).scalar_one_or_none()
    return _since(connection, document, known, head)


def _since(connection: Connection, document: DocumentId, known: int, head: int | None) -> Missed:
    if head is None:
        raise NotFound
    if head == known:
        return Missed((), known, None)
    rows = _tail(connection, document, known, head)
    changed = any(row.changes_register for row in rows)
    return Missed(
        updates=[row.payload for row in rows],
        seq=head,
        register=read_register(connection, agreement_of(document)) if changed else None,
        writers=_writers_between(connection, document, known, head),
    )


def _tail(connection: Connection, document: DocumentId, known: int, head: int) -> Sequence[Row[Any, Any]]:
    return connection.execute(_TAIL, {"document": document, "known": known, "head": head}).all()


def _writers_between(connection: Connection, document: DocumentId, known: int, head: int) -> dict[int, MemberId]:
    rows = connection.execute(_WRITERS, {"document": document, "known": known, "head": head})
    return {row.client_id: MemberId(row.member_id) for row in rows}
