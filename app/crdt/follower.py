"""A worker's copy of a document, and how far it follows the log.

It may run ahead of the log only inside a turn: a turn that does not commit leaves it stale, and a stale one is
read anew before anything else happens. Until somebody writes or reads the text, the copy is only bytes: enough to
answer those who open it, at a fraction of the time and memory of a document with its mirror.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Generic

from pycrdt import Doc, get_state, get_update

from app.crdt import protocol
from app.crdt.caucus import open_document
from app.crdt.document import Document
from app.crdt.limits import Limits
from app.crdt.ports import Missed, Stored, Turn, TurnT, UpdateLog
from app.crdt.protocol import EMPTY_UPDATE, Message
from app.crdt.yjs import merge
from app.domain.ids import DocumentId, MemberId
from app.errors import ProtocolViolation

_MOST_ANSWERS = 64
_NOTHING = b"\x00"
"""The state vector of a replica that is empty."""


class BegunAnew(ProtocolViolation):
    """The document was begun anew: whoever holds the one before has to load it from the start."""

    detail = "This caucus was begun anew; this page has to load the caucus anew."


class Follower(Generic[TurnT]):
    """One document in memory. `seq` is the newest update that is applied here and committed."""

    seq: int

    def __init__(self, document_id: DocumentId, stored: Stored, log: UpdateLog[TurnT], limits: Limits) -> None:
        self.id = document_id
        self.stale = False
        self._log, self._limits = log, limits
        self._unshown: list[bytes] = []
        self._news = False
        self._answers: dict[bytes, Message] = {}
        self._stored = stored
        self._document: Document | None = None
        self._take(stored)

    @property
    def document(self) -> Document:
        """The document itself, made when first asked for."""
        if self._document is None:
            self._document = open_document(self._stored)
            self._stored = replace(self._stored, checkpoint=None)
            self._known_writers = len(self._document.writers)
        return self._document

    def state_vector(self) -> bytes:
        """Tell what the copy holds."""
        whole = self._stored.checkpoint
        return self.document.state_vector() if whole is None else get_state(whole)

    async def refresh(self, *, catch_up: bool) -> None:
        """Make the copy true again if it is stale; where asked, bring it to the head of the log."""
        if self.stale:
            stored = await self._log.load(self.id)
            if stored.seq > self.seq:
                # Committed, by us or elsewhere, without our peers having seen it.
                missed = await self._log.catch_up(self.id, self.seq)
                self._unshown.extend(missed.updates)
            self._take(stored)
        elif catch_up:
            self.catch_up(await self._log.catch_up(self.id, self.seq))

    def catch_up(self, missed: Missed) -> None:
        """Apply what other workers committed."""
        if missed.begun_anew:
            raise BegunAnew
        if missed.seq <= self.seq:
            return
        for update in missed.updates:
            self.document.catch_up(update)
        self._unshown.extend(missed.updates)
        self._advance(missed.seq, missed.updates)
        if missed.register is not None:
            self.document.register = missed.register
            self._news = True
        self.document.writers.update(missed.writers)
        self._known_writers = len(self.document.writers)

    def new_writers(self) -> dict[int, MemberId]:
        """Tell which client ids were written under for the first time since the last committed turn."""
        return dict(islice(self.document.writers.items(), self._known_writers, None))

    def revision(self) -> tuple[int, int]:
        """Tell two states of the text in memory apart."""
        articles = self.document.articles
        return len(articles), sum(text.revision for text in articles.values())

    def committed(self, turn: Turn) -> None:
        """Note that a turn has committed: what it appended is the truth."""
        self.stale = False
        if turn.staged:
            self._advance(turn.missed.seq + len(turn.staged), turn.staged)
            self._known_writers = len(self.document.writers)
        if turn.register is not None:
            self.document.register = turn.register

    def take_unshown(self) -> bytes | None:
        """Take what was committed elsewhere and applied here, for our peers."""
        unshown, self._unshown = self._unshown, []
        return merged(unshown)

    def take_news(self) -> bool:
        """Tell, once, whether other workers recorded anything beyond text."""
        news, self._news = self._news, False
        return news

    def clocks(self, clients: Iterable[int]) -> list[tuple[int, int]]:
        """Tell how far these client ids have written, in a document that somebody writes in."""
        items = self.document.items
        return [(client, items.clock(client)) for client in clients]

    def clocks_of(self, member: MemberId) -> list[tuple[int, int]]:
        """Tell how far a member has written under each of its client ids."""
        clocks = protocol.read_state_vector(self.state_vector())
        writers = self._stored.writers if self._document is None else self._document.writers
        return [(client, clock) for client, clock in clocks.items() if writers.get(client) == member]

    def answer(self, state_vector: bytes) -> Message:
        """Answer step 1: what a client with this state lacks. Many ask for the same after a restart."""
        if (known := self._answers.get(state_vector)) is not None:
            return known
        message = protocol.step_2(self._lacking(state_vector))
        if len(self._answers) < _MOST_ANSWERS:
            self._answers[state_vector] = message
        return message

    @property
    def checkpoint_is_due(self) -> bool:
        return (
            self.seq - self._checkpoint_seq >= self._limits.checkpoint_updates
            or self._tail_bytes >= self._limits.checkpoint_bytes
        )

    @property
    def has_tail(self) -> bool:
        """Whether opening the document would have to read updates beyond its newest checkpoint."""
        return self.seq > self._checkpoint_seq

    def take_checkpoint(self) -> tuple[int, bytes]:
        """Fold the whole state, for the log to keep at this sequence number."""
        self._checkpoint_seq, self._tail_bytes = self.seq, 0
        return self.seq, self._lacking(_NOTHING)

    def _lacking(self, state_vector: bytes) -> bytes:
        whole = self._stored.checkpoint
        if whole is None:
            return self.document.diff(state_vector)
        return whole if state_vector == _NOTHING else get_update(whole, state_vector)

    def _advance(self, seq: int, updates: Sequence[bytes]) -> None:
        self.seq = seq
        self._tail_bytes += sum(map(len, updates))
        self._answers.clear()

    def _take(self, stored: Stored) -> None:
        self._checkpoint_seq = stored.checkpoint_seq
        self._tail_bytes = sum(map(len, stored.tail))
        self._stored = replace(stored, checkpoint=folded(stored), tail=())
        self._document = None
        self._known_writers = len(stored.writers)
        self.seq, self.stale = stored.seq, False
        self._answers.clear()


def folded(stored: Stored) -> bytes | None:
    """Fold checkpoint and tail into one state. Applied, not merged: what is kept is what a document makes of them."""
    if not stored.tail:
        return stored.checkpoint
    document: Doc[Any] = Doc()
    with document.transaction():
        for update in () if stored.checkpoint is None else (stored.checkpoint,):
            document.apply_update(update)
        for update in stored.tail:
            document.apply_update(update)
    return document.get_update()


def merged(updates: Sequence[bytes]) -> bytes | None:
    """Merge updates into one; None where they say nothing."""
    telling = [update for update in updates if update != EMPTY_UPDATE]
    return merge(telling) if telling else None
