"""The socket: who may come in, and each connection as a peer of its room.

A connection holds no database session, and no task of its own where the server hands messages over directly.
Whatever goes wrong in one connection ends that connection, with a close code that says why.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from fastapi import APIRouter, WebSocket
from sqlalchemy.exc import SQLAlchemyError

from app.api.errors import transport
from app.api.identity import identify
from app.api.vigil import Seat, Vigil
from app.api.wire import EXTENSION, AsgiWire, Wire
from app.crdt.limits import Limits
from app.crdt.protocol import Message
from app.crdt.registry import Rooms
from app.crdt.room import Room
from app.domain.ids import AgreementId, DocumentId, caucus_of, table_of
from app.domain.roles import RULES, Act, Role
from app.domain.scopes import Scope, reach
from app.domain.sight import Sight
from app.errors import DraftingError, LimitExceeded, PeerTooSlow, ProtocolViolation, Unavailable
from app.services.acting import Acting, acting_in

router = APIRouter()
logger = logging.getLogger(__name__)

_INTERNAL = 1011
_LONGEST_REASON = 120


@router.websocket("/collab/{agreement_id}/table")
async def table(websocket: WebSocket, agreement_id: str) -> None:
    """Serve the table of an agreement to one member."""
    await _serve(websocket, agreement_id, Act.JOIN_TABLE, lambda acting: table_of(acting.agreement_id))


@router.websocket("/collab/{agreement_id}/caucus")
async def caucus(websocket: WebSocket, agreement_id: str) -> None:
    """Serve the caucus of the caller's own party, and nobody else's."""
    await _serve(
        websocket, agreement_id, Act.JOIN_CAUCUS, lambda acting: caucus_of(acting.agreement_id, acting.party_key)
    )


async def _serve(
    websocket: WebSocket, agreement_id: str, act: Act, document_of: Callable[[Acting], DocumentId]
) -> None:
    # Accepted before anything is asked: a browser can read the close code of an open socket only.
    await websocket.accept()
    rooms: Rooms[Any] = websocket.app.state.rooms
    wire: Wire = websocket.scope.get("extensions", {}).get(EXTENSION) or AsgiWire(websocket)
    vigil: Vigil = websocket.app.state.vigil
    calls = vigil.calls
    try:
        acting = await _who(websocket, AgreementId(agreement_id), act)
        connection = Connection(acting, wire, rooms.limits, may_write=_may_write(acting))
        connection.enter(await rooms.join(document_of(acting), connection))
    except (DraftingError, SQLAlchemyError, OSError) as failure:
        error = failure if isinstance(failure, DraftingError) else Unavailable()
        if error is not failure:
            logger.exception("The store failed at the door of %s", agreement_id)
        await websocket.close(transport(error).close_code, error.detail[:_LONGEST_REASON])
        return
    seat = Seat(acting.agreement_id, acting.member_id, acting.role)
    connection.begin(vigil.over(acting.identity.secret_hash, connection, seat))
    if vigil.calls != calls:
        # A seat changed after this one was asked about and before anybody watched over it.
        await vigil.look()
    wire.listen(connection)
    if not wire.outlives_application:
        try:
            await connection.ended
        finally:
            connection.gone()


async def _who(websocket: WebSocket, agreement: AgreementId, act: Act) -> Acting:
    identity = await identify(websocket)
    async with websocket.app.state.database.reading() as session:
        acting = await acting_in(session, identity, agreement, Scope.AGREEMENT_READ)
    if not (act is Act.JOIN_TABLE and acting.role is Role.OBSERVER and acting.sight >= Sight.LIVE):
        acting.require(act)
    return acting


def _may_write(acting: Acting) -> bool:
    """Whether a member's writing is admitted at all; at which stage, the room's register knows better."""
    scopes = acting.scopes
    return acting.role in RULES[Act.SUGGEST].roles and (scopes is None or Scope.AGREEMENT_WRITE in reach(scopes))


class Connection:
    """One socket as a peer (`app.crdt.ports.Peer`), and as the listener of its wire."""

    def __init__(self, acting: Acting, wire: Wire, limits: Limits, *, may_write: bool) -> None:
        self.member, self.party, self.role = acting.member_id, acting.party_key, acting.role.value
        self.name = acting.account.name
        self.may_write = may_write
        self.largest_message = limits.frame_bytes
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._limits = limits
        self._wire = wire
        self._room: Room[Any] | None = None
        self._closing = False
        self._largest_sent = 0
        self._watch: AbstractContextManager[None] | None = None

    def begin(self, watch: AbstractContextManager[None]) -> None:
        """Put the connection under a watch that ends with it."""
        watch.__enter__()
        self._watch = watch

    def enter(self, room: Room[Any]) -> None:
        """Name the room that messages of this peer go to."""
        self._room = room

    # As a peer.

    def send(self, message: Message) -> None:
        if self._closing:
            return
        unsent = self._wire.unsent_bytes
        if unsent and unsent > self._limits.unsent_bytes + self._largest_sent:
            self.close(PeerTooSlow())
            return
        size = len(message.payload)
        self._largest_sent = max(self._largest_sent, size)
        self._wire.write(message)

    def close(self, error: Exception) -> None:
        if self._closing:
            return
        self._closing = True
        if isinstance(error, DraftingError):
            self._wire.end(transport(error).close_code, error.detail)
        else:
            self._wire.end(_INTERNAL, "Something went wrong here.")
        self._leave()

    def pause(self) -> None:
        self._wire.pause()

    def resume(self) -> None:
        self._wire.resume()

    # As the listener of a wire.

    def receive(self, messages: list[bytes]) -> None:
        if self._room is None or self._closing:
            return
        try:
            self._room.receive(self, messages)
        except Exception as error:  # noqa: BLE001 - the peer loop; the room logs what failed, and of a caucus nothing more.
            self._room.log_failure("A bug in the room of %s", error)
            self.close(error)

    def refuse(self, *, too_large: bool) -> None:
        self.close(
            LimitExceeded("The frame is too large.") if too_large else ProtocolViolation("Frames have to be binary.")
        )

    def unanswered(self) -> None:
        """Close: whoever leaves a ping lie does not read, and what waits for it here would only grow."""
        self.close(PeerTooSlow())

    def gone(self) -> None:
        self._closing = True
        self._leave()
        if self._watch is not None:
            self._watch.__exit__(None, None, None)
            self._watch = None
        if not self.ended.done():
            self.ended.set_result(None)

    def shut_down(self) -> None:
        """Close with the code that tells a client to come back."""
        self.close(Unavailable("The service is shutting down."))

    def _leave(self) -> None:
        if self._room is not None:
            self._room.leave(self)
