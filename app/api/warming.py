"""What Python makes only when first asked for, asked for at the start.

Routes, statements and validators are built by their first use, a good part of a second together. After a restart
everybody comes back at once, and the first of them should not wait for that.
"""

import contextlib
import gc
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.crdt.registry import Rooms
from app.domain.ids import AgreementId, table_of
from app.errors import NotFound, Unavailable

_NOWHERE = AgreementId("agr_nowhere")


async def warm_up(app: ASGIApp, rooms: Rooms[Any]) -> None:
    """Knock at a table that does not exist, with a proof that nobody has."""
    messages = iter([{"type": "websocket.connect"}])

    async def receive() -> MutableMapping[str, Any]:
        return next(messages, {"type": "websocket.disconnect", "code": 1000})

    async def send(_message: MutableMapping[str, Any]) -> None:
        return

    path = f"/collab/{_NOWHERE}/table"
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "scheme": "ws",
        "server": ("localhost", 80),
        "client": ("localhost", 1),
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"authorization", b"Bearer ply_tok_nobody")],
        "subprotocols": [],
        "state": {},
        "extensions": {},
    }
    await app(scope, receive, send)
    with contextlib.suppress(NotFound, Unavailable):
        await rooms.read(table_of(_NOWHERE), bool)


def settled(app: ASGIApp) -> ASGIApp:
    """Keep the collector from what stands once the application has started: it need not be walked while people type.

    For a process that serves this application and does nothing else; what is kept is never given back.
    """

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        async def started(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                gc.collect()
                gc.freeze()
            await send(message)

        await app(scope, receive, started if scope["type"] == "lifespan" else send)

    return application
