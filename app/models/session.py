"""Sessions: dated meetings of the parties, who was there, when each side caucused, and the minutes of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Session(Base):
    """A meeting; `status` is convened, open or closed. Closing names the next date, or who refused one and why."""

    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    number: Mapped[int]
    status: Mapped[str] = mapped_column(default="convened")
    starts_at: Mapped[datetime]
    place: Mapped[str | None]
    agenda: Mapped[str | None]
    convened_by: Mapped[str] = mapped_column(ForeignKey("members.id"))
    convened_at: Mapped[datetime] = mapped_column(default=now)
    """When it was convened, or last moved."""
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    next_starts_at: Mapped[datetime | None]
    refusal: Mapped[str | None]
    refused_by: Mapped[str | None]
    """The key of the party that would not name a date."""


class Attendance(Base):
    """Who of one side was there, as its own lead or drafter wrote it down: `[{member_id|null, name}]`."""

    __tablename__ = "session_attendance"

    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[list[Any]]
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class CaucusTime(Base):
    """When a side left the table to caucus, and when it came back: the times alone, on the table's record."""

    __tablename__ = "session_caucuses"

    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    party_key: Mapped[str]
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    out_at: Mapped[datetime]
    in_at: Mapped[datetime | None]


class Minutes(Base):
    """One draft of a session's joint minutes; a newer one voids the initials under those before it."""

    __tablename__ = "session_minutes"

    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[str]
    content_hash: Mapped[str]
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class MinutesInitial(Base):
    """A signatory's lead initials one draft of the minutes. Never deleted."""

    __tablename__ = "session_minutes_initials"
    __table_args__ = (
        ForeignKeyConstraint(["session_id", "version"], ["session_minutes.session_id", "session_minutes.version"]),
    )

    session_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class CalendarFeed(Base):
    """One member's calendar feed; its token is stored as a SHA-256 and opens nothing else."""

    __tablename__ = "calendar_feeds"

    id: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]
