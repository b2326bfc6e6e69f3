"""Notices: told once to each member, read by that member alone, and only while it is in the party they are for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, MemberId, PartyKey, new_id
from app.models import Member, Notice


@dataclass(frozen=True, slots=True)
class Telling:
    """What some members are to be told; each is told once of one `origin`."""

    kind: str
    subject: Mapping[str, Any]
    to: Collection[MemberId]
    origin: str
    private_to: PartyKey | None = None


class NoticeRepository:
    """Tells members, and reads what they were told."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def tell(self, agreement: AgreementId, telling: Telling, at: datetime) -> list[str]:
        """Write a notice for each who is a member now; return the ids of those written.

        Whoever has left, was told already, or is not in the one party that may know of it, is passed over.
        """
        seated = select(Member.id).where(
            Member.agreement_id == agreement, Member.id.in_(list(telling.to)), Member.removed_at.is_(None)
        )
        if telling.private_to is not None:
            seated = seated.where(Member.party_key == telling.private_to)
        members: Sequence[str] = (await self._session.scalars(seated.order_by(Member.id))).all()
        if not members:
            return []
        rows = [
            {
                "id": new_id("ntc"),
                "agreement_id": agreement,
                "member_id": member,
                "kind": telling.kind,
                "subject": dict(telling.subject),
                "private_to": telling.private_to,
                "origin": telling.origin,
                "at": at,
            }
            for member in members
        ]
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        written = await self._session.scalars(
            dialect.insert(Notice)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["member_id", "origin"])
            .returning(Notice.id)
        )
        return list(written)
