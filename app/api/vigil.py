"""Keeps no socket open longer than the login or token that opened it.

Every worker asks the store about its own sockets now and then, so it doesn't matter which of them ended a login.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from app.db import Database
from app.errors import Unauthenticated
from app.services import logins

_LOOK_SECONDS = 10.0
_HASHES_A_QUERY = 500

logger = logging.getLogger(__name__)


class Closable(Protocol):
    """A connection that can be ended with an error."""

    def close(self, error: Exception) -> None: ...


class Vigil:
    """The sockets of one worker, by the hash of the secret that opened them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._watched: dict[str, set[Closable]] = {}

    @contextmanager
    def over(self, secret_hash: str, connection: Closable) -> Iterator[None]:
        """Watch over a connection while it lasts."""
        self._watched.setdefault(secret_hash, set()).add(connection)
        try:
            yield
        finally:
            connections = self._watched[secret_hash]
            connections.discard(connection)
            if not connections:
                del self._watched[secret_hash]

    async def look(self) -> None:
        """Close every connection whose login or token has ended."""
        watched = list(self._watched)
        for start in range(0, len(watched), _HASHES_A_QUERY):
            async with self._database.reading() as session:
                ended = await logins.ended_among(session, watched[start : start + _HASHES_A_QUERY])
            for secret_hash in ended:
                for connection in list(self._watched.get(secret_hash, ())):
                    connection.close(Unauthenticated())

    async def keep(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                await self.look()
            except (SQLAlchemyError, OSError):
                logger.exception("Nobody could say which logins have ended; looking again soon")
