"""Ground rules: the versions that leads proposed, and who signed which."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class RulesVersion(Base):
    """One version; `status` is proposed, in_force, superseded (it was in force) or replaced (it never was)."""

    __tablename__ = "ground_rules"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str]
    settings: Mapped[dict[str, Any]]
    further: Mapped[str]
    """Further rules in the parties' own words, as Markdown."""
    reason: Mapped[str | None]
    content_hash: Mapped[str]
    party_key: Mapped[str]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("members.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    adopted_at: Mapped[datetime | None]


class RulesSignature(Base):
    """A signatory's lead signs a version at its content hash. Never deleted."""

    __tablename__ = "ground_rules_signatures"
    __table_args__ = (
        ForeignKeyConstraint(["agreement_id", "version"], ["ground_rules.agreement_id", "ground_rules.version"]),
    )

    agreement_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    content_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
