"""The calendar of an agreement's sessions, as a feed that a calendar program subscribes to."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response, status

from app.api.deps import Configured, CurrentMember, FeedReader, Store
from app.api.errors import problems
from app.api.schemas.base import Page
from app.api.schemas.sessions import FeedShape, NewFeed
from app.errors import ForeignOrigin, LimitExceeded, MissingScope, NotFound
from app.services import calendar_feeds

router = APIRouter(tags=["sessions"])
_FEEDS = "/agreements/{agreement_id}/calendar-feeds"
_ICALENDAR = "text/calendar"
_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The sessions as iCalendar (RFC 5545).",
        "content": {_ICALENDAR: {"example": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n…"}},
    }
}


@router.get(
    "/agreements/{agreement_id}/calendar.ics",
    response_class=Response,
    responses=_DOCUMENTED | problems(NotFound, MissingScope),
)
async def read_calendar(acting: FeedReader, store: Store, settings: Configured) -> Response:
    """Read the calendar of sessions, with a feed's token or as any member. A token opens nothing else."""
    page = f"{settings.public_url}/agreements/{acting.agreement_id}/sessions"
    async with store.reading() as session:
        body = await calendar_feeds.calendar(session, acting, page)
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'inline; filename="{acting.agreement_id}.ics"',
    }
    return Response(body, media_type=f"{_ICALENDAR}; charset=utf-8", headers=headers)


@router.post(
    _FEEDS,
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound, LimitExceeded, MissingScope, ForeignOrigin),
)
async def make_calendar_feed(acting: CurrentMember, store: Store, settings: Configured) -> NewFeed:
    """Make a calendar feed of one's own. Its token is shown in this answer alone, and can be revoked."""
    feed, token = await calendar_feeds.make(store, acting)
    url = f"{settings.public_url}/api/v1/agreements/{acting.agreement_id}/calendar.ics?token={token}"
    return NewFeed(id=feed.id, created_at=feed.created_at, token=token, url=url)


@router.get(_FEEDS, responses=problems(NotFound, MissingScope))
async def list_calendar_feeds(acting: CurrentMember, store: Store) -> Page[FeedShape]:
    """List one's own calendar feeds, without their tokens."""
    return Page(items=[FeedShape.model_validate(one) for one in await calendar_feeds.listed(store, acting)], next=None)


@router.delete(
    _FEEDS + "/{feed_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound, MissingScope, ForeignOrigin),
)
async def revoke_calendar_feed(
    feed_id: Annotated[str, Path(max_length=64, examples=["cal_8w"])], acting: CurrentMember, store: Store
) -> None:
    """Revoke a calendar feed; from now on its token opens nothing."""
    await calendar_feeds.revoke(store, acting, feed_id)
