"""The final text: signed, frozen, in the form that the reader asks for."""

import asyncio
import hashlib
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response, status

from app.api.deps import FinalReader, Store
from app.api.errors import problems
from app.api.negotiation import HTML, JSON, MARKDOWN, PLAIN, negotiate
from app.api.schemas.record import FinalShape
from app.errors import MissingScope, NotAcceptable, NotFound, NotSigned, Unavailable
from app.services import final_text

router = APIRouter(tags=["final text"])
_FORMS = [JSON, MARKDOWN, PLAIN, HTML]
_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": FinalShape,
        "description": "The final text in the form that `Accept` asks for, with a strong `ETag`.",
        "content": {
            MARKDOWN: {"example": "# 2026-29 Agreement\n\n## Article 1 - Recognition\n\n…"},
            PLAIN: {"example": "2026-29 Agreement\n\nArticle 1 - Recognition\n\n…"},
            HTML: {"example": "<!doctype html>…"},
        },
    },
    304: {"description": "It is the one that `If-None-Match` names."},
}


@router.get(
    "/agreements/{agreement_id}/final",
    response_class=Response,
    responses=_DOCUMENTED | problems(NotFound, NotSigned, NotAcceptable, MissingScope, Unavailable),
)
async def read_final_text(
    acting: FinalReader,
    store: Store,
    accept: Annotated[str | None, Header(max_length=1_000)] = None,
    if_none_match: Annotated[str | None, Header(max_length=4_000)] = None,
) -> Response:
    """Read the final text; a token needs `final:read` and no more. Its bytes never change."""
    final = await final_text.read(store, acting.agreement_id)
    form = negotiate(accept, _FORMS)
    # A long text takes a while to lay out; nobody else should wait for it.
    body = await asyncio.to_thread(final.as_json if form == JSON else partial(final.as_text, form))
    tag = f'"{hashlib.sha256(body).hexdigest()}"'
    headers = {"ETag": tag, "Vary": "Accept, Authorization, Cookie", "Cache-Control": "private, no-cache"}
    if if_none_match is not None and names_tag(if_none_match, tag):
        return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(body, media_type=form if form == JSON else f"{form}; charset=utf-8", headers=headers)


def names_tag(if_none_match: str, tag: str) -> bool:
    """Compare weakly, as RFC 9110 (section 13.1.2) asks of `If-None-Match`."""
    named = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return tag in named or "*" in named
