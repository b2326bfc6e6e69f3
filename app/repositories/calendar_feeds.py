"""Calendar feeds, found by their secret's hash while they and their member's seat last."""

from datetime import datetime

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, MemberId
from app.models import Account, CalendarFeed, Member


class CalendarFeedRepository:
    """Adds, finds, lists and revokes feeds."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, feed: CalendarFeed) -> None:
        self._session.add(feed)
        await self._session.flush()

    async def find(self, agreement: AgreementId, secret_hash: str) -> Row[CalendarFeed, Account] | None:
        """Find a living feed of an agreement, and whose it is."""
        found = await self._session.execute(
            select(CalendarFeed, Account)
            .join(Member, Member.id == CalendarFeed.member_id)
            .join(Account, Account.id == Member.account_id)
            .where(
                CalendarFeed.secret_hash == secret_hash,
                CalendarFeed.revoked_at.is_(None),
                Member.agreement_id == agreement,
                Member.removed_at.is_(None),
            )
        )
        return found.one_or_none()

    async def of(self, member: MemberId) -> list[CalendarFeed]:
        """List a member's living feeds, oldest first."""
        found = await self._session.scalars(
            select(CalendarFeed)
            .where(CalendarFeed.member_id == member, CalendarFeed.revoked_at.is_(None))
            .order_by(CalendarFeed.created_at, CalendarFeed.id)
        )
        return list(found)

    async def revoke(self, member: MemberId, feed: str, at: datetime) -> bool:
        """Revoke a member's own feed; tell whether there was one to revoke."""
        revoked = await self._session.execute(
            update(CalendarFeed)
            .where(CalendarFeed.id == feed, CalendarFeed.member_id == member, CalendarFeed.revoked_at.is_(None))
            .values(revoked_at=at)
            .returning(CalendarFeed.id)
        )
        return revoked.one_or_none() is not None
