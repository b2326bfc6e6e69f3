"""Telling members what happened: in the transaction in which it did, so that nobody hears of what was undone.

Most notices are made from the ledger once an act is committed; `post` is for what the ledger may not hold, a
party's private matters, and for dates that draw near.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, MemberId, PartyKey, new_id
from app.models import now
from app.repositories.notices import NoticeRepository, Telling


async def post(  # noqa: PLR0913 - every name is said at the call, and each is needed.
    session: AsyncSession,
    agreement_id: AgreementId,
    kind: str,
    *,
    to: Collection[MemberId],
    subject: Mapping[str, Any],
    private_to: PartyKey | None = None,
    once: str | None = None,
) -> None:
    """Tell some members of an agreement, in the caller's transaction; leave out of `to` whoever did it.

    `private_to` names the one party that may know of it: members of any other are passed over here and at every later
    reading. `once` names what is told: a member is told of one name once, however often it is posted (a date that
    draws near, by its id). `subject` holds JSON of ids and short strings; text of a caucus goes under its key `text`,
    which mail leaves out unless the party wants it.
    """
    origin = f"posted/{once}" if once is not None else f"posted/{new_id('pst')}"
    telling = Telling(kind, subject, frozenset(to), origin, private_to)
    await NoticeRepository(session).tell(agreement_id, telling, now())
