"""What a frame or a decision means for the record, in the words of the ledger.

The live core states facts; the repositories write them, in the transaction that
logs the update they came with. A fact never outlives a failed commit.
"""

from dataclasses import dataclass
from typing import Any

from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId


@dataclass(frozen=True, slots=True)
class Proposed:
    """A suggestion came into being, or came back after it had vanished."""

    suggestion: SuggestionId
    article: ArticleId
    party: PartyKey
    author: MemberId


@dataclass(frozen=True, slots=True)
class Revised:
    """The content of a pending suggestion changed: a new version, and earlier acceptances are void."""

    suggestion: SuggestionId


@dataclass(frozen=True, slots=True)
class Vanished:
    """Nothing is left of a pending suggestion. `content` is what it last said; `by` whose act it was."""

    suggestion: SuggestionId
    content: dict[str, Any]
    by: MemberId | None
    overtaken: bool
    """True where another's enacted change removed it, false where its own party took it back."""


Fact = Proposed | Revised | Vanished
