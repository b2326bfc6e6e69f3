"""Suggestion records: found for those who may read the agreement, ended once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.suggestions import Status
from app.models import Account, Member, Suggestion
from app.repositories import packages

_table = cast("Table", Suggestion.__table__)
_suggestions, _members, _accounts = (model.__table__.c for model in (Suggestion, Member, Account))
_FOUND_AT_ONCE = 10_000


class Record(NamedTuple):
    """A suggestion as it is on record, with its author's name."""

    id: SuggestionId
    article_id: ArticleId
    party_key: PartyKey
    author_id: str
    author_name: str
    status: str
    version: int
    reason: str | None
    amends: SuggestionId | None
    content: dict[str, Any] | None
    created_at: datetime
    resolved_at: datetime | None
    tabling_id: str | None = None
    tabled_by: str | None = None
    tabled_by_name: str | None = None
    counters: SuggestionId | None = None
    split_from: SuggestionId | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which suggestions a reader asks for; None asks for any."""

    status: str | None = None
    party: str | None = None
    article: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """What a suggestion came to: its status, and its content as it last stood."""

    suggestion: SuggestionId
    status: Status
    content: Mapping[str, Any]
    amends: SuggestionId | None
    taken_back: bool = False
    """Whether its own party withdrew it in so many words."""


class Link(NamedTuple):
    """A pending counter, the pending suggestion that it counters, and whose counter it is."""

    counter: SuggestionId
    countered: SuggestionId
    party: PartyKey


@dataclass(frozen=True, slots=True)
class Opening:
    """A suggestion that a decision opens; what frames open comes as facts."""

    suggestion: SuggestionId
    article: ArticleId
    party: PartyKey
    author: MemberId
    reason: str | None
    counters: SuggestionId | None = None
    split_from: SuggestionId | None = None


_tablers, _tablers_accounts = Member.__table__.alias("tablers"), Account.__table__.alias("tablers_accounts")
_NAMES = {
    "author_name": _accounts.name.label("author_name"),
    "tabled_by_name": (
        select(_tablers_accounts.c.name)
        .join(_tablers, _tablers.c.account_id == _tablers_accounts.c.id)
        .where(_tablers.c.id == _suggestions.tabled_by)
        .correlate(Suggestion.__table__)
        .scalar_subquery()
        .label("tabled_by_name")
    ),
}
_RECORDS = (
    select(*(_NAMES[name] if name in _NAMES else _suggestions[name] for name in Record._fields))
    .join(Member.__table__, _members.id == _suggestions.author_id)
    .join(Account.__table__, _accounts.id == _members.account_id)
)
_END = (
    update(_table)
    .where(_suggestions.agreement_id == bindparam("agreement"), _suggestions.id == bindparam("suggestion"))
    .values(
        status=bindparam("ended_as"),
        content=bindparam("last_content"),
        amends=bindparam("amended"),
        resolved_at=bindparam("at"),
        taken_back=bindparam("by_its_party"),
    )
)


class SuggestionRepository:
    """Reads suggestions and ends them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(
        self, agreement: AgreementId, wanted: Wanted, after: tuple[Any, ...] | None, limit: int
    ) -> list[Record]:
        """List suggestions in the order in which they were opened."""
        query = _RECORDS.where(_suggestions.agreement_id == agreement)
        if wanted.status is not None:
            query = query.where(_suggestions.status == wanted.status)
        if wanted.party is not None:
            query = query.where(_suggestions.party_key == wanted.party)
        if wanted.article is not None:
            query = query.where(_suggestions.article_id == wanted.article)
        if after is not None:
            query = query.where(tuple_(_suggestions.created_at, _suggestions.id) > after)
        found = await self._session.execute(query.order_by(_suggestions.created_at, _suggestions.id).limit(limit))
        return [Record._make(row) for row in found]

    async def many(self, agreement: AgreementId, ids: Collection[SuggestionId]) -> dict[SuggestionId, Record]:
        """Find some suggestions of an agreement; those that are not there are left out."""
        listed = list(ids)
        records: dict[SuggestionId, Record] = {}
        for start in range(0, len(listed), _FOUND_AT_ONCE):
            found = await self._session.execute(
                _RECORDS.where(
                    _suggestions.agreement_id == agreement,
                    _suggestions.id.in_(listed[start : start + _FOUND_AT_ONCE]),
                )
            )
            records |= {row.id: Record._make(row) for row in found}
        return records

    async def count_pending(self, agreement: AgreementId, article: ArticleId | None = None) -> int:
        """Count what is pending in an article, about the article as a whole included; or in the whole agreement."""
        query = (
            select(func.count())
            .select_from(_table)
            .where(_suggestions.agreement_id == agreement, _suggestions.status == Status.PENDING)
        )
        found = await self._session.scalar(
            query if article is None else query.where(_suggestions.article_id == article)
        )
        return found or 0

    async def end(self, agreement: AgreementId, endings: Sequence[Ending], at: datetime) -> None:
        """Resolve suggestions for good, keeping what each last said."""
        if endings:
            await self._session.execute(
                _END,
                [
                    {
                        "agreement": agreement,
                        "suggestion": ending.suggestion,
                        "ended_as": ending.status.value,
                        "last_content": dict(ending.content),
                        "amended": ending.amends,
                        "at": at,
                        "by_its_party": ending.taken_back,
                    }
                    for ending in endings
                ],
            )
            ended = [ending.suggestion for ending in endings]
            await self._session.run_sync(
                lambda session: packages.tell_broken(session.connection(), agreement, ended, at)
            )

    async def open(self, agreement: AgreementId, opening: Opening, at: datetime) -> None:
        """Put a suggestion on record, pending and at its first version."""
        await self._session.execute(
            insert(_table).values(
                agreement_id=agreement,
                id=opening.suggestion,
                article_id=opening.article,
                party_key=opening.party,
                author_id=opening.author,
                status=Status.PENDING.value,
                version=1,
                reason=opening.reason,
                counters=opening.counters,
                split_from=opening.split_from,
                created_at=at,
            )
        )

    async def link(self, agreement: AgreementId, counter: SuggestionId, countered: SuggestionId) -> None:
        """Make one pending suggestion the counter to another: a new version, for it says more than it did."""
        await self._session.execute(
            update(_table)
            .where(_suggestions.agreement_id == agreement, _suggestions.id == counter)
            .values(counters=countered, version=_suggestions.version + 1)
        )

    async def revise(self, agreement: AgreementId, suggestion: SuggestionId) -> None:
        """Count a new version of a suggestion that the same act ends."""
        await self._session.execute(
            update(_table)
            .where(_suggestions.agreement_id == agreement, _suggestions.id == suggestion)
            .values(version=_suggestions.version + 1)
        )

    async def links(self, agreement: AgreementId) -> list[Link]:
        """List the pending counters with what each counters, as long as that is pending too."""
        countered = _table.alias("countered")
        found = await self._session.execute(
            select(_suggestions.id, _suggestions.counters, _suggestions.party_key)
            .join(
                countered,
                (countered.c.agreement_id == _suggestions.agreement_id) & (countered.c.id == _suggestions.counters),
            )
            .where(
                _suggestions.agreement_id == agreement,
                _suggestions.counters.is_not(None),
                _suggestions.status == Status.PENDING,
                countered.c.status == Status.PENDING,
            )
        )
        return [Link._make(row) for row in found]

    async def parts(
        self, agreement: AgreementId, suggestions: Collection[SuggestionId]
    ) -> dict[SuggestionId, list[SuggestionId]]:
        """List what was split from each of some suggestions, oldest first; those that are whole are missing."""
        listed = list(suggestions)
        parts: dict[SuggestionId, list[SuggestionId]] = {}
        for start in range(0, len(listed), _FOUND_AT_ONCE):
            found = await self._session.execute(
                select(_suggestions.id, _suggestions.split_from)
                .where(
                    _suggestions.agreement_id == agreement,
                    _suggestions.split_from.in_(listed[start : start + _FOUND_AT_ONCE]),
                )
                .order_by(_suggestions.created_at, _suggestions.id)
            )
            for row in found:
                parts.setdefault(row.split_from, []).append(row.id)
        return parts

    async def explain(self, agreement: AgreementId, suggestion: SuggestionId, reason: str | None) -> None:
        await self._session.execute(
            update(_table)
            .where(_suggestions.agreement_id == agreement, _suggestions.id == suggestion)
            .values(reason=reason)
        )
