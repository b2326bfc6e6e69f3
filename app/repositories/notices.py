"""Notices: told once to each member, read by that member alone, and only while it is in the party they are for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AccountId, AgreementId, MemberId, PartyKey, new_id
from app.domain.news import merge
from app.models import Agreement, Article, LedgerHead, Letter, Member, Notice, NoticeCursor, NoticePreference


@dataclass(frozen=True, slots=True)
class Telling:
    """What some members are to be told; each is told once of one `origin`.

    Under `gathers` it joins what a member was told of the same since `gathers_since`, and has neither read nor got by
    mail.
    """

    kind: str
    subject: Mapping[str, Any]
    to: Collection[MemberId]
    origin: str
    private_to: PartyKey | None = None
    gathers: str | None = None
    gathers_since: datetime | None = None


class Told(NamedTuple):
    """A notice with what its reader needs beside it."""

    notice: Notice
    agreement_title: str
    article_title: str | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose notices: an account's, in one agreement or in all that it is a member of."""

    account: AccountId
    agreement: AgreementId | None = None


class NoticeRepository:
    """Tells members, and reads what they were told."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def tell(self, agreement: AgreementId, telling: Telling, at: datetime) -> None:
        """Write a notice for each who is a member now.

        Whoever has left, was told already, or is not in the one party that may know of it, is passed over.
        """
        seated = select(Member.id).where(
            Member.agreement_id == agreement, Member.id.in_(list(telling.to)), Member.removed_at.is_(None)
        )
        if telling.private_to is not None:
            seated = seated.where(Member.party_key == telling.private_to)
        members: Sequence[str] = (await self._session.scalars(seated.order_by(Member.id))).all()
        if telling.gathers is not None and telling.gathers_since is not None and members:
            added_to = await self._add_to_unread(telling, members, telling.gathers_since, at)
            members = [member for member in members if member not in added_to]
        if members:
            await self._insert(agreement, telling, members, at)

    async def page(self, reader: Reader, *, unread: bool, after: tuple[Any, ...] | None, limit: int) -> Sequence[Told]:
        """List what somebody was told, newest first."""
        query = self._of(reader, select(Notice, Agreement.title, Article.title.label("article_title"))).join(
            Agreement, Agreement.id == Notice.agreement_id
        )
        query = query.outerjoin(Article, Article.id == Notice.subject["article"].as_string())
        if unread:
            query = query.where(Notice.read_at.is_(None))
        if after is not None:
            query = query.where(tuple_(Notice.at, Notice.id) < after)
        found = await self._session.execute(query.order_by(Notice.at.desc(), Notice.id.desc()).limit(limit))
        return [Told(*row) for row in found]

    async def count_unread(self, reader: Reader) -> int:
        counted = self._of(reader, select(func.count(Notice.id))).where(Notice.read_at.is_(None))
        return await self._session.scalar(counted) or 0

    async def mark_read(self, reader: Reader, ids: Collection[str] | None, at: datetime) -> None:
        """Mark some notices read, or with None every one; those of others stay as they are."""
        unread = self._of(reader, select(Notice.id)).where(Notice.read_at.is_(None))
        if ids is not None:
            unread = unread.where(Notice.id.in_(list(ids)))
        await self._session.execute(update(Notice).where(Notice.id.in_(unread)).values(read_at=at))

    async def preference(self, member: MemberId) -> NoticePreference | None:
        return await self._session.get(NoticePreference, member)

    async def prefer(self, preference: NoticePreference) -> None:
        """Keep a member's wishes in place of earlier ones."""
        await self._session.merge(preference)
        await self._session.flush()

    async def behind(self, limit: int) -> list[AgreementId]:
        """Find agreements whose ledger holds what has not been told yet."""
        found = await self._session.scalars(
            select(LedgerHead.agreement_id)
            .outerjoin(NoticeCursor, NoticeCursor.agreement_id == LedgerHead.agreement_id)
            .where(or_(NoticeCursor.seq.is_(None), NoticeCursor.seq < LedgerHead.seq))
            .limit(limit)
        )
        return [AgreementId(one) for one in found]

    async def is_behind(self, agreement: AgreementId) -> bool:
        seqs = (
            await self._session.execute(
                select(LedgerHead.seq, NoticeCursor.seq)
                .outerjoin(NoticeCursor, NoticeCursor.agreement_id == LedgerHead.agreement_id)
                .where(LedgerHead.agreement_id == agreement)
            )
        ).one_or_none()
        return seqs is not None and (seqs[1] is None or seqs[1] < seqs[0])

    async def locked_cursor(self, agreement: AgreementId) -> NoticeCursor:
        """Hold how far an agreement was told from, until the transaction ends."""
        await self._session.execute(
            self._insert_of(NoticeCursor).values(agreement_id=agreement, seq=0).on_conflict_do_nothing()
        )
        held = select(NoticeCursor).where(NoticeCursor.agreement_id == agreement).with_for_update()
        return (await self._session.scalars(held.execution_options(populate_existing=True))).one()

    async def _add_to_unread(self, telling: Telling, members: Sequence[str], since: datetime, at: datetime) -> set[str]:
        # A mail that nobody has begun to send is written when it goes, from what the notice says by then.
        untouched = select(Letter.id).where(
            Letter.member_id.in_(members), Letter.status == "waiting", Letter.attempts == 0
        )
        found = await self._session.scalars(
            select(Notice)
            .where(
                Notice.member_id.in_(members),
                Notice.gathers == telling.gathers,
                Notice.at >= since,
                Notice.read_at.is_(None),
                or_(Notice.letter_id.is_(None), Notice.letter_id.in_(untouched)),
            )
            .order_by(Notice.id)
            .with_for_update()
        )
        added_to = set()
        for notice in found:
            subject = dict(notice.subject)
            merge(subject, telling.subject)
            notice.subject, notice.at = subject, at
            added_to.add(notice.member_id)
        await self._session.flush()
        return added_to

    async def _insert(self, agreement: AgreementId, telling: Telling, members: Sequence[str], at: datetime) -> None:
        rows = [
            {
                "id": new_id("ntc"),
                "agreement_id": agreement,
                "member_id": member,
                "kind": telling.kind,
                "subject": dict(telling.subject),
                "private_to": telling.private_to,
                "origin": telling.origin,
                "gathers": telling.gathers,
                "at": at,
                "mail_due": True,
            }
            for member in members
        ]
        await self._session.execute(
            self._insert_of(Notice).values(rows).on_conflict_do_nothing(index_elements=["member_id", "origin"])
        )

    def _insert_of(self, table: type[Notice | NoticeCursor]) -> Any:
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        return dialect.insert(table)

    @staticmethod
    def _of(reader: Reader, query: Any) -> Any:
        """Narrow to what the reader may know: as a member now, of the party that a private notice is for."""
        query = query.join(Member, Member.id == Notice.member_id).where(
            Member.account_id == reader.account,
            Member.removed_at.is_(None),
            or_(Notice.private_to.is_(None), Notice.private_to == Member.party_key),
        )
        return query if reader.agreement is None else query.where(Notice.agreement_id == reader.agreement)
