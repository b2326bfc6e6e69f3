"""Members: who stands where in an agreement. Every reading of an agreement starts with this question."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AccountId, AgreementId, MemberId
from app.models import Account, Agreement, Member, Move, Party


class Membership(NamedTuple):
    """A member with the party it is in and the agreement it is of."""

    member: Member
    party: Party
    agreement: Agreement


class MemberRepository:
    """Adds and finds members."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, member: Member) -> None:
        """Stage a member; raises the database's `IntegrityError` where the account is in the agreement already."""
        self._session.add(member)
        await self._session.flush()

    async def membership(self, agreement: AgreementId, account: AccountId) -> Membership | None:
        """Find an account's place in an agreement."""
        found = (
            await self._session.execute(
                select(Member, Party, Agreement)
                .join(Agreement, Agreement.id == Member.agreement_id)
                .join(Party, (Party.agreement_id == Member.agreement_id) & (Party.key == Member.party_key))
                .where(Member.agreement_id == agreement, Member.account_id == account, Member.removed_at.is_(None))
            )
        ).one_or_none()
        return Membership(*found) if found is not None else None

    async def held(self, member: MemberId) -> Member | None:
        """Read a seated member afresh, and keep the seat as it is until the transaction ends."""
        found = await self._session.scalars(
            select(Member)
            .where(Member.id == member, Member.removed_at.is_(None))
            .with_for_update(read=True)
            .execution_options(populate_existing=True)
        )
        return found.one_or_none()

    async def memberships(self, account: AccountId) -> list[Membership]:
        """List an account's places, newest agreement first."""
        found = await self._session.execute(
            select(Member, Party, Agreement)
            .join(Agreement, Agreement.id == Member.agreement_id)
            .join(Party, (Party.agreement_id == Member.agreement_id) & (Party.key == Member.party_key))
            .where(Member.account_id == account, Member.removed_at.is_(None))
            .order_by(Agreement.created_at.desc(), Agreement.id.desc())
        )
        return [Membership(*row) for row in found]

    async def of_agreement(self, agreement: AgreementId) -> Sequence[Row[Member, Account]]:
        """List an agreement's members with their accounts, in the order in which they came."""
        found = await self._session.execute(
            select(Member, Account)
            .join(Account, Account.id == Member.account_id)
            .where(Member.agreement_id == agreement, Member.removed_at.is_(None))
            .order_by(Member.created_at, Member.id)
        )
        return found.all()

    async def names(self, members: Sequence[MemberId]) -> dict[str, str]:
        """Name the people behind member ids."""
        found = await self._session.execute(select(Member.id, Account.name).join(Account).where(Member.id.in_(members)))
        return {row.id: row.name for row in found}

    async def roles(self, members: Collection[MemberId]) -> dict[str, str]:
        """Tell the roles of those of some members that are still seated."""
        found = await self._session.execute(
            select(Member.id, Member.role).where(Member.id.in_(members), Member.removed_at.is_(None))
        )
        return {row.id: row.role for row in found}

    async def add_move(self, move: Move) -> None:
        self._session.add(move)
        await self._session.flush()

    async def move_of(self, member: MemberId) -> Move | None:
        """Find the move of a member that waits for the other side's yes."""
        found = await self._session.scalars(
            select(Move).where(Move.member_id == member).execution_options(populate_existing=True)
        )
        return found.one_or_none()

    async def moves(self, agreement: AgreementId) -> list[tuple[Move, str]]:
        """List the moves that wait in an agreement, each with the key of the party to be left."""
        found = await self._session.execute(
            select(Move, Member.party_key)
            .join(Member, Member.id == Move.member_id)
            .where(Move.agreement_id == agreement)
        )
        return [(row[0], row[1]) for row in found]

    async def forget_move(self, member: MemberId) -> None:
        await self._session.execute(delete(Move).where(Move.member_id == member))
