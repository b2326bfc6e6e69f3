"""A party's caucus: its drafts and its text, for the party alone. Anybody else finds their own, or nothing."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response, status

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.negotiation import JSON, negotiate
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.schemas.base import Page
from app.api.schemas.caucus import DraftShape
from app.api.schemas.suggestions import ChangeShape, PersonShape, ReasonBody
from app.api.suggestions import AShelf
from app.api.texts import TEXT_ANSWERS, TEXT_FORMS, answer_text
from app.domain.ids import ArticleId, SuggestionId
from app.errors import (
    AgreementSigned,
    ArticleClosed,
    ForeignOrigin,
    MissingScope,
    NotAcceptable,
    NotFound,
    NotPermitted,
    SeatChanged,
    SuggestionAlreadyResolved,
    WrongStage,
)
from app.services import caucus
from app.services.acting import Acting
from app.services.caucus import Draft
from app.services.texts import View

router = APIRouter(tags=["caucus"])
_DRAFTS = "/agreements/{agreement_id}/caucus/suggestions"
_READING = (NotFound, NotPermitted, MissingScope)
_WRITING = (
    *_READING,
    SeatChanged,
    WrongStage,
    AgreementSigned,
    SuggestionAlreadyResolved,
    ForeignOrigin,
)
ADraft = Annotated[str, Path(max_length=64, description="The draft's id.", examples=["d-7f3a"])]


@router.get(_DRAFTS, responses=problems(*_READING))
async def list_drafts(
    acting: CurrentMember,
    place: AShelf,
    article: Annotated[str | None, Query(max_length=64, description="An article's id.", examples=["art_3c"])] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
) -> Page[DraftShape]:
    """List the drafts of the caller's own party that are still in its caucus, in the order in which they were begun."""
    only = ArticleId(article) if article is not None else None
    found = await caucus.page(place, acting, only, read_cursor(cursor, datetime, str), limit)
    last = found.last
    return Page(
        items=[draft_shape(draft, acting) for draft in found.drafts],
        next=cursor_of(last.created_at, last.id) if last is not None else None,
    )


@router.get(_DRAFTS + "/{draft_id}", responses=problems(*_READING))
async def read_draft(acting: CurrentMember, place: AShelf, draft_id: ADraft) -> DraftShape:
    """Read one draft of the caller's own party; what has left the caucus is not found there."""
    return draft_shape(await caucus.one(place, acting, SuggestionId(draft_id)), acting)


@router.put(_DRAFTS + "/{draft_id}/reason", responses=problems(*_WRITING))
async def explain_draft(body: ReasonBody, acting: CurrentMember, place: AShelf, draft_id: ADraft) -> DraftShape:
    """Note why a draft was made, for the party alone: it does not travel to the table."""
    return draft_shape(await caucus.explain(place, acting, SuggestionId(draft_id), body.reason or None), acting)


@router.delete(
    _DRAFTS + "/{draft_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*_WRITING, ArticleClosed),
)
async def discard_draft(acting: CurrentMember, place: AShelf, draft_id: ADraft) -> None:
    """Take a draft out of the caucus; any member of the party who writes there may."""
    await caucus.discard(place, acting, SuggestionId(draft_id))


@router.get(
    "/agreements/{agreement_id}/caucus/text",
    response_class=Response,
    responses=TEXT_ANSWERS | problems(*_READING, NotAcceptable),
)
async def read_caucus_text(
    acting: CurrentMember,
    place: AShelf,
    view: Annotated[
        View,
        Query(description="agreed: nothing pending; proposed: with every suggestion and draft; markup: marked."),
    ] = View.MARKUP,
    article: Annotated[str | None, Query(max_length=64, description="One article alone.", examples=["art_3c"])] = None,
    accept: Annotated[str | None, Header(max_length=1_000)] = None,
) -> Response:
    """Read the text as the caller's own party has it in its caucus. `content_hash` is of the agreed view."""
    form = negotiate(accept, TEXT_FORMS)
    only = ArticleId(article) if article is not None else None
    return answer_text(await caucus.read_text(place, acting, view, only, as_drafted=form == JSON), form)


def draft_shape(draft: Draft, acting: Acting) -> DraftShape:
    """Shape a draft as a member of its party sees it."""
    record, content = draft.record, draft.content
    return DraftShape(
        id=record.id,
        article_id=record.article_id,
        author=PersonShape(id=record.author_id, name=record.author_name),
        kind=content.kind,
        version=record.version,
        content_hash=content.content_hash,
        before=content.before,
        after=content.after,
        changes=[ChangeShape.model_validate(change) for change in content.changes],
        amends=content.amends,
        reason=record.reason,
        created_at=record.created_at,
        may=draft.may(acting),
    )
