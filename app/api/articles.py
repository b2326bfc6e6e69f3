"""Articles as units: added, moved, given another title or struck, by suggestion and acceptance."""

from fastapi import APIRouter, status

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.schemas.articles import StructureBody
from app.api.schemas.suggestions import SuggestionShape
from app.api.suggestions import AShelf, shape
from app.domain.ids import ArticleId
from app.domain.structure import Op
from app.errors import (
    AgreementSigned,
    AlreadyExists,
    ArticleClosed,
    ArticleProposed,
    ArticleStruck,
    ForeignOrigin,
    InvalidContent,
    MissingScope,
    NotFound,
    NotPermitted,
    TooLarge,
    WrongStage,
)
from app.services import structures
from app.services.structures import StructureWish

router = APIRouter(tags=["articles"])


@router.post(
    "/agreements/{agreement_id}/articles",
    status_code=status.HTTP_201_CREATED,
    responses=problems(
        NotFound,
        NotPermitted,
        ArticleClosed,
        ArticleStruck,
        ArticleProposed,
        AlreadyExists,
        WrongStage,
        AgreementSigned,
        InvalidContent,
        TooLarge,
        MissingScope,
        ForeignOrigin,
    ),
)
async def suggest_article(body: StructureBody, acting: CurrentMember, place: AShelf) -> SuggestionShape:
    """Suggest to add, move, retitle or strike an article; it is answered as every suggestion is.

    A title for one's own party's proposed article, or another place for it, changes that proposal instead.
    """
    last = body.after == "last"
    wish = StructureWish(
        Op(body.op),
        ArticleId(body.article) if body.article is not None else None,
        body.title,
        ArticleId(body.after) if body.after is not None and not last else None,
        last,
        body.text,
        body.reason or None,
    )
    return shape(await structures.propose(place, acting, wish), acting)
