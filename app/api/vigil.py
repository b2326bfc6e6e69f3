"""Keeps no socket open longer than what opened it: its login or token, its member's seat, an observer's leave.

Every worker asks the store about its own sockets now and then, and at once when another has word of a change, so it
doesn't matter which of them carried it out.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from app.crdt.ports import Bus
from app.db import Database
from app.domain.ids import AgreementId, DocumentId, MemberId
from app.domain.roles import Role
from app.errors import DraftingError, NotFound, NotPermitted, Unauthenticated, Unavailable
from app.services import logins, seats

_LOOK_SECONDS = 10.0
_ASKED_AT_ONCE = 500
_CALLS = DocumentId("vigil")
"""The channel on which workers call each other to look; it carries nothing but the call."""

logger = logging.getLogger(__name__)


class Closable(Protocol):
    """A connection that can be ended with an error."""

    def close(self, error: Exception) -> None: ...


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose connection it is, as that member was when it came in."""

    agreement: AgreementId
    member: MemberId
    role: Role


class Vigil:
    """The sockets of one worker, by the hash of the secret that opened them and by the seat of their member."""

    def __init__(self, database: Database, bus: Bus | None = None) -> None:
        self._database = database
        self._bus = bus
        self._watched: dict[str, set[Closable]] = {}
        self._seats: dict[Closable, Seat] = {}
        self._called = asyncio.Event()
        self.calls = 0
        """How often this worker was called to look: whoever comes in compares it, and is asked again if it moved."""

    @contextmanager
    def over(self, secret_hash: str, connection: Closable, seat: Seat | None = None) -> Iterator[None]:
        """Watch over a connection while it lasts."""
        self._watched.setdefault(secret_hash, set()).add(connection)
        if seat is not None:
            self._seats[connection] = seat
        try:
            yield
        finally:
            self._seats.pop(connection, None)
            connections = self._watched[secret_hash]
            connections.discard(connection)
            if not connections:
                del self._watched[secret_hash]

    async def call(self) -> None:
        """Look now, here and on every other worker: somebody's seat, or what observers may see, has changed."""
        self.calls += 1
        if self._bus is not None:
            self._bus.announce(_CALLS, self.calls)
        await self.look()

    def end(self, member: MemberId) -> None:
        """End a member's connections here before the change of its seat is committed: none of it slips in between."""
        for connection in [one for one, seat in self._seats.items() if seat.member == member]:
            connection.close(Unavailable("Your place at this table is being changed; come in again."))

    async def look(self) -> None:
        """Close every connection whose login, token, seat or leave to watch has ended."""
        watched = list(self._watched)
        for start in range(0, len(watched), _ASKED_AT_ONCE):
            async with self._database.reading() as session:
                ended = await logins.ended_among(session, watched[start : start + _ASKED_AT_ONCE])
            for secret_hash in ended:
                for connection in list(self._watched.get(secret_hash, ())):
                    connection.close(Unauthenticated())
        await self._look_at_seats()

    async def _look_at_seats(self) -> None:
        members = sorted({seat.member for seat in self._seats.values()})
        for start in range(0, len(members), _ASKED_AT_ONCE):
            asked = members[start : start + _ASKED_AT_ONCE]
            async with self._database.reading() as session:
                roles = await seats.roles_of(session, asked)
            self._judge(set(asked), lambda seat, roles=roles: _changed(seat, roles))  # type: ignore[misc]
        agreements = sorted({seat.agreement for seat in self._seats.values() if seat.role is Role.OBSERVER})
        for start in range(0, len(agreements), _ASKED_AT_ONCE):
            async with self._database.reading() as session:
                live = await seats.watched_live(session, agreements[start : start + _ASKED_AT_ONCE])
            watching = {seat.member for seat in self._seats.values() if seat.role is Role.OBSERVER}
            unseen = set(agreements[start : start + _ASKED_AT_ONCE]) - live
            self._judge(watching, lambda seat, unseen=unseen: NotPermitted() if seat.agreement in unseen else None)  # type: ignore[misc]

    def _judge(self, members: set[MemberId], verdict: Callable[[Seat], DraftingError | None]) -> None:
        for connection, seat in list(self._seats.items()):
            if seat.member in members and (error := verdict(seat)) is not None:
                connection.close(error)

    async def keep(self) -> None:
        """Look again and again, and whenever called, until cancelled."""
        unsubscribe = await self._bus.subscribe(_CALLS, self._hear, lambda _presence: None) if self._bus else None
        try:
            while True:
                try:
                    async with asyncio.timeout(_LOOK_SECONDS):
                        await self._called.wait()
                except TimeoutError:
                    pass
                self._called.clear()
                try:
                    await self.look()
                except (SQLAlchemyError, OSError):
                    logger.exception("Nobody could say which logins and seats have ended; looking again soon")
        finally:
            if unsubscribe is not None:
                await unsubscribe()

    def _hear(self, _call: int) -> None:
        self.calls += 1
        self._called.set()


def _changed(seat: Seat, roles: dict[MemberId, Role]) -> DraftingError | None:
    role = roles.get(seat.member)
    if role is None:
        return NotFound("You have no place at this table any more.")
    if role is not seat.role:
        return Unavailable("Your role at this table has changed; come in again.")
    return None
