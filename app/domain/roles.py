"""Who may do what, and when: one table that HTTP, the socket and the browser all read.

An act needs a stage of the agreement and a role in a party; some need a signatory party. Whatever the table
does not name is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.agreements import Stage
from app.errors import AgreementSigned, DraftingError, NotLead, NotPermitted, OwnParty, WrongStage


class Role(StrEnum):
    """What a member is in a party."""

    LEAD = "lead"
    DRAFTER = "drafter"
    OBSERVER = "observer"
    MEDIATOR = "mediator"
    """In a party that does not sign, let in by every party that does; writes nothing at the table."""


class Act(StrEnum):
    """Everything that a member can ask of an agreement."""

    READ = "read"
    JOIN_TABLE = "join_table"
    JOIN_CAUCUS = "join_caucus"
    INVITE = "invite"
    CONFIRM = "confirm"
    SUGGEST = "suggest"
    TABLE = "table"
    RESPOND = "respond"
    COMMENT = "comment"
    WITHDRAW = "withdraw"
    PACKAGE = "package"
    CONVENE = "convene"
    RECORD = "record"
    SET_RULES = "set_rules"
    SEAT = "seat"
    INITIAL = "initial"
    REOPEN = "reopen"
    SIGN = "sign"
    MEDIATE = "mediate"
    ANSWER_MEDIATOR = "answer_mediator"
    CONSENT = "consent"
    KEEP_CAUCUS = "keep_caucus"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: which roles, at which stages, and whether only signatory parties."""

    roles: frozenset[Role]
    stages: frozenset[Stage]
    signatory: bool = False


_ANYONE = frozenset(Role)
_WRITERS = frozenset({Role.LEAD, Role.DRAFTER})
_LEADS = frozenset({Role.LEAD})
_MEDIATORS = frozenset({Role.MEDIATOR})
_ALWAYS = frozenset(Stage)
_OPEN = frozenset({Stage.PREPARING, Stage.BARGAINING})
_PREPARING = frozenset({Stage.PREPARING})
_BARGAINING = frozenset({Stage.BARGAINING})

RULES: Mapping[Act, Rule] = {
    Act.READ: Rule(_ANYONE, _ALWAYS),
    Act.JOIN_TABLE: Rule(_WRITERS, _ALWAYS),
    Act.JOIN_CAUCUS: Rule(_WRITERS, _ALWAYS),
    Act.INVITE: Rule(_LEADS, _OPEN),
    Act.CONFIRM: Rule(_LEADS, _PREPARING, signatory=True),
    Act.SUGGEST: Rule(_WRITERS, _BARGAINING),
    Act.TABLE: Rule(_WRITERS, _BARGAINING),
    Act.RESPOND: Rule(_LEADS, _BARGAINING, signatory=True),
    Act.COMMENT: Rule(_WRITERS, _OPEN),
    Act.WITHDRAW: Rule(_WRITERS, _BARGAINING),
    Act.PACKAGE: Rule(_WRITERS, _BARGAINING),
    Act.CONVENE: Rule(_LEADS, _BARGAINING),
    Act.RECORD: Rule(_WRITERS, _BARGAINING),
    Act.SET_RULES: Rule(_LEADS, _OPEN, signatory=True),
    Act.SEAT: Rule(_LEADS, _OPEN),
    Act.INITIAL: Rule(_LEADS, _BARGAINING, signatory=True),
    Act.REOPEN: Rule(_LEADS, _BARGAINING, signatory=True),
    Act.SIGN: Rule(_LEADS, _BARGAINING, signatory=True),
    Act.MEDIATE: Rule(_MEDIATORS, _BARGAINING),
    Act.ANSWER_MEDIATOR: Rule(_LEADS, _BARGAINING, signatory=True),
    Act.CONSENT: Rule(_LEADS, _OPEN, signatory=True),
    Act.KEEP_CAUCUS: Rule(_LEADS, _ALWAYS),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands: in which role, in what kind of party, at which stage of the agreement."""

    role: Role
    stage: Stage
    signatory: bool = True


def refusal(act: Act, standing: Standing) -> DraftingError | None:
    """Tell why an act is refused, or None where it is allowed. Who you are is judged before when you ask."""
    rule = RULES[act]
    if standing.role not in rule.roles:
        return NotLead() if rule.roles == _LEADS else NotPermitted()
    if rule.signatory and not standing.signatory:
        return NotPermitted("Only a party that signs the agreement may do this.")
    if standing.stage not in rule.stages:
        return AgreementSigned() if standing.stage is Stage.SIGNED else WrongStage(stage=standing.stage.value)
    return None


def require(act: Act, standing: Standing) -> None:
    """Raise the refusal of an act, if there is one."""
    if error := refusal(act, standing):
        raise error


def require_answer(standing: Standing, *, own_party: bool) -> None:
    """Judge a response to one suggestion: a party never answers its own, whoever asks."""
    if own_party:
        raise OwnParty
    require(Act.RESPOND, standing)


def may(standing: Standing) -> list[Act]:
    """List what a member may do now, for the browser to offer and nothing more."""
    return [act for act in Act if refusal(act, standing) is None]
