"""What was told to the public, and a member's move between parties while it waits for the other side's yes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Publication(Base):
    """A notice to the public; `kind` is initial_proposals or new_subjects, `articles` the ids it speaks of."""

    __tablename__ = "publications"

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    kind: Mapped[str]
    articles: Mapped[list[Any]]
    content: Mapped[str]
    party_key: Mapped[str]
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class Move(Base):
    """A member's move to another party, proposed by a lead of one and confirmed by a lead of the other."""

    __tablename__ = "member_moves"

    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"), primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    party_key: Mapped[str]
    """The party to move to."""
    role: Mapped[str]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("members.id"))
    proposing_party: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
