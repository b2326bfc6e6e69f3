"""A document as its log tells it: what a worker reads when it opens one, or catches up with others.

The live core and the repositories pass these to each other without knowing each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId


@dataclass(frozen=True, slots=True)
class Owner:
    """Who opened a suggestion id, where, and whether it still awaits its answer."""

    party: PartyKey
    author: MemberId
    article: ArticleId
    pending: bool


@dataclass(slots=True)
class Register:
    """What SQL knows that admission has to obey; reread whenever a logged row says it changed."""

    owners: dict[SuggestionId, Owner] = field(default_factory=dict)
    closed: Mapping[ArticleId, str] = field(default_factory=dict)
    """Articles closed to changes → the error code that says why (`article_closed`, …)."""
    articles: Sequence[ArticleId] = ()
    """The agreement's articles in their order; the document may hold no others."""
    writable: bool = True
    """False while the agreement is in preparation, and once it is signed."""
    stage: str = "bargaining"


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as the log holds it: newest checkpoint (if any), the tail after it, and its head."""

    checkpoint: bytes | None
    tail: Sequence[bytes]
    seq: int
    register: Register
    writers: Mapping[int, MemberId] = field(default_factory=dict)
    """Yjs client id → the member that writes under it, and nobody else may."""
    checkpoint_seq: int = 0


@dataclass(frozen=True, slots=True)
class Missed:
    """Updates that other workers committed since `known_seq`; `register` where one changed it."""

    updates: Sequence[bytes]
    seq: int
    register: Register | None
    writers: Mapping[int, MemberId] = field(default_factory=dict)
