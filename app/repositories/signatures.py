"""Signatures under the whole text, and the stage that the last of them brings about."""

from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId
from app.models import Account, Agreement, Member, Signature


class Signed(NamedTuple):
    """A signature with the name of the member's account."""

    signature: Signature
    member_name: str


class SignatureRepository:
    """Adds and lists signatures."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def under(self, agreement: AgreementId) -> list[Signed]:
        found = await self._session.execute(
            select(Signature, Account.name)
            .join(Member, Member.id == Signature.member_id)
            .join(Account, Account.id == Member.account_id)
            .where(Signature.agreement_id == agreement)
            .order_by(Signature.at, Signature.party_key)
        )
        return [Signed(row[0], row[1]) for row in found]

    async def add(self, signature: Signature) -> None:
        self._session.add(signature)
        await self._session.flush()

    async def clear(self, agreement: AgreementId) -> None:
        """Remove every signature: the text that was signed is open again. The ledger keeps the acts."""
        await self._session.execute(delete(Signature).where(Signature.agreement_id == agreement))

    async def set_stage(self, agreement: AgreementId, stage: str) -> None:
        await self._session.execute(update(Agreement).where(Agreement.id == agreement).values(status=stage))
