"""The one table of what each failure is called on the two transports, and the HTTP edge where failures end.

A failure's answer is RFC 9457 `application/problem+json` with its stable `code`, or a socket's close code.
Anything that is not a `DraftingError` is a bug of ours: it is logged once, here, and told to nobody.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import errors
from app.errors import DraftingError

logger = logging.getLogger(__name__)
PROBLEM = "application/problem+json"


class Transport(NamedTuple):
    """A failure's HTTP status and its socket close code."""

    status: int
    close_code: int


TRANSPORTS: Mapping[type[DraftingError], Transport] = {
    errors.Unauthenticated: Transport(401, 4401),
    errors.NotPermitted: Transport(403, 4403),
    errors.OwnParty: Transport(403, 4403),
    errors.NotLead: Transport(403, 4403),
    errors.ForeignOrigin: Transport(403, 4403),
    errors.MissingScope: Transport(403, 4403),
    errors.RegistrationClosed: Transport(403, 4403),
    errors.NotFound: Transport(404, 4404),
    errors.Conflict: Transport(409, 4409),
    errors.SuggestionAlreadyResolved: Transport(409, 4409),
    errors.StaleSuggestion: Transport(409, 4409),
    errors.StaleContent: Transport(409, 4409),
    errors.ArticleClosed: Transport(409, 4409),
    errors.ArticleStruck: Transport(409, 4409),
    errors.ArticleProposed: Transport(409, 4409),
    errors.InPackage: Transport(409, 4409),
    errors.PartTaken: Transport(409, 4409),
    errors.StalePackage: Transport(409, 4409),
    errors.PackageResolved: Transport(409, 4409),
    errors.AgreementSigned: Transport(409, 4409),
    errors.WrongStage: Transport(409, 4409),
    errors.AlreadyAnswered: Transport(409, 4409),
    errors.AlreadyCountered: Transport(409, 4409),
    errors.AlreadyReplied: Transport(409, 4409),
    errors.NotAnAmendment: Transport(409, 4409),
    errors.OverlapsOwn: Transport(409, 4409),
    errors.OpenSuggestions: Transport(409, 4409),
    errors.OpenArticles: Transport(409, 4409),
    errors.NotSigned: Transport(409, 4409),
    errors.SeatChanged: Transport(409, 4409),
    errors.LastLead: Transport(409, 4409),
    errors.RulesReplaced: Transport(409, 4409),
    errors.SessionOverlaps: Transport(409, 4409),
    errors.SessionClosed: Transport(409, 4409),
    errors.MinutesFrozen: Transport(409, 4409),
    errors.CaucusDestroyed: Transport(409, 4409),
    errors.AlreadyExists: Transport(409, 4409),
    errors.IdempotencyMismatch: Transport(409, 4409),
    errors.ProposalClosed: Transport(409, 4409),
    errors.ConsentMissing: Transport(403, 4403),
    errors.Gone: Transport(410, 4404),
    errors.NotAcceptable: Transport(406, 4400),
    errors.InvalidRequest: Transport(422, 4400),
    errors.InvalidContent: Transport(422, 4400),
    errors.NoSuchPart: Transport(422, 4400),
    errors.UnknownMention: Transport(422, 4400),
    errors.LimitExceeded: Transport(429, 4429),
    errors.TooLarge: Transport(413, 4429),
    errors.PeerTooSlow: Transport(429, 4408),
    errors.ProtocolViolation: Transport(400, 4400),
    errors.Unavailable: Transport(503, 4503),
}


def transport(error: DraftingError) -> Transport:
    """Look up a failure by its nearest class in the table."""
    return next(TRANSPORTS[kind] for kind in type(error).__mro__ if kind in TRANSPORTS)


def problem(status: int, code: str, detail: str, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Lay out a problem; `type` is `about:blank`, for the `code` says all that a type would."""
    extra = {name: value for name, value in (fields or {}).items() if name not in {"type", "title", "status"}}
    title = HTTPStatus(status).phrase
    return {**extra, "type": "about:blank", "title": title, "status": status, "code": code, "detail": detail}


def answer(error: DraftingError) -> JSONResponse:
    """Answer a request with a failure."""
    status = transport(error).status
    headers = {"Retry-After": "5"} if status in {429, 503} else {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="parley"'
    content = problem(status, error.code, error.detail, error.fields)
    return JSONResponse(content, status, headers, media_type=PROBLEM)


def problems(*kinds: type[DraftingError]) -> dict[int | str, dict[str, Any]]:
    """Document the failures of an operation, each with its example: `responses=problems(StaleContent, NotLead)`."""
    documented: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        status = transport(kind()).status
        entry = documented.setdefault(status, {"description": "", "content": {PROBLEM: {"examples": {}}}})
        entry["content"][PROBLEM]["examples"][kind.code] = {"value": problem(status, kind.code, kind.detail)}
        entry["content"][PROBLEM]["schema"] = {"$ref": "#/components/schemas/Problem"}
        entry["description"] = ", ".join(f"`{code}`" for code in entry["content"][PROBLEM]["examples"])
    return documented


def _malformed(failure: RequestValidationError) -> DraftingError:
    # The input itself is never echoed: it may be a password, a megabyte, or half a surrogate pair.
    places = [
        {"at": [str(part) for part in place["loc"]], "code": place["type"], "detail": place["msg"]}
        for place in failure.errors()
    ]
    first = places[0] if places else {"at": [], "detail": ""}
    detail = f"{'.'.join(first['at'])}: {first['detail']}" if first["at"] else errors.InvalidRequest.detail
    return errors.InvalidRequest(detail.encode("utf-8", "replace").decode(), errors=places[:50])


_HTTP_CODES = {400: "malformed", 404: "not_found", 405: "method_not_allowed", 406: "not_acceptable", 413: "too_large"}


def http_answer(failure: HTTPException) -> JSONResponse:
    """Answer with a failure that the framework met before any of ours."""
    status = failure.status_code
    content = problem(status, _HTTP_CODES.get(status, "http_error"), str(failure.detail))
    return JSONResponse(content, status, failure.headers, media_type=PROBLEM)


def handle(app: FastAPI) -> None:
    """Make every failure of the application end in a problem."""

    @app.exception_handler(DraftingError)
    async def _named(_request: Request, failure: DraftingError) -> JSONResponse:
        return answer(failure)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, failure: RequestValidationError) -> JSONResponse:
        return answer(_malformed(failure))

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, failure: HTTPException) -> JSONResponse:
        return http_answer(failure)

    @app.exception_handler(OperationalError)
    @app.exception_handler(InterfaceError)
    async def _store(request: Request, failure: DBAPIError) -> JSONResponse:
        logger.error("The store failed at %s %s", request.method, request.url.path, exc_info=failure)
        return answer(errors.Unavailable())


class LastResort:
    """Answers, and logs once with its context, whatever nobody expected: a bug of ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception:
            logger.exception("A bug at %s %s", scope["method"], scope["path"])
            if not begun:
                content = problem(500, "internal", "Something went wrong here, and was noted. Please try again.")
                await JSONResponse(content, 500, media_type=PROBLEM)(scope, receive, send)
