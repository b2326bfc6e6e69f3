"""People who can log in, and the ways in which they prove it. No secret is stored as it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Account(Base):
    """A person. `email` is kept folded to lower case."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Login(Base):
    """A revocable login; the cookie holds the secret whose SHA-256 is the key."""

    __tablename__ = "logins"

    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Token(Base):
    """An API token with scopes, perhaps bound to one agreement; stored as a SHA-256."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    agreement_id: Mapped[str | None] = mapped_column(ForeignKey("agreements.id"))
    name: Mapped[str]
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Ticket(Base):
    """A single-use pass for one socket; spent by deleting its row. It reaches no further than what it was got with."""

    __tablename__ = "tickets"

    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    agreement_id: Mapped[str | None] = mapped_column(ForeignKey("agreements.id"))
    scopes: Mapped[list[Any] | None]
    """A token's scopes; null for a login, which has no such bounds."""
    got_with: Mapped[str]
    """The hash of the login's or token's secret: what the ticket opens ends when that does."""
    expires_at: Mapped[datetime]


class IdempotentAnswer(Base):
    """The answer already given to an `Idempotency-Key`, so that a retry gets it again."""

    __tablename__ = "idempotent_answers"

    owner: Mapped[str] = mapped_column(primary_key=True)
    """The account's id; `anyone` where no account was needed, as for opening one."""
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    status: Mapped[int | None]
    """Null while the first request is still at work."""
    body: Mapped[str | None]
    """The answer, sealed with the service's secret: it may show a token that is shown once."""
    created_at: Mapped[datetime] = mapped_column(default=now)
