"""The life of a suggestion: who may answer it, who still has to, and what ends it.

A suggestion is pending until every party asked has accepted its present version (or
as many as the ground rules ask for), too few are left who could, or its own party has
taken it back. No party answers
its own suggestion, and an acceptance is worth nothing for a later version, nor once
its party has answered otherwise: a question asked later holds the suggestion again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import PartyKey


class Status(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What a party's lead may say to a suggestion."""

    ACCEPT = "accept"
    ACCEPT_AS_AMENDED = "accept_as_amended"
    """Accepted as it will read once its party accepts the amendment that is named with it."""
    REJECT = "reject"
    QUESTION = "question"
    """The suggestion is on hold until the party that asked answers otherwise."""
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Given:
    """One party's answer, with the version of the suggestion that it answered."""

    party: PartyKey
    kind: str
    version: int


def asked(signatories: Sequence[PartyKey], proposer: PartyKey, amended: PartyKey | None = None) -> list[PartyKey]:
    """Tell whose acceptance it takes, in the parties' order.

    A proposal takes every signatory party but the proposer's own; an amendment takes only the
    party whose pending proposal it changes, because it does not touch the agreed text (a party that
    does not sign answers nothing: the signatories answer for the proposal it amends).
    """
    if amended is not None and amended in signatories:
        return [amended]
    return [party for party in signatories if party != proposer]


def awaiting(parties_asked: Sequence[PartyKey], given: Iterable[Given], version: int) -> list[PartyKey]:
    """Tell which of the parties asked do not accept this very version; `given` stand oldest first."""
    last = {answer.party: answer for answer in given}
    accepted = {party for party, one in last.items() if one.kind == Answer.ACCEPT and one.version == version}
    return [party for party in parties_asked if party not in accepted]


def required(
    parties_asked: Sequence[PartyKey], signatories: Sequence[PartyKey], proposer: PartyKey, quorum: int | None
) -> int:
    """Tell how many of the parties asked it takes; `quorum` counts the proposer too, where it signs."""
    if quorum is None:
        return len(parties_asked)
    assenting = 1 if proposer in signatories else 0
    return min(len(parties_asked), max(1, quorum - assenting))


def refusing(given: Iterable[Given], version: int) -> list[PartyKey]:
    """Tell which parties said no to this very version, and nothing since; `given` stand oldest first."""
    last = {answer.party: answer for answer in given}
    return [party for party, one in last.items() if one.kind == Answer.REJECT and one.version == version]


def holding(given: Iterable[Given]) -> list[PartyKey]:
    """Tell which parties have asked a question and not answered since: they hold the suggestion."""
    last = {answer.party: answer for answer in given}
    return [party for party, one in last.items() if one.kind == Answer.QUESTION]
