"""Initials under articles, and the wish to open one again. Rows go when they have done their work."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, ArticleId, PartyKey
from app.models import Account, Article, Initial, Member

INITIAL, REOPEN = "initial", "reopen"


class Initialled(NamedTuple):
    """A party's initials, or its wish to reopen, with the member's name."""

    initial: Initial
    member_name: str


class InitialRepository:
    """Adds, lists and removes initials; sets the standing that they bring about."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def under(self, article: ArticleId) -> list[Initialled]:
        """List what parties have put under an article, oldest first."""
        found = await self._session.execute(
            select(Initial, Account.name)
            .join(Member, Member.id == Initial.member_id)
            .join(Account, Account.id == Member.account_id)
            .where(Initial.article_id == article)
            .order_by(Initial.at, Initial.party_key)
        )
        return [Initialled(row[0], row[1]) for row in found]

    async def put(self, initial: Initial) -> None:
        """Add a party's initials or wish, in place of an earlier one of the same kind."""
        await self.take_back(ArticleId(initial.article_id), PartyKey(initial.party_key), initial.kind)
        self._session.add(initial)
        await self._session.flush()

    async def take_back(self, article: ArticleId, party: PartyKey, kind: str) -> None:
        await self._session.execute(
            delete(Initial).where(Initial.article_id == article, Initial.party_key == party, Initial.kind == kind)
        )

    async def clear(self, article: ArticleId, kind: str | None = None) -> None:
        """Remove what stands under an article: one kind, or all."""
        query = delete(Initial).where(Initial.article_id == article)
        await self._session.execute(query if kind is None else query.where(Initial.kind == kind))

    async def article(self, agreement: AgreementId, article: ArticleId) -> Article | None:
        """Read one article as it is now."""
        found = await self._session.scalars(
            select(Article)
            .where(Article.agreement_id == agreement, Article.id == article)
            .execution_options(populate_existing=True)
        )
        return found.one_or_none()

    async def set_standing(self, articles: Sequence[ArticleId], standing: str, *, only_from: str | None = None) -> None:
        """Give articles a standing; `only_from` leaves alone those that have another one now."""
        query = update(Article).where(Article.id.in_(articles)).values(standing=standing)
        if only_from is not None:
            query = query.where(Article.standing == only_from)
        await self._session.execute(query)
