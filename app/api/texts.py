"""The text of an agreement in its three views, as JSON, Markdown, plain text or HTML."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response

from app.api.deps import CurrentMember, LiveRooms, Store
from app.api.errors import problems
from app.api.moments import AtMoment, PastTables, Stories, moment_shape, read_when
from app.api.negotiation import HTML, JSON, MARKDOWN, PLAIN, negotiate
from app.api.schemas.texts import TextShape
from app.domain.ids import ArticleId
from app.errors import MissingScope, NotAcceptable, NotFound
from app.services import text_forms
from app.services.texts import Text, View, read_text, read_text_at

router = APIRouter(tags=["texts"])
_FORMS = {MARKDOWN: text_forms.markdown, PLAIN: text_forms.plain, HTML: text_forms.page}
TEXT_FORMS = [JSON, *_FORMS]
TEXT_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": TextShape,
        "description": "The text in the form that `Accept` asks for.",
        "content": {
            MARKDOWN: {"example": "# 2026-29 Agreement\n\n## Article 1 - Recognition\n\nThe District recognizes…\n"},
            PLAIN: {"example": "2026-29 Agreement\n\nArticle 1 - Recognition\n\nThe District recognizes…\n"},
            HTML: {"example": "<!doctype html>…"},
        },
    }
}


@router.get(
    "/agreements/{agreement_id}/text",
    response_class=Response,
    responses=TEXT_ANSWERS | problems(NotFound, NotAcceptable, MissingScope),
)
async def read_agreement_text(
    acting: CurrentMember,
    store: Store,
    rooms: LiveRooms,
    past: PastTables,
    stories: Stories,
    view: Annotated[
        View, Query(description="agreed: nothing pending; proposed: all of it; markup: marked.")
    ] = View.AGREED,
    article: Annotated[str | None, Query(max_length=64, description="One article alone.", examples=["art_3c"])] = None,
    at: AtMoment = None,
    accept: Annotated[str | None, Header(max_length=1_000)] = None,
) -> Response:
    """Read the text, now or at any moment.

    `content_hash` is of the agreed view: of the agreement, or of the one article asked for.
    """
    form, when = negotiate(accept, TEXT_FORMS), read_when(at)
    only = ArticleId(article) if article is not None else None
    if when is None:
        text = await read_text(store, rooms, acting, view, only)
    else:
        text = await read_text_at(past, stories, acting, when, (view, only))
    return answer_text(text, form)


def answer_text(text: Text, form: str) -> Response:
    """Answer with a text in one of its forms."""
    return Response(
        _written(text, form),
        media_type=form if form == JSON else f"{form}; charset=utf-8",
        headers={"Vary": "Accept, Authorization, Cookie", "Content-Hash": text.content_hash},
    )


def _written(text: Text, form: str) -> bytes:
    if form != JSON:
        return _FORMS[form](text.title, text.articles, text.parties).encode()
    content: dict[str, Any] = {"view": text.view.value, "content_hash": text.content_hash, "articles": text.articles}
    if text.moment is not None:
        content["moment"] = moment_shape(text.moment).model_dump(mode="json")
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
