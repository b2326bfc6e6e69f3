"""Stopping mail from the mail itself: by one click of a mail program (RFC 8058), without a login."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, status
from fastapi.responses import RedirectResponse

from app.api.deps import Configured, Store
from app.api.errors import problems
from app.errors import NotFound
from app.services import notice_preferences
from app.services.mail import Mail

router = APIRouter(tags=["notices"])
StopToken = Annotated[str, Path(max_length=200, description="The token in the mail.", examples=["mem_91xd~c2lnbmVk"])]


@router.post(
    "/unsubscriptions/{token}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound),
)
async def stop_mail(token: StopToken, store: Store, request: Request) -> None:
    """Stop mail about one agreement to whom the token was mailed; asked again, it is still stopped."""
    mail: Mail = request.app.state.mail
    await notice_preferences.stop(store, mail.stopping_seal, token)


@router.get("/unsubscriptions/{token}", status_code=status.HTTP_303_SEE_OTHER, response_class=RedirectResponse)
async def ask_to_stop_mail(token: StopToken, settings: Configured) -> RedirectResponse:
    """Lead to the page that asks whether to stop it: whatever merely follows links stops nothing."""
    return RedirectResponse(f"{settings.public_url}/unsubscribe/{token}", status.HTTP_303_SEE_OTHER)
