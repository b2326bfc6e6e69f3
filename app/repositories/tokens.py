"""API tokens, found by their secret's hash while they live, and listed to their owner alone."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Row, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AccountId
from app.models import Account, Token


class TokenRepository:
    """Adds, finds, lists and revokes tokens."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, token: Token) -> None:
        self._session.add(token)
        await self._session.flush()

    async def find(self, secret_hash: str, at: datetime) -> Row[Token, Account] | None:
        """Find a live token and its owner."""
        found = await self._session.execute(
            select(Token, Account)
            .join(Account, Token.account_id == Account.id)
            .where(
                Token.secret_hash == secret_hash,
                Token.revoked_at.is_(None),
                or_(Token.expires_at.is_(None), Token.expires_at > at),
            )
        )
        return found.one_or_none()

    async def live_among(self, secret_hashes: Collection[str], at: datetime) -> set[str]:
        """Tell which of these are live tokens."""
        found = await self._session.scalars(
            select(Token.secret_hash).where(
                Token.secret_hash.in_(secret_hashes),
                Token.revoked_at.is_(None),
                or_(Token.expires_at.is_(None), Token.expires_at > at),
            )
        )
        return set(found)

    async def of_account(self, account: AccountId, after: str | None, limit: int) -> list[Token]:
        """List an account's tokens that were not revoked, by id."""
        query = select(Token).where(Token.account_id == account, Token.revoked_at.is_(None))
        if after is not None:
            query = query.where(Token.id > after)
        return list(await self._session.scalars(query.order_by(Token.id).limit(limit)))

    async def revoke(self, account: AccountId, token: str, at: datetime) -> bool:
        """Revoke an account's own token; tell whether there was one to revoke."""
        revoked = await self._session.execute(
            update(Token)
            .where(Token.id == token, Token.account_id == account, Token.revoked_at.is_(None))
            .values(revoked_at=at)
            .returning(Token.id)
        )
        return revoked.one_or_none() is not None
