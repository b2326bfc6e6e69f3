"""Reading of the ledger what its story is folded from, and single entries in full; never changed here."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, PartyKey
from app.domain.lives import Told
from app.models import Entry

_entries = Entry.__table__.c
_payload = Entry.__table__.c.payload
_MOST = 5_000
_BRIEF = ("suggestion", "article", "version", "into", "amends", "structure")
_STORY = select(
    _entries.seq,
    _entries.at,
    _entries.kind,
    _entries.party,
    _entries.member,
    _payload["suggestion"].as_string().label("suggestion"),
    _payload["article"].as_string().label("article"),
    _payload["version"].as_integer().label("version"),
    _payload["into"].as_string().label("into"),
    _payload["amends"].as_string().label("amends"),
    _payload["structure"].label("structure"),
    # What a suggestion said is by far most of a ledger, and no part of its story.
    case((_entries.kind.like("suggestion.%") | _entries.kind.like("thread.%"), None), else_=_payload).label("whole"),
)


class ChronicleRepository:
    """Reads a ledger in the order of its entries."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def after(self, agreement: AgreementId, seq: int) -> list[Told]:
        """Read the next entries after a number, at most some thousand, without what suggestions said."""
        found = await self._session.execute(
            _STORY.where(_entries.agreement_id == agreement, _entries.seq > seq).order_by(_entries.seq).limit(_MOST)
        )
        return [_told(row) for row in found]

    async def payloads(self, agreement: AgreementId, numbers: Collection[int]) -> dict[int, dict[str, Any]]:
        """Read what some entries say, in full."""
        listed = sorted(numbers)
        payloads: dict[int, dict[str, Any]] = {}
        for start in range(0, len(listed), _MOST):
            rows = await self._session.execute(
                select(_entries.seq, _payload).where(
                    _entries.agreement_id == agreement, _entries.seq.in_(listed[start : start + _MOST])
                )
            )
            payloads |= {row.seq: row.payload for row in rows}
        return payloads


def _told(row: Any) -> Told:
    brief = {name: getattr(row, name) for name in _BRIEF}
    member = row.member or {}
    return Told(
        row.seq,
        row.at,
        row.kind,
        PartyKey(row.party) if row.party is not None else None,
        member.get("id"),
        member.get("name"),
        row.whole if row.whole is not None else brief,
    )
