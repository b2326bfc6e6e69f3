"""Final texts: written once, read for ever."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId
from app.models import FinalText


class FinalTextRepository:
    """Keeps and finds final texts. There is no way to change one."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, final: FinalText) -> None:
        self._session.add(final)
        await self._session.flush()

    async def of(self, agreement: AgreementId) -> FinalText | None:
        return await self._session.get(FinalText, agreement)
