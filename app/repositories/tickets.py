"""Tickets: one row is one pass, and taking the row out is spending it."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Ticket


class TicketRepository:
    """Adds tickets and spends them; two that spend one ticket at once cannot both succeed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, ticket: Ticket) -> None:
        self._session.add(ticket)
        await self._session.flush()

    async def spend(self, secret_hash: str) -> Ticket | None:
        """Take a ticket out, spent or expired; who calls judges its time."""
        spent = await self._session.scalars(delete(Ticket).where(Ticket.secret_hash == secret_hash).returning(Ticket))
        return spent.one_or_none()

    async def forget_expired(self, at: datetime) -> None:
        await self._session.execute(delete(Ticket).where(Ticket.expires_at <= at))
