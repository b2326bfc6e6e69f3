"""`Idempotency-Key` on every POST of the interface, in one place: no route has to know of it.

The answer is held back until it is kept, so that nobody is shown an answer that a retry would not get.
"""

import re

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import answer, http_answer
from app.api.identity import identify
from app.errors import DraftingError, InvalidRequest, Unauthenticated
from app.services.acting import Identity
from app.services.idempotency import ANYONE, Answers, Claim, Kept

_PREFIX = "/api/v1/"
# A login's answer is its cookie, and asking again does no harm.
_EXEMPT = {"/api/v1/login"}
_OPEN_TO_ANYONE = {"/api/v1/accounts"}
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_FIRST_FAILURE = 300


class Idempotency:
    """Wraps the routes, inside of the edge."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        try:
            body = await _whole(receive)
            claim = await _claim(scope, key, body)
            kept = await _answers(scope).begin(claim) if claim is not None else None
        except DraftingError as error:
            await answer(error)(scope, receive, send)
        except HTTPException as error:
            await http_answer(error)(scope, receive, send)
        else:
            if kept is not None:
                await _replay(kept)(scope, receive, send)
            elif claim is None:
                await self._app(scope, _given(body, receive), send)
            else:
                await self._first(scope, _given(body, receive), send, claim)

    async def _first(self, scope: Scope, receive: Receive, send: Send, claim: Claim) -> None:
        messages: list[Message] = []

        async def hold(message: Message) -> None:
            messages.append(message)

        kept = False
        try:
            await self._app(scope, receive, hold)
            status = messages[0]["status"] if messages else _FIRST_FAILURE
            if status < _FIRST_FAILURE:
                body = b"".join(message.get("body", b"") for message in messages[1:])
                await _answers(scope).keep(claim, status, body)
                kept = True
        finally:
            if not kept:
                await _answers(scope).release(claim)
        for message in messages:
            await send(message)


def _key(scope: Scope) -> str | None:
    if scope["type"] != "http" or scope["method"] != "POST":
        return None
    if not scope["path"].startswith(_PREFIX) or scope["path"] in _EXEMPT:
        return None
    return Headers(scope=scope).get("idempotency-key")


async def _claim(scope: Scope, key: str, body: bytes) -> Claim | None:
    """Name the request; None where nobody has proved who they are, for the route to refuse."""
    if not _KEY.fullmatch(key):
        raise InvalidRequest("Idempotency-Key: must be 1 to 255 visible ASCII characters.")
    if scope["path"] in _OPEN_TO_ANYONE:
        owner = ANYONE
    else:
        try:
            owner = _owner(await identify(HTTPConnection(scope)))
        except Unauthenticated:
            return None
    request = b"\n".join((scope["path"].encode(), scope["query_string"], body))
    return _answers(scope).claim_of(owner, key, request)


def _owner(identity: Identity) -> str:
    """Name whose keys these are. A token's are its own: with fewer scopes than another, it must not see its answers."""
    return identity.account_id if identity.scopes is None else f"{identity.account_id} {identity.secret_hash}"


def _answers(scope: Scope) -> Answers:
    answers: Answers = scope["app"].state.answers
    return answers


async def _whole(receive: Receive) -> bytes:
    """Read the body; the edge bounds it."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return b"".join(parts)


def _given(body: bytes, receive: Receive) -> Receive:
    """Hand the body on as one message, and then whatever else the connection has to say."""
    unread = [body]

    async def again() -> Message:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        return await receive()

    return again


def _replay(kept: Kept) -> Response:
    headers = {"Idempotency-Replayed": "true", "Content-Type": "application/json"}
    return Response(kept.body, kept.status, headers)
