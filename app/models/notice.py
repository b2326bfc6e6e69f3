"""What members are told: one row a member and happening, and how far each agreement's record has been told from."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Notice(Base):
    """One thing that one member is told. `origin` names what it was made from: a member is told of it once."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("member_id", "origin"),
        Index("ix_notices_member_id_at", "member_id", "at"),
        Index("ix_notices_mail_due_member_id", "mail_due", "member_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str]
    subject: Mapped[dict[str, Any]]
    private_to: Mapped[str | None]
    """The key of the one party that may know of it; null where it was made from the ledger."""
    origin: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    gathers: Mapped[str | None]
    """What more of the same is added to this notice under, as long as nobody has read or mailed it."""
    mail_due: Mapped[bool] = mapped_column(default=True)
    """Whether nobody has yet decided if and when a mail tells of it."""
    letter_id: Mapped[str | None] = mapped_column(ForeignKey("letters.id"), index=True)
    """The mail that tells of it, if one does."""


class NoticeCursor(Base):
    """How far an agreement's ledger has been told from; locked by whoever tells on."""

    __tablename__ = "notice_cursors"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)


class NoticePreference(Base):
    """How a member wants to be told; whoever has no row wants what `domain.telling.Preference()` says."""

    __tablename__ = "notice_preferences"

    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"), primary_key=True)
    mail: Mapped[str]
    daily_hour: Mapped[int]
    quiet_from: Mapped[int | None]
    """Hours of the local day, 0 to 23; both or neither."""
    quiet_until: Mapped[int | None]
    time_zone: Mapped[str]
    language: Mapped[str]
    muted: Mapped[list[Any]]
