"""Reading who a connection belongs to, from its bearer token, its ticket or its login cookie.

The same for requests and sockets. A cookie is sent by any page of the web that asks the browser to, so it counts
only where the `Origin` is ours: on every unsafe method and on every socket.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from app.config import Settings
from app.db import Database
from app.errors import ForeignOrigin, Unauthenticated
from app.services import logins
from app.services.acting import Identity

COOKIE = "parley_login"
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_DEFAULT_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}


async def identify(connection: HTTPConnection) -> Identity:
    """Tell who is asking; raises `Unauthenticated` and `ForeignOrigin`. Asked twice, it answers from memory."""
    known: Identity | None = getattr(connection.state, "identity", None)
    if known is None:
        known = await _proved(connection)
        connection.state.identity = known
    return known


async def _proved(connection: HTTPConnection) -> Identity:
    database: Database = connection.app.state.database
    is_socket = connection.scope["type"] == "websocket"
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        async with database.reading() as session:
            return await logins.by_token(session, token.strip())
    if is_socket and (ticket := connection.query_params.get("ticket")):
        async with database.transaction() as session:
            return await logins.by_ticket(session, ticket)
    secret = connection.cookies.get(COOKIE)
    if not secret:
        raise Unauthenticated
    async with database.reading() as session:
        identity = await logins.by_login(session, secret)
    if is_socket or connection.scope["method"] not in _SAFE_METHODS:
        require_own_origin(connection)
    return identity


def require_own_origin(connection: HTTPConnection) -> None:
    """Raise `ForeignOrigin` unless the page that asks is the service's own."""
    settings: Settings = connection.app.state.settings
    origin = connection.headers.get("origin")
    if origin is None or not _is_own(origin, connection.headers, settings.public_url):
        raise ForeignOrigin


def _is_own(origin: str, headers: Headers, public_url: str) -> bool:
    ours = {_place(public_url)}
    if host := headers.get("host"):
        # The page was loaded from where this request goes to; a browser lets no page set Host.
        ours |= {_place(f"http://{host}"), _place(f"https://{host}")}
    return _place(origin) in ours - {None}


def _place(url: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname and port else None
