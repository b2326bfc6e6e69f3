"""How long a party keeps its caucus: a matter between the party and the service."""

from fastapi import APIRouter

from app.api.deps import CurrentMember, Store
from app.api.errors import problems
from app.api.schemas.caucus import RetentionBody, RetentionShape
from app.api.schemas.suggestions import PersonShape
from app.domain.retention import Keep
from app.errors import ForeignOrigin, InvalidContent, MissingScope, NotFound, NotLead, NotPermitted, SeatChanged
from app.services import retention
from app.services.retention import Told

router = APIRouter(tags=["caucus"])
_PATH = "/agreements/{agreement_id}/caucus/retention"


@router.get(_PATH, responses=problems(NotFound, NotPermitted, MissingScope))
async def read_caucus_retention(acting: CurrentMember, store: Store) -> RetentionShape:
    """Tell how long the caller's own party keeps its caucus."""
    return _shape(await retention.read(store, acting))


@router.put(
    _PATH, responses=problems(NotFound, NotPermitted, NotLead, SeatChanged, InvalidContent, MissingScope, ForeignOrigin)
)
async def decide_caucus_retention(body: RetentionBody, acting: CurrentMember, store: Store) -> RetentionShape:
    """Decide how long the party's caucus is kept: for ever, until the signature, or until a date; a lead's.

    When the time comes, its whole log, every draft and the party's private threads are deleted, unless a legal hold
    stops that.
    """
    return _shape(await retention.decide(store, acting, Keep(body.keep), body.until, legal_hold=body.legal_hold))


def _shape(told: Told) -> RetentionShape:
    decided = told.retention
    return RetentionShape(
        keep=decided.keep,
        until=decided.until,
        legal_hold=decided.legal_hold,
        changed_at=decided.changed_at,
        changed_by=PersonShape(id=told.changed_by[0], name=told.changed_by[1]) if told.changed_by else None,
        destroyed_at=decided.destroyed_at,
    )
