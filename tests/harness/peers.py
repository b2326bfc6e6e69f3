"""A peer of a room without a socket: a real Yjs replica that hears what it is sent and says what it types."""

import asyncio
import json
from collections.abc import Callable

from pycrdt import Doc, Map

from app.crdt import protocol
from app.crdt.protocol import Message
from app.crdt.room import Room

PATIENCE_SECONDS = 10.0


class Probe:
    """Fits `app.crdt.ports.Peer`."""

    def __init__(self, member: str, party: str, *, may_write: bool = True, deaf: bool = False) -> None:
        self.member, self.party, self.name, self.role = member, party, member.title(), "drafter"
        self.may_write = may_write
        self.deaf = deaf
        self.document: Doc = Doc()
        self.articles: Map = self.document.get("articles", type=Map)
        self.notices: list[dict] = []
        self.saved: dict[int, int] = {}
        self.presence: list[bytes] = []
        self.sent: list[bytes] = []
        self.closed: Exception | None = None
        self.paused = False
        self.synced = False
        self.room: Room | None = None
        self._something = asyncio.Event()
        self._known = self.document.get_state()

    # As the room sees it.

    def send(self, message: Message) -> None:
        self.sent.append(message.payload)
        if not self.deaf:
            self._hear(message.payload)
        self._something.set()

    def close(self, error: Exception) -> None:
        self.closed = error
        self._something.set()

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    # As a person at the keyboard.

    async def enter(self, room: Room) -> "Probe":
        """Join, ask for the text and wait for it."""
        self.room = room
        room.join(self)
        room.receive(self, [protocol.step_1(self.document.get_state()).payload])
        await self.until(lambda: self.synced)
        return self

    def insert(self, article: str, at: int, text: str) -> None:
        """Type into an article (offset in bytes), and send the frame."""
        with self.document.transaction():
            self.articles[article].insert(at, text)
        self.flush()

    def delete(self, article: str, start: int, stop: int) -> None:
        with self.document.transaction():
            del self.articles[article][start:stop]
        self.flush()

    def unsent(self) -> bytes:
        """Take what was typed since the last frame, as an update."""
        update = self.document.get_update(self._known)
        self._known = self.document.get_state()
        return update

    def flush(self) -> None:
        self.say(protocol.update(self.unsent()).payload)

    def say(self, *messages: bytes) -> None:
        assert self.room is not None
        self.room.receive(self, list(messages))

    def text(self, article: str) -> str:
        return str(self.articles[article])

    @property
    def client(self) -> int:
        return self.document.client_id

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for what the room sends to make something true."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_so():
                self._something.clear()
                await self._something.wait()

    async def until_saved(self) -> None:
        """Wait until everything typed here is committed."""
        clocks = protocol.read_state_vector(self.document.get_state())
        mine = clocks.get(self.client, 0)
        await self.until(lambda: self.saved.get(self.client, 0) >= mine)

    def _hear(self, payload: bytes) -> None:
        kind = payload[0]
        length, start = protocol.read_var_uint(payload, 2 if kind == 0 else 1)
        content = payload[start : start + length]
        if kind == 0 and payload[1] == 0:
            assert self.room is not None
            self.room.receive(self, [protocol.step_2(self.document.get_update(content)).payload])
        elif kind == 0:
            self.document.apply_update(content)
            self._known = self.document.get_state()
            self.synced = self.synced or payload[1] == 1
        elif kind == 1:
            self.presence.append(content)
        elif kind == 100:
            self.notices.append(json.loads(content))
        elif kind == 101:
            self.saved.update(protocol.read_state_vector(content))
