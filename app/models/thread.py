"""Threads: what is said about the text and about suggestions, beside the text and never in it.

A thread is the table's (`party_key` is null), and then its words stand in the ledger too; or it is one party's own,
and then it stands here alone: no other party, no ledger and no count ever tells of it (promise P4).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Thread(Base):
    """A conversation; `place` says about what: `{suggestion}`, `{draft}` or `{article, from?, to?, quote?}`."""

    __tablename__ = "threads"
    __table_args__ = (Index("ix_threads_agreement_id_party_key", "agreement_id", "party_key"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"))
    party_key: Mapped[str | None]
    """The one party that may know of it; null where it is the table's."""
    article_id: Mapped[str | None]
    suggestion_id: Mapped[str | None]
    draft_id: Mapped[str | None]
    place: Mapped[dict[str, Any]]
    opened_by: Mapped[str] = mapped_column(ForeignKey("members.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None] = mapped_column(ForeignKey("members.id"))


class Post(Base):
    """What somebody said in a thread. A member is mentioned by `@` and its id."""

    __tablename__ = "posts"
    __table_args__ = (Index("ix_posts_thread_id_number", "thread_id", "number", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey("threads.id"))
    number: Mapped[int]
    """Its place in the thread, from 1."""
    author_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
