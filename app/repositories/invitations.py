"""Invitations: found by their token's hash, accepted once, listed to the party they lead into."""

from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AccountId, AgreementId, PartyKey
from app.models import Invitation


class InvitationRepository:
    """Adds, finds, spends and withdraws invitations."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, invitation: Invitation) -> None:
        self._session.add(invitation)
        await self._session.flush()

    async def find(self, secret_hash: str) -> Invitation | None:
        """Find an invitation in whatever state it is."""
        found = await self._session.scalars(select(Invitation).where(Invitation.secret_hash == secret_hash))
        return found.one_or_none()

    async def any_open_for(self, folded_email: str, at: datetime) -> bool:
        """Tell whether an open invitation was sent to an email."""
        found = await self._session.scalars(
            select(Invitation.id)
            .where(
                Invitation.email == folded_email,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > at,
            )
            .limit(1)
        )
        return found.one_or_none() is not None

    async def spend(self, invitation: str, account: AccountId, at: datetime) -> bool:
        """Mark an invitation accepted; tell whether it was still open. Of two at once, one is told no."""
        spent = await self._session.execute(
            update(Invitation)
            .where(
                Invitation.id == invitation,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > at,
            )
            .values(accepted_at=at, accepted_by=account)
            .returning(Invitation.id)
        )
        return spent.one_or_none() is not None

    async def open_ones(
        self, agreement: AgreementId, party: PartyKey, at: datetime, after: str | None, limit: int
    ) -> list[Invitation]:
        """List the open invitations that lead into a party, or were sent by it."""
        query = self._open(agreement, party, at)
        if after is not None:
            query = query.where(Invitation.id > after)
        return list(await self._session.scalars(query.order_by(Invitation.id).limit(limit)))

    async def revoke(self, agreement: AgreementId, party: PartyKey, invitation: str, at: datetime) -> bool:
        """Withdraw an open invitation that leads into a party, or was sent by it."""
        found = (await self._session.scalars(self._open(agreement, party, at).where(Invitation.id == invitation))).all()
        for row in found:
            row.revoked_at = at
        await self._session.flush()
        return bool(found)

    async def revoke_sent(self, agreement: AgreementId, account: AccountId, at: datetime) -> None:
        """Withdraw every open invitation that an account sent in an agreement."""
        await self._session.execute(
            update(Invitation)
            .where(
                Invitation.agreement_id == agreement,
                Invitation.invited_by == account,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
            )
            .values(revoked_at=at)
        )

    @staticmethod
    def _open(agreement: AgreementId, party: PartyKey, at: datetime) -> Select[Invitation]:
        return select(Invitation).where(
            Invitation.agreement_id == agreement,
            or_(Invitation.party_key == party, Invitation.inviting_party == party),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > at,
        )
