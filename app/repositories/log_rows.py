"""Reading a document's log: whole, or what was committed since a number."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from app.domain.ids import AgreementId, DocumentId, MemberId, agreement_of, party_of, table_of
from app.domain.log import NOBODY, Missed, Stored
from app.errors import NotFound
from app.models import CaucusRetention, Checkpoint, DocumentHead, Update, Writer
from app.repositories.registers import read_register

_heads, _updates, _writers, _checkpoints = (model.__table__.c for model in (DocumentHead, Update, Writer, Checkpoint))
_retentions = CaucusRetention.__table__.c
_HEAD = select(_heads.seq, _heads.table_seq, _heads.begins_at).where(_heads.id == bindparam("document"))
_NEWEST = (
    select(_checkpoints.seq, _checkpoints.state)
    .where(_checkpoints.document_id == bindparam("document"), _checkpoints.seq <= bindparam("head"))
    .where(_checkpoints.seq >= bindparam("begins"))
    .order_by(_checkpoints.seq.desc())
    .limit(1)
)
_TAIL = (
    select(_updates.payload, _updates.changes_register)
    .where(_updates.document_id == bindparam("document"), _updates.seq > bindparam("known"))
    .where(_updates.seq <= bindparam("head"))
    .order_by(_updates.seq)
)
_WRITERS = (
    select(_writers.client_id, _writers.member_id, _writers.seq)
    .where(_writers.document_id == bindparam("document"), _writers.seq > bindparam("known"))
    .where(_writers.seq <= bindparam("head"))
)
_DESTROYED = select(_retentions.destroyed_seq).where(
    _retentions.agreement_id == bindparam("agreement"), _retentions.party_key == bindparam("party")
)


def load(connection: Connection, document: DocumentId, upto: int | None = None) -> Stored:
    """Read a document as committed, or its text as it was at `upto`; raises `NotFound` for one never created."""
    head = _head(connection, document, lock=False)
    begins, seq = head.begins_at or 1, head.seq if upto is None else upto
    newest = connection.execute(_NEWEST, {"document": document, "head": seq, "begins": begins}).one_or_none()
    since = newest.seq if newest is not None else begins - 1
    return Stored(
        checkpoint=newest.state if newest is not None else None,
        tail=[row.payload for row in _tail(connection, document, since, seq)],
        seq=seq,
        register=read_register(connection, document),
        writers=_writers_between(connection, document, 0, head),
        checkpoint_seq=since,
        party=party_of(document),
        table_seq=head.table_seq or 0,
    )


def missed(connection: Connection, document: DocumentId, known: int, *, lock: bool = False) -> Missed:
    """Read what was committed after `known`; locking takes the document's place in the order.

    It is held until the transaction ends (SQLite has one writer anyway).
    """
    head = _head(connection, document, lock=lock)
    follows = head.table_seq or 0
    if head.seq == known:
        return Missed((), known, None, table_seq=follows)
    begun_anew = head.begins_at is not None and head.begins_at > known
    rows = _tail(connection, document, head.begins_at - 1 if begun_anew else known, head.seq)
    changed = begun_anew or any(row.changes_register for row in rows)
    return Missed(
        updates=[row.payload for row in rows],
        seq=head.seq,
        register=read_register(connection, document) if changed else None,
        writers=_writers_between(connection, document, known, head),
        table_seq=follows,
        begun_anew=begun_anew,
    )


def table_since(connection: Connection, caucus: DocumentId, known: int) -> Missed:
    """Read what a caucus's table committed after `known`; a register that it changed is read as the caucus's own."""
    table = table_of(agreement_of(caucus))
    head = _head(connection, table, lock=False)
    rows = _tail(connection, table, known, head.seq) if head.seq != known else ()
    changed = any(row.changes_register for row in rows)
    register = read_register(connection, caucus) if changed else None
    return Missed([row.payload for row in rows], head.seq, register, table_seq=head.seq)


def destroyed_seq(connection: Connection, agreement: AgreementId, party: str) -> int:
    """Tell the number that a destroyed log of the party's caucus had reached: a new one begins beyond it."""
    found = connection.execute(_DESTROYED, {"agreement": agreement, "party": party}).scalar_one_or_none()
    return found or 0


def _head(connection: Connection, document: DocumentId, *, lock: bool) -> Row[Any, Any, Any]:
    statement = _HEAD.with_for_update() if lock else _HEAD
    head = connection.execute(statement, {"document": document}).one_or_none()
    if head is None:
        raise NotFound
    return head


def _tail(connection: Connection, document: DocumentId, known: int, head: int) -> Sequence[Row[Any, Any]]:
    return connection.execute(_TAIL, {"document": document, "known": known, "head": head}).all()


def _writers_between(
    connection: Connection, document: DocumentId, known: int, head: Row[Any, Any, Any]
) -> dict[int, MemberId]:
    rows = connection.execute(_WRITERS, {"document": document, "known": known, "head": head.seq})
    begins = head.begins_at or 0
    return {row.client_id: MemberId(row.member_id) if row.seq >= begins else NOBODY for row in rows}
