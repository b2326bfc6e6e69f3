"""What moved since a moment, for a party, for the table, or for members and boards."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.moments import AtMoment, moment_shape, read_when
from app.api.positions import ALookout, AnArticle
from app.api.schemas.movements import ArticleMovementsShape, MovementsShape
from app.domain.ids import ArticleId
from app.errors import MissingScope, NotFound, TooLarge
from app.services import movements
from app.services.movements import Audience, Wanted

router = APIRouter(tags=["standing"])


@router.get("/agreements/{agreement_id}/movements", responses=problems(NotFound, MissingScope, TooLarge))
async def read_movements(
    acting: CurrentMember,
    look: ALookout,
    since: AtMoment = None,
    until: AtMoment = None,
    article: AnArticle = None,
    audience: Annotated[
        Audience,
        Query(
            alias="for",
            description="party: with what the caller's party has to answer; table: the same for everybody;"
            " members: no names and no reasons, and proposals only where the ground rules let observers see them.",
        ),
    ] = Audience.TABLE,
) -> MovementsShape:
    """Read what moved, clause by clause, from one moment to another; from the beginning to now, unless said.

    It is read off the ledger: what was proposed, answered, enacted and withdrawn, by whom, from which words to which.
    """
    only = ArticleId(article) if article is not None else None
    wanted = Wanted(read_when(since, "since"), read_when(until, "until"), only, audience)
    found = await movements.read(look, acting, wanted)
    return MovementsShape(
        since=moment_shape(found.since),
        until=moment_shape(found.until),
        audience=found.audience.value,
        articles=[ArticleMovementsShape.model_validate(one) for one in found.articles],
        to_answer=list(found.to_answer),
    )
