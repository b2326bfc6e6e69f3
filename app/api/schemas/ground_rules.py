"""Ground rules, as they go over HTTP."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_HASH, EXAMPLE_TIME, Body, ContentHash, Moment, Passage, Shape
from app.api.schemas.suggestions import PersonShape

_MEMBER: Any = {"id": "mem_91xd", "name": "Ursula Vega"}
_SETTINGS: Any = {
    "tablers": "leads",
    "observers_see": "tentative",
    "public_sees": "tentative",
    "acceptances": None,
    "blackout": False,
    "stall_days": 14,
    "notice_clock": "eera",
    "initial_proposals_on": "2026-03-20",
    "retention_years": 6,
}
_VERSION: Any = {
    "version": 2,
    "status": "proposed",
    "settings": _SETTINGS,
    "further": "Caucuses last at most *thirty minutes*.",
    "reason": "The board meets in March.",
    "content_hash": EXAMPLE_HASH,
    "party": "union",
    "proposed_by": _MEMBER,
    "proposed_at": EXAMPLE_TIME,
    "adopted_at": None,
    "signatures": [{"party": "union", "member": _MEMBER, "content_hash": EXAMPLE_HASH, "at": EXAMPLE_TIME}],
    "awaiting": ["district"],
}


class RulesSettings(Body):
    """The settings of a version. What is left out has its default."""

    tablers: Literal["leads", "drafters"] = Field("leads", description="Who may bring drafts to the table.")
    observers_see: Literal["nothing", "tentative", "tabled", "live"] = Field(
        "tabled", description="Nothing, tentative agreements, all that was tabled, or the table as it moves."
    )
    public_sees: Literal["nothing", "tentative", "tabled"] = Field("nothing", description="What the public page shows.")
    acceptances: Annotated[int, Field(ge=2, le=12)] | None = Field(
        None, description="How many signatory parties, the proposer's among them, enact a change; null: every one."
    )
    blackout: bool = Field(False, description="The public page is shut, and nobody speaks to the press.")
    stall_days: Annotated[int, Field(ge=1, le=365)] = Field(14, description="Days without movement: a stalled table.")
    notice_clock: Literal["none", "eera"] = Field("none", description="`eera`: new subjects are public in 24 hours.")
    initial_proposals_on: date | None = Field(None, description="When the initial proposals are to be posted.")
    retention_years: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="How long the record is kept at least; null: for ever."
    )


class RulesBody(RulesSettings):
    """Proposing a version of the ground rules."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {**_SETTINGS, "further": _VERSION["further"], "reason": _VERSION["reason"]},
        }
    )

    further: Passage = Field("", description="Further rules in the parties' own words, as Markdown.")
    reason: Passage | None = None


class RulesSignatureShape(Shape):
    """A party's signature under a version."""

    party: str
    member: PersonShape
    content_hash: str
    at: Moment


class RulesVersionShape(Shape):
    """A version of the ground rules and who has signed it."""

    model_config = ConfigDict(json_schema_extra={"example": _VERSION})

    version: int = Field(description="0: the defaults, which nobody signed.")
    status: Literal["proposed", "in_force", "superseded", "replaced"] = Field(
        description="`replaced`: a newer proposal came before all had signed this one."
    )
    settings: dict[str, Any]
    further: str
    reason: str | None
    content_hash: str = Field(description="What a signature has to name.")
    party: str | None
    proposed_by: PersonShape | None
    proposed_at: Moment | None
    adopted_at: Moment | None
    signatures: list[RulesSignatureShape]
    awaiting: list[str] = Field(description="The parties whose lead has yet to sign it.")


class GroundRulesShape(Shape):
    """What holds, what is proposed, and every version there was, newest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "in_force": {
                    **_VERSION,
                    "version": 0,
                    "status": "in_force",
                    "party": None,
                    "proposed_by": None,
                    "proposed_at": None,
                    "signatures": [],
                    "awaiting": [],
                },
                "proposed": _VERSION,
                "versions": [_VERSION],
            }
        }
    )

    in_force: RulesVersionShape
    proposed: RulesVersionShape | None
    versions: list[RulesVersionShape]


class RulesSignatureBody(Body):
    """Signing a version as seen."""

    model_config = ConfigDict(json_schema_extra={"example": {"content_hash": EXAMPLE_HASH}})

    content_hash: ContentHash
