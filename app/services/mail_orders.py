"""What an operator sees and does about the queue of mail. No address and no text of a mail is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.db import Database
from app.models import Letter, now
from app.repositories.letters import DEAD, SENDING, WAITING, LetterRepository

_MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class Queue:
    """How many letters there are of each status, and those that did not go yet or never will."""

    counts: dict[str, int]
    letters: Sequence[Letter]


async def queue(database: Database) -> Queue:
    """Read the queue: the dead first, then what is being sent or waits."""
    async with database.reading() as session:
        repository = LetterRepository(session)
        counts = await repository.count_by_status()
        found = [await repository.with_status(status, _MOST_LISTED) for status in (DEAD, SENDING, WAITING)]
    return Queue(counts, [letter for some in found for letter in some])


async def retry(database: Database, ids: Sequence[str]) -> int:
    """Let dead letters be tried anew, without ids every one; return how many."""
    async with database.transaction() as session:
        return await LetterRepository(session).revive(ids or None, now())
