"""Logging in with a cookie that no script can read, and out again."""

from fastapi import APIRouter, Request, Response, status

from app.api.deps import Configured, CurrentIdentity, Store
from app.api.errors import problems
from app.api.identity import COOKIE, require_own_origin
from app.api.schemas.accounts import AccountShape, Credentials
from app.errors import ForeignOrigin, LimitExceeded, Unauthenticated
from app.services import logins
from app.services.logins import Doorkeeper

router = APIRouter(tags=["logins"])


@router.post("/login", responses=problems(Unauthenticated, ForeignOrigin, LimitExceeded))
async def log_in(body: Credentials, request: Request, response: Response, settings: Configured) -> AccountShape:
    """Log in; the answer sets the login cookie."""
    if "origin" in request.headers:
        # Another site must not log its visitors in under an account of its own choice.
        require_own_origin(request)
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    address = request.client.host if request.client else ""
    opened = await doorkeeper.open(body.email, body.password, address)
    response.set_cookie(
        COOKIE,
        opened.secret,
        expires=opened.expires_at,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return AccountShape.model_validate(opened.account)


@router.delete("/login", status_code=status.HTTP_204_NO_CONTENT, responses=problems(ForeignOrigin))
async def log_out(identity: CurrentIdentity, response: Response, store: Store, settings: Configured) -> None:
    """End this login, on the server and in the browser."""
    if identity.by == "login":
        await logins.close(store, identity)
    response.delete_cookie(COOKIE, path="/", secure=settings.secure_cookies, httponly=True, samesite="lax")
