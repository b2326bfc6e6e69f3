"""Keeping a caucus as long as its party decided, and destroying it then.

Destroyed is destroyed: log, checkpoints, drafts and private threads are deleted, and only the party itself can read
that they were. Every worker looks for what is due; the row of a decision is locked while it is carried out, so each
is carried out once.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from app.crdt.registry import Rooms
from app.db import Database
from app.domain.ids import AgreementId, MemberId, PartyKey, caucus_of
from app.domain.retention import Keep, Retention
from app.domain.roles import Act
from app.errors import CaucusDestroyed, DraftingError, InvalidContent
from app.models import CaucusRetention, now
from app.repositories.members import MemberRepository
from app.repositories.retention import RetentionRepository, as_decided
from app.repositories.updates import Decision
from app.services import threads
from app.services.acting import Acting, require_seated

_LOOK_SECONDS = 60.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as its own party reads it; `changed_by` is `(id, name)`."""

    retention: Retention
    changed_by: tuple[str, str] | None


async def read(database: Database, acting: Acting) -> Told:
    """Tell how long the caller's party keeps its caucus; raises `NotPermitted` for observers."""
    acting.require(Act.JOIN_CAUCUS)
    async with database.reading() as session:
        row = await RetentionRepository(session).of(acting.agreement_id, acting.party_key)
        names = await MemberRepository(session).names([MemberId(row.changed_by)]) if row is not None else {}
    return Told(as_decided(row), (row.changed_by, names.get(row.changed_by, "")) if row is not None else None)


async def decide(database: Database, acting: Acting, keep: Keep, until: datetime | None, *, legal_hold: bool) -> Told:
    """Decide for the caller's party how long its caucus is kept; a lead's.

    Raises `NotLead`, `NotPermitted`, and `InvalidContent` for a date that has passed, that is missing, or that the
    decision does not need.
    """
    acting.require(Act.KEEP_CAUCUS)
    at = now()
    if (keep is Keep.UNTIL) is not (until is not None):
        raise InvalidContent("`until` belongs to `keep: until`, and to nothing else.")
    if until is not None and until <= at:
        raise InvalidContent("`until` has to lie in the future.")
    async with database.transaction() as session:
        await require_seated(session, acting)
        repository = RetentionRepository(session)
        known = await repository.of(acting.agreement_id, acting.party_key)
        await repository.put(
            CaucusRetention(
                agreement_id=acting.agreement_id,
                party_key=acting.party_key,
                keep=keep.value,
                until=until,
                legal_hold=legal_hold,
                changed_by=acting.member_id,
                changed_at=at,
                destroyed_at=known.destroyed_at if known is not None else None,
                destroyed_seq=known.destroyed_seq if known is not None else 0,
            )
        )
    return await read(database, acting)


class Shredder:
    """Carries out the decisions of every party, each at its time."""

    def __init__(self, database: Database, rooms: Rooms[Decision], clock: Callable[[], datetime] = now) -> None:
        self._database, self._rooms, self._clock = database, rooms, clock

    async def look(self) -> None:
        """Destroy every caucus that is due."""
        async with self._database.reading() as session:
            decided = await RetentionRepository(session).perhaps_due()
        at = self._clock()
        for one in decided:
            if one.retention.is_due(one.stage, at):
                await self._destroy(one.agreement, one.party)

    async def keep(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                await self.look()
            except (SQLAlchemyError, OSError, DraftingError):
                logger.exception("A caucus that is due could not be destroyed; looking again soon")

    async def _destroy(self, agreement: AgreementId, party: PartyKey) -> None:
        async with self._database.destroying() as session:
            repository, at = RetentionRepository(session), self._clock()
            decided = await repository.locked(agreement, party)
            if decided is None or not decided.retention.is_due(decided.stage, at):
                # Another worker was quicker, or its party thought better of it.
                return
            seq = await repository.destroy(agreement, party, at)
            await threads.destroy_private(session, agreement, party)
        # A room's copy is of a log that is gone: it can write nothing, and its peers have to begin anew. Rooms of other
        # workers learn it when they look for what is announced here.
        self._rooms.bus.announce(caucus_of(agreement, party), seq + 1)
        await self._rooms.close_document(caucus_of(agreement, party), CaucusDestroyed())
