"""Packages: suggestions that stand or fall together, and the answers to them.

Invariant: as long as a package is pending, every one of its parts is pending too.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Package(Base):
    """An offer of one party; `status` is pending, accepted, rejected, withdrawn or expired."""

    __tablename__ = "packages"
    __table_args__ = (
        Index("ix_packages_agreement_id_status", "agreement_id", "status"),
        Index("ix_packages_status_expires_at", "status", "expires_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"))
    party_key: Mapped[str]
    author_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    title: Mapped[str]
    reason: Mapped[str | None]
    condition: Mapped[str | None]
    """What has to hold for the offer to stand, in words."""
    expires_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(default="pending")
    version: Mapped[int | None]
    """Once resolved, as is `content_hash`; before, both follow from the parts as they stand."""
    content_hash: Mapped[str | None]
    ending_reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    resolved_at: Mapped[datetime | None]


class PackagePart(Base):
    """A suggestion in a package, with the version it had when the package was offered."""

    __tablename__ = "package_parts"
    __table_args__ = (
        ForeignKeyConstraint(["agreement_id", "suggestion_id"], ["suggestions.agreement_id", "suggestions.id"]),
        Index("ix_package_parts_agreement_id_suggestion_id", "agreement_id", "suggestion_id"),
    )

    package_id: Mapped[str] = mapped_column(ForeignKey("packages.id"), primary_key=True)
    suggestion_id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str]
    position: Mapped[int]
    offered_version: Mapped[int]


class PackageResponse(Base):
    """One answer to one package, with the content hash that the member saw. Never deleted."""

    __tablename__ = "package_responses"

    id: Mapped[str] = mapped_column(primary_key=True)
    package_id: Mapped[str] = mapped_column(ForeignKey("packages.id"), index=True)
    party_key: Mapped[str]
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str]
    version: Mapped[int]
    content_hash: Mapped[str]
    """An acceptance counts as long as this is the package's."""
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(default=now)
