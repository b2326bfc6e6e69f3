"""What Python makes only when first asked for, asked for at the start.

Routes, statements and validators are built by their first use, a good part of a second together. After a restart
everybody comes back at once, and the first of them should not wait for that.
"""

import contextlib
import gc
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp

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
    # What is here now stays to the end: the collector need not walk it again and again while people type.
    gc.collect()
    gc.freeze()


def cool_down() -> None:
    """Let the collector have again what was kept from it: a process may open another service after this one."""
    gc.unfreeze()
