"""Tentative agreements: initials under an article, and the wish to open it again."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.schemas.record import MarkShape, SeenContent, StandingShape
from app.api.suggestions import AShelf
from app.domain.agreements import Standing
from app.domain.ids import ArticleId
from app.domain.sight import Sight
from app.errors import (
    AgreementSigned,
    ArticleClosed,
    ArticleStruck,
    ForeignOrigin,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
    OpenSuggestions,
    StaleContent,
    WrongStage,
)
from app.services import initials
from app.services.initials import Standings
from app.services.projection import may_read

router = APIRouter(tags=["initials"])
_PATH = "/agreements/{agreement_id}/articles/{article_id}/initials"
_WRITING = (NotFound, NotLead, NotPermitted, WrongStage, AgreementSigned, MissingScope, ForeignOrigin)
AnArticle = Annotated[str, Path(max_length=64, description="The article's id.", examples=["art_3c"])]


@router.get(_PATH, responses=problems(NotFound, MissingScope))
async def read_initials(acting: CurrentMember, place: AShelf, article_id: AnArticle) -> StandingShape:
    """Tell who has initialled an article as it reads now, and who has yet to."""
    found = await initials.under(place, acting, ArticleId(article_id))
    if not may_read(acting.sight, found.article.standing):
        raise NotFound
    return _shape(found, acting.sight)


@router.post(_PATH, responses=problems(*_WRITING, ArticleClosed, ArticleStruck, OpenSuggestions, StaleContent))
async def initial_article(
    body: SeenContent, acting: CurrentMember, place: AShelf, article_id: AnArticle
) -> StandingShape:
    """Put initials under an article as one sees it; after the last signatory's lead it is closed to changes."""
    return _shape(await initials.initial(place, acting, ArticleId(article_id), body.content_hash))


@router.delete(_PATH, responses=problems(*_WRITING))
async def ask_to_reopen_article(acting: CurrentMember, place: AShelf, article_id: AnArticle) -> StandingShape:
    """Ask to open a tentative agreement again; it opens when every signatory's lead has asked."""
    return _shape(await initials.ask_to_reopen(place, acting, ArticleId(article_id)))


def _shape(found: Standings, sight: Sight = Sight.ALL) -> StandingShape:
    return StandingShape(
        article_id=found.article.id,
        standing=Standing(found.article.standing),
        content_hash=found.content_hash,
        initials=[MarkShape.model_validate(one) for one in found.initials],
        reopening=[MarkShape.model_validate(one) for one in found.reopening] if sight >= Sight.TABLED else [],
        awaiting=list(found.awaiting),
    )
