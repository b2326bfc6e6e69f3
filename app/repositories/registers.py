"""What admission has to obey, read from the records: who opened which suggestion, which articles are closed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, true

from app.domain.ids import AgreementId, ArticleId, DocumentId, MemberId, PartyKey, SuggestionId, agreement_of, party_of
from app.domain.log import Owner, Register
from app.domain.structure import Op, Outline, State, Structure, Unit, read_structure
from app.errors import ArticleClosed, ArticleStruck, NotFound
from app.models import Agreement, Article, Suggestion
from app.repositories import drafts

_agreements, _articles, _suggestions = (model.__table__.c for model in (Agreement, Article, Suggestion))


def read_register(connection: Connection, document: DocumentId) -> Register:
    """Read the register of a document as the transaction sees it: a caucus's suggestions are its party's drafts."""
    agreement, party = agreement_of(document), party_of(document)
    status = connection.execute(select(_agreements.status).where(_agreements.id == agreement)).scalar_one_or_none()
    if status is None:
        raise NotFound
    articles = connection.execute(
        select(_articles.id, _articles.standing, _articles.title, _articles.state)
        .where(_articles.agreement_id == agreement)
        .order_by(_articles.position, _articles.id)
    ).all()
    units = tuple(Unit(ArticleId(row.id), row.title, State(row.state)) for row in articles)
    closed = {ArticleId(row.id): ArticleClosed.code for row in articles if row.standing == "tentative"}
    gone = {unit.id: ArticleStruck.code for unit in units if unit.state in {State.STRUCK, State.DROPPED}}
    rows = _suggested(connection, agreement, structural=party is not None)
    return Register(
        owners=drafts.owners(connection, agreement, party) if party else {row.id: _owner(row) for row in rows},
        closed={**closed, **gone},
        articles=[unit.id for unit in units],
        writable=status == "bargaining",
        stage=status,
        outline=Outline(units),
        structures={} if party else _structures(rows),
        proposed=_proposed(rows) if party else {},
    )


def _proposed(rows: Sequence[Any]) -> dict[ArticleId, tuple[SuggestionId, PartyKey]]:
    """Name what proposes each article that is not yet part of the agreement."""
    return {
        ArticleId(row.article_id): (SuggestionId(row.id), PartyKey(row.party_key))
        for row in rows
        if row.status == "pending" and row.structure["op"] == Op.ADD
    }


def _suggested(connection: Connection, agreement: AgreementId, *, structural: bool) -> Sequence[Any]:
    chosen = _suggestions.structure.is_not(None) if structural else true()
    return connection.execute(
        select(
            _suggestions.id,
            _suggestions.party_key,
            _suggestions.author_id,
            _suggestions.article_id,
            _suggestions.status,
            _suggestions.structure,
            _suggestions.created_at,
        ).where(_suggestions.agreement_id == agreement, chosen)
    ).all()


def _owner(row: Any) -> Owner:
    kept = row.structure
    # Only what would add an article has text of its own: under the id of any other such suggestion nobody types.
    author = row.author_id if kept is None or kept["op"] == Op.ADD else ""
    return Owner(
        PartyKey(row.party_key),
        MemberId(author),
        ArticleId(row.article_id),
        row.status == "pending",
        structural=kept is not None,
    )


def _structures(rows: Sequence[Any]) -> dict[SuggestionId, Structure]:
    pending = [row for row in rows if row.structure is not None and row.status == "pending"]
    pending.sort(key=lambda row: (row.created_at, row.id))
    return {SuggestionId(row.id): read_structure(ArticleId(row.article_id), row.structure) for row in pending}
