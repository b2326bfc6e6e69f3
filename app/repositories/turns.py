"""One transaction on a document's log: what is staged in it, and the one function that writes it.

What a frame meant is written with it: at the table into suggestion records and the ledger, in a caucus into its party's
drafts alone.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.events import Fact
from app.domain.ids import AgreementId, DocumentId, MemberId, agreement_of, party_of
from app.domain.log import Missed, Register
from app.errors import Unavailable
from app.models import DocumentHead, Update, Writer, now
from app.repositories import drafts, facts, moments, quick_path

_heads = DocumentHead.__table__.c
_MOVE_HEAD = (
    update(DocumentHead)
    .where(_heads.id == bindparam("document"), _heads.seq == bindparam("known"))
    .values(seq=bindparam("head"))
)
_FOLLOW = _MOVE_HEAD.values(table_seq=bindparam("follows"))
_BEGIN_ANEW = _FOLLOW.values(begins_at=bindparam("begins"))
_APPEND, _BIND = insert(Update), insert(Writer)


@dataclass(slots=True)
class Frames:
    """A turn for frames; `missed` is what other workers committed before it."""

    document: DocumentId
    missed: Missed
    staged: list[bytes] = field(default_factory=list)
    register: Register | None = None
    table_seq: int | None = None
    """Of a caucus that follows its table in this turn: how far it then does."""
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _facts: list[Fact] = field(default_factory=list)
    _writer_rows: list[dict[str, Any]] = field(default_factory=list)
    _begins_at: int | None = None

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

    def follow(self, table_seq: int) -> None:
        """Note that with this turn the caucus follows its table up to that update."""
        self.table_seq = table_seq

    def begin_anew(self) -> None:
        """Note that the document begins with what is appended next: all before it is of the past."""
        self._begins_at = self.missed.seq + len(self._rows) + 1

    @property
    def changes_register(self) -> bool:
        return any(row["changes_register"] for row in self._rows)

    def write(self, connection: Connection) -> None:
        """Write what was staged. Raises `Unavailable` where another worker has moved the head since."""
        if not self._rows:
            return
        at = now()
        driver = quick_path.driver_of(connection)
        if driver is not None and self._is_plain(driver):
            self._write_quickly(driver, at)
            return
        self._write_rows(connection, at)
        self._record(connection, at)

    def _is_plain(self, driver: sqlite3.Connection) -> bool:
        plain = not self._writer_rows and self.table_seq is None
        return plain and quick_path.is_plain(driver, self.document, self._facts)

    def _write_quickly(self, driver: sqlite3.Connection, at: datetime) -> None:
        if not quick_path.move_head(driver, self.document, self.missed.seq, self.missed.seq + len(self._rows)):
            raise Unavailable("The document moved on elsewhere.")
        quick_path.append(driver, self._rows, at)
        quick_path.revise(driver, self.document, self._facts)

    def _record(self, connection: Connection, at: datetime) -> None:
        """Write down what was meant; a caucus has no part in what the agreement's record tells."""
        agreement, party = agreement_of(self.document), party_of(self.document)
        if party is not None:
            drafts.record(connection, agreement, party, self._facts, at)
            return
        told = facts.record(connection, agreement, self._facts, at) if self._facts else None
        before = self._ledger_before(agreement, told)
        if before is not None:
            # Links what was told with its text.
            moments.keep(connection, agreement, before, (self.missed.seq, self.missed.seq + len(self._rows)))

    def _ledger_before(self, _agreement: AgreementId, told: int | None) -> int | None:
        """Tell how far the ledger reached before this turn; None where the turn told it nothing."""
        return told

    def _write_rows(self, connection: Connection, at: datetime) -> None:
        known = self.missed.seq
        head = {"document": self.document, "known": known, "head": known + len(self._rows)}
        if self.table_seq is None:
            moved = connection.execute(_MOVE_HEAD, head)
        elif self._begins_at is None:
            moved = connection.execute(_FOLLOW, {**head, "follows": self.table_seq})
        else:
            moved = connection.execute(_BEGIN_ANEW, {**head, "follows": self.table_seq, "begins": self._begins_at})
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


@dataclass(slots=True)
class Tabling:
    """A decision on a caucus and its table in one transaction, which is `session`'s."""

    caucus: Decision
    table: Decision
    behind: Missed
    """What the table committed that the caucus does not follow yet."""

    @property
    def session(self) -> AsyncSession:
        return self.table.session
