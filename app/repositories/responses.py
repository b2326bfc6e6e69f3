"""Answers to suggestions: added and listed, never changed or taken away."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, PartyKey, SuggestionId
from app.models import Account, Member, Response

_responses, _members, _accounts = (model.__table__.c for model in (Response, Member, Account))
_FOUND_AT_ONCE = 10_000


class Answered(NamedTuple):
    """An answer with the name of the member who gave it."""

    suggestion_id: SuggestionId
    party: PartyKey
    member_id: str
    member_name: str
    kind: str
    version: int
    content_hash: str
    reason: str | None
    at: datetime
    amendment: SuggestionId | None = None
    """With `accept_as_amended`: the amendment, and the content hash that it had."""
    amendment_hash: str | None = None


_ANSWERS = (
    select(
        _responses.suggestion_id,
        _responses.party_key,
        _responses.member_id,
        _accounts.name,
        _responses.kind,
        _responses.version,
        _responses.content_hash,
        _responses.reason,
        _responses.at,
        _responses.amendment_id,
        _responses.amendment_hash,
    )
    .join(Member.__table__, _members.id == _responses.member_id)
    .join(Account.__table__, _accounts.id == _members.account_id)
    .order_by(_responses.at, _responses.id)
)


class ResponseRepository:
    """Adds and lists answers."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, rows: Sequence[dict[str, Any]]) -> None:
        """Add answers, given as columns of the table."""
        if rows:
            await self._session.execute(insert(Response.__table__), list(rows))  # type: ignore[arg-type]

    async def to(
        self, agreement: AgreementId, suggestions: Collection[SuggestionId]
    ) -> dict[SuggestionId, list[Answered]]:
        """List the answers to some suggestions, oldest first; one without any gets an empty list."""
        listed = list(suggestions)
        answers: dict[SuggestionId, list[Answered]] = defaultdict(list)
        for start in range(0, len(listed), _FOUND_AT_ONCE):
            found = await self._session.execute(
                _ANSWERS.where(
                    _responses.agreement_id == agreement,
                    _responses.suggestion_id.in_(listed[start : start + _FOUND_AT_ONCE]),
                )
            )
            for row in found:
                answers[row.suggestion_id].append(Answered._make(row))
        return answers
