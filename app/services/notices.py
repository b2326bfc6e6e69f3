"""Telling members what happened: in the transaction in which it did, so that nobody hears of what was undone.

Most notices are made from the ledger once an act is committed; `post` is for what the ledger may not hold, a
party's private matters, and for dates that draw near.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.db import Database
from app.domain.ids import AgreementId, MemberId, PartyKey, new_id
from app.domain.ledger import timestamp
from app.domain.news import Circle, Seat, news_of
from app.domain.roles import Role
from app.models import now
from app.repositories.ledger import LedgerRepository
from app.repositories.members import MemberRepository
from app.repositories.notices import NoticeRepository, Reader, Telling, Told
from app.repositories.suggestions import SuggestionRepository
from app.services import ground_rules

_ENTRIES_AT_ONCE, _AGREEMENTS_AT_ONCE = 500, 100
_GATHERING = timedelta(minutes=10)
"""Somebody's suggestions in one article within ten minutes are one notice, as long as it is unread."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of notices, newest first, and how many the reader has not read in all."""

    items: Sequence[Told]
    has_more: bool
    unread: int


async def post(  # noqa: PLR0913 - every name is said at the call, and each is needed.
    session: AsyncSession,
    agreement_id: AgreementId,
    kind: str,
    *,
    to: Collection[MemberId],
    subject: Mapping[str, Any],
    private_to: PartyKey | None = None,
    once: str | None = None,
) -> None:
    """Tell some members of an agreement, in the caller's transaction; leave out of `to` whoever did it.

    `private_to` names the one party that may know of it: members of any other are passed over here and at every later
    reading. `once` names what is told: a member is told of one name once, however often it is posted (a date that
    draws near, by its id). `subject` holds JSON of ids and short strings; text of a caucus goes under its key `text`,
    which mail leaves out unless the party wants it.
    """
    origin = origin_of(once if once is not None else new_id("pst"))
    await NoticeRepository(session).tell(agreement_id, Telling(kind, subject, frozenset(to), origin, private_to), now())


def origin_of(once: str) -> str:
    """Tell under which origin something is posted `once`."""
    return f"posted/{once}"


async def tell(database: Database, agreement: AgreementId) -> None:
    """Tell members of an agreement what was committed since they were last told, exactly once.

    How far they were told moves in the transaction that tells them, held by one worker at a time.
    """
    async with database.reading() as session:
        behind = await NoticeRepository(session).is_behind(agreement)
    while behind:
        async with database.transaction() as session:
            behind = await _tell_some(session, agreement)


async def tell_everyone(database: Database) -> bool:
    """Tell in every agreement that is behind; say whether there may be more."""
    async with database.reading() as session:
        behind = await NoticeRepository(session).behind(_AGREEMENTS_AT_ONCE)
    for agreement in behind:
        await tell(database, agreement)
    return len(behind) == _AGREEMENTS_AT_ONCE


async def page(
    database: Database, reader: Reader, *, unread: bool, after: tuple[Any, ...] | None, limit: int
) -> Listed:
    """Read what somebody was told; what was just committed in the agreement asked about is told first."""
    if reader.agreement is not None:
        await tell(database, reader.agreement)
    async with database.reading() as session:
        repository = NoticeRepository(session)
        found = await repository.page(reader, unread=unread, after=after, limit=limit + 1)
        return Listed(found[:limit], len(found) > limit, await repository.count_unread(reader))


async def mark_read(database: Database, reader: Reader, ids: Collection[str] | None) -> int:
    """Mark notices read, with None all of them; return how many are left unread."""
    async with database.transaction() as session:
        repository = NoticeRepository(session)
        await repository.mark_read(reader, ids, now())
        return await repository.count_unread(reader)


async def _tell_some(session: AsyncSession, agreement: AgreementId) -> bool:
    repository = NoticeRepository(session)
    cursor = await repository.locked_cursor(agreement)
    entries = [dict(row) for row in await LedgerRepository(session).page(agreement, cursor.seq, _ENTRIES_AT_ONCE)]
    if not entries:
        return False
    at = now()
    for news in news_of(entries, await _circle(session, agreement, entries)):
        telling = Telling(
            news.kind,
            news.subject,
            news.to,
            f"entry/{news.seq}",
            gathers=news.gathers,
            gathers_since=at - _GATHERING,
        )
        await repository.tell(agreement, telling, at)
    cursor.seq = entries[-1]["seq"]
    await session.flush()
    return len(entries) == _ENTRIES_AT_ONCE


async def _circle(session: AsyncSession, agreement: AgreementId, entries: Sequence[Mapping[str, Any]]) -> Circle:
    members = await MemberRepository(session).of_agreement(agreement)
    named = {entry["payload"]["suggestion"] for entry in entries if isinstance(entry["payload"].get("suggestion"), str)}
    records = await SuggestionRepository(session).many(agreement, sorted(named))
    rules = await ground_rules.in_force(session, agreement)
    return Circle(
        [
            Seat(MemberId(member.id), PartyKey(member.party_key), Role(member.role), timestamp(member.created_at))
            for member, _ in members
            if member.removed_at is None
        ],
        {str(key): record.party_key for key, record in records.items()},
        rules.observers_see,
    )
