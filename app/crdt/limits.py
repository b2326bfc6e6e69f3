"""How much one connection may ask of a room, and what a room keeps in memory.

A peer beyond a rate is closed with a name (4429); a peer that is merely ahead of the room is not read
from until the room has caught up, so no queue grows without end.
"""

import time
from dataclasses import dataclass, field
from typing import Final

LONGEST_TEXT: Final = 16 << 20
"""Bytes of all articles of a text: some twenty times an agreement of three hundred pages."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a room. Bytes and frames are per connection."""

    frame_bytes: int = 8 * 1024 * 1024
    pending_frames: int = 1_024
    pending_bytes: int = 8 * 1024 * 1024
    batch_frames: int = 256
    batch_bytes: int = 512 * 1024
    """Of one peer in one batch: whoever floods a room delays itself, and others by one batch."""
    unsent_bytes: int = 4 * 1024 * 1024
    """How far a peer may lag behind what it was sent, beyond the largest message of that: a text takes its time."""
    syncs_per_second: float = 2.0
    sync_burst: float = 20.0
    messages_per_second: float = 40_000.0
    message_burst: float = 80_000.0
    presence_seconds: float = 0.04
    """Presence is told at most this often, merged; the first news after a pause at once."""
    following_seconds: float = 0.05
    """How long a caucus waits for more of what its table does before it follows."""
    checkpoint_updates: int = 2_000
    checkpoint_bytes: int = 4 * 1024 * 1024
    idle_seconds: float = 60.0
    """A room that nobody is in and nobody reads is dropped from memory after this long."""


@dataclass(slots=True)
class Allowance:
    """A token bucket: `burst` at once, `per_second` in the long run."""

    per_second: float
    burst: float
    _left: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._left, self._at = self.burst, time.monotonic()

    def take(self, amount: int = 1) -> bool:
        """Use some of it; False where too little is left."""
        if self._left < amount:
            now = time.monotonic()
            self._left = min(self.burst, self._left + (now - self._at) * self.per_second)
            self._at = now
            if self._left < amount:
                return False
        self._left -= amount
        return True
