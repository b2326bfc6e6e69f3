"""The service's signing keys. A retired one signs no more, but its public half stays published for ever."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import SigningKey, now


class KeyRepository:
    """Adds, finds and retires signing keys."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, key: SigningKey) -> None:
        self._session.add(key)
        await self._session.flush()

    async def active(self) -> SigningKey | None:
        """Find the key that signs now: the newest that is not retired."""
        found = await self._session.scalars(
            select(SigningKey)
            .where(SigningKey.retired_at.is_(None))
            .order_by(SigningKey.created_at.desc(), SigningKey.kid)
            .limit(1)
        )
        return found.first()

    async def published(self) -> Sequence[SigningKey]:
        """List every key there ever was, oldest first."""
        return (await self._session.scalars(select(SigningKey).order_by(SigningKey.created_at, SigningKey.kid))).all()

    async def retire_all(self) -> None:
        await self._session.execute(update(SigningKey).where(SigningKey.retired_at.is_(None)).values(retired_at=now()))
