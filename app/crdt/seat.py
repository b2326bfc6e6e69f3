"""A peer's place in a room: what it has sent that is not served yet, and what it is still allowed.

A peer that is ahead of the room is not read from until the room has caught up with it.
"""

from collections.abc import Sequence

from app.crdt.limits import Allowance, Limits
from app.crdt.ports import Peer
from app.crdt.protocol import Message
from app.errors import LimitExceeded


class Seat:
    """One peer in one room."""

    __slots__ = ("_asks", "_heard", "_limits", "_messages", "_paused", "_pending_bytes", "follows", "frames", "peer")

    def __init__(self, peer: Peer, limits: Limits) -> None:
        self.peer = peer
        self.follows = False
        """Whether the peer has the text that updates build on: set once it was answered, or has written itself."""
        self.frames: list[bytes] = []
        self._limits = limits
        self._messages = Allowance(limits.messages_per_second, limits.message_burst)
        self._asks = Allowance(limits.syncs_per_second, limits.sync_burst)
        self._pending_bytes = 0
        self._paused = False
        self._heard = False

    def send(self, message: Message) -> None:
        self._heard = True
        self.peer.send(message)

    def is_quiet(self) -> bool:
        """Whether this peer was sent nothing since the last time it was asked."""
        quiet, self._heard = not self._heard, False
        return quiet

    def count(self, messages: Sequence[bytes]) -> None:
        """Count messages against the peer's rate. Raises `LimitExceeded`."""
        if not self._messages.take(len(messages)):
            raise LimitExceeded("Too many messages a second.")

    def count_ask(self) -> None:
        """Count a request for the document's state, the dearest thing to ask for. Raises `LimitExceeded`."""
        if not self._asks.take():
            raise LimitExceeded("Too many requests for the document a second.")

    def push(self, frame: bytes) -> None:
        """Keep a frame until the room serves it. Raises `LimitExceeded` for one that is too large."""
        if len(frame) > self._limits.frame_bytes:
            raise LimitExceeded("The frame is too large.")
        self.frames.append(frame)
        self._pending_bytes += len(frame)
        if not self._paused and self._is_ahead():
            self._paused = True
            self.peer.pause()

    def take(self) -> list[bytes]:
        """Take the frames of one batch."""
        if self._pending_bytes <= self._limits.batch_bytes and len(self.frames) <= self._limits.batch_frames:
            taken, self.frames, self._pending_bytes = self.frames, [], 0
        else:
            taken = self._take_some()
        if self._paused and not self._is_ahead():
            self._paused = False
            self.peer.resume()
        return taken

    def _take_some(self) -> list[bytes]:
        count, size = 0, 0
        for frame in self.frames[: self._limits.batch_frames]:
            count, size = count + 1, size + len(frame)
            if size >= self._limits.batch_bytes:
                break
        taken, self.frames = self.frames[:count], self.frames[count:]
        self._pending_bytes -= size
        return taken

    def _is_ahead(self) -> bool:
        return len(self.frames) > self._limits.pending_frames or self._pending_bytes > self._limits.pending_bytes
