"""The wire of a socket, under a server whose pings come soon."""

import asyncio

import uvicorn

from app.api.wire import EXTENSION, SocketProtocol
from tests.harness.server import free_port

TOO_SLOW = 4408
CLOSE = b"\x88"
"""The first byte of a close frame; the second is its length, and then comes the code."""


class Ending:
    """A listener that ends a connection whose pings lie unanswered."""

    largest_message = 1024

    def __init__(self, wire: SocketProtocol) -> None:
        self._wire = wire

    def receive(self, messages: list[bytes]) -> None:
        raise AssertionError(messages)

    def refuse(self, *, too_large: bool) -> None:
        raise AssertionError(too_large)

    def unanswered(self) -> None:
        self._wire.end(TOO_SLOW, "not read")

    def gone(self) -> None:
        pass

    def shut_down(self) -> None:
        self._wire.end(1001, "shutting down")


async def listening(scope, receive, send):
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        wire = scope["extensions"][EXTENSION]
        wire.listen(Ending(wire))


async def reached(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect as soon as the server listens."""
    async with asyncio.timeout(10):
        while True:
            try:
                return await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                continue


async def test_whoever_leaves_pings_unanswered_is_closed_by_the_listener():
    port = free_port()
    config = uvicorn.Config(
        listening,
        port=port,
        ws=SocketProtocol,
        lifespan="off",
        log_level="error",
        ws_ping_interval=0.05,
        ws_ping_timeout=0.1,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    reader, writer = await reached(port)
    writer.write(
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    await reader.readuntil(b"\r\n\r\n")
    async with asyncio.timeout(10):
        await reader.readuntil(CLOSE)
        heard = await reader.readexactly(3)
    writer.close()
    server.should_exit = True
    await serving

    assert int.from_bytes(heard[1:], "big") == TOO_SLOW
