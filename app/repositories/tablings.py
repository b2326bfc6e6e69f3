"""Acts of tabling, with the suggestions that came of them."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Suggestion, Tabling


class TablingRepository:
    """Adds acts of tabling."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, tabling: Tabling, suggestions: Sequence[Suggestion]) -> None:
        """Record an act, and each suggestion that it brought to the table."""
        self._session.add(tabling)
        self._session.add_all(suggestions)
        await self._session.flush()
