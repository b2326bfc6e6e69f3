"""A bare websocket to the service, for what no library would send."""

import asyncio
import json
from typing import Self

from pycrdt import Doc, Map
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.crdt import protocol

PATIENCE_SECONDS = 20.0


class Socket:
    """One connection, one Yjs replica, and every message heard so far."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.document: Doc = Doc()
        self.articles: Map = self.document.get("articles", type=Map)
        self.saved: dict[int, int] = {}
        self.notices: list[dict] = []
        self._known = self.document.get_state()

    @classmethod
    async def open(cls, base: str, agreement: str, token: str | None, layer: str = "table", **options) -> Self:
        url = f"{base.replace('http', 'ws', 1)}/collab/{agreement}/{layer}"
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        options = {"additional_headers": headers, "compression": None, "max_size": None, **options}
        return cls(await connect(url, **options))

    async def sync(self) -> Self:
        """Ask for the text and wait for it."""
        await self.say(protocol.step_1(self.document.get_state()).payload)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.hear() != b"\x00\x01":
                pass
        return self

    async def say(self, message: bytes | str) -> None:
        await self.connection.send(message)

    async def insert(self, article: str, at: int, text: str, **marks) -> None:
        with self.document.transaction():
            self.articles[article].insert(at, text, marks)
        await self.say(protocol.update(self.unsent()).payload)

    def unsent(self) -> bytes:
        update = self.document.get_update(self._known)
        self._known = self.document.get_state()
        return update

    async def hear(self) -> bytes:
        """Take in one message; returns its first two bytes."""
        message = await self.connection.recv()
        assert isinstance(message, bytes)
        length, start = protocol.read_var_uint(message, 2 if message[0] == 0 else 1)
        content = message[start : start + length]
        if message[0] == 0 and message[1] == 0:
            await self.say(protocol.step_2(self.document.get_update(content)).payload)
        elif message[0] == 0:
            self.document.apply_update(content)
            self._known = self.document.get_state()
        elif message[0] == 100:
            self.notices.append(json.loads(content))
        elif message[0] == 101:
            self.saved.update(protocol.read_state_vector(content))
        return message[:2]

    async def until_text(self, article: str, text: str) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while text not in str(self.articles[article]):
                await self.hear()

    async def until_notice(self) -> dict:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not self.notices:
                await self.hear()
        return self.notices[0]

    async def until_saved(self) -> None:
        """Wait until the service says that everything typed here is committed."""
        mine = protocol.read_state_vector(self.document.get_state()).get(self.document.client_id, 0)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.saved.get(self.document.client_id, 0) < mine:
                await self.hear()

    async def close_code(self) -> int | None:
        """Hear everything up to the end, and tell how it ended."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            try:
                while True:
                    await self.hear()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else None

    async def close(self) -> None:
        await self.connection.close()
