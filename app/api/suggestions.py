"""Suggestions: seen, answered one by one or many in one act, explained, taken back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from app.api.deps import CurrentMember, LiveRooms, Store
from app.api.errors import problems
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.schemas.base import Page
from app.api.schemas.suggestions import (
    AmendmentShape,
    OutcomeShape,
    OutcomesShape,
    PersonShape,
    ReasonBody,
    ResponseBody,
    ResponsesBody,
    ResponseShape,
    SuggestionShape,
)
from app.crdt.splitting import Part
from app.domain.ids import ArticleId, SuggestionId
from app.domain.suggestions import Answer, Status
from app.errors import (
    AgreementSigned,
    AlreadyAnswered,
    ArticleClosed,
    DraftingError,
    ForeignOrigin,
    MissingScope,
    NoSuchPart,
    NotAnAmendment,
    NotFound,
    NotLead,
    NotPermitted,
    OwnParty,
    SeatChanged,
    StaleSuggestion,
    SuggestionAlreadyResolved,
    WrongStage,
)
from app.repositories.suggestions import Wanted
from app.services import responding, suggestions
from app.services.acting import Acting
from app.services.docket import Item
from app.services.judging import Amendment, Wish
from app.services.suggestions import Shelf

router = APIRouter(tags=["suggestions"])
_WRITING = (NotFound, NotPermitted, WrongStage, AgreementSigned, SeatChanged, MissingScope, ForeignOrigin)


def shelf(store: Store, rooms: LiveRooms) -> Shelf:
    return Shelf(store, rooms)


AShelf = Annotated[Shelf, Depends(shelf)]
ASuggestion = Annotated[str, Path(max_length=64, description="The suggestion's id.", examples=["s-4kq0"])]


@router.get("/agreements/{agreement_id}/suggestions", responses=problems(NotFound, MissingScope))
async def list_suggestions(
    acting: CurrentMember,
    place: AShelf,
    status: Annotated[Status | None, Query(description="Only those of this status.")] = None,
    party: Annotated[str | None, Query(max_length=64, description="A party's key or id.", examples=["union"])] = None,
    article: Annotated[str | None, Query(max_length=64, description="An article's id.", examples=["art_3c"])] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
) -> Page[SuggestionShape]:
    """List suggestions in the order in which they were opened."""
    wanted = Wanted(status.value if status else None, party, ArticleId(article) if article is not None else None)
    found = await suggestions.page(place, acting, wanted, read_cursor(cursor, datetime, str), limit)
    last = found.last
    return Page(
        items=[shape(item, acting) for item in found.items],
        next=cursor_of(last.created_at, last.id) if last is not None else None,
    )


@router.get("/agreements/{agreement_id}/suggestions/{suggestion_id}", responses=problems(NotFound, MissingScope))
async def read_suggestion(acting: CurrentMember, place: AShelf, suggestion_id: ASuggestion) -> SuggestionShape:
    """Read one suggestion as it stands."""
    return shape(await suggestions.one(place, acting, SuggestionId(suggestion_id)), acting)


@router.post(
    "/agreements/{agreement_id}/suggestions/{suggestion_id}/responses",
    responses=problems(
        *_WRITING,
        OwnParty,
        NotLead,
        StaleSuggestion,
        SuggestionAlreadyResolved,
        ArticleClosed,
        NoSuchPart,
        NotAnAmendment,
    ),
)
async def respond(
    body: ResponseBody, acting: CurrentMember, place: AShelf, suggestion_id: ASuggestion
) -> SuggestionShape:
    """Accept, reject or question a suggestion as seen; a stale answer is refused with the suggestion as it stands.

    With `part`, what is named becomes a suggestion of its own (`split_from` this one) and is accepted; the rest stays
    pending as a new version. `accept_as_amended` accepts it as it will read with the caller's own pending amendment:
    it counts, and where it was the last needed enacts, when the proposer accepts that amendment at that very content.
    A question puts it on hold until the party that asked answers otherwise.
    """
    wish = Wish(
        SuggestionId(suggestion_id),
        Answer(body.kind),
        body.content_hash,
        body.reason or None,
        Part(body.part.changes, body.part.ranges) if body.part is not None else None,
        (
            Amendment(SuggestionId(body.amendment.suggestion), body.amendment.content_hash)
            if body.amendment is not None
            else None
        ),
    )
    with stale_as_shown(acting):
        return shape(await responding.respond(place, acting, wish), acting)


@contextmanager
def stale_as_shown(acting: Acting) -> Iterator[None]:
    """Show what moved, as it stands now, the way a suggestion is shown."""
    try:
        yield
    except StaleSuggestion as stale:
        current = shape(stale.fields["current"], acting)
        raise StaleSuggestion(current=current.model_dump(mode="json")) from stale


@router.post(
    "/agreements/{agreement_id}/responses",
    responses=problems(*_WRITING, NotLead),
    response_model_exclude_none=True,
)
async def respond_to_many(body: ResponsesBody, acting: CurrentMember, place: AShelf) -> OutcomesShape:
    """Answer many suggestions in one act, judged against the text as it stood when the call began.

    One that cannot be answered has its own `code`, and costs the others nothing.
    """
    wishes = [
        Wish(SuggestionId(one.suggestion), Answer(one.kind), one.content_hash, one.reason or None) for one in body.items
    ]
    outcomes = await responding.respond_to_many(place, acting, wishes)
    return OutcomesShape(
        items=[_outcome(wish, outcome) for wish, outcome in zip(wishes, outcomes, strict=True)],
    )


def _outcome(wish: Wish, outcome: Status | DraftingError) -> OutcomeShape:
    if isinstance(outcome, DraftingError):
        return OutcomeShape(suggestion=wish.suggestion, code=outcome.code, detail=outcome.detail)
    return OutcomeShape(suggestion=wish.suggestion, status=outcome)


@router.post(
    "/agreements/{agreement_id}/suggestions/{suggestion_id}/withdrawal",
    responses=problems(*_WRITING, SuggestionAlreadyResolved),
)
async def withdraw(
    acting: CurrentMember, place: AShelf, suggestion_id: ASuggestion, body: ReasonBody | None = None
) -> SuggestionShape:
    """Take back a suggestion of one's own party: a lead at any time, its author before any acceptance."""
    reason = (body.reason or None) if body is not None else None
    return shape(await responding.withdraw(place, acting, SuggestionId(suggestion_id), reason), acting)


@router.post(
    "/agreements/{agreement_id}/suggestions/{suggestion_id}/reason",
    responses=problems(*_WRITING, SuggestionAlreadyResolved, AlreadyAnswered),
)
async def explain(
    body: ReasonBody, acting: CurrentMember, place: AShelf, suggestion_id: ASuggestion
) -> SuggestionShape:
    """State or change the reason of a pending suggestion, until somebody has answered it."""
    return shape(await suggestions.explain(place, acting, SuggestionId(suggestion_id), body.reason or None), acting)


def shape(item: Item, acting: Acting) -> SuggestionShape:
    """Shape a suggestion as the caller sees it."""
    record = item.record
    content: Mapping[str, Any] = {"kind": "", "content_hash": "", "before": "", "after": "", "changes": []}
    return SuggestionShape(
        id=record.id,
        article_id=record.article_id,
        party=record.party_key,
        author=PersonShape(id=record.author_id, name=record.author_name),
        status=Status(record.status),
        version=record.version,
        reason=record.reason,
        amends=item.amends,
        created_at=record.created_at,
        resolved_at=record.resolved_at,
        responses=[_response(answer) for answer in item.answers],
        tabling=record.tabling_id,
        tabled_by=(
            PersonShape(id=record.tabled_by, name=record.tabled_by_name or "") if record.tabled_by is not None else None
        ),
        awaiting=list(item.awaiting),
        held_by=list(item.held_by),
        counters=record.counters,
        countered_by=list(item.countered_by),
        split_from=record.split_from,
        parts=list(item.parts),
        package=item.package,
        proposed_with=item.live.proposed_with if item.live is not None else None,
        may=item.may(acting),
        **{**content, **item.content},
    )


def _response(answer: Any) -> ResponseShape:
    return ResponseShape(
        party=answer.party,
        member=PersonShape(id=answer.member_id, name=answer.member_name),
        kind=Answer(answer.kind),
        version=answer.version,
        content_hash=answer.content_hash,
        reason=answer.reason,
        at=answer.at,
        amendment=(
            AmendmentShape(suggestion=answer.amendment, content_hash=answer.amendment_hash)
            if answer.amendment is not None
            else None
        ),
    )
