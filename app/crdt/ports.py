"""What the live core needs of the outside, stated as protocols and joined in `app.main`.

`UpdateLog` is the truth: an update has happened when its transaction has
committed, and at no other moment.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

from app.crdt.protocol import Message
from app.domain.events import Fact
from app.domain.ids import DocumentId, MemberId, PartyKey
from app.domain.log import Missed, Owner, Register, Stored

__all__ = ["Bus", "Missed", "Owner", "Peer", "Register", "Stored", "Turn", "TurnT", "UpdateLog"]


class Turn(Protocol):
    """One transaction on one document, holding its place in the order until it commits on leaving."""

    missed: Missed

    @property
    def staged(self) -> Sequence[bytes]:
        """The updates appended so far: what to relay once the turn has committed."""
        ...

    @property
    def register(self) -> Register | None:
        """After a committed decision that changed it: the register as it now stands."""
        ...

    def append(
        self,
        update: bytes,
        facts: Sequence[Fact],
        *,
        changes_register: bool,
        writers: Mapping[int, MemberId] | None = None,
    ) -> int:
        """Stage an update and its facts; return the sequence number it takes if the turn commits.

        A decision that changes no text but the register (an article closed, an agreement signed) appends
        `protocol.EMPTY_UPDATE`, so that other workers learn of it. `writers` are client ids used for the first time.
        """
        ...

    def follow(self, table_seq: int) -> None:
        """Note that with this turn a caucus follows its table up to that update."""
        ...

    def begin_anew(self) -> None:
        """Note that the document begins with what is appended next: all before it is of the past."""
        ...


TurnT = TypeVar("TurnT", bound="Turn", covariant=True)


class TablingTurn(Protocol[TurnT]):
    """One transaction on a caucus and its table."""

    @property
    def caucus(self) -> TurnT: ...

    @property
    def table(self) -> TurnT: ...

    @property
    def behind(self) -> Missed:
        """What the table committed that the caucus does not follow yet."""
        ...


class UpdateLog(Protocol[TurnT]):
    """The durable order of every document's updates. Every method may raise `Unavailable`."""

    shared: bool
    """Whether other workers may append: then a reader has to catch up before it can say what is committed."""

    def refuse_inside_transaction(self) -> None:
        """Raise `RuntimeError` where the caller holds a transaction of its own: a room would wait for it for ever."""
        ...

    async def load(self, document: DocumentId, upto: int | None = None) -> Stored:
        """Read a document, or its text as it was at `upto`; raises `NotFound` for one that was never created."""
        ...

    def frames(self, document: DocumentId, known_seq: int) -> AbstractAsyncContextManager[Turn]:
        """Take a turn for frames: the quick path, committed with one hop and one fsync."""
        ...

    def decision(self, document: DocumentId, known_seq: int) -> AbstractAsyncContextManager[TurnT]:
        """Take a turn for a decision; the concrete turn also carries the database session."""
        ...

    def tabling(
        self, caucus: DocumentId, known_seq: int, table_seq: int, follows: int
    ) -> AbstractAsyncContextManager[TablingTurn[TurnT]]:
        """Take a turn on a caucus and its table, always in this order; `follows` is how far one follows the other."""
        ...

    async def begin(self, caucus: DocumentId, fork: bytes, table_seq: int) -> None:
        """Bring a caucus into being as a fork of its table at that update, unless it is there."""
        ...

    async def table_since(self, caucus: DocumentId, known_seq: int) -> Missed:
        """Read what the table of a caucus committed after `known_seq`; a register is the caucus's own."""
        ...

    async def catch_up(self, document: DocumentId, known_seq: int) -> Missed:
        """Read what was committed after `known_seq`."""
        ...

    async def heads(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, int]:
        """Tell how far the log of each document reaches."""
        ...

    async def checkpoint(self, document: DocumentId, seq: int, state: bytes) -> None:
        """Keep the document's whole state at `seq`; the log before it stays."""
        ...


class Bus(Protocol):
    """Word between workers. Losing a message delays a peer and never costs it anything; sending never waits."""

    def announce(self, document: DocumentId, seq: int) -> None:
        """Tell the other workers how far the log of a document reaches."""
        ...

    def share_presence(self, document: DocumentId, presence: bytes) -> None:
        """Tell the other workers of presence here; `b""` asks them for theirs."""
        ...

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
    role: str
    may_write: bool

    def send(self, message: Message) -> None:
        """Queue one whole protocol message without waiting; a full queue closes the peer (4408)."""
        ...

    def pause(self) -> None:
        """Stop reading from this connection: the room has enough of it to do."""
        ...

    def resume(self) -> None:
        """Read from this connection again."""
        ...

    def close(self, error: Exception) -> None:
        """End this connection with the close code of the error, and no other."""
        ...
