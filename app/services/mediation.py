"""Letting a mediator in by everybody's consent, and the sealed notes between a mediator and one party.

A note is for the mediators and for those who bargain for one party. To anybody else there is no such note, nor a place
where one could be: asking is answered as for a party that does not exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.db import Database
from app.domain.ids import AgreementId, MemberId, PartyKey, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act, Role
from app.errors import ConsentMissing, NotFound
from app.models import Invitation, MediatorConsent, Member, Party, SealedNote, now
from app.repositories.agreements import AgreementRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.mediation import MediationRepository, NoteBy
from app.services import notices
from app.services.acting import Acting, require_seated


@dataclass(frozen=True, slots=True)
class Called:
    """A mediator who is invited: which parties have agreed, and whose yes is awaited."""

    invitation: Invitation
    consents: Sequence[str]
    awaiting: Sequence[str]


@dataclass(frozen=True, slots=True)
class Mediation:
    """Who mediates, who is asked to, and with which parties the caller shares sealed notes."""

    mediators: Sequence[tuple[Member, str]]
    called: Sequence[Called]
    rooms: Sequence[Party]


async def read(database: Database, acting: Acting) -> Mediation:
    """Read how the mediation stands for the caller; raises `NotFound` for who takes no part in it."""
    _require_part(acting)
    async with database.reading() as session:
        repository = MediationRepository(session)
        parties = (await AgreementRepository(session).parties([acting.agreement_id]))[acting.agreement_id]
        invitations = await repository.open_invitations(acting.agreement_id, now())
        consents = await repository.consents([one.id for one in invitations])
        mediators = await repository.mediators(acting.agreement_id)
    signatories = [party for party in parties if party.signatory]
    called = [
        Called(
            one,
            [party.key for party in signatories if party.key in consents[one.id]],
            [party.key for party in signatories if party.key not in consents[one.id]],
        )
        for one in invitations
    ]
    is_mediator = acting.role is Role.MEDIATOR
    return Mediation(mediators, called, [one for one in signatories if is_mediator or one.key == acting.party_key])


async def ask_for_consents(session: AsyncSession, acting: Acting, invitation: Invitation) -> None:
    """Ask every other signatory's leads about an invited mediator; inviting one is one's own party's yes."""
    agreement = AgreementId(invitation.agreement_id)
    if acting.party.signatory and acting.role is Role.LEAD:
        await _consent(session, acting, invitation.id, inviting=True)
    repository = MediationRepository(session)
    team = [member for member in await repository.team(agreement, None) if member != acting.member_id]
    subject = {"by": {**acting.signature, "party": acting.party_key}}
    await notices.post(session, agreement, "mediation.consent_asked", to=team, subject=subject)


async def require_consents(session: AsyncSession, invitation: Invitation) -> None:
    """Raise `ConsentMissing` unless every signatory has agreed to let this mediator in."""
    agreement = AgreementId(invitation.agreement_id)
    parties = (await AgreementRepository(session).parties([agreement]))[agreement]
    given = (await MediationRepository(session).consents([invitation.id]))[invitation.id]
    if awaiting := [party.key for party in parties if party.signatory and party.key not in given]:
        raise ConsentMissing(awaiting=awaiting)


async def consent(database: Database, acting: Acting, invitation: str) -> Mediation:
    """Agree for the caller's party to let a mediator in; raises `NotFound`, `NotLead` and `NotPermitted`."""
    _require_part(acting)
    acting.require(Act.CONSENT)
    async with database.transaction() as session:
        await _held_open(session, acting, invitation)
        await _consent(session, acting, invitation, inviting=False)
    return await read(database, acting)


async def take_consent_back(database: Database, acting: Acting, invitation: str) -> Mediation:
    """Take the caller's party's consent back, as long as the mediator is not in."""
    _require_part(acting)
    acting.require(Act.CONSENT)
    async with database.transaction() as session:
        await _held_open(session, acting, invitation)
        await MediationRepository(session).take_back(invitation, acting.party_key)
    return await read(database, acting)


async def notes(
    database: Database, acting: Acting, party: PartyKey, after: tuple[Any, ...] | None, limit: int
) -> Sequence[NoteBy]:
    """Read the sealed notes between a party and the mediators, newest first; raises `NotFound`."""
    async with database.reading() as session:
        await _require_room(session, acting, party)
        return await MediationRepository(session).notes(acting.agreement_id, party, after, limit)


async def note(database: Database, acting: Acting, party: PartyKey, text: str) -> NoteBy:
    """Write a sealed note; whoever may read it, and nobody else, is told that there is one."""
    row = SealedNote(
        id=new_id("not"),
        agreement_id=acting.agreement_id,
        party_key=party,
        author_id=acting.member_id,
        text=text,
        at=now(),
    )
    async with database.transaction() as session:
        await _require_room(session, acting, party)
        await require_seated(session, acting)
        repository = MediationRepository(session)
        await repository.add_note(row)
        subject = {"by": {**acting.signature, "party": acting.party_key}, "party": party, "text": text}
        team = [one for one in await repository.team(acting.agreement_id, party) if one != acting.member_id]
        mediators = [one for one, _ in await repository.mediators(acting.agreement_id) if one.id != acting.member_id]
        told = [(party, team)] + [(PartyKey(one.party_key), [MemberId(one.id)]) for one in mediators]
        for private_to, to in told:
            await notices.post(
                session, acting.agreement_id, "mediation.noted", to=to, subject=subject, private_to=private_to
            )
    return NoteBy(row, acting.account.name, acting.party_key)


async def _require_room(session: AsyncSession, acting: Acting, party: PartyKey) -> None:
    """Raise `NotFound` unless the caller is of the party or mediates; there is no room before there was a mediator."""
    _require_part(acting)
    parties = (await AgreementRepository(session).parties([acting.agreement_id]))[acting.agreement_id]
    is_signatory = any(one.key == party and one.signatory for one in parties)
    if not is_signatory or (acting.role is not Role.MEDIATOR and acting.party_key != party):
        raise NotFound


def _require_part(acting: Acting) -> None:
    bargains = acting.party.signatory and acting.role in {Role.LEAD, Role.DRAFTER}
    if not bargains and acting.role is not Role.MEDIATOR:
        raise NotFound


async def _held_open(session: AsyncSession, acting: Acting, invitation: str) -> None:
    await AgreementRepository(session).locked(acting.agreement_id)
    await require_seated(session, acting)
    found = await MediationRepository(session).open_invitations(acting.agreement_id, now())
    if invitation not in {one.id for one in found}:
        raise NotFound


async def _consent(session: AsyncSession, acting: Acting, invitation: str, *, inviting: bool) -> None:
    repository = MediationRepository(session)
    if acting.party_key in (await repository.consents([invitation]))[invitation]:
        return
    await repository.consent(
        MediatorConsent(invitation_id=invitation, party_key=acting.party_key, member_id=acting.member_id, at=now())
    )
    payload = {"invitation": invitation, "inviting": inviting}
    entry = Entry(Kind.MEDIATION_CONSENTED, acting.party_key, acting.signature, payload)
    await LedgerRepository(session).extend(acting.agreement_id, [entry])
