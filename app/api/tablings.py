"""Bringing drafts to the table: seen beforehand as the other side will see them, then done in one act."""

from fastapi import APIRouter, status

from app.api.caucus import draft_shape
from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.schemas.caucus import (
    PreviewBody,
    PreviewShape,
    RecallShape,
    SeenDraft,
    TabledShape,
    TablingBody,
    TablingShape,
)
from app.api.schemas.suggestions import ReasonBody
from app.api.schemas.texts import ArticleText
from app.api.suggestions import AShelf, ASuggestion, shape
from app.domain.ids import SuggestionId
from app.errors import (
    AgreementSigned,
    ArticleClosed,
    ForeignOrigin,
    InPackage,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
    SeatChanged,
    StaleSuggestion,
    SuggestionAlreadyResolved,
    WrongStage,
)
from app.services import previewing, recalling, tabling
from app.services.acting import Acting
from app.services.docket import Item
from app.services.tabling import Wish

router = APIRouter(tags=["caucus"])
_JUDGED = (
    *(NotFound, NotPermitted, WrongStage, AgreementSigned, MissingScope, ForeignOrigin),
    *(StaleSuggestion, SuggestionAlreadyResolved, ArticleClosed),
)


@router.post(
    "/agreements/{agreement_id}/caucus/previews", responses=problems(*_JUDGED), response_model_exclude_unset=True
)
async def preview_tabling(body: PreviewBody, acting: CurrentMember, place: AShelf) -> PreviewShape:
    """Show what everybody at the table would see if these drafts were tabled. Nothing changes, and nobody learns of it.

    The ids of the suggestions are made up for the preview.
    """
    try:
        seen = await previewing.preview(place, acting, _wishes(body.suggestions), body.reason or None)
    except StaleSuggestion as stale:
        raise _shaped(stale, acting) from stale
    return PreviewShape(
        articles=[ArticleText.model_validate(article) for article in seen.articles],
        suggestions=[_tabled(draft, item, acting) for draft, item in seen.items],
    )


@router.post(
    "/agreements/{agreement_id}/caucus/tablings",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*_JUDGED, NotLead, SeatChanged),
)
async def table_drafts(body: TablingBody, acting: CurrentMember, place: AShelf) -> TablingShape:
    """Bring drafts to the table in one act: all of them exactly as they were seen, or none.

    A lead's act, or a drafter's where the ground rules say so. Only the content travels, with author and tabler.
    """
    try:
        brought = await tabling.table(place, acting, _wishes(body.suggestions), body.reason or None)
    except StaleSuggestion as stale:
        raise _shaped(stale, acting) from stale
    return TablingShape(id=brought.tabling, suggestions=[_tabled(*pair, acting) for pair in brought.items])


@router.post(
    "/agreements/{agreement_id}/suggestions/{suggestion_id}/recall",
    responses=problems(
        *(NotFound, NotPermitted, SeatChanged, WrongStage, AgreementSigned, MissingScope, ForeignOrigin),
        *(SuggestionAlreadyResolved, InPackage, ArticleClosed),
    ),
)
async def recall_suggestion(
    acting: CurrentMember, place: AShelf, suggestion_id: ASuggestion, body: ReasonBody | None = None
) -> RecallShape:
    """Take a suggestion of one's own party back into its caucus.

    At the table it is withdrawn, and nobody there learns more than that; in the caucus a new draft says the same.
    """
    reason = (body.reason or None) if body is not None else None
    item, draft = await recalling.recall(place, acting, SuggestionId(suggestion_id), reason)
    return RecallShape(suggestion=shape(item, acting), draft=draft_shape(draft, acting))


def _wishes(seen: list[SeenDraft]) -> list[Wish]:
    return [Wish(SuggestionId(one.id), one.content_hash, one.reason or None) for one in seen]


def _tabled(draft: SuggestionId, item: Item, acting: Acting) -> TabledShape:
    return TabledShape(draft=draft, **shape(item, acting).model_dump())


def _shaped(stale: StaleSuggestion, acting: Acting) -> StaleSuggestion:
    """Tell each draft that moved as it stands now; one of which nothing is left has no present form."""
    moved = [draft_shape(draft, acting).model_dump(mode="json") for draft in stale.fields["stale"]]
    return StaleSuggestion(current=moved[0] if moved else None, stale=moved)
