"""The queue of outgoing mail: written with what it tells of, claimed by one worker at a time, kept until it is sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, MemberId, PartyKey
from app.models import Account, Agreement, Letter, Member, Notice, PartyMail, RefusedAddress

WAITING, SENDING, SENT, DROPPED, DEAD = "waiting", "sending", "sent", "dropped", "dead"


class Addressee(NamedTuple):
    """A member who may be written to, with the account whose address it is and the agreement it is about."""

    member: Member
    account: Account
    agreement: Agreement


class LetterRepository:
    """Queues letters, hands each to one worker, and remembers which addresses take none."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, letter: Letter) -> None:
        self._session.add(letter)
        await self._session.flush()

    async def get(self, letter: str) -> Letter | None:
        return await self._session.get(Letter, letter, populate_existing=True)

    async def claim(self, worker: str, at: datetime, hold: timedelta) -> Letter | None:
        """Take the letter that has been due longest, for as long as `hold`; a claim that ran out is taken over."""
        is_free = or_(Letter.status == WAITING, and_(Letter.status == SENDING, Letter.claimed_until < at))
        # Read and then written: an update over such a subquery may take more rows than the subquery's limit.
        found = await self._session.scalars(
            select(Letter)
            .where(is_free, Letter.due_at <= at)
            .order_by(Letter.due_at, Letter.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
        letter = found.one_or_none()
        if letter is not None:
            letter.status, letter.claimed_by, letter.claimed_until = SENDING, worker, at + hold
            letter.attempts += 1
            await self._session.flush()
        return letter

    async def close(self, letter: str, worker: str, status: str, at: datetime, problem: str | None = None) -> bool:
        """End a letter that the worker still holds, forgetting its text; tell whether it held it."""
        closed = await self._session.scalars(
            update(Letter)
            .where(Letter.id == letter, Letter.claimed_by == worker, Letter.status == SENDING)
            .values(
                status=status,
                problem=problem,
                sent_at=at if status == SENT else None,
                text=None if status in {SENT, DROPPED} else Letter.text,
                claimed_by=None,
                claimed_until=None,
            )
            .returning(Letter.id)
            .execution_options(synchronize_session=False)
        )
        return closed.one_or_none() is not None

    async def put_back(
        self, letter: str, worker: str, due_at: datetime, problem: str | None, *, counts: bool = True
    ) -> None:
        """Let a letter that the worker holds wait until later; `counts` False takes the attempt back."""
        await self._session.execute(
            update(Letter)
            .where(Letter.id == letter, Letter.claimed_by == worker, Letter.status == SENDING)
            .values(
                status=WAITING,
                due_at=due_at,
                problem=problem,
                claimed_by=None,
                claimed_until=None,
                attempts=Letter.attempts if counts else Letter.attempts - 1,
            )
            .execution_options(synchronize_session=False)
        )

    async def members_to_write_to(self, limit: int) -> Sequence[str]:
        """Find members with notices about which nobody has decided whether mail tells of them."""
        found = await self._session.scalars(
            select(Notice.member_id).where(Notice.mail_due).distinct().order_by(Notice.member_id).limit(limit)
        )
        return found.all()

    async def undecided(self, member: MemberId) -> Sequence[Notice]:
        """Hold a member's notices about which nobody has decided; those that another worker holds are left out."""
        found = await self._session.scalars(
            select(Notice)
            .where(Notice.member_id == member, Notice.mail_due)
            .order_by(Notice.at, Notice.id)
            .with_for_update(skip_locked=True)
        )
        return found.all()

    async def waiting_for(self, member: MemberId) -> Sequence[Letter]:
        """Hold the letters to a member that nobody has tried to send yet."""
        found = await self._session.scalars(
            select(Letter)
            .where(Letter.member_id == member, Letter.status == WAITING, Letter.attempts == 0)
            .order_by(Letter.created_at, Letter.id)
            .with_for_update()
        )
        return found.all()

    async def addressee(self, member: MemberId) -> Addressee | None:
        """Find a member as it is now; None for one that has left."""
        found = await self._session.execute(
            select(Member, Account, Agreement)
            .join(Account, Account.id == Member.account_id)
            .join(Agreement, Agreement.id == Member.agreement_id)
            .where(Member.id == member, Member.removed_at.is_(None))
            .execution_options(populate_existing=True)
        )
        row = found.one_or_none()
        return Addressee(*row) if row is not None else None

    async def notices_in(self, letter: str) -> Sequence[Notice]:
        """Read what a letter to a member is to tell: what is unread, and still the member's to know."""
        found = await self._session.scalars(
            select(Notice)
            .join(Member, Member.id == Notice.member_id)
            .where(
                Notice.letter_id == letter,
                Notice.read_at.is_(None),
                Member.removed_at.is_(None),
                or_(Notice.private_to.is_(None), Notice.private_to == Member.party_key),
            )
            .order_by(Notice.at, Notice.id)
        )
        return found.all()

    async def with_status(self, status: str, limit: int) -> Sequence[Letter]:
        found = await self._session.scalars(
            select(Letter).where(Letter.status == status).order_by(Letter.created_at, Letter.id).limit(limit)
        )
        return found.all()

    async def count_by_status(self) -> dict[str, int]:
        rows = await self._session.execute(select(Letter.status, func.count()).group_by(Letter.status))
        return {row[0]: row[1] for row in rows}

    async def revive(self, ids: Sequence[str] | None, at: datetime) -> int:
        """Let dead letters wait again, with None every one; return how many."""
        dead = update(Letter).where(Letter.status == DEAD)
        if ids is not None:
            dead = dead.where(Letter.id.in_(list(ids)))
        revived = await self._session.scalars(
            dead.values(status=WAITING, attempts=0, due_at=at, problem=None)
            .returning(Letter.id)
            .execution_options(synchronize_session=False)
        )
        return len(revived.all())

    async def refuse(self, address: str, problem: str, at: datetime) -> None:
        """Send nothing to an address any more."""
        await self._session.merge(RefusedAddress(address=address, problem=problem, at=at))
        await self._session.flush()

    async def refused_at(self, address: str) -> datetime | None:
        found = await self._session.get(RefusedAddress, address)
        return found.at if found is not None else None

    async def try_again(self, address: str) -> None:
        """Let mail go to an address again."""
        found = await self._session.get(RefusedAddress, address)
        if found is not None:
            await self._session.delete(found)
            await self._session.flush()

    async def carries_text(self, agreement: AgreementId, party: PartyKey) -> bool:
        found = await self._session.get(PartyMail, (agreement, party))
        return found is not None and found.carries_text

    async def let_text_travel(self, agreement: AgreementId, party: PartyKey, *, carries_text: bool) -> None:
        await self._session.merge(PartyMail(agreement_id=agreement, party_key=party, carries_text=carries_text))
        await self._session.flush()
