"""Accounts, found by id or by folded email."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AccountId
from app.models import Account


class AccountRepository:
    """Reads and adds accounts; an email belongs to one account, however its letters are cased."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, account: AccountId) -> Account | None:
        return await self._session.get(Account, account)

    async def by_email(self, folded_email: str) -> Account | None:
        found = await self._session.scalars(select(Account).where(Account.email == folded_email))
        return found.one_or_none()

    async def any_exists(self) -> bool:
        return bool(
            await self._session.scalar(select(func.count()).select_from(select(Account.id).limit(1).subquery()))
        )

    async def add(self, account: Account) -> None:
        """Stage an account; raises the database's `IntegrityError` where its email is taken."""
        self._session.add(account)
        await self._session.flush()
