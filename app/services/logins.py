"""Logging in and out, and telling who a secret belongs to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.db import Database
from app.domain.credentials import hash_secret, new_secret
from app.domain.ids import AccountId, AgreementId
from app.domain.scopes import Scope
from app.errors import Unauthenticated
from app.models import Account, Login, now
from app.repositories.accounts import AccountRepository
from app.repositories.logins import LoginRepository
from app.repositories.tickets import TicketRepository
from app.repositories.tokens import TokenRepository
from app.services.accounts import fold
from app.services.acting import Identity
from app.services.attempts import Attempts
from app.services.passwords import Passwords


@dataclass(frozen=True, slots=True)
class Opened:
    """A fresh login: whose it is, the secret for its cookie, and until when."""

    account: Account
    secret: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Checks passwords and opens logins."""

    database: Database
    passwords: Passwords
    attempts: Attempts
    days: int

    async def open(self, email: str, password: str, address: str) -> Opened:
        """Log in; an unknown email takes as long to refuse as a wrong password, and is refused in the same words."""
        folded = fold(email)
        self.attempts.check(folded, address)
        async with self.database.reading() as session:
            account = await AccountRepository(session).by_email(folded)
        if not await self.passwords.verify(account.password_hash if account else None, password) or account is None:
            self.attempts.failed(folded, address)
            raise Unauthenticated("That email and password do not belong together.")
        self.attempts.succeeded(folded, address)
        return await self.open_for(account)

    async def open_for(self, account: Account) -> Opened:
        secret, at = new_secret("ply_log"), now()
        expires_at = at + timedelta(days=self.days)
        async with self.database.transaction() as session:
            logins = LoginRepository(session)
            await logins.forget_expired(AccountId(account.id), at)
            await logins.add(Login(secret_hash=hash_secret(secret), account_id=account.id, expires_at=expires_at))
        return Opened(account, secret, expires_at)


async def close(database: Database, identity: Identity) -> None:
    """End the login that an identity came by."""
    async with database.transaction() as session:
        await LoginRepository(session).revoke(identity.secret_hash, now())


async def by_login(session: AsyncSession, secret: str) -> Identity:
    """Tell whose live login a cookie's secret is; raises `Unauthenticated`."""
    secret_hash = hash_secret(secret)
    account = await LoginRepository(session).account_of(secret_hash, now())
    if account is None:
        raise Unauthenticated
    return Identity(account, "login", secret_hash=secret_hash)


async def by_token(session: AsyncSession, secret: str) -> Identity:
    """Tell whose live token this is; raises `Unauthenticated`."""
    found = await TokenRepository(session).find(hash_secret(secret), now())
    if found is None:
        raise Unauthenticated("That token is unknown, has ended or was revoked.")
    token, account = found
    return Identity(account, "token", _scopes(token.scopes), _bound(token.agreement_id), token.secret_hash)


async def by_ticket(session: AsyncSession, secret: str) -> Identity:
    """Spend a ticket and tell whose it was; raises `Unauthenticated` for one that is spent or too old."""
    ticket = await TicketRepository(session).spend(hash_secret(secret))
    account = await AccountRepository(session).get(AccountId(ticket.account_id)) if ticket is not None else None
    if ticket is None or account is None or ticket.expires_at <= now():
        raise Unauthenticated("That ticket was used or has run out; ask for another.")
    return Identity(account, "ticket", _scopes(ticket.scopes), _bound(ticket.agreement_id), ticket.got_with)


async def ended_among(session: AsyncSession, secret_hashes: Collection[str]) -> set[str]:
    """Tell which of these logins and tokens have ended, or never were."""
    at = now()
    logins = await LoginRepository(session).live_among(secret_hashes, at)
    return set(secret_hashes) - logins - await TokenRepository(session).live_among(secret_hashes, at)


def _scopes(stored: list[str] | None) -> frozenset[Scope] | None:
    return frozenset(Scope(name) for name in stored) if stored is not None else None


def _bound(stored: str | None) -> AgreementId | None:
    return AgreementId(stored) if stored is not None else None
