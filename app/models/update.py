"""The durable order of a live document: its head, its updates, its checkpoints."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now


class DocumentHead(Base):
    """One row a document; a turn locks it, and `seq` is the newest update's number."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreements.id"), index=True)
    seq: Mapped[int] = mapped_column(default=0)
    table_seq: Mapped[int | None]
    """Of a caucus: the number of the table's update up to which it follows its table."""
    begins_at: Mapped[int | None]
    """Of a caucus that had to be forked from its table anew: the update it begins with; older ones are of the past."""


class Update(Base):
    """CRDT bytes at their place in the order. Never changed, never deleted."""

    __tablename__ = "updates"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    payload: Mapped[bytes]
    changes_register: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=now)


class Writer(Base):
    """The member that writes under a Yjs client id in a document, and the update that first used it.

    Two members writing under one client id would fork its clock, and their replicas would never agree again.
    """

    __tablename__ = "writers"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    client_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    seq: Mapped[int]


class Checkpoint(Base):
    """The whole state of a document at `seq`, so that opening need not read every update."""

    __tablename__ = "checkpoints"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[bytes]
    at: Mapped[datetime] = mapped_column(default=now)
