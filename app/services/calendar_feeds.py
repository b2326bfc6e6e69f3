"""A member's calendar feed: an address that a calendar program reads, and that opens nothing else.

The token in it stands for one member's seat in one agreement; it ends when it is revoked, or with the seat.
"""

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.db import Database
from app.domain.credentials import hash_secret, new_secret
from app.domain.ids import AgreementId, new_id
from app.domain.scopes import Scope
from app.domain.sight import Sight
from app.errors import LimitExceeded, NotFound
from app.models import CalendarFeed, Session, now
from app.repositories.calendar_feeds import CalendarFeedRepository
from app.repositories.sessions import SessionRepository
from app.services.acting import Acting, Identity, acting_in
from app.services.ground_rules import in_force
from app.services.icalendar import Event, write

_MOST_FEEDS = 10
_USUAL_LENGTH = timedelta(hours=2)


async def make(database: Database, acting: Acting) -> tuple[CalendarFeed, str]:
    """Make a feed and return it with its token, shown once; raises `LimitExceeded`."""
    secret = new_secret("ply_cal")
    feed = CalendarFeed(id=new_id("cal"), secret_hash=hash_secret(secret), member_id=acting.member_id, created_at=now())
    async with database.transaction() as session:
        repository = CalendarFeedRepository(session)
        if len(await repository.of(acting.member_id)) >= _MOST_FEEDS:
            raise LimitExceeded("You have ten calendar feeds here already; revoke one first.")
        await repository.add(feed)
    return feed, secret


async def listed(database: Database, acting: Acting) -> list[CalendarFeed]:
    """List the caller's own feeds, without their tokens."""
    async with database.reading() as session:
        return await CalendarFeedRepository(session).of(acting.member_id)


async def revoke(database: Database, acting: Acting, feed: str) -> None:
    """Revoke one of the caller's own feeds; raises `NotFound`."""
    async with database.transaction() as session:
        if not await CalendarFeedRepository(session).revoke(acting.member_id, feed, now()):
            raise NotFound


async def subscriber(session: AsyncSession, agreement: AgreementId, token: str) -> Acting:
    """Tell whose feed a token opens; raises `NotFound` for any that opens none here."""
    found = await CalendarFeedRepository(session).find(agreement, hash_secret(token))
    if found is None:
        raise NotFound
    identity = Identity(found[1], "token", frozenset({Scope.AGREEMENT_READ}), agreement)
    return await acting_in(session, identity, agreement, Scope.AGREEMENT_READ)


async def calendar(session: AsyncSession, acting: Acting, page_url: str) -> bytes:
    """Write the calendar of an agreement's sessions as a member may see them."""
    found = await SessionRepository(session).of(acting.agreement_id)
    title = acting.agreement.title
    events = [_event(one, title, page_url, agenda=acting.sight >= Sight.TABLED) for one in reversed(found)]
    rules = await in_force(session, acting.agreement_id)
    if rules.initial_proposals_on is not None:
        events.append(_posting(acting, rules.initial_proposals_on))
    return write(title, events)


def _event(session: Session, title: str, page_url: str, *, agenda: bool) -> Event:
    changed_at = session.closed_at or session.opened_at or session.convened_at
    return Event(
        uid=f"{session.id}@parley",
        summary=f"{title}: session {session.number}",
        starts_at=session.starts_at,
        ends_at=max(session.closed_at or session.starts_at, session.starts_at + _USUAL_LENGTH),
        changed_at=changed_at,
        sequence=int(changed_at.timestamp()) // 60,
        place=session.place,
        description=session.agenda if agenda else None,
        url=page_url,
    )


def _posting(acting: Acting, day: str) -> Event:
    return Event(
        uid=f"{acting.agreement_id}-initial-proposals@parley",
        summary=f"{acting.agreement.title}: initial proposals are posted",
        starts_at=date.fromisoformat(day),
        ends_at=None,
        changed_at=acting.agreement.created_at,
    )
