"""A shorter way between a socket and its room than an ASGI event for each frame.

`SocketProtocol` is uvicorn's websocket protocol with one extension in the scope, `parley`: after the handshake a
listener takes whole binary messages straight from the transport, many at once, and prebuilt frames are written
straight to it. Everything unusual (fragments, control frames, errors) still goes through uvicorn's own parser, so
nothing of the protocol is decided twice. Compression is never negotiated: a frame is the same for every peer.
"""

import asyncio
import logging
from collections import deque
from typing import Any, Protocol

from fastapi import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import State
from websockets.speedups import apply_mask

from app.crdt.protocol import Message

EXTENSION = "parley"

_FINAL_BINARY, _MASKED, _LENGTH = 0x82, 0x80, 0x7F
_TWO_BYTES, _EIGHT_BYTES = 126, 127
_LONGEST_REASON_BYTES = 120


class Listener(Protocol):
    """Whoever takes a socket's messages."""

    largest_message: int

    def receive(self, messages: list[bytes]) -> None:
        """Take whole binary messages, in their order."""
        ...

    def refuse(self, *, too_large: bool) -> None:
        """Learn of a message that is too large, or that is text."""
        ...

    def unanswered(self) -> None:
        """Learn that the other side has not answered a ping for long."""
        ...

    def gone(self) -> None:
        """Learn that the connection has ended, once."""
        ...

    def shut_down(self) -> None:
        """Learn that the server is shutting down."""
        ...


class Wire(Protocol):
    """What carries one socket, whatever the server is."""

    outlives_application: bool
    """Whether the connection stays when the application that let it in has returned."""

    @property
    def unsent_bytes(self) -> int:
        """How much was written that the other side has not taken yet."""
        ...

    def listen(self, listener: Listener) -> None:
        """Give every message to a listener from now on, those that have arrived first."""
        ...

    def write(self, message: Message) -> None:
        """Write a message without waiting."""
        ...

    def end(self, code: int, reason: str) -> None:
        """Begin to close the connection; what was written before still goes out first."""
        ...

    def pause(self) -> None:
        """Stop reading; the kernel's buffers, and then the sender, wait."""
        ...

    def resume(self) -> None:
        """Read again."""
        ...


class AsgiWire:
    """A wire over plain ASGI events, for servers that know nothing of ours."""

    outlives_application = False

    def __init__(self, websocket: WebSocket) -> None:
        self.unsent_bytes = 0
        self._websocket = websocket
        self._unsent: deque[bytes] = deque()
        self._close: tuple[int, str] | None = None
        self._something = asyncio.Event()
        self._reading = asyncio.Event()
        self._reading.set()
        self._tasks: list[asyncio.Task[None]] = []

    def listen(self, listener: Listener) -> None:
        reading = asyncio.create_task(self._read(listener))
        writing = asyncio.create_task(self._write())
        reading.add_done_callback(lambda _: writing.cancel())
        reading.add_done_callback(lambda _: listener.gone())
        self._tasks = [reading, writing]

    def write(self, message: Message) -> None:
        self._unsent.append(message.payload)
        self.unsent_bytes += len(message.payload)
        self._something.set()

    def end(self, code: int, reason: str) -> None:
        self._close = self._close or (code, reason)
        self._something.set()
        self._reading.set()

    def pause(self) -> None:
        self._reading.clear()

    def resume(self) -> None:
        self._reading.set()

    async def _read(self, listener: Listener) -> None:
        while True:
            await self._reading.wait()
            event = await self._websocket.receive()
            if event["type"] == "websocket.disconnect":
                return
            content = event.get("bytes")
            if content is None:
                listener.refuse(too_large=False)
            elif len(content) > listener.largest_message:
                listener.refuse(too_large=True)
            else:
                listener.receive([content])

    async def _write(self) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            while self._unsent:
                content = self._unsent.popleft()
                await self._websocket.send_bytes(content)
                self.unsent_bytes -= len(content)
            if self._close is not None:
                await self._websocket.close(self._close[0], self._close[1][:_LONGEST_REASON_BYTES])
                return


class _Kept:
    """Stands where uvicorn keeps the timer of a close under way: it then leaves the transport alone."""

    def cancel(self) -> None:
        pass


class SocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, with `listen`, `write`, `end`, `pause` and `resume` for the one that takes its messages.

    Once somebody listens, the application may return: an idle connection then keeps no task, no request, no scope.
    """

    outlives_application = True

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.conn.available_extensions = []
        self._listener: Listener | None = None
        self._partial = bytearray()
        self._needed = 0
        self._unwanted = 0

    def listen(self, listener: Listener) -> None:
        """Give every message to a listener from now on, those that have arrived first."""
        self._listener = listener
        waiting = []
        while not self.queue.empty():
            event = self.queue.get_nowait()
            if event["type"] == "websocket.receive":
                waiting.append(event.get("bytes"))
        if self.disconnected or self.close_sent or self.transport.is_closing():
            listener.gone()
            return
        self.close_timer = _Kept()  # type: ignore[assignment]
        self.resume()
        if None in waiting:
            listener.refuse(too_large=False)
        elif waiting:
            listener.receive([message for message in waiting if message is not None])

    def write(self, message: Message) -> None:
        """Write a whole prebuilt frame; what the transport cannot send yet, it keeps."""
        if not self.close_sent:
            self.transport.write(message.wire)

    @property
    def unsent_bytes(self) -> int:
        return self.transport.get_write_buffer_size()

    def end(self, code: int, reason: str) -> None:
        """Begin to close the connection; what was written before still goes out first."""
        if self.close_sent or self.transport.is_closing() or self.conn.state is not State.OPEN:
            return
        self.stop_keepalive()
        self.conn.send_close(code, reason.encode()[:_LONGEST_REASON_BYTES].decode(errors="ignore"))
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.resume()
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def pause(self) -> None:
        """Stop reading; the kernel's buffers, and then the sender, wait."""
        if not self.read_paused and not self.transport.is_closing():
            self.read_paused = True
            self.transport.pause_reading()

    def resume(self) -> None:
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    # What uvicorn and the event loop call.

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self

    async def run_asgi(self) -> None:
        await super().run_asgi()
        if isinstance(self.close_timer, _Kept):
            self.close_timer = None
            # Only the handshake needed them.
            del self.scope, self.request, self.response
            self.conn.logger = logging.getLogger("uvicorn.error")

    def data_received(self, data: bytes) -> None:
        if self._unwanted:
            unwanted = min(self._unwanted, len(data))
            self._unwanted -= unwanted
            data = data[unwanted:]
        if self._listener is None or self.close_sent:
            if self._partial:
                data = bytes(self._partial) + data
                self._partial.clear()
            super().data_received(data)
            return
        if self._partial:
            self._partial += data
            if len(self._partial) < self._needed:
                return
            data = bytes(self._partial)
            self._partial.clear()
        self._split(self._listener, data)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._listener is not None:
            listener, self._listener = self._listener, None
            listener.gone()

    def send_receive_event_to_app(self) -> None:
        """Take a message that came the long way: text, or in fragments."""
        if self._listener is None or self.close_sent:
            super().send_receive_event_to_app()
            return
        content, self.frames = b"".join(self.frames), []
        if self.curr_msg_data_type == "text":
            self._listener.refuse(too_large=False)
        else:
            self._listener.receive([content])

    def handle_close(self, event: Frame) -> None:
        super().handle_close(event)
        self.close_sent = True

    def keepalive_timeout(self) -> None:
        if self._listener is None or self.close_sent:
            super().keepalive_timeout()
        else:
            self._listener.unanswered()

    def shutdown(self) -> None:
        if self._listener is None or self.close_sent:
            super().shutdown()
        else:
            self._listener.shut_down()

    def _split(self, listener: Listener, data: bytes) -> None:
        """Cut what arrived into frames. Plain messages are unmasked here; any other frame goes the long way."""
        messages: list[bytes] = []
        offset, end = 0, len(data)
        self._needed = 2
        while end - offset >= 2:  # noqa: PLR2004 - the shortest frame header.
            head, second = data[offset], data[offset + 1]
            length, start = second & _LENGTH, offset + 6
            if length == _TWO_BYTES:
                length, start = int.from_bytes(data[offset + 2 : offset + 4], "big"), offset + 8
            elif length == _EIGHT_BYTES:
                length, start = int.from_bytes(data[offset + 2 : offset + 10], "big"), offset + 14
            stop = start + length
            if end < start:
                self._needed = start - offset
                break
            if length > listener.largest_message:
                self._deliver(listener, messages)
                # The rest of it is still to come; after it, the other side's answer to our close.
                self._unwanted = max(0, stop - end)
                listener.refuse(too_large=True)
                return
            if end < stop:
                self._needed = stop - offset
                break
            if head == _FINAL_BINARY and second & _MASKED and self.conn.current_size is None:
                messages.append(apply_mask(data[start:stop], data[start - 4 : start]))
            else:
                self._deliver(listener, messages)
                messages = []
                super().data_received(data[offset:stop])
                if self.close_sent or self.transport.is_closing():
                    return
            offset = stop
        self._deliver(listener, messages)
        if offset < end:
            self._partial += data[offset:]

    def _deliver(self, listener: Listener, messages: list[bytes]) -> None:
        if messages:
            listener.receive(messages)
