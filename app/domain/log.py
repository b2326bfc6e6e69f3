"""A document as its log tells it: what a worker reads when it opens one, or catches up with others.

The live core and the repositories pass these to each other without knowing each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.structure import Outline, Structure

NOBODY: Final = MemberId("")
"""Whose the client ids are that wrote in a caucus before it was begun anew: whoever comes with one of them is late."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who opened a suggestion id (in a caucus: a draft's), where, and whether it still awaits its answer."""

    party: PartyKey
    author: MemberId
    article: ArticleId
    pending: bool
    structural: bool = False
    """Whether it is about the article as a whole: then it stands however much of its text is left."""


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
    outline: Outline = field(default_factory=Outline)
    structures: Mapping[SuggestionId, Structure] = field(default_factory=dict)
    """The pending suggestions about articles as a whole, in the order in which they were opened."""
    proposed: Mapping[ArticleId, tuple[SuggestionId, PartyKey]] = field(default_factory=dict)
    """Of a caucus: what proposes, at the table, each article that is no part of the agreement yet."""


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
    party: PartyKey | None = None
    """Whose caucus it is; None for a table."""
    table_seq: int = 0
    """Of a caucus: the table's update up to which it follows its table."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Updates that other workers committed since `known_seq`; `register` where one changed it."""

    updates: Sequence[bytes]
    seq: int
    register: Register | None
    writers: Mapping[int, MemberId] = field(default_factory=dict)
    table_seq: int = 0
    """Of a caucus: the table's update up to which it follows its table, these applied."""
    begun_anew: bool = False
    """Whether the log was begun anew since: the updates are then a document of their own."""
