"""Moments: which updates of the table were committed with which entries of the ledger."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Moment(Base):
    """One transaction that told the ledger something and took its turn at the table. Written once, with it.

    Entries after `ledger_before` up to `ledger_seq` stand with the updates after `table_before` up to `table_seq`.
    """

    __tablename__ = "moments"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    ledger_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ledger_before: Mapped[int]
    table_seq: Mapped[int]
    table_before: Mapped[int]
