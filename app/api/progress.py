"""How far the parties have come, for plots and for the bar of articles."""

from fastapi import APIRouter

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.moments import AtMoment, moment_shape, read_when
from app.api.positions import ALookout
from app.api.schemas.progress import ActMarkShape, ArticleProgressShape, OwedShape, PaceShape, PointShape, ProgressShape
from app.errors import MissingScope, NotFound
from app.services import progress

router = APIRouter(tags=["standing"])


@router.get("/agreements/{agreement_id}/progress", responses=problems(NotFound, MissingScope))
async def read_progress(acting: CurrentMember, look: ALookout, at: AtMoment = None) -> ProgressShape:
    """Read articles by standing over time, days open, answers outstanding by party, and the pace."""
    found = await progress.read(look, acting, read_when(at))
    return ProgressShape(
        moment=moment_shape(found.placed),
        began_at=found.began_at,
        articles=[ArticleProgressShape.model_validate(one) for one in found.articles],
        counts=found.counts,
        over_time=[PointShape.model_validate(one) for one in found.over_time],
        outstanding=[OwedShape.model_validate(one) for one in found.outstanding],
        outstanding_over_time=[PointShape.model_validate(one) for one in found.outstanding_over_time],
        acts=[ActMarkShape.model_validate(one) for one in found.acts],
        pace=PaceShape.model_validate(found.pace),
    )
