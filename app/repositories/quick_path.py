"""Writing what typing means on SQLite, in as few steps as the database takes: no statement built, no row mapped.

Most batches say only that pending suggestions grew. They come with every keystroke, and the way of all other
facts costs several times what the database itself does. Whatever is not that plain goes that way.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.events import Fact, Revised
from app.domain.ids import DocumentId, agreement_of, party_of

_MOVE_HEAD = "UPDATE documents SET seq = ? WHERE id = ? AND seq = ?"
_APPEND = "INSERT INTO updates (document_id, seq, payload, changes_register, at) VALUES (?, ?, ?, ?, ?)"
_REVISE = "UPDATE suggestions SET version = version + 1 WHERE agreement_id = ? AND id = ? AND status = 'pending'"
_REVISE_DRAFT = (
    "UPDATE drafts SET version = version + 1 WHERE agreement_id = ? AND party_key = ? AND id = ? AND status = 'pending'"
)
_ACCEPTED = "SELECT 1 FROM responses WHERE agreement_id = ? AND suggestion_id = ? AND kind = 'accept' LIMIT 1"
_TIME = "%Y-%m-%d %H:%M:%S.%f"
"""How SQLAlchemy keeps a time on SQLite."""


def driver_of(connection: Connection) -> sqlite3.Connection | None:
    """Return the driver's own connection where it is SQLite's and synchronous."""
    driver = connection.connection.driver_connection
    return driver if isinstance(driver, sqlite3.Connection) else None


def is_plain(driver: sqlite3.Connection, document: DocumentId, facts: Sequence[Fact]) -> bool:
    """Whether facts say no more than that suggestions grew which nobody has accepted: the ledger is not told of it."""
    if party_of(document) is not None:
        # Nobody answers a draft.
        return all(type(fact) is Revised for fact in facts)
    agreement = agreement_of(document)
    return all(
        type(fact) is Revised and driver.execute(_ACCEPTED, (agreement, fact.suggestion)).fetchone() is None
        for fact in facts
    )


def move_head(driver: sqlite3.Connection, document: DocumentId, known: int, head: int) -> bool:
    """Move a document's head, if it is where it was known to be."""
    return driver.execute(_MOVE_HEAD, (head, document, known)).rowcount == 1


def append(driver: sqlite3.Connection, rows: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """Append updates to the log."""
    time = at.astimezone(UTC).strftime(_TIME)
    driver.executemany(
        _APPEND,
        [(row["document_id"], row["seq"], row["payload"], int(row["changes_register"]), time) for row in rows],
    )


def revise(driver: sqlite3.Connection, document: DocumentId, facts: Sequence[Fact]) -> None:
    """Count a new version of each suggestion, or draft, that grew, once."""
    agreement, party = agreement_of(document), party_of(document)
    for suggestion in dict.fromkeys(fact.suggestion for fact in facts):
        if party is None:
            driver.execute(_REVISE, (agreement, suggestion))
        else:
            driver.execute(_REVISE_DRAFT, (agreement, party, suggestion))
