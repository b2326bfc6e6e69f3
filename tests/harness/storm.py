"""Members typing as fast as they are let, and what each was shown or told is saved: what a crash may not take."""

import asyncio
import itertools
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from websockets.exceptions import ConnectionClosed

from app.crdt import protocol
from tests.harness.sockets import Socket

PAUSE_SECONDS = 0.002
_words = itertools.count()

Clocks = dict[int, int]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits: the address of a worker, an agreement and a token for it."""

    base: str
    agreement: str
    token: str

    async def take(self) -> Socket:
        return await (await Socket.open(self.base, self.agreement, self.token)).sync()


class Typist:
    """One socket typing unique words, and hearing everything meanwhile."""

    def __init__(self, socket: Socket, article: str) -> None:
        self.socket = socket
        self._article = article
        self._tasks = [asyncio.create_task(self._type()), asyncio.create_task(self._hear())]

    async def end(self) -> None:
        """Wait until the connection is gone, or stop by oneself."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.socket.close()

    def promised(self) -> Clocks:
        """Tell what this member was shown of others, and told is saved of its own writing."""
        shown = protocol.read_state_vector(self.socket.document.get_state())
        own = self.socket.document.client_id
        return {client: clock for client, clock in shown.items() if client != own} | {
            own: self.socket.saved.get(own, 0)
        }

    async def _type(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                await self.socket.insert(self._article, 0, f"w{next(_words)} ")
                await asyncio.sleep(PAUSE_SECONDS)

    async def _hear(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                await self.socket.hear()


async def sit_down(seats: Sequence[Seat], article: str) -> list[Typist]:
    """Let everybody in, and have them type."""
    return [Typist(await seat.take(), article) for seat in seats]


def lost(promised: Sequence[Clocks], kept: Clocks) -> list[tuple[int, int, int]]:
    """Tell which writing was promised and is not there: client id, how far was promised, how far is kept."""
    return [
        (client, clock, kept.get(client, 0))
        for each in promised
        for client, clock in each.items()
        if kept.get(client, 0) < clock
    ]


async def kept_by(seat: Seat) -> tuple[Clocks, Socket]:
    """Ask a worker for everything, as somebody who was never there."""
    fresh = await seat.take()
    return protocol.read_state_vector(fresh.document.get_state()), fresh
