"""What routes ask for: the store, the rooms, who is asking, and that person as a member of the agreement."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.requests import HTTPConnection

from app.api.identity import COOKIE, identify
from app.api.observing import needed
from app.config import Settings
from app.crdt.registry import Rooms
from app.db import Database
from app.domain.ids import AgreementId
from app.domain.scopes import Scope
from app.errors import NotFound
from app.repositories.updates import Decision
from app.services.acting import Acting, Identity, acting_in
from app.services.calendar_feeds import subscriber

# For the documentation alone: `identify` reads them, and refuses in our own words.
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="A login; unsafe methods need a fitting `Origin`.")
_bearer = HTTPBearer(auto_error=False, description="An API token.")
_SAFE_METHODS = {"GET", "HEAD"}


def settings(connection: HTTPConnection) -> Settings:
    found: Settings = connection.app.state.settings
    return found


def database(connection: HTTPConnection) -> Database:
    found: Database = connection.app.state.database
    return found


def rooms(connection: HTTPConnection) -> Rooms[Decision]:
    found: Rooms[Decision] = connection.app.state.rooms
    return found


async def current_identity(
    request: Request,
    _by_cookie: Annotated[str | None, Depends(_cookie)],
    _by_token: Annotated[Any, Depends(_bearer)],
) -> Identity:
    """Tell who is asking; 401 without a proof."""
    return await identify(request)


AgreementPath = Annotated[str, Path(description="The agreement's id.", examples=["agr_7h2k"], max_length=64)]


class MemberWith:
    """A dependency: the caller as a member of the agreement in the path; 404 for whoever is none."""

    def __init__(self, reading: Scope = Scope.AGREEMENT_READ) -> None:
        self._reading = reading

    async def __call__(
        self,
        request: Request,
        identity: Annotated[Identity, Depends(current_identity)],
        store: Annotated[Database, Depends(database)],
        agreement_id: AgreementPath,
    ) -> Acting:
        scope = self._reading if request.method in _SAFE_METHODS else Scope.AGREEMENT_WRITE
        async with store.reading() as session:
            acting = await acting_in(session, identity, AgreementId(agreement_id), scope)
        if request.method in _SAFE_METHODS:
            _require_sight(acting, request)
        return acting


def _require_sight(acting: Acting, request: Request) -> None:
    """Raise `NotFound` where the ground rules keep an operation's answer from an observer."""
    if acting.sight < needed(request.scope["route"].name):
        raise NotFound


async def feed_reader(
    request: Request,
    store: Annotated[Database, Depends(database)],
    agreement_id: AgreementPath,
    _by_cookie: Annotated[str | None, Depends(_cookie)],
    _by_token: Annotated[Any, Depends(_bearer)],
    token: Annotated[
        str | None, Query(max_length=200, description="A calendar feed's token, instead of a login.")
    ] = None,
) -> Acting:
    """Tell whose calendar is read: by the feed's own token, or as any other reading."""
    agreement = AgreementId(agreement_id)
    if token is not None:
        async with store.reading() as session:
            return await subscriber(session, agreement, token)
    return await current_member(request, await identify(request), store, agreement_id)


current_member = MemberWith()
"""The caller in the agreement; a token needs `agreement:read`, or `agreement:write` for unsafe methods."""

final_reader = MemberWith(Scope.FINAL_READ)
"""The caller in the agreement; a token needs no more than `final:read`."""

Store = Annotated[Database, Depends(database)]
LiveRooms = Annotated[Rooms[Decision], Depends(rooms)]
Configured = Annotated[Settings, Depends(settings)]
CurrentIdentity = Annotated[Identity, Depends(current_identity)]
CurrentMember = Annotated[Acting, Depends(current_member)]
FinalReader = Annotated[Acting, Depends(final_reader)]
FeedReader = Annotated[Acting, Depends(feed_reader)]
