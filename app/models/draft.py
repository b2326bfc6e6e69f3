"""Draft records: who drafted what in a party's caucus, and what became of it.

Private to the party, in a table of their own: nothing that reads suggestions or the ledger meets a draft by accident.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class Draft(Base):
    """What one author of a party drafts in its caucus; `status` is pending, tabled or withdrawn.

    What it says stands in the caucus's text alone; of one that is gone nothing is kept but that it was there.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_agreement_id_party_key_status", "agreement_id", "party_key", "status"),)

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    party_key: Mapped[str] = mapped_column(primary_key=True)
    """In the key: two parties may give their drafts one id, and neither may learn of it."""
    id: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    status: Mapped[str] = mapped_column(default="pending")
    version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    resolved_at: Mapped[datetime | None]
    tabling_id: Mapped[str | None]
    """The act that brought it to the table."""
