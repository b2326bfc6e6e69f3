"""What a mediator does: consents, sealed notes, proposals and the answers to them.

The one place where it is applied who may read what: a note is for one party and the mediators, an answer for one party.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, MemberId, PartyKey
from app.domain.roles import Role
from app.models import (
    Account,
    Invitation,
    MediationAnswer,
    MediationProposal,
    MediatorConsent,
    Member,
    Party,
    SealedNote,
)

OPEN, AGREED, ENDED, WITHDRAWN = "open", "agreed", "ended", "withdrawn"


class NoteBy(NamedTuple):
    """A sealed note with who wrote it, and from which party."""

    note: SealedNote
    author: str
    author_party: str


class ProposalBy(NamedTuple):
    """A proposal with the mediator's name."""

    proposal: MediationProposal
    author: str


class MediationRepository:
    """Reads and writes what stands between parties and mediators."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def team(self, agreement: AgreementId, party: PartyKey | None) -> list[MemberId]:
        """List who bargains for a party, leads and drafters; None lists those of every party that signs."""
        query = (
            select(Member.id)
            .join(Party, (Party.agreement_id == Member.agreement_id) & (Party.key == Member.party_key))
            .where(
                Member.agreement_id == agreement,
                Member.removed_at.is_(None),
                Member.role.in_([Role.LEAD.value, Role.DRAFTER.value]),
                Party.signatory if party is None else Member.party_key == party,
            )
            .order_by(Member.id)
        )
        return [MemberId(one) for one in await self._session.scalars(query)]

    async def mediators(self, agreement: AgreementId) -> Sequence[tuple[Member, str]]:
        """List the mediators with their names."""
        found = await self._session.execute(
            select(Member, Account.name)
            .join(Account, Account.id == Member.account_id)
            .where(Member.agreement_id == agreement, Member.removed_at.is_(None), Member.role == Role.MEDIATOR.value)
            .order_by(Member.created_at, Member.id)
        )
        return [(row[0], row[1]) for row in found]

    async def open_invitations(self, agreement: AgreementId, at: datetime) -> Sequence[Invitation]:
        """List the open invitations of mediators."""
        found = await self._session.scalars(
            select(Invitation)
            .where(
                Invitation.agreement_id == agreement,
                Invitation.role == Role.MEDIATOR.value,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > at,
            )
            .order_by(Invitation.created_at, Invitation.id)
        )
        return found.all()

    async def consents(self, invitations: Sequence[str]) -> dict[str, set[str]]:
        """Tell which parties have consented to each of these invitations."""
        rows = await self._session.execute(
            select(MediatorConsent.invitation_id, MediatorConsent.party_key).where(
                MediatorConsent.invitation_id.in_(list(invitations))
            )
        )
        found: dict[str, set[str]] = {one: set() for one in invitations}
        for row in rows:
            found[row[0]].add(row[1])
        return found

    async def consent(self, consent: MediatorConsent) -> None:
        await self._session.merge(consent)
        await self._session.flush()

    async def take_back(self, invitation: str, party: PartyKey) -> None:
        await self._session.execute(
            delete(MediatorConsent).where(
                MediatorConsent.invitation_id == invitation, MediatorConsent.party_key == party
            )
        )

    async def add_note(self, note: SealedNote) -> None:
        self._session.add(note)
        await self._session.flush()

    async def notes(
        self, agreement: AgreementId, party: PartyKey, after: tuple[Any, ...] | None, limit: int
    ) -> Sequence[NoteBy]:
        """List what is between one party and the mediators, newest first."""
        query = (
            select(SealedNote, Account.name, Member.party_key)
            .join(Member, Member.id == SealedNote.author_id)
            .join(Account, Account.id == Member.account_id)
            .where(SealedNote.agreement_id == agreement, SealedNote.party_key == party)
        )
        if after is not None:
            query = query.where(tuple_(SealedNote.at, SealedNote.id) < after)
        found = await self._session.execute(query.order_by(SealedNote.at.desc(), SealedNote.id.desc()).limit(limit))
        return [NoteBy(*row) for row in found]

    async def propose(self, proposal: MediationProposal) -> None:
        self._session.add(proposal)
        await self._session.flush()

    async def proposals(
        self, agreement: AgreementId, after: tuple[Any, ...] | None, limit: int
    ) -> Sequence[ProposalBy]:
        """List the proposals, newest first."""
        query = self._proposals().where(MediationProposal.agreement_id == agreement)
        if after is not None:
            query = query.where(tuple_(MediationProposal.created_at, MediationProposal.id) < after)
        found = await self._session.execute(
            query.order_by(MediationProposal.created_at.desc(), MediationProposal.id.desc()).limit(limit)
        )
        return [ProposalBy(*row) for row in found]

    async def proposal(self, agreement: AgreementId, proposal: str, *, hold: bool = False) -> ProposalBy | None:
        """Find a proposal as it is now; `hold` keeps it so until the transaction ends."""
        query = self._proposals().where(MediationProposal.agreement_id == agreement, MediationProposal.id == proposal)
        if hold:
            query = query.with_for_update(of=MediationProposal).execution_options(populate_existing=True)
        found = (await self._session.execute(query)).one_or_none()
        return ProposalBy(*found) if found is not None else None

    async def own_answers(self, party: PartyKey, proposals: Sequence[str]) -> dict[str, str]:
        """Tell what one party has answered; nothing here tells it of another."""
        rows = await self._session.execute(
            select(MediationAnswer.proposal_id, MediationAnswer.answer).where(
                MediationAnswer.party_key == party, MediationAnswer.proposal_id.in_(list(proposals))
            )
        )
        return {row[0]: row[1] for row in rows}

    async def yeses(self, proposal: str) -> set[str]:
        """Tell which parties have said yes: for the act that reveals it when all have, and for nothing else."""
        found = await self._session.scalars(
            select(MediationAnswer.party_key).where(
                MediationAnswer.proposal_id == proposal, MediationAnswer.answer == "yes"
            )
        )
        return set(found)

    async def answer(self, answer: MediationAnswer) -> None:
        await self._session.merge(answer)
        await self._session.flush()

    async def unfinished(self, at: datetime, soon: datetime, limit: int) -> Sequence[tuple[str, str]]:
        """Find proposals, as `(agreement, id)`, that ran out, run out soon, or are agreed and not at the table yet."""
        found = await self._session.execute(
            select(MediationProposal.agreement_id, MediationProposal.id)
            .where(
                or_(
                    (MediationProposal.status == OPEN) & (MediationProposal.closes_at <= at),
                    (MediationProposal.status == OPEN)
                    & (MediationProposal.closes_at <= soon)
                    & MediationProposal.warned_at.is_(None),
                    (MediationProposal.status == AGREED) & MediationProposal.tabled_at.is_(None),
                )
            )
            .order_by(MediationProposal.closes_at, MediationProposal.id)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in found]

    @staticmethod
    def _proposals() -> Any:
        return (
            select(MediationProposal, Account.name)
            .join(Member, Member.id == MediationProposal.author_id)
            .join(Account, Account.id == Member.account_id)
        )
