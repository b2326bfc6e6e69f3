"""A mediator's work: who let one in, what was noted in confidence, what was proposed and privately answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class MediatorConsent(Base):
    """A signatory's lead agrees that the person an invitation calls may mediate."""

    __tablename__ = "mediator_consents"

    invitation_id: Mapped[str] = mapped_column(ForeignKey("invitations.id"), primary_key=True)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class SealedNote(Base):
    """A note between the mediators and one party; no other party can tell that it exists."""

    __tablename__ = "sealed_notes"

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    party_key: Mapped[str]
    """The party it is shared with, whoever wrote it."""
    author_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)


class MediationProposal(Base):
    """What a mediator puts to every signatory at once; `status` is open, agreed, ended or withdrawn.

    Answers change nothing here until the last yes: what anybody else can read of it is the same under any of them.
    """

    __tablename__ = "mediation_proposals"

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    title: Mapped[str]
    terms: Mapped[str]
    changes: Mapped[list[Any]]
    """`[{article, before, after}]`, as they come to the table once all have said yes."""
    status: Mapped[str] = mapped_column(default="open")
    created_at: Mapped[datetime] = mapped_column(default=now)
    closes_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    """When its signatories were told, all alike, that it closes soon."""
    tabled: Mapped[list[Any]] = mapped_column(default=list)
    """After agreement: `[{article, suggestion}` or `{article, code}…]`, a row a change."""
    tabled_at: Mapped[datetime | None]
    """Null while the changes of an agreed proposal have still to come to the table."""


class MediationAnswer(Base):
    """A signatory's answer to a mediator's proposal, known to that party alone."""

    __tablename__ = "mediation_answers"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("mediation_proposals.id"), primary_key=True)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    answer: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
