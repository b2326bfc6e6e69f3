"""A live agreement: one document, the peers editing it, and the order of events.

Updates are decoded, admitted, logged, applied and only then relayed. A crash between any two steps loses nothing
that a peer has been shown. Frames that arrive together are admitted together and committed once; admission has to
apply them in memory to learn what they mean, so whoever reads waits for the commit in flight, and a commit that
fails throws the document in memory away.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from app.crdt import protocol
from app.crdt.admission import Admitted, Broken, Writer, admit
from app.crdt.audience import Audience
from app.crdt.document import Document
from app.crdt.follower import BegunAnew, Follower, merged
from app.crdt.limits import Limits
from app.crdt.ports import Bus, Peer, Turn, TurnT, UpdateLog
from app.crdt.protocol import EMPTY_UPDATE, Kind
from app.crdt.seat import Seat
from app.domain.ids import agreement_of, party_of
from app.errors import DraftingError, LimitExceeded, NotFound, ProtocolViolation, Unavailable

T = TypeVar("T")
R = TypeVar("R")
Batch = dict[Seat, list[bytes]]
Outcome = list[tuple[Seat, Admitted]]

_BUGS = (LookupError, ValueError, TypeError, AttributeError, RuntimeError, ArithmeticError, AssertionError)
"""A bug that one peer's frame meets ends that peer: the document may be anything by now, and is read anew."""

RECORDED = protocol.notice("recorded", "The record of this agreement has grown; read it anew.", {})

logger = logging.getLogger(__name__)


class RoomRetired(Unavailable):
    """The room was dropped because nobody was in it; whoever asks again opens it anew."""


class Room(Generic[TurnT]):
    """One document while somebody uses it. `closed` is set once, with the reason, and never taken back."""

    def __init__(
        self,
        follower: Follower[TurnT],
        log: UpdateLog[TurnT],
        bus: Bus,
        limits: Limits,
        moved: Callable[[int], None] = lambda _seq: None,
    ) -> None:
        self.id = document_id = follower.id
        self.closed: DraftingError | None = None
        self._log, self._bus = log, bus
        self._follower = follower
        self._moved = moved
        self._audience = Audience(limits, lambda presence: bus.share_presence(document_id, presence))
        self._order = asyncio.Lock()
        self._wake = asyncio.Event()
        self._sent: dict[Seat, None] = {}
        self._asking: dict[Seat, bytes] = {}
        self._arrived: list[Seat] = []
        self._head_heard = 0
        self._failures = 0

    # What connections call. None of it waits.

    def join(self, peer: Peer) -> None:
        """Let a peer in, and ask what it has that we lack; once it has asked the same, it hears everything."""
        self._arrived.append(self._audience.join(peer))
        self._wake.set()

    def leave(self, peer: Peer) -> None:
        """Let a peer go. What it sent before it went is still admitted."""
        self._audience.leave(peer)

    def receive(self, peer: Peer, messages: Sequence[bytes]) -> None:
        """Take in what a peer sent, in its order. A message that is no protocol ends this peer, and no other."""
        seat = self._audience.seat(peer)
        if seat is None:
            return
        try:
            seat.count(messages)
            for message in messages:
                self._take(seat, *protocol.decode(message))
        except (ProtocolViolation, LimitExceeded) as error:
            self._audience.expel(seat, error)
        self._wake.set()

    def hear_head(self, seq: int) -> None:
        """Learn that another worker's log reaches `seq`: a hint, and nothing to rely on."""
        if seq > self._head_heard:
            self._head_heard = seq
            self._wake.set()

    def hear_presence(self, content: bytes) -> None:
        """Learn who is where on another worker; an empty content asks who is here."""
        try:
            self._audience.hear_presence_elsewhere(content)
        except (ProtocolViolation, LimitExceeded) as error:
            self.log_failure("Another worker told of presence in %s that cannot be read", error)

    def tend(self) -> None:
        """Do what is due now and then."""
        self._audience.tend()

    # What services call, through the registry.

    async def read(self, reader: Callable[[Document], T]) -> T:
        """Read what is committed, waiting for the commit in flight."""
        async with self._order:
            self._require_open()
            await self._be_current(catch_up=self._log.shared)
            self._show_missed()
            return reader(self._follower.document)

    async def decide(self, decision: Callable[[Document, TurnT], Awaitable[R]]) -> R:
        """Carry out a decision in the room's order: its marks, records and ledger entries are one transaction."""
        async with self.held():
            async with self._log.decision(self.id, self._follower.seq) as turn:
                self._follower.catch_up(turn.missed)
                result = await self._decided(decision, turn)
                if not turn.staged:
                    # An act that changes no text still takes its place in the order: other workers hear of it.
                    turn.append(EMPTY_UPDATE, [], changes_register=True)
            self.committed(turn)
            return result

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Follower[TurnT]]:
        """Hold the room's order for an act, with the copy as it is committed."""
        async with self._order:
            self._require_open()
            await self._be_current(catch_up=False)
            try:
                yield self._follower
            except BegunAnew as error:
                self.close(error)
                raise RoomRetired from error
            finally:
                # Whatever becomes of the act, what it met of other workers is still to be shown here.
                self._wake.set()

    def committed(self, turn: Turn) -> None:
        """Show what an act has committed while the room was held."""
        self._commit(turn)
        if turn.staged:
            self._audience.relay(merged(turn.staged))
            self._audience.tell(RECORDED)

    async def _decided(self, decision: Callable[[Document, TurnT], Awaitable[R]], turn: TurnT) -> R:  # type: ignore[misc]
        """Run a decision. A refusal that left the text alone needs no reading anew; whatever else fails does."""
        before = self._follower.revision()
        self._follower.stale = True
        try:
            return await decision(self._follower.document, turn)
        except DraftingError:
            self._follower.stale = self._follower.revision() != before
            raise

    @property
    def is_idle(self) -> bool:
        """Whether nobody is here and nothing waits to be done."""
        return not (len(self._audience) or self._sent or self._order.locked())

    @property
    def seq(self) -> int:
        """The number of the newest update that is applied here."""
        return self._follower.seq

    async def run(self) -> None:
        """Serve the room until it is closed; whoever owns this task sees what it could not cope with."""
        while self.closed is None:
            await self._wake.wait()
            self._wake.clear()
            async with self._order:
                if self.closed is None:
                    await self._serve()
            if self._sent:
                self._wake.set()

    async def keep_checkpoint(self) -> None:
        """Fold the log into a checkpoint where its tail has grown long."""
        async with self._order:
            if self._follower.stale or not self._follower.checkpoint_is_due:
                return
            checkpoint = self._follower.take_checkpoint()
        await self._log.checkpoint(self.id, *checkpoint)

    async def retire(self, error: DraftingError) -> None:
        """Close the room: take in what has arrived, keep a checkpoint, end every peer with the error."""
        async with self._order:
            while self._sent and self.closed is None:
                await self._serve()
            try:
                await self._fold()
            finally:
                self.close(error)

    async def retire_if_idle(self) -> None:
        """Keep a checkpoint and close the room, unless somebody came in meanwhile."""
        async with self._order:
            await self._fold()
            if not (len(self._audience) or self._sent):
                self.close(RoomRetired())

    async def _fold(self) -> None:
        if self.closed is None and self._follower.has_tail and not self._follower.stale:
            await self._log.checkpoint(self.id, *self._follower.take_checkpoint())

    def close(self, error: DraftingError) -> None:
        """End every peer with the error; the room is of no use afterwards."""
        self.closed = self.closed or error
        self._audience.close(error)
        self._sent.clear()
        self._wake.set()

    # The order of events.

    async def _be_current(self, *, catch_up: bool) -> None:
        """Make the copy true again, and bring it to the head of the log where asked."""
        try:
            await self._follower.refresh(catch_up=catch_up)
            await self._keep_up(ask=catch_up)
        except BegunAnew as error:
            self.close(error)
            raise RoomRetired from error

    async def _keep_up(self, *, ask: bool) -> None:
        """Follow what this document is a fork of; a table is a fork of nothing."""

    async def _serve(self) -> None:
        try:
            await self._be_current(catch_up=self._log.shared and self._may_be_behind())
            self._show_missed()
            batch = self._next_batch()
            if batch:
                await self._admit_and_log(batch)
            self._welcome()
            self._answer()
        except RoomRetired:
            return
        except (Unavailable, NotFound) as error:
            self.log_failure("The log of %s cannot be read; closing the room", error)
            self.close(error)

    async def _admit_and_log(self, batch: Batch) -> None:
        while batch:
            self._follower.stale = True
            try:
                async with self._log.frames(self.id, self._follower.seq) as turn:
                    self._follower.catch_up(turn.missed)
                    outcome = self._admit(batch, turn)
            except Broken as error:
                # The culprit is out of the batch. Nothing was logged: begin anew with the others.
                self.log_failure("The promise did not hold in %s; rebuilding it from the log", error)
                await self._follower.refresh(catch_up=False)
            except BegunAnew as error:
                self.close(error)
                return
            except Unavailable as error:
                await self._recover(batch, error)
                return
            else:
                self._commit(turn)
                self._tell(outcome)
                return

    def _admit(self, batch: Batch, turn: Turn) -> Outcome:
        outcome: Outcome = []
        for seat, frames in list(batch.items()):
            peer = seat.peer
            writer = Writer(peer.member, peer.party, peer.may_write)
            try:
                outcome.append((seat, admit(self._follower.document, frames, writer)))
            except (ProtocolViolation, LimitExceeded) as error:
                self._audience.expel(seat, error)
            except (Broken, *_BUGS) as error:
                del batch[seat]
                self._audience.expel(seat, ProtocolViolation("The frame could not be made safe."))
                raise Broken from error
        self._append(outcome, turn)
        return outcome

    def _append(self, outcome: Outcome, turn: Turn) -> None:
        update = merged([admitted.update for _, admitted in outcome if admitted.update])
        if update is not None:
            turn.append(
                update,
                [fact for _, admitted in outcome for fact in admitted.facts],
                changes_register=any(admitted.changes_register for _, admitted in outcome),
                writers=self._follower.new_writers(),
            )

    def _commit(self, turn: Turn) -> None:
        self._failures = 0
        self._follower.committed(turn)
        if turn.staged:
            self._bus.announce(self.id, self._follower.seq)
            self._moved(self._follower.seq)
        self._show_missed()

    def _tell(self, outcome: Outcome) -> None:
        """Relay a committed batch: merged to those who only read it, and to its senders what they lack of it.

        What a sender lacks goes in the order of admission: corrections build on one another.
        """
        self._audience.relay(merged([a.update for _, a in outcome if a.update]), beyond={seat for seat, _ in outcome})
        for seat, own in outcome:
            seat.follows = True
            lacking = [admitted.corrections if author is seat else admitted.update for author, admitted in outcome]
            if (update := merged([each for each in lacking if each])) is not None:
                seat.send(protocol.update(update))
            for each in own.notices:
                seat.send(protocol.notice(each.code, each.detail, each.fields))
            if own.clients:
                seat.send(protocol.saved(self._follower.clocks(own.clients)))

    async def _recover(self, batch: Batch, error: Unavailable) -> None:
        """Go back to what is committed after a failed commit, and ask the peers for what is lost here."""
        self.log_failure("A commit failed in %s; reading the log anew", error)
        self._failures += 1
        await self._follower.refresh(catch_up=False)
        self._show_missed()
        if self._failures > 1:
            # What these peers send cannot be written: asking them again would go on for ever.
            for seat in batch:
                self._audience.expel(seat, error)
        self._audience.tell(protocol.step_1(self._follower.state_vector()))

    def _show_missed(self) -> None:
        if (unshown := self._follower.take_unshown()) is not None:
            self._audience.relay(unshown)
            self._moved(self._follower.seq)
        if self._follower.take_news():
            self._audience.tell(RECORDED)

    def _welcome(self) -> None:
        arrived, self._arrived = self._arrived, []
        if arrived:
            greeting = protocol.step_1(self._follower.state_vector())
            for seat in arrived:
                seat.send(greeting)
                self._audience.tell_everyone(seat)

    def _answer(self) -> None:
        asking, self._asking = self._asking, {}
        for seat, state_vector in asking.items():
            seat.send(self._follower.answer(state_vector))
            seat.follows = True
            seat.send(protocol.saved(self._follower.clocks_of(seat.peer.member)))

    # What is waiting.

    def _take(self, seat: Seat, kind: Kind, content: bytes) -> None:
        if kind is Kind.UPDATE or kind is Kind.STEP_2:
            if content == EMPTY_UPDATE:
                return
            seat.push(content)
            self._sent[seat] = None
        elif kind is Kind.STEP_1:
            seat.count_ask()
            protocol.read_state_vector(content)
            self._asking[seat] = content
        elif kind is Kind.PRESENCE:
            self._audience.hear_presence(seat, content)
        else:
            self._audience.tell_everyone(seat)

    def _next_batch(self) -> Batch:
        batch = {seat: frames for seat in self._sent if (frames := seat.take())}
        self._sent = {seat: None for seat in self._sent if seat.frames}
        return batch

    def _may_be_behind(self) -> bool:
        return bool(self._asking) or self._head_heard > self._follower.seq

    def log_failure(self, message: str, error: BaseException) -> None:
        """Log what failed here; of a caucus neither whose it is nor what an error may quote of its text."""
        if party_of(self.id) is None:
            logger.error(message, self.id, exc_info=error)
        else:
            logger.error(message, f"a document of {agreement_of(self.id)}")

    def _require_open(self) -> None:
        if self.closed is not None:
            raise self.closed
