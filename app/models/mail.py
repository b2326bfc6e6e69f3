"""The one queue of outgoing mail, and which addresses take none."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Letter(Base):
    """One mail to be sent, to an address or to a member; `status` is waiting, sending, sent, dropped or dead.

    A member's letter has no text yet: it is written from the notices that name it, just before it goes.
    """

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_status_due_at", "status", "due_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    """`invitation` or `notices`."""
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id"), index=True)
    party_key: Mapped[str | None]
    """The party the member was in when it was queued: in another, it is not sent."""
    address: Mapped[str | None]
    subject: Mapped[str | None]
    text: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    claimed_by: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    problem: Mapped[str | None]
    """What the last attempt met, without any address."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]


class RefusedAddress(Base):
    """An address whose server said for good that it takes no mail: nothing is sent there any more."""

    __tablename__ = "refused_addresses"

    address: Mapped[str] = mapped_column(primary_key=True)
    problem: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)


class PartyMail(Base):
    """Whether mail about a party's private matters may carry their text; its lead says so."""

    __tablename__ = "party_mail"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    carries_text: Mapped[bool] = mapped_column(default=False)
