"""Suggestion records: who opened one, how it was answered, what became of it.

The marks in the text hold only ids; a pending suggestion's content is read from
the live table, a resolved one's is kept here as it last stood.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Suggestion(Base):
    """A proposal by one author of one party; `status` is pending, accepted, rejected or withdrawn."""

    __tablename__ = "suggestions"
    __table_args__ = (
        Index("ix_suggestions_agreement_id_status", "agreement_id", "status"),
        Index("ix_suggestions_agreement_id_counters", "agreement_id", "counters"),
        Index("ix_suggestions_agreement_id_split_from", "agreement_id", "split_from"),
    )

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"))
    party_key: Mapped[str]
    author_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    status: Mapped[str] = mapped_column(default="pending")
    version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str | None]
    amends: Mapped[str | None]
    content: Mapped[dict[str, Any] | None]
    """Once resolved: `{kind, content_hash, before, after, changes}` as it last stood."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    resolved_at: Mapped[datetime | None]
    tabling_id: Mapped[str | None]
    tabled_by: Mapped[str | None]
    """The member that brought it from its party's caucus; none where it was written at the table."""
    counters: Mapped[str | None]
    """The other party's suggestion in whose place it would stand."""
    split_from: Mapped[str | None]
    """The suggestion that it was a part of until that part was accepted."""
    structure: Mapped[dict[str, Any] | None]
    """What it would do to an article as a whole: `{op, title?, after?}`; a suggestion of text has none."""
    taken_back: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a member withdrew it in so many words, rather than by deleting it or by what overtook it."""


class Response(Base):
    """One answer to one suggestion, with the content hash that the member saw. Never deleted."""

    __tablename__ = "responses"
    __table_args__ = (
        ForeignKeyConstraint(["agreement_id", "suggestion_id"], ["suggestions.agreement_id", "suggestions.id"]),
        Index("ix_responses_agreement_id_suggestion_id", "agreement_id", "suggestion_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str]
    suggestion_id: Mapped[str]
    party_key: Mapped[str]
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str]
    version: Mapped[int]
    """The suggestion's version when it was answered; an acceptance of an older version is void."""
    content_hash: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(default=now)
    amendment_id: Mapped[str | None]
    amendment_hash: Mapped[str | None]
    """With `accept_as_amended`: its party's pending amendment, and what that said."""
