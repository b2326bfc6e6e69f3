"""Ground rules: read, proposed, signed."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, status

from app.api.deps import CurrentMember, Store
from app.api.errors import problems
from app.api.schemas.ground_rules import (
    GroundRulesShape,
    RulesBody,
    RulesSettings,
    RulesSignatureBody,
    RulesSignatureShape,
    RulesVersionShape,
)
from app.api.suggestions import AShelf
from app.api.vigil import Vigil
from app.domain.ground_rules import DEFAULTS, read_rules
from app.errors import (
    AgreementSigned,
    ForeignOrigin,
    InvalidContent,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
    RulesReplaced,
    SeatChanged,
    StaleContent,
)
from app.models import RulesVersion
from app.repositories.ground_rules import IN_FORCE, PROPOSED
from app.services import rule_making
from app.services.rule_making import DEFAULT_HASH, History, Proposal

router = APIRouter(tags=["ground rules"])
_PATH = "/agreements/{agreement_id}/ground-rules"
_WRITING = (NotFound, NotLead, NotPermitted, AgreementSigned, SeatChanged, MissingScope, ForeignOrigin)


@router.get(_PATH, responses=problems(NotFound, MissingScope))
async def read_ground_rules(acting: CurrentMember, store: Store) -> GroundRulesShape:
    """Read the ground rules in force, the ones proposed, and every version with its signatures."""
    return _shape(await rule_making.history(store, acting))


@router.post(_PATH, status_code=status.HTTP_201_CREATED, responses=problems(*_WRITING, InvalidContent))
async def propose_ground_rules(body: RulesBody, acting: CurrentMember, place: AShelf) -> RulesVersionShape:
    """Propose a version; it takes the place of one that not everybody has signed."""
    settings = RulesSettings(**body.model_dump(exclude={"further", "reason"})).model_dump(mode="json")
    proposal = Proposal(read_rules(settings), body.further, body.reason or None)
    history, number = await rule_making.propose(place, acting, proposal)
    return _version(history, next(one for one in history.versions if one.version == number))


@router.post(_PATH + "/{version}/signatures", responses=problems(*_WRITING, StaleContent, RulesReplaced))
async def sign_ground_rules(
    body: RulesSignatureBody,
    version: Annotated[int, Path(ge=1, le=2**31 - 1, description="The version's number.", examples=[2])],
    acting: CurrentMember,
    place: AShelf,
    request: Request,
) -> GroundRulesShape:
    """Sign a version as seen; after the last signatory's lead it is in force."""
    history = await rule_making.sign(place, acting, version, body.content_hash)
    vigil: Vigil = request.app.state.vigil
    await vigil.call()
    return _shape(history)


def _shape(history: History) -> GroundRulesShape:
    holds, proposed = history.at(IN_FORCE), history.at(PROPOSED)
    return GroundRulesShape(
        in_force=_version(history, holds) if holds is not None else _defaults(),
        proposed=_version(history, proposed) if proposed is not None else None,
        versions=[_version(history, version) for version in history.versions],
    )


def _version(history: History, version: RulesVersion) -> RulesVersionShape:
    return RulesVersionShape(
        version=version.version,
        status=version.status,
        settings=read_rules(version.settings).as_json(),
        further=version.further,
        reason=version.reason,
        content_hash=version.content_hash,
        party=version.party_key,
        proposed_by={"id": version.proposed_by, "name": history.names[version.proposed_by]},
        proposed_at=version.proposed_at,
        adopted_at=version.adopted_at,
        signatures=[
            RulesSignatureShape(
                party=one.party_key,
                member={"id": one.member_id, "name": history.names[one.member_id]},
                content_hash=one.content_hash,
                at=one.at,
            )
            for one in history.under(version)
        ],
        awaiting=list(history.awaiting(version)),
    )


def _defaults() -> RulesVersionShape:
    return RulesVersionShape(
        version=0,
        status="in_force",
        settings=DEFAULTS.as_json(),
        further="",
        reason=None,
        content_hash=DEFAULT_HASH,
        party=None,
        proposed_by=None,
        proposed_at=None,
        adopted_at=None,
        signatures=[],
        awaiting=[],
    )
