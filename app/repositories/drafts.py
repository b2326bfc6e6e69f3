"""Draft records: what frames in a caucus mean is written here, in the transaction that logs them, and nowhere else.

A draft reaches neither suggestion records nor the ledger. Everything here is asked for one party of one agreement.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.events import Fact, Proposed, Revised, Vanished
from app.domain.ids import AgreementId, ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.log import Owner
from app.domain.suggestions import Status
from app.models import Account, Draft, Member

TABLED = "tabled"
"""What a draft is once it has come to the table; in all else a draft's life has the words of a suggestion's."""

_table = cast("Table", Draft.__table__)
_drafts, _members, _accounts = (model.__table__.c for model in (Draft, Member, Account))


class DraftRecord(NamedTuple):
    """A draft as it is on record, with its author's name."""

    id: SuggestionId
    article_id: ArticleId
    author_id: MemberId
    author_name: str
    status: str
    version: int
    reason: str | None
    created_at: datetime
    resolved_at: datetime | None
    tabling_id: str | None


_RECORDS = (
    select(
        _drafts.id,
        _drafts.article_id,
        _drafts.author_id,
        _accounts.name.label("author_name"),
        *(_drafts[name] for name in DraftRecord._fields[4:]),
    )
    .join(Member.__table__, _members.id == _drafts.author_id)
    .join(Account.__table__, _accounts.id == _members.account_id)
    .order_by(_drafts.created_at, _drafts.id)
)
_OWNERS = select(_drafts.id, _drafts.author_id, _drafts.article_id, _drafts.status).where(
    _drafts.agreement_id == bindparam("agreement"), _drafts.party_key == bindparam("party")
)


def _opening(insert: Any) -> Any:
    """Build the statement that opens a draft, or opens one again that its own party had emptied."""
    statement = insert(_table)
    return statement.on_conflict_do_update(
        index_elements=["agreement_id", "party_key", "id"],
        set_={
            "status": Status.PENDING.value,
            "version": _drafts.version + 1,
            "resolved_at": None,
            "article_id": statement.excluded.article_id,
        },
        where=_drafts.status == Status.WITHDRAWN.value,
    )


_OPEN = {"sqlite": _opening(sqlite.insert), "postgresql": _opening(postgresql.insert)}
_OWN = (_drafts.agreement_id == bindparam("agreement")) & (_drafts.party_key == bindparam("party"))
_REVISE = (
    update(_table)
    .where(_OWN, _drafts.id.in_(bindparam("drafts", expanding=True)), _drafts.status == Status.PENDING)
    .values(version=_drafts.version + 1)
)
_CLOSE = (
    update(_table)
    .where(_OWN, _drafts.id.in_(bindparam("drafts", expanding=True)), _drafts.status == Status.PENDING)
    .values(status=bindparam("became"), resolved_at=bindparam("at"), tabling_id=bindparam("tabling"))
)


def owners(connection: Connection, agreement: AgreementId, party: PartyKey) -> dict[SuggestionId, Owner]:
    """Tell who opened which draft of a party, ever."""
    rows = connection.execute(_OWNERS, {"agreement": agreement, "party": party})
    return {
        SuggestionId(row.id): Owner(
            party, MemberId(row.author_id), ArticleId(row.article_id), row.status == Status.PENDING
        )
        for row in rows
    }


def record(
    connection: Connection, agreement: AgreementId, party: PartyKey, facts: Sequence[Fact], at: datetime
) -> None:
    """Bring the draft records up to what the facts of a caucus say."""
    own = {"agreement": agreement, "party": party}
    for kind, stretch in groupby(facts, key=type):
        listed = list(stretch)
        if kind is Proposed:
            rows = [_row(agreement, party, fact, at) for fact in listed if isinstance(fact, Proposed)]
            connection.execute(_OPEN[connection.dialect.name], rows)
            continue
        named = list(dict.fromkeys(fact.suggestion for fact in listed))
        if kind is Revised:
            connection.execute(_REVISE, {**own, "drafts": named})
        elif kind is Vanished:
            became = {"became": Status.WITHDRAWN.value, "at": at, "tabling": None}
            connection.execute(_CLOSE, {**own, "drafts": named, **became})


def _row(agreement: AgreementId, party: PartyKey, fact: Proposed, at: datetime) -> dict[str, Any]:
    return {
        "agreement_id": agreement,
        "party_key": party,
        "id": fact.suggestion,
        "article_id": fact.article,
        "author_id": fact.author,
        "status": Status.PENDING.value,
        "version": 1,
        "created_at": at,
    }


class DraftRepository:
    """The drafts of one party of one agreement."""

    def __init__(self, session: AsyncSession, agreement: AgreementId, party: PartyKey) -> None:
        self._session = session
        self._agreement, self._party = agreement, party

    async def pending(self) -> dict[SuggestionId, DraftRecord]:
        """List what is drafted and not tabled, in the order in which it was opened."""
        return await self._found(_drafts.status == Status.PENDING)

    async def many(self, drafts: Collection[SuggestionId]) -> dict[SuggestionId, DraftRecord]:
        """Find some drafts, whatever became of them; those that are not there are left out."""
        return await self._found(_drafts.id.in_(list(drafts)))

    async def explain(self, draft: SuggestionId, reason: str | None) -> None:
        """Keep the reason of a draft."""
        statement = update(_table).where(_OWN, _drafts.id == bindparam("draft")).values(reason=bindparam("words"))
        await self._session.execute(statement, {**self._own, "draft": draft, "words": reason})

    async def close(
        self, drafts: Collection[SuggestionId], at: datetime, *, became: str, tabling: str | None = None
    ) -> None:
        """End drafts for good: `TABLED` by an act, or withdrawn."""
        ending = {"drafts": list(drafts), "became": became, "at": at, "tabling": tabling}
        await self._session.execute(_CLOSE, {**self._own, **ending})

    @property
    def _own(self) -> dict[str, Any]:
        return {"agreement": self._agreement, "party": self._party}

    async def _found(self, condition: Any) -> dict[SuggestionId, DraftRecord]:
        rows = await self._session.execute(_RECORDS.where(_OWN, condition), self._own)
        return {row.id: DraftRecord._make(row) for row in rows}
