"""The ledger's vocabulary, and what of an entry goes into its hash.

Every entry carries the hash of the one before it, so that no entry can be
changed, added or taken out without every later hash telling.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from app.domain.ids import PartyKey

GENESIS = ""
"""The `previous_hash` of the first entry."""


class Kind(StrEnum):
    """Every act that the ledger tells of."""

    AGREEMENT_CREATED = "agreement.created"
    AGREEMENT_CONFIRMED = "agreement.confirmed"
    MEMBER_JOINED = "member.joined"
    SUGGESTION_PROPOSED = "suggestion.proposed"
    SUGGESTION_REVISED = "suggestion.revised"
    SUGGESTION_EXPLAINED = "suggestion.explained"
    SUGGESTION_QUESTIONED = "suggestion.questioned"
    SUGGESTION_ACCEPTED = "suggestion.accepted"
    SUGGESTION_ENACTED = "suggestion.enacted"
    SUGGESTION_REJECTED = "suggestion.rejected"
    SUGGESTION_DECLINED = "suggestion.declined"
    """One party's no, where the ground rules let the others carry the suggestion without it."""
    SUGGESTION_WITHDRAWN = "suggestion.withdrawn"
    SUGGESTION_COUNTERED = "suggestion.countered"
    SUGGESTION_SPLIT = "suggestion.split"
    SUGGESTION_ACCEPTED_AS_AMENDED = "suggestion.accepted_as_amended"
    THREAD_OPENED = "thread.opened"
    THREAD_REPLIED = "thread.replied"
    THREAD_EDITED = "thread.edited"
    THREAD_RESOLVED = "thread.resolved"
    THREAD_REOPENED = "thread.reopened"
    TABLING_MADE = "tabling.made"
    ARTICLE_INITIALLED = "article.initialled"
    ARTICLE_TENTATIVE = "article.tentative"
    ARTICLE_REOPENING = "article.reopening"
    ARTICLE_REOPENED = "article.reopened"
    ARTICLE_ADDED = "article.added"
    ARTICLE_MOVED = "article.moved"
    ARTICLE_RETITLED = "article.retitled"
    ARTICLE_STRUCK = "article.struck"
    PACKAGE_OFFERED = "package.offered"
    PACKAGE_RESPONDED = "package.responded"
    PACKAGE_ACCEPTED = "package.accepted"
    PACKAGE_REJECTED = "package.rejected"
    PACKAGE_WITHDRAWN = "package.withdrawn"
    PACKAGE_EXPIRED = "package.expired"
    MEMBER_CHANGED = "member.changed"
    MEMBER_REMOVED = "member.removed"
    GROUND_RULES_PROPOSED = "ground_rules.proposed"
    GROUND_RULES_SIGNED = "ground_rules.signed"
    GROUND_RULES_ADOPTED = "ground_rules.adopted"
    SESSION_CONVENED = "session.convened"
    SESSION_MOVED = "session.moved"
    SESSION_OPENED = "session.opened"
    SESSION_ATTENDANCE = "session.attendance"
    SESSION_CAUCUS = "session.caucus"
    SESSION_CLOSED = "session.closed"
    MINUTES_DRAFTED = "minutes.drafted"
    MINUTES_INITIALLED = "minutes.initialled"
    RECONVENING_REFUSED = "reconvening.refused"
    PUBLICATION_MADE = "publication.made"
    AGREEMENT_SIGNATURE = "agreement.signature"
    AGREEMENT_SIGNED = "agreement.signed"
    MEDIATION_CONSENTED = "mediation.consented"
    MEDIATION_AGREED = "mediation.agreed"


@dataclass(frozen=True, slots=True)
class Act:
    """One act, before it has its place in the chain; `member` is `{id, name}` as they are now."""

    kind: str
    party: PartyKey | None
    member: Mapping[str, Any] | None
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry's number and hash; 0 and an empty hash before the first."""

    seq: int = 0
    hash: str = GENESIS


def timestamp(at: datetime) -> str:
    """Write a time as the ledger keeps it: RFC 3339, UTC, always six digits of a second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hashed_form(act: Act, seq: int, at: str, previous_hash: str) -> dict[str, Any]:
    """Lay out an entry without its own `hash`: exactly what is hashed, in its RFC 8785 form."""
    return {
        "seq": seq,
        "at": at,
        "kind": str(act.kind),
        "party": act.party,
        "member": dict(act.member) if act.member is not None else None,
        "payload": dict(act.payload),
        "previous_hash": previous_hash,
    }
