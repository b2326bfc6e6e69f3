"""An agreement, the parties to it, the people in them and the articles it is made of."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Agreement(Base):
    """The text that the parties write; `status` is preparing, bargaining or signed."""

    __tablename__ = "agreements"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    status: Mapped[str] = mapped_column(default="preparing")
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))


class Party(Base):
    """A side at the table, signatory or not. Its key never changes: marks and ledger name it."""

    __tablename__ = "parties"
    __table_args__ = (UniqueConstraint("agreement_id", "key"), UniqueConstraint("agreement_id", "position"))

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    position: Mapped[int]
    key: Mapped[str]
    name: Mapped[str]
    signatory: Mapped[bool]


class Member(Base):
    """An account in a party of one agreement, with a role: lead, drafter or observer.

    A row is a seat taken: whoever is removed or moves keeps the old row under what it did, with `removed_at` set, and
    sits in a new one from then on.
    """

    __tablename__ = "members"
    __table_args__ = (
        Index(
            "uq_members_agreement_id_account_id_seated",
            "agreement_id",
            "account_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    party_key: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Invitation(Base):
    """A single-use way into a party; the token is stored as a SHA-256."""

    __tablename__ = "invitations"

    id: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    party_key: Mapped[str]
    role: Mapped[str]
    email: Mapped[str | None]
    invited_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    inviting_party: Mapped[str]
    """The key of the inviter's own party: who may let whom in changes once bargaining begins."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))


class Article(Base):
    """A top-level unit of an agreement; its text is one `Y.Text` of the table."""

    __tablename__ = "articles"

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    standing: Mapped[str] = mapped_column(default="status_quo")
    """Kept: status_quo (never changed), open (enacted into, or reopened), tentative (a TA)."""
    state: Mapped[str] = mapped_column(default="agreed", server_default="agreed")
    """agreed (part of the agreement), proposed, struck, or dropped (proposed, and rejected or taken back)."""


class Confirmation(Base):
    """A signatory's lead agrees to the starting text at one content hash."""

    __tablename__ = "confirmations"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    content_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
