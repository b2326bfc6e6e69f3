"""Ending packages whose time has run out, on every worker: each is ended once, by whichever comes first."""

import asyncio
import logging
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from app.errors import DraftingError
from app.services import packages
from app.services.suggestions import Shelf

_LOOK_SECONDS = 2.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lapsing:
    """The watch of one worker over the offers that expire."""

    shelf: Shelf

    async def keep(self) -> None:
        """Look again and again, until cancelled; what fails is tried again soon."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                await packages.lapse(self.shelf)
            except (SQLAlchemyError, OSError, DraftingError):
                logger.exception("A package whose time has run out could not be ended; trying again soon")
