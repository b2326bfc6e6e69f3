"""Letting people into a party, by a secret that works once.

While an agreement is prepared, a lead may invite into any party: somebody has to call the others to the table, and
each lead sees who sits where before confirming anything. From then on a party's seats are its own to give.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from app.config import Settings
from app.db import Database
from app.domain.agreements import Stage
from app.domain.credentials import hash_secret, new_secret
from app.domain.ids import AccountId, AgreementId, MemberId, PartyKey, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act, Role
from app.domain.scopes import Scope
from app.errors import AlreadyExists, Gone, InvalidContent, NotFound, NotPermitted
from app.models import Agreement, Invitation, Member, Party, now
from app.repositories.accounts import AccountRepository
from app.repositories.agreements import AgreementRepository
from app.repositories.invitations import InvitationRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.members import MemberRepository
from app.services import mediation
from app.services.accounts import fold
from app.services.acting import Acting, Identity
from app.services.mail import Mail


@dataclass(frozen=True, slots=True)
class Call:
    """Who is called to which seat; `email` None leaves it to whoever holds the token."""

    party: PartyKey
    role: Role
    email: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What an invitation offers, for the page that asks whether to join."""

    invitation: Invitation
    agreement: Agreement
    party: Party
    inviter: str


async def invite(
    database: Database, acting: Acting, call: Call, days: int, mail: Mail | None = None
) -> tuple[Invitation, str]:
    """Invite somebody, by `mail` to the email where both are given; returns the invitation and its token, shown once.

    Raises `NotLead`, `NotPermitted` and `InvalidContent`.
    """
    if not (acting.agreement.status == Stage.PREPARING and acting.agreement.created_by == acting.account.id):
        acting.require(Act.INVITE)
    secret, at = new_secret("ply_inv"), now()
    async with database.transaction() as session:
        agreements = AgreementRepository(session)
        agreement = await agreements.locked(acting.agreement_id)
        parties = {party.key: party for party in (await agreements.parties([acting.agreement_id]))[agreement.id]}
        if call.party not in parties:
            raise InvalidContent("There is no party of that key in this agreement.")
        if call.role is Role.MEDIATOR and parties[call.party].signatory:
            raise InvalidContent("A mediator sits in a party that does not sign.")
        if agreement.status != Stage.PREPARING and call.party != acting.party_key and parties[call.party].signatory:
            raise NotPermitted("Once bargaining has begun, only its own lead may invite into a signatory party.")
        invitation = Invitation(
            id=new_id("inv"),
            secret_hash=hash_secret(secret),
            agreement_id=agreement.id,
            party_key=call.party,
            role=call.role.value,
            email=fold(call.email) if call.email else None,
            invited_by=acting.account.id,
            inviting_party=acting.party_key,
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
        await InvitationRepository(session).add(invitation)
        if call.role is Role.MEDIATOR:
            await mediation.ask_for_consents(session, acting, invitation)
        if invitation.email is not None and mail is not None:
            await mail.post(session, invitation.email, *_letter(acting, address_of(secret, mail.settings)))
    return invitation, secret


def address_of(token: str, settings: Settings) -> str:
    """Tell where a token is taken to."""
    return f"{settings.public_url}/join/{token}"


def _letter(acting: Acting, url: str) -> tuple[str, str]:
    """Write the mail that goes with an invitation: its subject and its text."""
    text = (
        f"{acting.account.name} invites you to bargain “{acting.agreement.title}” together in Parley.\n\n"
        f"Open this page to see which seat it is and to take it; it works once:\n{url}\n"
    )
    return f"Invitation: {acting.agreement.title}", text


async def preview(database: Database, token: str) -> Preview:
    """Tell what an invitation offers; raises `NotFound`, and `Gone` for one that is spent, withdrawn or too old."""
    async with database.reading() as session:
        invitation = await InvitationRepository(session).find(hash_secret(token))
        if invitation is None:
            raise NotFound
        _require_open(invitation, now())
        agreements, agreement_id = AgreementRepository(session), AgreementId(invitation.agreement_id)
        agreement = await agreements.get(agreement_id)
        parties = (await agreements.parties([agreement_id]))[agreement_id]
        inviter = await AccountRepository(session).get(AccountId(invitation.invited_by))
    return Preview(
        invitation, agreement, _named(parties, invitation.party_key), inviter.name if inviter is not None else ""
    )


async def accept(database: Database, identity: Identity, token: str) -> Member:
    """Take the seat; raises `NotFound`, `Gone`, `NotPermitted` and `AlreadyExists`."""
    identity.require_account(Scope.AGREEMENT_WRITE)
    at = now()
    try:
        async with database.transaction() as session:
            invitations = InvitationRepository(session)
            invitation = await invitations.find(hash_secret(token))
            if invitation is None:
                raise NotFound
            agreements, agreement_id = AgreementRepository(session), AgreementId(invitation.agreement_id)
            agreement = await agreements.locked(agreement_id)
            party = _named((await agreements.parties([agreement_id]))[agreement_id], invitation.party_key)
            _require_open(invitation, at)
            _judge(invitation, agreement, party, identity)
            if invitation.role == Role.MEDIATOR:
                await mediation.require_consents(session, invitation)
            if not await invitations.spend(invitation.id, identity.account_id, at):
                raise Gone
            member = Member(
                id=new_id("mem"),
                agreement_id=agreement.id,
                account_id=identity.account.id,
                party_key=invitation.party_key,
                role=invitation.role,
                created_at=at,
            )
            await MemberRepository(session).add(member)
            joined = Entry(
                Kind.MEMBER_JOINED,
                PartyKey(member.party_key),
                {"id": MemberId(member.id), "name": identity.account.name},
                {"role": member.role},
            )
            await LedgerRepository(session).extend(AgreementId(agreement.id), [joined], at)
    except IntegrityError as seated:
        raise AlreadyExists("You are a member of this agreement already.") from seated
    return member


async def open_ones(database: Database, acting: Acting, after: str | None, limit: int) -> list[Invitation]:
    """List the open invitations into the caller's party, and those that it sent."""
    acting.require(Act.INVITE)
    async with database.reading() as session:
        return await InvitationRepository(session).open_ones(acting.agreement_id, acting.party_key, now(), after, limit)


async def withdraw(database: Database, acting: Acting, invitation: str) -> None:
    """Withdraw an open invitation into the caller's party, or one that it sent."""
    acting.require(Act.INVITE)
    async with database.transaction() as session:
        if not await InvitationRepository(session).revoke(acting.agreement_id, acting.party_key, invitation, now()):
            raise NotFound


def _require_open(invitation: Invitation, at: datetime) -> None:
    if invitation.accepted_at is not None:
        raise Gone("This invitation has been accepted; each works once.")
    if invitation.revoked_at is not None:
        raise Gone("This invitation was withdrawn.")
    if invitation.expires_at <= at:
        raise Gone("This invitation has run out; ask for another.")


def _named(parties: Sequence[Party], key: str) -> Party:
    return next(party for party in parties if party.key == key)


def _judge(invitation: Invitation, agreement: Agreement, party: Party, identity: Identity) -> None:
    if invitation.email is not None and invitation.email != identity.account.email:
        raise NotPermitted("This invitation was sent to another email address.")
    from_elsewhere = party.signatory and invitation.inviting_party != party.key
    if from_elsewhere and invitation.role == Role.LEAD and agreement.status != Stage.PREPARING:
        # Else one party could keep a key to the other's seat, and answer itself.
        raise Gone("Bargaining has begun: from now on a party's lead is invited by the party itself.")
