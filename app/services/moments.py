"""Turning back to any moment of an agreement: which one is meant, and how the table read then.

Rebuilding runs in one thread beside the event loop, one moment at a time: nobody's typing waits for a look into the
past, and however many ask, no more than one table is being rebuilt. Recent moments are kept, up to a bound in bytes.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from app.crdt.past import Past
from app.db import Database
from app.domain.ids import AgreementId, table_of
from app.errors import NotFound
from app.repositories.moments import MomentRepository, Placed

T = TypeVar("T")

_KEPT_BYTES: Final = 64 << 20

When = int | datetime
"""A number of the ledger, or a time."""


@dataclass(slots=True)
class Moments:
    """Finds moments and keeps the latest tables that were rebuilt."""

    database: Database
    kept_bytes: int = _KEPT_BYTES
    _pasts: OrderedDict[tuple[AgreementId, int], Past] = field(default_factory=OrderedDict)
    _rebuilding: dict[tuple[AgreementId, int], asyncio.Task[Past]] = field(default_factory=dict)
    _worker: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="moments")
    )

    async def find(self, agreement: AgreementId, when: When | None) -> Placed:
        """Find the moment that is meant (None: now); raises `NotFound` for one that the record does not reach to."""
        async with self.database.reading() as session:
            repository = MomentRepository(session)
            found: Placed | None
            if when is None:
                found = await repository.latest(agreement)
            elif isinstance(when, datetime):
                found = await repository.at_time(agreement, when)
            else:
                found = await repository.at_entry(agreement, when)
        if found is None:
            raise NotFound("The record of this agreement does not reach to that moment.")
        return found

    async def read(self, agreement: AgreementId, table_seq: int, reader: Callable[[Past], T]) -> T:
        """Read the table as it stood after one of its updates. The reader runs in the thread beside the loop."""
        past = await self._past((agreement, table_seq))
        return await asyncio.get_running_loop().run_in_executor(self._worker, reader, past)

    async def _past(self, key: tuple[AgreementId, int]) -> Past:
        if (known := self._pasts.get(key)) is not None:
            self._pasts.move_to_end(key)
            return known
        rebuilding = self._rebuilding.get(key)
        if rebuilding is None:
            rebuilding = self._rebuilding[key] = asyncio.create_task(self._rebuild(key))
            rebuilding.add_done_callback(lambda _: self._rebuilding.pop(key, None))
        # One who stops waiting must not cancel it for the others.
        return await asyncio.shield(rebuilding)

    async def close(self) -> None:
        """Let what is being rebuilt end, and start nothing more."""
        await asyncio.gather(*self._rebuilding.values(), return_exceptions=True)
        self._worker.shutdown()

    async def _rebuild(self, key: tuple[AgreementId, int]) -> Past:
        agreement, table_seq = key
        async with self.database.reading() as session:
            span = await MomentRepository(session).span(table_of(agreement), table_seq)
        loop = asyncio.get_running_loop()
        past = await loop.run_in_executor(self._worker, Past.rebuild, span.checkpoint, span.updates)
        self._pasts[key] = past
        held = sum(kept.weight for kept in self._pasts.values())
        while held > self.kept_bytes and len(self._pasts) > 1:
            held -= self._pasts.popitem(last=False)[1].weight
        return past
