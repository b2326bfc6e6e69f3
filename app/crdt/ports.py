"""What the live core needs of the outside, stated as protocols and joined in `app.main`.

`UpdateLog` is the truth: an update has happened when its transaction has
committed, and at no other moment.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from app.domain.events import Fact
from app.domain.ids import ArticleId, DocumentId, MemberId, PartyKey, SuggestionId


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


@dataclass(frozen=True, slots=True)
class Missed:
    """Updates that other workers committed since `known_seq`; `register` where one changed it."""

    updates: Sequence[bytes]
    seq: int
    register: Register | None


class Turn(Protocol):
    """One transaction on one document, holding its place in the order until it commits on leaving."""

    missed: Missed

    def append(self, update: bytes, facts: Sequence[Fact], *, changes_register: bool) -> int:
        """Stage an update and its facts; return the sequence number it takes if the turn commits."""
        ...


TurnT = TypeVar("TurnT", bound="Turn", covariant=True)


class UpdateLog(Protocol[TurnT]):
    """The durable order of every document's updates. Every method may raise `Unavailable`."""

    async def load(self, document: DocumentId) -> Stored:
        """Read a document; raises `NotFound` for one that was never created."""
        ...

    def frames(self, document: DocumentId, known_seq: int) -> AbstractAsyncContextManager[Turn]:
        """Take a turn for frames: the quick path, committed with one hop and one fsync."""
        ...

    def decision(self, document: DocumentId, known_seq: int) -> AbstractAsyncContextManager[TurnT]:
        """Take a turn for a decision; the concrete turn also carries the database session."""
        ...

    async def catch_up(self, document: DocumentId, known_seq: int) -> Missed:
        """Read what was committed after `known_seq`."""
        ...

    async def checkpoint(self, document: DocumentId, seq: int, state: bytes) -> None:
        """Keep the document's whole state at `seq`; the log before it stays."""
        ...


class Bus(Protocol):
    """Word between workers. Losing a message delays a peer and never costs it anything."""

    async def announce(self, document: DocumentId, seq: int) -> None: ...

    async def share_presence(self, document: DocumentId, presence: bytes) -> None: ...

    async def subscribe(
        self,
        document: DocumentId,
        on_seq: Callable[[int], None],
        on_presence: Callable[[bytes], None],
    ) -> Callable[[], Awaitable[None]]:
        """Listen to a document's other workers; the answer ends the subscription."""
        ...


class Peer(Protocol):
    """One connection in a room, as the room sees it."""

    member: MemberId
    party: PartyKey
    name: str
    may_write: bool

    def send(self, message: bytes) -> None:
        """Queue one whole protocol message without waiting; a full queue closes the peer (4408)."""
        ...

    def close(self, error: Exception) -> None:
        """End this connection with the close code of the error, and no other."""
        ...
