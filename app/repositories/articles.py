"""Articles: an agreement's units in their order. Their text is the table's, their standing is kept here."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId
from app.domain.structure import State
from app.models import Article, Initial


class ArticleRepository:
    """Reads and adds articles."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, articles: Sequence[Article]) -> None:
        self._session.add_all(articles)
        await self._session.flush()

    async def of_agreements(self, agreements: Sequence[AgreementId]) -> dict[str, list[Article]]:
        """List the articles that some agreements are made of, each in its order; not those only proposed, or struck."""
        found = await self._session.scalars(
            select(Article)
            .where(Article.agreement_id.in_(agreements), Article.state == State.AGREED)
            .order_by(Article.position)
        )
        listed: dict[str, list[Article]] = {agreement: [] for agreement in agreements}
        for article in found:
            listed[article.agreement_id].append(article)
        return listed

    async def of_agreement(self, agreement: AgreementId) -> list[Article]:
        """List one agreement's articles in their order."""
        return (await self.of_agreements([agreement]))[agreement]

    async def on_the_page(self, agreement: AgreementId) -> list[Article]:
        """List what people write and talk about: the agreement's articles, and those that are only proposed."""
        found = await self._session.scalars(
            select(Article)
            .where(Article.agreement_id == agreement, Article.state.in_([State.AGREED, State.PROPOSED]))
            .order_by(Article.position)
        )
        return list(found)

    async def initials(self, agreements: Sequence[AgreementId]) -> dict[str, list[Initial]]:
        """List the initials, and the wishes to reopen, that stand under the articles of some agreements."""
        found = await self._session.scalars(
            select(Initial).where(Initial.agreement_id.in_(agreements)).order_by(Initial.at)
        )
        listed: dict[str, list[Initial]] = {agreement: [] for agreement in agreements}
        for initial in found:
            listed[initial.agreement_id].append(initial)
        return listed
