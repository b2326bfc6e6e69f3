"""Logins: live ones are found by their secret's hash, and ended ones never again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AccountId
from app.models import Account, Login


class LoginRepository:
    """Opens, finds and ends logins."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, login: Login) -> None:
        self._session.add(login)
        await self._session.flush()

    async def account_of(self, secret_hash: str, at: datetime) -> Account | None:
        """Find whose live login this is."""
        found = await self._session.scalars(
            select(Account)
            .join(Login, Login.account_id == Account.id)
            .where(Login.secret_hash == secret_hash, Login.revoked_at.is_(None), Login.expires_at > at)
        )
        return found.one_or_none()

    async def live_among(self, secret_hashes: Collection[str], at: datetime) -> set[str]:
        """Tell which of these are live logins."""
        found = await self._session.scalars(
            select(Login.secret_hash).where(
                Login.secret_hash.in_(secret_hashes), Login.revoked_at.is_(None), Login.expires_at > at
            )
        )
        return set(found)

    async def revoke(self, secret_hash: str, at: datetime) -> None:
        await self._session.execute(
            update(Login).where(Login.secret_hash == secret_hash, Login.revoked_at.is_(None)).values(revoked_at=at)
        )

    async def forget_expired(self, account: AccountId, at: datetime) -> None:
        """Drop an account's ended logins, so that the table holds about one row a device."""
        await self._session.execute(delete(Login).where(Login.account_id == account, Login.expires_at <= at))
