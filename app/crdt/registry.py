"""The rooms of one worker: opened once however many ask at once, dropped when nobody is in them.

Every room's task has its owner here: one that fails is closed, and the next who asks opens it from the log.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from app.crdt.caucus_follower import CaucusFollower
from app.crdt.caucus_room import CaucusRoom
from app.crdt.document import Document
from app.crdt.follower import Follower, folded
from app.crdt.limits import Limits
from app.crdt.ports import Bus, Peer, Stored, TablingTurn, TurnT, UpdateLog
from app.crdt.room import Room, RoomRetired
from app.domain.ids import DocumentId, agreement_of, party_of, table_of
from app.errors import DraftingError, NotFound, Unavailable

T = TypeVar("T")
R = TypeVar("R")

_TENDING_SECONDS = 10.0
_POLLING_SECONDS = 2.0
_DOCUMENTS_A_POLL = 500

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Open(Generic[TurnT]):
    room: Room[TurnT]
    task: asyncio.Task[None]
    unsubscribe: list[Callable[[], Awaitable[None]]]
    used_at: float = field(default_factory=time.monotonic)


class Rooms(Generic[TurnT]):
    """What services and sockets know of the live documents."""

    def __init__(self, log: UpdateLog[TurnT], bus: Bus, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._log, self._bus = log, bus
        self._open: dict[DocumentId, _Open[TurnT]] = {}
        self._opening: dict[DocumentId, asyncio.Task[Room[TurnT]]] = {}
        self._caucuses: dict[DocumentId, set[CaucusRoom[TurnT]]] = {}
        """Table → the rooms of caucuses over it that are open here."""
        self._chores: set[asyncio.Task[None]] = set()
        self._shutting_down = False

    @property
    def bus(self) -> Bus:
        """Word between the workers that these rooms are on."""
        return self._bus

    async def read(self, document_id: DocumentId, reader: Callable[[Document], T]) -> T:
        """Read a document as committed, brought to the head of its log first where other workers may write."""
        self._log.refuse_inside_transaction()
        while True:
            try:
                return await (await self._room(document_id)).read(reader)
            except RoomRetired:
                continue

    async def decide(self, document_id: DocumentId, decision: Callable[[Document, TurnT], Awaitable[R]]) -> R:
        """Carry out a decision in the room's order, inside one transaction: all of it is committed, or nothing.

        The decision changes the document, appends the update to the turn and writes its records through the turn's
        session. On return it is committed and relayed; after any exception the document is as it was.
        """
        self._log.refuse_inside_transaction()
        while True:
            try:
                return await (await self._room(document_id)).decide(decision)
            except RoomRetired:
                continue

    async def table(
        self, caucus_id: DocumentId, tabling: Callable[[Document, Document, TablingTurn[TurnT]], Awaitable[R]]
    ) -> R:
        """Carry out an act on a caucus and its table, in both rooms' order and one transaction, or not at all.

        It is given the caucus's document, the table's, and the turn on both; the caucus follows its table right up to
        what the act appends there.
        """
        self._log.refuse_inside_transaction()
        while True:
            try:
                caucus = await self._room(caucus_id)
                if not isinstance(caucus, CaucusRoom):
                    raise NotFound
                return await caucus.table(await self._room(table_of(agreement_of(caucus_id))), tabling)
            except RoomRetired:
                continue

    async def join(self, document_id: DocumentId, peer: Peer) -> Room[TurnT]:
        """Let a peer into a room, opening it first if need be."""
        room = await self._room(document_id)
        room.join(peer)
        return room

    async def close_document(self, document_id: DocumentId, error: DraftingError) -> None:
        """End every peer of a document here with the error."""
        opened = self._open.get(document_id)
        if opened is not None:
            await opened.room.retire(error)
            await self._forget(opened)

    async def shutdown(self) -> None:
        """Take in what has arrived, keep checkpoints, and end every peer with `Unavailable`."""
        self._shutting_down = True
        await asyncio.gather(*self._opening.values(), return_exceptions=True)
        error = Unavailable("The service is shutting down; your changes are kept and will be sent when it is back.")
        for document_id in list(self._open):
            try:
                await self.close_document(document_id, error)
            except Unavailable:
                logger.exception("No checkpoint was kept of %s; its log is whole", agreement_of(document_id))
        for chore in list(self._chores):
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)

    async def _room(self, document_id: DocumentId) -> Room[TurnT]:
        """Find or open a room: one opening, however many ask for it meanwhile."""
        if self._shutting_down:
            raise Unavailable
        opened = self._open.get(document_id)
        if opened is not None and opened.room.closed is None:
            opened.used_at = time.monotonic()
            return opened.room
        opening = self._opening.get(document_id)
        if opening is None:
            opening = asyncio.create_task(self._open_room(document_id))
            self._opening[document_id] = opening
            opening.add_done_callback(lambda _: self._opening.pop(document_id, None))
        # One who stops waiting must not cancel it for the others.
        return await asyncio.shield(opening)

    async def _open_room(self, document_id: DocumentId) -> Room[TurnT]:
        if (before := self._open.get(document_id)) is not None:
            await self._forget(before)
        room = self._new_room(document_id, await self._load(document_id))
        unsubscribe = [await self._bus.subscribe(document_id, room.hear_head, room.hear_presence)]
        if isinstance(room, CaucusRoom):
            table = table_of(agreement_of(document_id))
            self._caucuses.setdefault(table, set()).add(room)
            unsubscribe.append(await self._bus.subscribe(table, room.hear_table, _no_presence))
        self._bus.share_presence(document_id, b"")
        task = asyncio.create_task(room.run(), name=f"room {document_id}")
        task.add_done_callback(lambda done: self._ended(room, done))
        self._open[document_id] = _Open(room, task, unsubscribe)
        if not self._chores:
            self._start(self._tend(), "tending rooms")
            if self._log.shared:
                self._start(self._poll(), "polling the log")
        return room

    async def _load(self, document_id: DocumentId) -> Stored:
        """Read a document; a caucus comes into being when first somebody of its party asks for it."""
        try:
            return await self._log.load(document_id)
        except NotFound:
            if party_of(document_id) is None:
                raise
        table = await self._log.load(table_of(agreement_of(document_id)))
        await self._log.begin(document_id, folded(table) or b"", table.seq)
        return await self._log.load(document_id)

    def _new_room(self, document_id: DocumentId, stored: Stored) -> Room[TurnT]:
        log, bus, limits = self._log, self._bus, self.limits
        if party_of(document_id) is not None:
            return CaucusRoom(CaucusFollower(document_id, stored, log, limits), log, bus, limits)

        def moved(seq: int) -> None:
            for caucus in self._caucuses.get(document_id, ()):
                caucus.hear_table(seq)

        return Room(Follower(document_id, stored, log, limits), log, bus, limits, moved)

    def _ended(self, room: Room[TurnT], task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            room.log_failure("The room of %s failed; it will be opened anew", error)
            room.close(Unavailable())

    async def _forget(self, opened: _Open[TurnT]) -> None:
        if self._open.get(opened.room.id) is opened:
            del self._open[opened.room.id]
        if isinstance(opened.room, CaucusRoom):
            table = table_of(agreement_of(opened.room.id))
            beside = self._caucuses.get(table, set())
            beside.discard(opened.room)
            if not beside:
                self._caucuses.pop(table, None)
        opened.task.cancel()
        await asyncio.gather(opened.task, return_exceptions=True)
        for unsubscribe in opened.unsubscribe:
            await unsubscribe()

    def _start(self, chore: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(chore, name=name)
        self._chores.add(task)
        task.add_done_callback(self._chore_ended)

    def _chore_ended(self, task: asyncio.Task[None]) -> None:
        self._chores.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("%s failed", task.get_name(), exc_info=error)

    async def tend(self) -> None:
        """Do what is due in every room, keep checkpoints, and drop the rooms that nobody uses."""
        for opened in list(self._open.values()):
            try:
                await self._tend_one(opened)
            except Unavailable as error:
                logger.warning("No checkpoint was kept of %s: %s", agreement_of(opened.room.id), error)

    async def _tend(self) -> None:
        while True:
            await asyncio.sleep(_TENDING_SECONDS)
            await self.tend()

    async def _tend_one(self, opened: _Open[TurnT]) -> None:
        room = opened.room
        if room.is_idle and time.monotonic() - opened.used_at > self.limits.idle_seconds:
            await room.retire_if_idle()
        elif room.closed is None:
            room.tend()
            await room.keep_checkpoint()
        if room.closed is not None:
            await self._forget(opened)

    async def _poll(self) -> None:
        """Ask the log itself how far it reaches: word from other workers may be lost."""
        while True:
            await asyncio.sleep(_POLLING_SECONDS)
            documents = list(self._open.keys() | self._caucuses.keys())
            for start in range(0, len(documents), _DOCUMENTS_A_POLL):
                try:
                    heads = await self._log.heads(documents[start : start + _DOCUMENTS_A_POLL])
                except Unavailable as error:
                    logger.warning("The log cannot be polled: %s", error)
                    break
                for document_id, seq in heads.items():
                    if (opened := self._open.get(document_id)) is not None:
                        opened.room.hear_head(seq)
                    for caucus in self._caucuses.get(document_id, ()):
                        caucus.hear_table(seq)


def _no_presence(_presence: bytes) -> None:
    """Take no notice of who is at the table: a caucus tells nobody, and is told of nobody."""
