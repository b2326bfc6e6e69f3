"""Bringing a live document into being: its head, and the one update that says what it begins with."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, DocumentId
from app.models import DocumentHead, Update

_FIRST = 1


class DocumentRepository:
    """Creates documents; from then on the log alone writes them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def create(self, document: DocumentId, agreement: AgreementId, seed: bytes) -> None:
        """Log a document's first update. It is never built a second time from its text: that would double it."""
        self._session.add(DocumentHead(id=document, agreement_id=agreement, seq=_FIRST))
        await self._session.flush()
        self._session.add(Update(document_id=document, seq=_FIRST, payload=seed, changes_register=True))
        await self._session.flush()
