"""The stories of the agreements that are being looked at: folded once, and followed from the ledger's head on.

An act costs the next reader no more than itself. Only what was committed is ever taken in, so a story is true at
every number up to its head.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

from app.db import Database
from app.domain.chronicle import Chronicle
from app.domain.ids import AgreementId
from app.repositories.chronicle import ChronicleRepository

_MOST_ACTS = 400_000
"""Kept in all; some hundred bytes each."""


@dataclass(slots=True)
class _Kept:
    chronicle: Chronicle = field(default_factory=Chronicle)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(slots=True)
class Chronicles:
    """Tells the story of an agreement; forgets the one least asked for when they grow too large together."""

    database: Database
    _kept: OrderedDict[AgreementId, _Kept] = field(default_factory=OrderedDict)

    async def of(self, agreement: AgreementId) -> Chronicle:
        """Tell an agreement's story up to what is committed now. It is shared: read it by number, change nothing."""
        kept = self._kept.setdefault(agreement, _Kept())
        self._kept.move_to_end(agreement)
        async with kept.turn:
            while True:
                async with self.database.reading() as session:
                    entries = await ChronicleRepository(session).after(agreement, kept.chronicle.head)
                if not entries:
                    break
                # A story that broke off in the middle of an entry would never be true again.
                self._kept.pop(agreement, None)
                kept.chronicle.follow(entries)
                self._kept[agreement] = kept
        self._forget()
        return kept.chronicle

    def _forget(self) -> None:
        held = sum(len(kept.chronicle.acts) for kept in self._kept.values())
        while held > _MOST_ACTS and len(self._kept) > 1:
            held -= len(self._kept.popitem(last=False)[1].chronicle.acts)
