"""Registering people, in the way the operator chose."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy.exc import IntegrityError

from app.db import Database
from app.domain.credentials import hash_secret
from app.domain.ids import AccountId, new_id
from app.errors import AlreadyExists, RegistrationClosed
from app.models import Account, Invitation, now
from app.repositories.accounts import AccountRepository
from app.repositories.invitations import InvitationRepository
from app.repositories.members import MemberRepository, Membership
from app.services.passwords import Passwords


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who wants an account; `invitation` is the token of an open invitation, where one is needed."""

    name: str
    email: str
    password: str
    invitation: str | None = None


@dataclass(frozen=True, slots=True)
class Registrar:
    """Opens accounts. The first of an empty database is always welcome: somebody has to begin."""

    database: Database
    passwords: Passwords
    registration: Literal["open", "invited"]

    async def register(self, applicant: Applicant) -> Account:
        """Open an account; raises `RegistrationClosed` and `AlreadyExists`."""
        first = await self._judge(applicant)
        account = Account(
            id=new_id("acc"),
            name=applicant.name,
            email=fold(applicant.email),
            password_hash=await self.passwords.hash(applicant.password),
        )
        try:
            async with self.database.transaction() as session:
                accounts = AccountRepository(session)
                if first and await accounts.any_exists():
                    # Two were first at once; one of them was not.
                    raise RegistrationClosed
                await accounts.add(account)
        except IntegrityError as taken:
            raise AlreadyExists("There is an account with this email already; log in instead.") from taken
        return account

    async def _judge(self, applicant: Applicant) -> bool:
        """Refuse before the costly hash is made; tell whether only being the first lets the applicant in."""
        if self.registration == "open":
            return False
        async with self.database.reading() as session:
            if not await AccountRepository(session).any_exists():
                return True
            invitations = InvitationRepository(session)
            if await invitations.any_open_for(fold(applicant.email), now()):
                return False
            token = applicant.invitation
            invitation = await invitations.find(hash_secret(token)) if token else None
        if invitation is None or not _is_for(invitation, applicant):
            raise RegistrationClosed
        return False


async def memberships(database: Database, account: AccountId) -> list[Membership]:
    """List where an account is a member."""
    async with database.reading() as session:
        return await MemberRepository(session).memberships(account)


def fold(email: str) -> str:
    """Fold an email so that one person has one account however they type it."""
    return email.strip().casefold()


def _is_for(invitation: Invitation, applicant: Applicant) -> bool:
    is_open = invitation.accepted_at is None and invitation.revoked_at is None and invitation.expires_at > now()
    return is_open and (invitation.email is None or invitation.email == fold(applicant.email))
