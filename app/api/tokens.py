"""API tokens: made, listed and revoked by the person they act for."""

from typing import Annotated

from fastapi import APIRouter, Path, status

from app.api.deps import CurrentIdentity, Store
from app.api.errors import problems
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.schemas.accounts import NewToken, TicketShape, TokenShape, TokenWishBody
from app.api.schemas.base import Page
from app.domain.ids import AgreementId
from app.domain.scopes import Scope
from app.errors import ForeignOrigin, InvalidContent, MissingScope, NotFound
from app.services import tokens
from app.services.tokens import TICKET_SECONDS, TokenWish

router = APIRouter(tags=["tokens"])


@router.post(
    "/tokens",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound, MissingScope, ForeignOrigin, InvalidContent),
)
async def create_token(body: TokenWishBody, identity: CurrentIdentity, store: Store) -> NewToken:
    """Make a token; its secret is in this answer and nowhere else. A token cannot make another."""
    agreement = AgreementId(body.agreement_id) if body.agreement_id is not None else None
    wish = TokenWish(body.name, [Scope(scope) for scope in body.scopes], agreement, body.expires_at)
    token, secret = await tokens.mint(store, identity, wish)
    return NewToken(**TokenShape.model_validate(token).model_dump(), token=secret)


@router.get("/tokens", responses=problems(MissingScope))
async def list_tokens(
    identity: CurrentIdentity, store: Store, cursor: Cursor = None, limit: PageSize = 50
) -> Page[TokenShape]:
    """List the caller's tokens, without their secrets."""
    identity.require_account()
    after = read_cursor(cursor, str)
    found = await tokens.listed(store, identity, after[0] if after else None, limit + 1)
    shown = [TokenShape.model_validate(token) for token in found[:limit]]
    return Page(items=shown, next=cursor_of(shown[-1].id) if len(found) > limit else None)


@router.delete(
    "/tokens/{token_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound, MissingScope, ForeignOrigin),
)
async def revoke_token(
    token_id: Annotated[str, Path(max_length=64, examples=["tok_0c4m"])], identity: CurrentIdentity, store: Store
) -> None:
    """Revoke a token at once."""
    identity.require_account()
    await tokens.revoke(store, identity, token_id)


@router.post(
    "/tickets", status_code=status.HTTP_201_CREATED, tags=["tickets"], responses=problems(MissingScope, ForeignOrigin)
)
async def create_ticket(identity: CurrentIdentity, store: Store) -> TicketShape:
    """Get a pass for one socket, for clients that can send it neither a cookie nor a header."""
    return TicketShape(ticket=await tokens.ticket(store, identity), expires_in_seconds=TICKET_SECONDS)
