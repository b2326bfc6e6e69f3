"""What a party brings from its caucus to the table, and how long it keeps the caucus itself."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Tabling(Base):
    """One act by which drafts came to the table. Which drafts they were, only the caucus knows."""

    __tablename__ = "tablings"

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    party_key: Mapped[str]
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(default=now)


class CaucusRetention(Base):
    """What a party decided about keeping its caucus; a party that decided nothing has no row, and keeps it."""

    __tablename__ = "caucus_retentions"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    keep: Mapped[str]
    until: Mapped[datetime | None]
    legal_hold: Mapped[bool]
    changed_by: Mapped[str] = mapped_column(ForeignKey("members.id"))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    destroyed_at: Mapped[datetime | None]
    destroyed_seq: Mapped[int] = mapped_column(default=0)
    """The number that the destroyed log had reached: a log that begins anew begins beyond it."""
