"""Writing down what a frame or a decision meant, in the transaction that logs its update.

This stands on the path of every keystroke: a batch of typing costs one statement, and only a batch that opens or
ends a suggestion touches the ledger. Facts are taken in their order, stretch by stretch of one kind.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, literal_column, null, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.events import Fact, Proposed, Revised, Vanished
from app.domain.ids import AgreementId, MemberId, PartyKey
from app.domain.ledger import Act, Kind
from app.domain.suggestions import Status
from app.models import Account, Member, Suggestion
from app.repositories import chain, packages

_suggestions, _members, _accounts = (model.__table__.c for model in (Suggestion, Member, Account))


def _opening(insert: Any) -> Any:
    """Build the statement that opens a suggestion, or opens a withdrawn one again; it returns what it opened."""
    statement = insert(Suggestion.__table__)
    reopened = {"status": Status.PENDING.value, "version": _suggestions.version + 1, "resolved_at": None}
    return statement.on_conflict_do_update(
        index_elements=["agreement_id", "id"],
        set_={**reopened, "content": null(), "article_id": statement.excluded.article_id},
        where=_suggestions.status == Status.WITHDRAWN.value,
    ).returning(_suggestions.id, _suggestions.version)


_PROPOSE = {"sqlite": _opening(sqlite.insert), "postgresql": _opening(postgresql.insert)}
# Written out, because SQLite's compiler names no table in RETURNING, and the tables share their columns' names.
# RETURNING sees the new version: what is voided had accepted the one before it.
_VOIDED = """EXISTS (SELECT 1 FROM responses WHERE responses.agreement_id = suggestions.agreement_id
AND responses.suggestion_id = suggestions.id AND responses.kind = 'accept'
AND responses.version = suggestions.version - 1)"""
_REVISE = (
    update(Suggestion)
    .where(
        _suggestions.agreement_id == bindparam("agreement"),
        _suggestions.id.in_(bindparam("revised", expanding=True)),
        _suggestions.status == Status.PENDING,
    )
    .values(version=_suggestions.version + 1)
    .returning(
        _suggestions.id,
        _suggestions.version,
        _suggestions.party_key,
        _suggestions.author_id,
        literal_column(_VOIDED).label("voids_an_acceptance"),
    )
)
_WITHDRAW = (
    update(Suggestion)
    .where(
        _suggestions.agreement_id == bindparam("agreement"),
        _suggestions.id == bindparam("vanished"),
        _suggestions.status == Status.PENDING,
    )
    .values(status=Status.WITHDRAWN.value, content=bindparam("last_content"), resolved_at=bindparam("at"))
    .returning(_suggestions.id)
)
_NAMES = (
    select(_members.id, _members.party_key, _accounts.name)
    .join(Account, _accounts.id == _members.account_id)
    .where(_members.id.in_(bindparam("members", expanding=True)))
)


def record(connection: Connection, agreement_id: AgreementId, facts: Sequence[Fact], at: datetime) -> int | None:
    """Bring the suggestion records up to what the facts say, and tell the ledger what is worth telling.

    Answers how far the ledger reached before; None where it was told nothing.
    """
    told: list[tuple[Kind, MemberId | None, dict[str, Any]]] = []
    for kind, stretch in groupby(facts, key=type):
        if kind is Revised:
            told += _revise(connection, agreement_id, list(stretch))  # type: ignore[arg-type]
        elif kind is Proposed:
            told += _propose(connection, agreement_id, list(stretch), at)  # type: ignore[arg-type]
        else:
            told += _vanish(connection, agreement_id, list(stretch), at)  # type: ignore[arg-type]
    if not told:
        return None
    withdrawn = [payload["suggestion"] for kind, _, payload in told if kind is Kind.SUGGESTION_WITHDRAWN]
    acts = [*_signed_acts(connection, told), *packages.break_up(connection, agreement_id, withdrawn, at)]
    return chain.append(connection, agreement_id, acts, at).seq - len(acts)


def _revise(connection: Connection, agreement: AgreementId, facts: list[Revised]) -> Any:
    revised = list(dict.fromkeys(fact.suggestion for fact in facts))
    rows = connection.execute(_REVISE, {"agreement": agreement, "revised": revised})
    return [
        (Kind.SUGGESTION_REVISED, row.author_id, {"suggestion": row.id, "version": row.version})
        for row in rows
        if row.voids_an_acceptance
    ]


def _propose(connection: Connection, agreement: AgreementId, facts: list[Proposed], at: datetime) -> Any:
    """Open suggestions, or open again those that their own party had emptied; each once in a stretch."""
    facts = list({fact.suggestion: fact for fact in facts}.values())
    rows = [
        {
            "agreement_id": agreement,
            "id": fact.suggestion,
            "article_id": fact.article,
            "party_key": fact.party,
            "author_id": fact.author,
            "status": Status.PENDING.value,
            "version": 1,
            "created_at": at,
        }
        for fact in facts
    ]
    versions = {row.id: row.version for row in connection.execute(_PROPOSE[connection.dialect.name], rows)}
    return [
        (
            Kind.SUGGESTION_PROPOSED,
            fact.author,
            {"suggestion": fact.suggestion, "article": fact.article, "version": versions[fact.suggestion]},
        )
        for fact in facts
        if fact.suggestion in versions
    ]


def _vanish(connection: Connection, agreement: AgreementId, facts: list[Vanished], at: datetime) -> Any:
    """Keep what each last said; one that was decided in the same turn is no longer pending, and stays as decided."""
    told = []
    for fact in facts:
        given = {"agreement": agreement, "vanished": fact.suggestion, "last_content": fact.content, "at": at}
        if connection.execute(_WITHDRAW, given).scalar_one_or_none() is not None:
            payload = {"suggestion": fact.suggestion, "content": fact.content, "reason": None}
            told.append((Kind.SUGGESTION_WITHDRAWN, fact.by, {**payload, "overtaken": fact.overtaken}))
    return told


def _signed_acts(connection: Connection, told: list[tuple[Kind, MemberId | None, dict[str, Any]]]) -> list[Act]:
    """Put the party and the name to each act, as they are now."""
    wanted = sorted({member for _, member, _ in told if member is not None})
    known = {row.id: row for row in connection.execute(_NAMES, {"members": wanted})} if wanted else {}
    return [
        Act(
            kind,
            PartyKey(known[member].party_key) if member in known else None,
            {"id": member, "name": known[member].name} if member in known else None,
            payload,
        )
        for kind, member, payload in told
    ]
