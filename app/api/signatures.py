"""Signing the agreement."""

from fastapi import APIRouter

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.keys import Keys
from app.api.schemas.record import SignatureBody, SignedShape, SigningShape
from app.api.suggestions import AShelf
from app.errors import (
    AgreementSigned,
    AlreadyExists,
    ForeignOrigin,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
    OpenArticles,
    OpenSuggestions,
    StaleContent,
    Unavailable,
    WrongStage,
)
from app.services import signing
from app.services.signing import SigningState, Wish

router = APIRouter(tags=["signatures"])


@router.get("/agreements/{agreement_id}/signatures", responses=problems(NotFound, MissingScope))
async def read_signatures(acting: CurrentMember, place: AShelf) -> SigningShape:
    """Tell who has signed, and who has yet to."""
    return _shape(await signing.standing(place, acting))


@router.post(
    "/agreements/{agreement_id}/signatures",
    responses=problems(
        NotFound,
        NotLead,
        NotPermitted,
        WrongStage,
        AgreementSigned,
        OpenArticles,
        OpenSuggestions,
        StaleContent,
        AlreadyExists,
        MissingScope,
        ForeignOrigin,
        Unavailable,
    ),
)
async def sign(body: SignatureBody, acting: CurrentMember, place: AShelf, ring: Keys) -> SigningShape:
    """Sign for one's party, once every article is under tentative agreement; the last signature makes it final."""
    return _shape(await signing.sign(place, ring, acting, Wish(body.content_hash, body.name, body.statement)))


def _shape(state: SigningState) -> SigningShape:
    return SigningShape(
        status=state.status,
        signatures=[SignedShape.model_validate(one) for one in state.signatures],
        awaiting=list(state.awaiting),
    )
