"""Articles as units, on record: what is proposed about them, and where each stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.structure import Outline, State, Structure
from app.domain.suggestions import Status
from app.models import Article, Suggestion

_suggestions = cast("Table", Suggestion.__table__)


@dataclass(frozen=True, slots=True)
class Proposing:
    """A suggestion about an article as a whole, as it is put on record."""

    suggestion: SuggestionId
    party: PartyKey
    author: MemberId
    structure: Structure
    reason: str | None


class StructureRepository:
    """Proposes changes of the outline, and makes them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def propose(self, agreement: AgreementId, proposing: Proposing, at: datetime) -> None:
        await self._session.execute(
            insert(_suggestions).values(
                agreement_id=agreement,
                id=proposing.suggestion,
                article_id=proposing.structure.article,
                party_key=proposing.party,
                author_id=proposing.author,
                status=Status.PENDING.value,
                version=1,
                reason=proposing.reason,
                structure=proposing.structure.as_json(),
                created_at=at,
            )
        )

    async def revise(self, agreement: AgreementId, suggestion: SuggestionId, structure: Structure) -> None:
        """Let a pending suggestion say something else; its new version is counted by the fact that tells of it."""
        await self._session.execute(
            update(_suggestions)
            .where(_suggestions.c.agreement_id == agreement, _suggestions.c.id == suggestion)
            .values(structure=structure.as_json())
        )

    async def put(self, agreement: AgreementId, article: ArticleId, title: str, after: Outline) -> None:
        """Put a proposed article on record, and every article where it then stands."""
        place = [unit.id for unit in after.units].index(article) + 1
        self._session.add(
            Article(id=article, agreement_id=agreement, position=place, title=title, state=State.PROPOSED.value)
        )
        await self._session.flush()

    async def arrange(self, agreement: AgreementId, before: Outline, after: Outline) -> None:
        """Write down an outline; what stands as before is left alone."""
        stood = {unit.id: (place, unit) for place, unit in enumerate(before.units, 1)}
        for place, unit in enumerate(after.units, 1):
            if stood.get(unit.id) != (place, unit):
                await self._session.execute(
                    update(Article)
                    .where(Article.agreement_id == agreement, Article.id == unit.id)
                    .values(position=place, title=unit.title, state=unit.state.value)
                )

    async def proposed(self, agreements: Sequence[AgreementId]) -> list[tuple[Article, Suggestion]]:
        """List the articles that are proposed in some agreements, each with what proposes it, oldest first."""
        found = await self._session.execute(
            select(Article, Suggestion)
            .join(
                Suggestion,
                (Suggestion.article_id == Article.id) & (Suggestion.agreement_id == Article.agreement_id),
            )
            .where(
                Article.agreement_id.in_(agreements),
                Article.state == State.PROPOSED,
                Suggestion.status == Status.PENDING,
                Suggestion.structure.is_not(None),
            )
            .order_by(Suggestion.created_at, Suggestion.id)
        )
        return [(row[0], row[1]) for row in found if row[1].structure and row[1].structure["op"] == "add"]
