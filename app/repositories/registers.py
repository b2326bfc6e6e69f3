"""What admission has to obey, read from the records: who opened which suggestion, which articles are closed."""

from sqlalchemy import Connection, select

from app.domain.ids import AgreementId, ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.log import Owner, Register
from app.errors import ArticleClosed, NotFound
from app.models import Agreement, Article, Suggestion

_agreements, _articles, _suggestions = (model.__table__.c for model in (Agreement, Article, Suggestion))


def read_register(connection: Connection, agreement: AgreementId) -> Register:
    """Read the register of an agreement as the transaction sees it."""
    status = connection.execute(select(_agreements.status).where(_agreements.id == agreement)).scalar_one_or_none()
    if status is None:
        raise NotFound
    articles = connection.execute(
        select(_articles.id, _articles.standing).where(_articles.agreement_id == agreement).order_by(_articles.position)
    ).all()
    return Register(
        owners=_owners(connection, agreement),
        closed={ArticleId(row.id): ArticleClosed.code for row in articles if row.standing == "tentative"},
        articles=[ArticleId(row.id) for row in articles],
        writable=status == "bargaining",
        stage=status,
    )


def _owners(connection: Connection, agreement: AgreementId) -> dict[SuggestionId, Owner]:
    rows = connection.execute(
        select(
            _suggestions.id,
            _suggestions.party_key,
            _suggestions.author_id,
            _suggestions.article_id,
            _suggestions.status,
        ).where(_suggestions.agreement_id == agreement)
    )
    return {
        SuggestionId(row.id): Owner(
            PartyKey(row.party_key), MemberId(row.author_id), ArticleId(row.article_id), row.status == "pending"
        )
        for row in rows
    }
