"""Threads and posts, each found for one reader: the table's, and those of the reader's own party alone.

Every statement goes through `_visible`: what is another party's private thread is not there for anybody else.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Table, delete, insert, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, ArticleId, PartyKey, SuggestionId
from app.models import Account, Member, Post, Thread

_threads, _posts = cast("Table", Thread.__table__), cast("Table", Post.__table__)
_members, _accounts = Member.__table__.c, Account.__table__.c
_FOUND_AT_ONCE = 1_000


class Said(NamedTuple):
    """A post with its author as the reader sees that member."""

    id: str
    thread_id: str
    number: int
    author_id: str
    author_name: str
    author_party: PartyKey
    text: str
    created_at: datetime
    edited_at: datetime | None


class ThreadRecord(NamedTuple):
    """A thread as it is on record."""

    id: str
    party_key: PartyKey | None
    article_id: ArticleId | None
    suggestion_id: SuggestionId | None
    draft_id: SuggestionId | None
    place: dict[str, Any]
    opened_by: str
    created_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    resolved_by_name: str | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: whether the table's threads are seen, and whose private ones, if anybody's."""

    agreement: AgreementId
    table: bool
    party: PartyKey | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which threads a reader asks for; None asks for any."""

    suggestion: SuggestionId | None = None
    draft: SuggestionId | None = None
    article: ArticleId | None = None
    private: bool | None = None
    resolved: bool | None = None


_RECORDS = (
    select(*(_threads.c[name] for name in ThreadRecord._fields[:-1]), _accounts.name.label("resolved_by_name"))
    .outerjoin(Member.__table__, _members.id == _threads.c.resolved_by)
    .outerjoin(Account.__table__, _accounts.id == _members.account_id)
)


def _visible(reader: Reader) -> ColumnElement[bool]:
    scopes: list[ColumnElement[bool]] = [_threads.c.party_key.is_(None)] if reader.table else []
    if reader.party is not None:
        scopes.append(_threads.c.party_key == reader.party)
    return (_threads.c.agreement_id == reader.agreement) & or_(*scopes) if scopes else _threads.c.id.is_(None)


class ThreadRepository:
    """The threads that one reader may know of."""

    def __init__(self, session: AsyncSession, reader: Reader) -> None:
        self._session, self._reader = session, reader

    async def page(self, wanted: Wanted, after: tuple[Any, ...] | None, limit: int) -> list[ThreadRecord]:
        """List threads in the order in which they were opened."""
        query = _RECORDS.where(_visible(self._reader))
        for column, value in (
            (_threads.c.suggestion_id, wanted.suggestion),
            (_threads.c.draft_id, wanted.draft),
            (_threads.c.article_id, wanted.article),
        ):
            if value is not None:
                query = query.where(column == value)
        if wanted.private is not None:
            column = _threads.c.party_key
            query = query.where(column.is_not(None) if wanted.private else column.is_(None))
        if wanted.resolved is not None:
            column = _threads.c.resolved_at
            query = query.where(column.is_not(None) if wanted.resolved else column.is_(None))
        if after is not None:
            query = query.where(tuple_(_threads.c.created_at, _threads.c.id) > after)
        found = await self._session.execute(query.order_by(_threads.c.created_at, _threads.c.id).limit(limit))
        return [ThreadRecord._make(row) for row in found]

    async def find(self, thread: str, *, held: bool = False) -> ThreadRecord | None:
        """Find one; `held` keeps others from changing it until the transaction ends."""
        query = _RECORDS.where(_visible(self._reader), _threads.c.id == thread)
        found = (await self._session.execute(query.with_for_update(of=_threads) if held else query)).one_or_none()
        return ThreadRecord._make(found) if found is not None else None

    async def posts(self, threads: Collection[str]) -> Mapping[str, list[Said]]:
        """List what was said in some of the reader's threads, oldest first."""
        listed, said = list(threads), defaultdict[str, list[Said]](list)
        for start in range(0, len(listed), _FOUND_AT_ONCE):
            found = await self._session.execute(
                select(
                    _posts.c.id,
                    _posts.c.thread_id,
                    _posts.c.number,
                    _posts.c.author_id,
                    _accounts.name,
                    _members.party_key,
                    _posts.c.text,
                    _posts.c.created_at,
                    _posts.c.edited_at,
                )
                .join(_threads, _threads.c.id == _posts.c.thread_id)
                .join(Member.__table__, _members.id == _posts.c.author_id)
                .join(Account.__table__, _accounts.id == _members.account_id)
                .where(_visible(self._reader), _posts.c.thread_id.in_(listed[start : start + _FOUND_AT_ONCE]))
                .order_by(_posts.c.thread_id, _posts.c.number)
            )
            for row in found:
                said[row.thread_id].append(Said._make(row))
        return said

    async def open(self, row: Mapping[str, Any]) -> None:
        """Add a thread, given as columns of the table."""
        await self._session.execute(insert(_threads).values(agreement_id=self._reader.agreement, **row))

    async def say(self, row: Mapping[str, Any]) -> None:
        """Add a post, given as columns of the table."""
        await self._session.execute(insert(_posts).values(**row))

    async def reword(self, post: str, text: str, at: datetime) -> None:
        await self._session.execute(update(_posts).where(_posts.c.id == post).values(text=text, edited_at=at))

    async def resolve(self, thread: str, by: str | None, at: datetime | None) -> None:
        """Resolve a thread, or open it again with neither a name nor a time."""
        await self._session.execute(
            update(_threads)
            .where(_visible(self._reader), _threads.c.id == thread)
            .values(resolved_by=by, resolved_at=at)
        )


async def destroy_private(session: AsyncSession, agreement: AgreementId, party: PartyKey) -> int:
    """Delete every private thread of a party with all that was said in it; return how many there were."""
    private = (_threads.c.agreement_id == agreement) & (_threads.c.party_key == party)
    own = select(_threads.c.id).where(private).scalar_subquery()
    await session.execute(delete(_posts).where(_posts.c.thread_id.in_(own)))
    gone = await session.execute(delete(_threads).where(private).returning(_threads.c.id))
    return len(gone.all())


async def follow_tabling(
    session: AsyncSession, agreement: AgreementId, party: PartyKey, tabled: Mapping[SuggestionId, SuggestionId]
) -> None:
    """Let a party's private threads about drafts be about the suggestions that these have become."""
    for draft, suggestion in tabled.items():
        await session.execute(
            update(_threads)
            .where(_threads.c.agreement_id == agreement, _threads.c.party_key == party, _threads.c.draft_id == draft)
            .values(suggestion_id=suggestion, place={"suggestion": suggestion, "draft": draft})
        )
