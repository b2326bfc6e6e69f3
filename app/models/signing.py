"""Tentative agreements, signatures, the final text, and the keys that it is signed with."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Initial(Base):
    """A lead's initials under an article at one content hash, or (`reopen`) the wish to open it again."""

    __tablename__ = "initials"

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    """`initial` or `reopen`; rows are removed when they have done their work, the ledger keeps the act."""
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    content_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)


class Signature(Base):
    """A party's signature under the whole text at one content hash."""

    __tablename__ = "signatures"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    content_hash: Mapped[str]
    name: Mapped[str]
    statement: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)


class FinalText(Base):
    """The signed, frozen, canonical bytes. Written once."""

    __tablename__ = "final_texts"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    content_hash: Mapped[str]
    canonical: Mapped[bytes]
    """The RFC 8785 form that was signed."""
    jws: Mapped[str]
    """Compact JWS over it, Ed25519, `kid` in its header."""
    at: Mapped[datetime] = mapped_column(default=now)


class SigningKey(Base):
    """An Ed25519 key. The private half is sealed with the service's secret; the public one stays published."""

    __tablename__ = "signing_keys"

    kid: Mapped[str] = mapped_column(primary_key=True)
    public_jwk: Mapped[dict[str, Any]]
    sealed_private: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]
