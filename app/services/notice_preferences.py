"""How a member wants to be told, and whether a party lets mail carry its private text."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.ext.asyncio import AsyncSession

from app.db import Database
from app.domain.ids import MemberId
from app.domain.roles import Role
from app.domain.telling import Preference, due
from app.errors import InvalidContent, NotFound, NotLead
from app.models import NoticePreference
from app.repositories.letters import LetterRepository
from app.repositories.notices import NoticeRepository
from app.services.acting import Acting
from app.services.sealing import Seal


@dataclass(frozen=True, slots=True)
class Chosen:
    """A member's wishes, and what stands beside them: a refusing address, the party's own choice."""

    wishes: Preference
    refused_at: datetime | None
    carries_text: bool


async def wishes_of(session: AsyncSession, member: MemberId) -> Preference:
    """Tell how a member wants to be told."""
    kept = await NoticeRepository(session).preference(member)
    if kept is None:
        return Preference()
    return Preference(
        kept.mail,  # type: ignore[arg-type]
        kept.daily_hour,
        kept.quiet_from,
        kept.quiet_until,
        kept.time_zone,
        kept.language,  # type: ignore[arg-type]
        frozenset(kept.muted),
    )


async def read(database: Database, acting: Acting) -> Chosen:
    """Read the caller's wishes in an agreement."""
    async with database.reading() as session:
        letters = LetterRepository(session)
        return Chosen(
            await wishes_of(session, acting.member_id),
            await letters.refused_at(acting.account.email),
            await letters.carries_text(acting.agreement_id, acting.party_key),
        )


async def choose(database: Database, acting: Acting, wishes: Preference) -> Chosen:
    """Keep the caller's wishes, for what waits to be mailed too; choosing any mail tries a refused address anew.

    Raises `InvalidContent` for a time zone that nobody knows.
    """
    try:
        ZoneInfo(wishes.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise InvalidContent("There is no time zone of that name.") from unknown
    async with database.transaction() as session:
        await keep(session, acting.member_id, wishes)
        if wishes.mail != "off":
            await LetterRepository(session).try_again(acting.account.email)
    return await read(database, acting)


async def keep(session: AsyncSession, member: MemberId, wishes: Preference) -> None:
    """Write a member's wishes down, and date the mail that waits for that member by them."""
    row = NoticePreference(
        member_id=member,
        mail=wishes.mail,
        daily_hour=wishes.daily_hour,
        quiet_from=wishes.quiet_from,
        quiet_until=wishes.quiet_until,
        time_zone=wishes.time_zone,
        language=wishes.language,
        muted=sorted(wishes.muted),
    )
    await NoticeRepository(session).prefer(row)
    for letter in await LetterRepository(session).waiting_for(member):
        letter.due_at = due(letter.created_at, wishes)
    await session.flush()


async def let_text_travel(database: Database, acting: Acting, *, carries_text: bool) -> Chosen:
    """Decide for the caller's party whether mail may carry its private text; raises `NotLead`."""
    if acting.role is not Role.LEAD:
        raise NotLead
    async with database.transaction() as session:
        await LetterRepository(session).let_text_travel(
            acting.agreement_id, acting.party_key, carries_text=carries_text
        )
    return await read(database, acting)


async def stop(database: Database, seal: Seal, token: str) -> None:
    """Stop mail to the member that a token from one of its mails names; raises `NotFound` for any other token."""
    name = seal.named(token)
    if name is None:
        raise NotFound
    member = MemberId(name)
    async with database.transaction() as session:
        if await LetterRepository(session).addressee(member) is None:
            # The member has left: there is no mail to stop, and nothing to tell.
            return
        await keep(session, member, replace(await wishes_of(session, member), mail="off"))
