"""API tokens and socket tickets: secrets that a person hands to a program."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.db import Database
from app.domain.credentials import hash_secret, new_secret
from app.domain.ids import AgreementId, new_id
from app.domain.scopes import Scope, reach
from app.errors import InvalidContent, MissingScope, NotFound
from app.models import Ticket, Token, now
from app.repositories.tickets import TicketRepository
from app.repositories.tokens import TokenRepository
from app.services.acting import Identity, acting_in

TICKET_SECONDS = 60


@dataclass(frozen=True, slots=True)
class TokenWish:
    """What a token is to be for."""

    name: str
    scopes: Sequence[Scope]
    agreement_id: AgreementId | None
    expires_at: datetime | None


async def mint(database: Database, identity: Identity, wish: TokenWish) -> tuple[Token, str]:
    """Make a token and return it with its secret, which nobody can read again."""
    if identity.scopes is not None:
        # A token that could mint tokens would outlive its own revocation.
        raise MissingScope("Tokens are made from a login, not with another token.")
    if wish.expires_at is not None and wish.expires_at <= now():
        raise InvalidContent("expires_at lies in the past.")
    secret = new_secret("ply_tok")
    token = Token(
        id=new_id("tok"),
        secret_hash=hash_secret(secret),
        account_id=identity.account.id,
        agreement_id=wish.agreement_id,
        name=wish.name,
        scopes=sorted({Scope(scope).value for scope in wish.scopes}),
        created_at=now(),
        expires_at=wish.expires_at,
    )
    async with database.transaction() as session:
        if wish.agreement_id is not None:
            await acting_in(session, identity, wish.agreement_id, Scope.AGREEMENT_READ)
        await TokenRepository(session).add(token)
    return token, secret


async def listed(database: Database, identity: Identity, after: str | None, limit: int) -> list[Token]:
    """List the caller's tokens, without their secrets."""
    async with database.reading() as session:
        return await TokenRepository(session).of_account(identity.account_id, after, limit)


async def revoke(database: Database, identity: Identity, token: str) -> None:
    """Revoke one of the caller's tokens; from now on it opens nothing."""
    async with database.transaction() as session:
        if not await TokenRepository(session).revoke(identity.account_id, token, now()):
            raise NotFound


async def ticket(database: Database, identity: Identity) -> str:
    """Make a ticket that reaches as far as the caller does, once, within a minute."""
    if identity.scopes is not None and Scope.AGREEMENT_READ not in reach(identity.scopes):
        raise MissingScope(scope=Scope.AGREEMENT_READ.value)
    secret, at = new_secret("ply_tik"), now()
    async with database.transaction() as session:
        tickets = TicketRepository(session)
        await tickets.forget_expired(at)
        await tickets.add(
            Ticket(
                secret_hash=hash_secret(secret),
                account_id=identity.account.id,
                agreement_id=identity.agreement_id,
                scopes=sorted(identity.scopes) if identity.scopes is not None else None,
                got_with=identity.secret_hash,
                expires_at=at + timedelta(seconds=TICKET_SECONDS),
            )
        )
    return secret
