"""The ledger: every act, chained by hash, append-only."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class LedgerHead(Base):
    """One row an agreement, locked by whoever appends; `seq` 0 and an empty hash before the first entry."""

    __tablename__ = "ledger_heads"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(default="")


class Entry(Base):
    """One act. `hash` is the SHA-256 of the RFC 8785 form of the entry without it."""

    __tablename__ = "ledger_entries"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    """RFC 3339 text, stored as hashed."""
    kind: Mapped[str]
    party: Mapped[str | None]
    member: Mapped[dict[str, Any] | None]
    """`{id, name}` as they were at the time."""
    payload: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]
    recorded_at: Mapped[datetime]
