"""What an article's standing follows from, besides what is pending in it and what was initialled."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, ArticleId
from app.domain.packages import PackageStatus
from app.domain.structure import Outline, State, Unit
from app.models import Article, Package, PackagePart, Suggestion, now
from app.repositories.structures import StructureRepository


@dataclass(frozen=True, slots=True)
class Proposed:
    """An article that is only proposed, and the agreement's article that it is meant to stand after, if any."""

    article: Article
    suggestion: Suggestion
    after: str | None


@dataclass(slots=True)
class Units:
    """Articles as units: those in open packages, those whose last proposal was taken back, those to come or gone."""

    packaged: set[str] = field(default_factory=set)
    taken_back: set[str] = field(default_factory=set)
    proposed: list[Proposed] = field(default_factory=list)
    struck: list[Article] = field(default_factory=list)


class StandingRepository:
    """Reads how articles stand as units."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def units(self, agreements: Sequence[AgreementId]) -> dict[str, Units]:
        """Tell how the articles of some agreements stand as units."""
        units = {str(agreement): Units() for agreement in agreements}
        for agreement, packaged in await self._packaged(agreements):
            units[agreement].packaged.add(packaged)
        for agreement, taken_back in await self._taken_back(agreements):
            units[agreement].taken_back.add(taken_back)
        proposed = await StructureRepository(self._session).proposed(agreements)
        outlines = await self._outlines([AgreementId(article.agreement_id) for article, _ in proposed])
        for article, suggestion in proposed:
            after = outlines[article.agreement_id].anchor((suggestion.structure or {}).get("after"))
            units[article.agreement_id].proposed.append(Proposed(article, suggestion, after))
        gone = await self._session.scalars(
            select(Article)
            .where(Article.agreement_id.in_(agreements), Article.state == State.STRUCK)
            .order_by(Article.position)
        )
        for one in gone:
            units[one.agreement_id].struck.append(one)
        return units

    async def _outlines(self, agreements: Sequence[AgreementId]) -> dict[str, Outline]:
        found = await self._session.execute(
            select(Article.agreement_id, Article.id, Article.title, Article.state)
            .where(Article.agreement_id.in_(agreements))
            .order_by(Article.position, Article.id)
        )
        rows = list(found) if agreements else []
        units: dict[str, list[Unit]] = {agreement: [] for agreement in agreements}
        for row in rows:
            units[row.agreement_id].append(Unit(ArticleId(row.id), row.title, State(row.state)))
        return {agreement: Outline(tuple(listed)) for agreement, listed in units.items()}

    async def _packaged(self, agreements: Sequence[AgreementId]) -> list[tuple[str, str]]:
        found = await self._session.execute(
            select(Suggestion.agreement_id, Suggestion.article_id)
            .join(
                PackagePart,
                (PackagePart.agreement_id == Suggestion.agreement_id) & (PackagePart.suggestion_id == Suggestion.id),
            )
            .join(Package, Package.id == PackagePart.package_id)
            .where(
                Package.agreement_id.in_(agreements),
                Package.status == PackageStatus.PENDING,
                or_(Package.expires_at.is_(None), Package.expires_at > now()),
            )
            .distinct()
        )
        return [(row.agreement_id, row.article_id) for row in found]

    async def _taken_back(self, agreements: Sequence[AgreementId]) -> list[tuple[str, str]]:
        """Find the articles of which the last suggestion that came to an end was withdrawn in so many words.

        What its own author erased again while typing counts for nothing here.
        """
        found = await self._session.execute(
            select(
                Suggestion.agreement_id,
                Suggestion.article_id,
                Suggestion.taken_back,
                func.max(Suggestion.resolved_at).label("last"),
            )
            .where(
                Suggestion.agreement_id.in_(agreements),
                or_(Suggestion.status.in_(["accepted", "rejected"]), Suggestion.taken_back),
            )
            .group_by(Suggestion.agreement_id, Suggestion.article_id, Suggestion.taken_back)
            .order_by("last")
        )
        last = {(row.agreement_id, row.article_id): row.taken_back for row in found}
        return [place for place, taken_back in last.items() if taken_back]
