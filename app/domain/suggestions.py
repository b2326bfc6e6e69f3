"""The life of a suggestion: who may answer it, who still has to, and what ends it.

A suggestion is pending until every party asked has accepted its present version,
one of them has rejected it, or its own party has taken it back. No party answers
its own suggestion, and an acceptance is worth nothing for a later version.
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
    ACCEPT = "accept"
    REJECT = "reject"
    QUESTION = "question"


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
    """Tell which of the parties asked have not yet accepted this very version."""
    accepted = {answer.party for answer in given if answer.kind == Answer.ACCEPT and answer.version == version}
    return [party for party in parties_asked if party not in accepted]
