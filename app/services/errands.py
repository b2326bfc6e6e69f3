"""What every worker does beside answering: telling what was committed, sending mail that is due, closing what ran out.

Each errand may be run by any worker at any moment, and by several at once; one that fails is tried again soon.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from app.crdt.registry import Rooms
from app.db import Database
from app.errors import DraftingError
from app.models import now
from app.repositories.updates import Decision
from app.services import dates, mediation_proposals, notices
from app.services.mail import Mail
from app.services.mediation_tabling import bring_to_table

_LOOK_SECONDS, _PARTING_SECONDS = 1.0, 10.0
_DATES_EVERY, _STALLS_EVERY = timedelta(minutes=1), timedelta(minutes=15)

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Errands:
    """The errands of one worker."""

    database: Database
    rooms: Rooms[Decision]
    mail: Mail
    _running: asyncio.Task[None] | None = None
    _dates_at: datetime | None = None
    _stalls_at: datetime | None = None

    async def run(self) -> None:
        """Do all that is due now."""
        while await notices.tell_everyone(self.database):
            pass
        await self._mediate()
        await self._look_at_dates()
        await self.mail.address_news(now())
        await self.mail.send_due(now())

    async def _mediate(self) -> None:
        for agreement, proposal in await mediation_proposals.unfinished(self.database, now()):
            async with self.database.transaction() as session:
                await mediation_proposals.keep_time(session, agreement, proposal, now())
            await bring_to_table(self.database, self.rooms, agreement, proposal)

    async def _look_at_dates(self) -> None:
        at = now()
        if self._dates_at is None or at - self._dates_at >= _DATES_EVERY:
            self._dates_at = at
            await dates.tell_of_dates(self.database, at)
        if self._stalls_at is None or at - self._stalls_at >= _STALLS_EVERY:
            self._stalls_at = at
            await dates.tell_of_stalls(self.database)

    async def keep(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await self.mail.queued(_LOOK_SECONDS)
            # Not cancelled with the loop: a mail that is being handed over would be sent again.
            self._running = asyncio.create_task(self.run())
            try:
                await asyncio.shield(self._running)
            except (SQLAlchemyError, OSError, DraftingError):
                logger.exception("Some errand failed; trying again soon")

    async def close(self) -> None:
        """Wait, but not for long, for what is being done."""
        if self._running is not None:
            await asyncio.wait({self._running}, timeout=_PARTING_SECONDS)
