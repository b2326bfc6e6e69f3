"""The peers of a room, and what they are told: each message is built once, however many receive it."""

import asyncio
from collections.abc import Callable, Collection

from app.crdt import protocol
from app.crdt.limits import Limits
from app.crdt.ports import Peer
from app.crdt.presence import SILENT, Presence
from app.crdt.protocol import Message
from app.crdt.seat import Seat

_ALIVE = protocol.presence(SILENT)


class Audience:
    """Whoever is in a room. One peer's failure ends that peer, and costs no other a message."""

    def __init__(self, limits: Limits, share: Callable[[bytes], None]) -> None:
        self._limits = limits
        self._share = share
        self._seats: dict[Peer, Seat] = {}
        self._presence = Presence()
        self._timer: asyncio.TimerHandle | None = None
        self._told_at = float("-inf")

    def __len__(self) -> int:
        return len(self._seats)

    def seat(self, peer: Peer) -> Seat | None:
        return self._seats.get(peer)

    def join(self, peer: Peer) -> Seat:
        seat = self._seats[peer] = Seat(peer, self._limits)
        return seat

    def leave(self, peer: Peer) -> None:
        if self._seats.pop(peer, None) is not None:
            self._presence.leave(peer)
            self._tell_presence_soon()

    def expel(self, seat: Seat, error: Exception) -> None:
        """End one peer, and forget what it sent."""
        seat.frames.clear()
        self.leave(seat.peer)
        seat.peer.close(error)

    def close(self, error: Exception) -> None:
        """End every peer."""
        if self._timer is not None:
            self._timer.cancel()
        seats, self._seats = self._seats, {}
        for seat in seats.values():
            seat.peer.close(error)

    def relay(self, update: bytes | None, *, beyond: Collection[Seat] = ()) -> None:
        """Send an update to every peer but those, and but whoever has yet to ask for the text it builds on."""
        # Those beyond may have left meanwhile: only who is here can be counted.
        hearing = [seat for seat in self._seats.values() if seat.follows and seat not in beyond]
        if update is None or not hearing:
            return
        message = protocol.update(update)
        for seat in hearing:
            seat.send(message)

    def tell(self, message: Message) -> None:
        """Send a message to every peer."""
        for seat in list(self._seats.values()):
            seat.send(message)

    def hear_presence(self, seat: Seat, content: bytes) -> None:
        """Take in where a peer is. Raises `ProtocolViolation` if it speaks for somebody else."""
        self._presence.hear(seat.peer, content)
        self._tell_presence_soon()

    def hear_presence_elsewhere(self, content: bytes) -> None:
        """Take in who is where on another worker; an empty content asks who is here."""
        if content:
            self._presence.hear_elsewhere(content)
            self._tell_presence_soon()
        elif (here := self._presence.everyone_here()) is not None:
            self._share(here)

    def tell_everyone(self, seat: Seat) -> None:
        """Tell one peer who is here."""
        if (everyone := self._presence.everyone()) is not None:
            seat.send(protocol.presence(everyone))

    def tend(self) -> None:
        """Clear outdated presence, and let silent connections hear that they live: Yjs clients drop mute servers."""
        self._presence.expire()
        self._tell_presence_soon()
        for seat in list(self._seats.values()):
            if seat.is_quiet():
                seat.send(_ALIVE)

    def _tell_presence_soon(self) -> None:
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        pause = max(0.0, self._told_at + self._limits.presence_seconds - loop.time())
        self._timer = loop.call_later(pause, self._tell_presence)

    def _tell_presence(self) -> None:
        self._timer, self._told_at = None, asyncio.get_running_loop().time()
        changes, ours = self._presence.take_changes()
        if ours is not None:
            self._share(ours)
        if changes is None:
            return
        self.tell(protocol.presence(changes))
