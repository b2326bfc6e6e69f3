"""What was told to the public, and since when an article is a subject."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId
from app.models import Publication, Suggestion


class PublicationRepository:
    """Adds and lists publications. None is ever changed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, publication: Publication) -> None:
        self._session.add(publication)
        await self._session.flush()

    async def of(self, agreement: AgreementId) -> list[Publication]:
        """List an agreement's publications, newest first."""
        found = await self._session.scalars(
            select(Publication)
            .where(Publication.agreement_id == agreement)
            .order_by(Publication.at.desc(), Publication.id)
        )
        return list(found)

    async def first_suggested(self, agreement: AgreementId) -> dict[str, datetime]:
        """Tell of each article that anything was ever suggested in when that began."""
        found = await self._session.execute(
            select(Suggestion.article_id, func.min(Suggestion.created_at).label("began"))
            .where(Suggestion.agreement_id == agreement)
            .group_by(Suggestion.article_id)
        )
        return {row.article_id: row.began for row in found}
