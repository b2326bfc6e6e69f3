"""The parties' positions at any moment, as JSON or as an exhibit."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Response

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.moments import AtMoment, PastTables, Stories, moment_shape, read_when
from app.api.negotiation import HTML, JSON, PLAIN, negotiate
from app.api.schemas.positions import (
    ArticlePositionsShape,
    PositionShape,
    PositionsShape,
    ReadingShape,
    SidesShape,
)
from app.domain.ids import ArticleId
from app.errors import MissingScope, NotAcceptable, NotFound
from app.services import position_forms, positions
from app.services.positions import ArticlePositions, Lookout, Positions, Reading

router = APIRouter(tags=["standing"])
Detail = Literal["words", "hashes"]
_FORMS = {HTML: position_forms.page, PLAIN: position_forms.plain}
_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": PositionsShape,
        "description": "The positions in the form that `Accept` asks for.",
        "content": {HTML: {"example": "<!doctype html>…"}, PLAIN: {"example": "2026-29 Agreement\n\nPositions…\n"}},
    }
}


def lookout(past: PastTables, stories: Stories) -> Lookout:
    return Lookout(past, stories)


ALookout = Annotated[Lookout, Depends(lookout)]
AnArticle = Annotated[str | None, Query(max_length=64, description="One article alone.", examples=["art_3c"])]


@router.get(
    "/agreements/{agreement_id}/positions",
    response_class=Response,
    responses=_DOCUMENTED | problems(NotFound, NotAcceptable, MissingScope),
)
async def read_positions(
    acting: CurrentMember,
    look: ALookout,
    at: AtMoment = None,
    article: AnArticle = None,
    detail: Annotated[Detail, Query(description="hashes: the JSON leaves the paragraphs out.")] = "words",
    accept: Annotated[str | None, Header(max_length=1_000)] = None,
) -> Response:
    """Read by article the status quo, each party's position and what is agreed, now or at any moment.

    In HTML and plain text it is laid out as an exhibit, with what each party would change marked.
    """
    form = negotiate(accept, [JSON, *_FORMS])
    found = await positions.read(look, acting, read_when(at), ArticleId(article) if article is not None else None)
    headers = {"Vary": "Accept, Authorization, Cookie"}
    if form == JSON:
        return Response(_shape(found, told=detail == "words").model_dump_json(), media_type=form, headers=headers)
    return Response(_FORMS[form](found).encode(), media_type=f"{form}; charset=utf-8", headers=headers)


def _shape(found: Positions, *, told: bool) -> PositionsShape:
    return PositionsShape(
        moment=moment_shape(found.placed),
        content_hash=found.content_hash,
        parties=[SidesShape(**party) for party in found.parties],
        articles=[_article(article, told=told) for article in found.articles],
    )


def _article(article: ArticlePositions, *, told: bool) -> ArticlePositionsShape:
    def reading(one: Reading) -> dict[str, Any]:
        return {"content_hash": one.content_hash, "paragraphs": one.paragraphs if told else None}

    return ArticlePositionsShape(
        id=article.id,
        title=article.title,
        standing=article.standing,
        status_quo=ReadingShape(**reading(article.status_quo)) if article.status_quo is not None else None,
        agreed=ReadingShape(**reading(article.agreed)),
        positions={
            party: PositionShape(
                **reading(held.reading),
                differs=held.differs,
                suggestions=list(held.suggestions),
                amendments=dict(held.amendments),
            )
            for party, held in article.positions.items()
        },
        awaiting={party: list(suggestions) for party, suggestions in article.awaiting.items()},
        open_since=article.open_since,
        days_open=article.days_open,
    )
