"""What the ledger's story is made of: its entries, and the lives of suggestions, along the ledger's numbers."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.domain.ids import ArticleId, PartyKey, SuggestionId
from app.domain.structure import Structure
from app.domain.suggestions import Given

STATUS_QUO, OPEN, IN_PACKAGE, TENTATIVE = "status_quo", "open", "in_package", "tentative"
PENDING, ACCEPTED, REJECTED, WITHDRAWN = "pending", "accepted", "rejected", "withdrawn"


class Told(NamedTuple):
    """An entry of the ledger, with as much of its payload as the story needs; `at` is its RFC 3339 text."""

    seq: int
    at: str
    kind: str
    party: PartyKey | None
    member_id: str | None
    member_name: str | None
    payload: Mapping[str, Any]

    @property
    def suggestion(self) -> SuggestionId | None:
        return self.payload.get("suggestion")

    @property
    def article(self) -> ArticleId | None:
        return self.payload.get("article")


class Turn(NamedTuple):
    """From this entry on, something stood like this."""

    seq: int
    at: str
    stands: Any


@dataclass(slots=True)
class Life:
    """One suggestion: whose it is, where it stands, and what was done about it."""

    id: SuggestionId
    article: ArticleId
    party: PartyKey
    author_id: str
    author_name: str
    turns: list[Turn] = field(default_factory=list)
    """Its status, each time it changed."""
    acts: list[Told] = field(default_factory=list)
    packages: set[str] = field(default_factory=set)
    """The open packages that it is part of."""
    structure: Structure | None = None
    """What it would do to the article as a whole, as it was proposed."""
    given: list[Given] = field(default_factory=list)
    """The answers to its present version, oldest first."""

    def status(self, seq: int) -> str | None:
        """Tell how it stood at an entry; None before it was proposed."""
        found: str | None = at_moment(self.turns, seq)
        return found

    @property
    def is_pending(self) -> bool:
        return bool(self.turns) and self.turns[-1].stands == PENDING


class Party(NamedTuple):
    """A side at the table, as the agreement was founded."""

    key: PartyKey
    name: str
    signatory: bool


class Outstanding(NamedTuple):
    """From this entry on, that many more answers are awaited of a party."""

    seq: int
    at: str
    party: PartyKey
    more: int


def at_moment(turns: list[Turn], seq: int) -> Any:
    """Tell what stood at an entry; None before the first turn."""
    place = bisect_right(turns, seq, key=lambda turn: turn.seq)
    return turns[place - 1].stands if place else None
