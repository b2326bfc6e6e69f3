"""Answers already given: one row claims a key while its request is at work, and then keeps the answer."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import IdempotentAnswer


class IdempotencyRepository:
    """Claims keys; the primary key decides between two who claim at once."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, owner: str, key: str) -> IdempotentAnswer | None:
        return await self._session.get(IdempotentAnswer, (owner, key), populate_existing=True)

    async def claim(self, claim: IdempotentAnswer) -> None:
        """Stage a claim; raises the database's `IntegrityError` where the key is taken."""
        self._session.add(claim)
        await self._session.flush()

    async def keep(self, owner: str, key: str, status: int, body: str) -> None:
        await self._session.execute(
            update(IdempotentAnswer)
            .where(IdempotentAnswer.owner == owner, IdempotentAnswer.key == key)
            .values(status=status, body=body)
        )

    async def release(self, owner: str, key: str) -> None:
        """Give a key up, for its request changed nothing."""
        await self._session.execute(
            delete(IdempotentAnswer).where(IdempotentAnswer.owner == owner, IdempotentAnswer.key == key)
        )

    async def forget_older(self, owner: str, than: datetime) -> None:
        await self._session.execute(
            delete(IdempotentAnswer).where(IdempotentAnswer.owner == owner, IdempotentAnswer.created_at < than)
        )
