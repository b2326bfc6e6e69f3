"""Counters: another party's suggestion answered with one of one's own."""

from fastapi import APIRouter

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.schemas.suggestions import CounterBody, SuggestionShape
from app.api.suggestions import AShelf, ASuggestion, shape, stale_as_shown
from app.domain.ids import SuggestionId
from app.errors import (
    AgreementSigned,
    AlreadyCountered,
    AlreadyExists,
    ArticleClosed,
    ForeignOrigin,
    InvalidContent,
    LimitExceeded,
    MissingScope,
    NotFound,
    NotPermitted,
    OverlapsOwn,
    OwnParty,
    SeatChanged,
    StaleSuggestion,
    SuggestionAlreadyResolved,
    WrongStage,
)
from app.services import countering
from app.services.countering import Answering

router = APIRouter(tags=["suggestions"])


@router.post(
    "/agreements/{agreement_id}/suggestions/{suggestion_id}/counters",
    status_code=201,
    responses=problems(
        NotFound,
        NotPermitted,
        OwnParty,
        WrongStage,
        AgreementSigned,
        SeatChanged,
        MissingScope,
        ForeignOrigin,
        StaleSuggestion,
        SuggestionAlreadyResolved,
        AlreadyCountered,
        AlreadyExists,
        OverlapsOwn,
        ArticleClosed,
        InvalidContent,
        LimitExceeded,
    ),
)
async def counter_suggestion(
    body: CounterBody, acting: CurrentMember, place: AShelf, suggestion_id: ASuggestion
) -> SuggestionShape:
    """Counter another party's pending suggestion, as it was seen, with a suggestion of one's own.

    `suggestion` links one that stands at the table already, beside the other or inside it (an amendment). `text` is
    how the other's paragraphs should read instead: the service writes that as a suggestion of the caller's party over
    the text that the other stands on. The two are alternatives: once one enters the agreed text, the other is
    withdrawn as overtaken; where the counter is an amendment, accepting it changes the proposal, which stands.
    """
    answering = Answering(SuggestionId(suggestion_id), body.content_hash, body.reason or None)
    with stale_as_shown(acting):
        if body.suggestion is not None:
            counter = await countering.link(place, acting, answering, SuggestionId(body.suggestion))
        else:
            counter = await countering.write(place, acting, answering, body.text or "")
        return shape(counter, acting)
