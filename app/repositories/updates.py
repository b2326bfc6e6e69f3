"""The durable order of live documents, on SQLite and PostgreSQL alike.

An update takes the number after its document's head, in the transaction that moves the head; a writer that
did not know the head writes nothing. Rows are written by one synchronous function, whichever way they come.
"""

import sqlite3
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app.db import Database
from app.domain.ids import DocumentId, agreement_of, party_of, table_of
from app.domain.log import Missed, Stored
from app.errors import Unavailable
from app.models import Checkpoint, DocumentHead, Update
from app.repositories import log_rows
from app.repositories.registers import read_register
from app.repositories.turns import Decision, Frames, Tabling

__all__ = ["CHECKPOINT_INTERVAL", "Decision", "Frames", "SqlUpdateLog", "Tabling"]

CHECKPOINT_INTERVAL = 5_000
"""One checkpoint is kept of each stretch of this many updates, so that any past moment is near one."""

_heads, _checkpoints = DocumentHead.__table__.c, Checkpoint.__table__.c


class SqlUpdateLog:
    """Fits `app.crdt.ports.UpdateLog`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.shared = not database.embedded

    def refuse_inside_transaction(self) -> None:
        """Raise where the caller holds a transaction: the room could wait for it, and it for the room."""
        if self._database.inside_transaction():
            raise RuntimeError("A room was awaited inside a transaction; leave the transaction first.")

    async def load(self, document: DocumentId, upto: int | None = None) -> Stored:
        """Read a document as committed, or its text as it was at `upto`; raises `NotFound` for one never created."""
        with _named_failure():
            async with self._database.reading() as session:
                read = partial(log_rows.load, document=document, upto=upto)
                return await (await session.connection()).run_sync(read)

    async def begin(self, caucus: DocumentId, fork: bytes, table_seq: int) -> None:
        """Bring a caucus into being as a fork of its table; whoever comes second finds it there."""

        def write(connection: Connection) -> None:
            agreement = agreement_of(caucus)
            if connection.execute(select(_heads.id).where(_heads.id == caucus)).one_or_none() is not None:
                return
            first = log_rows.destroyed_seq(connection, agreement, party_of(caucus) or "") + 1
            head = {"id": caucus, "agreement_id": agreement, "seq": first, "table_seq": table_seq, "begins_at": first}
            connection.execute(insert(DocumentHead), [head])
            begun = {"document_id": caucus, "seq": first, "payload": fork, "changes_register": True}
            connection.execute(insert(Update), [begun])

        with _named_failure():
            try:
                await self._database.write(write)
            except IntegrityError:
                # Another worker was quicker. What else could collide would be missing at the next reading.
                return

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
                missed = await connection.run_sync(_lock(document, known_seq))
                turn = Frames(document, missed)
                yield turn
                await connection.run_sync(turn.write)

    @asynccontextmanager
    async def decision(self, document: DocumentId, known_seq: int) -> AsyncIterator[Decision]:
        """Take a turn for a decision, in a transaction of the database's own sessions."""
        with _named_failure():
            async with self._database.transaction() as session:
                connection = await session.connection()
                turn = Decision(document, await connection.run_sync(_lock(document, known_seq)), session=session)
                yield turn
                await session.flush()
                await connection.run_sync(turn.write)
                if turn.changes_register:
                    turn.register = await connection.run_sync(partial(read_register, document=document))

    @asynccontextmanager
    async def tabling(self, caucus: DocumentId, known_seq: int, table_seq: int, follows: int) -> AsyncIterator[Tabling]:
        """Take a turn on a caucus and its table, always in this order; `follows` is how far one follows the other."""
        table = table_of(agreement_of(caucus))
        with _named_failure():
            async with self._database.transaction() as session:
                connection = await session.connection()
                private = Decision(caucus, await connection.run_sync(_lock(caucus, known_seq)), session=session)
                shared = Decision(table, await connection.run_sync(_lock(table, table_seq)), session=session)
                behind = await connection.run_sync(partial(log_rows.table_since, caucus=caucus, known=follows))
                yield Tabling(private, shared, behind)
                await session.flush()
                for turn in (private, shared):
                    await connection.run_sync(turn.write)
                    if turn.changes_register:
                        turn.register = await connection.run_sync(partial(read_register, document=turn.document))

    async def catch_up(self, document: DocumentId, known_seq: int) -> Missed:
        """Read what was committed after `known_seq`."""
        with _named_failure():
            async with self._database.reading() as session:
                read = partial(log_rows.missed, document=document, known=known_seq)
                return await (await session.connection()).run_sync(read)

    async def table_since(self, caucus: DocumentId, known_seq: int) -> Missed:
        """Read what the table of a caucus committed after `known_seq`, with the register of the caucus."""
        with _named_failure():
            async with self._database.reading() as session:
                read = partial(log_rows.table_since, caucus=caucus, known=known_seq)
                return await (await session.connection()).run_sync(read)

    async def heads(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, int]:
        """Tell how far the log of each document reaches."""
        with _named_failure():
            async with self._database.reading() as session:
                rows = await session.execute(select(_heads.id, _heads.seq).where(_heads.id.in_(list(documents))))
                return {DocumentId(row.id): row.seq for row in rows}

    async def checkpoint(self, document: DocumentId, seq: int, state: bytes) -> None:
        """Keep the whole state at `seq`, in place of an earlier one of the same stretch."""

        def write(connection: Connection) -> None:
            head = connection.execute(select(_heads.begins_at).where(_heads.id == document)).one_or_none()
            if head is None or seq < (head.begins_at or 0):
                # Destroyed meanwhile, or begun anew: what was before must not come back.
                return
            stretch = seq - seq % CHECKPOINT_INTERVAL
            connection.execute(
                delete(Checkpoint).where(
                    _checkpoints.document_id == document, _checkpoints.seq >= stretch, _checkpoints.seq <= seq
                )
            )
            connection.execute(insert(Checkpoint), [{"document_id": document, "seq": seq, "state": state}])

        with _named_failure():
            await self._database.write(write)


def _lock(document: DocumentId, known: int) -> "partial[Missed]":
    return partial(log_rows.missed, document=document, known=known, lock=True)


class _named_failure:  # noqa: N801 - used as a statement, like contextlib.suppress.
    """Turn a failure of the store into the error that callers know."""

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, SQLAlchemyError | sqlite3.Error | OSError):
            raise Unavailable from error
