"""Outgoing mail: one queue in the store, from which any worker takes a letter, sends it and says so.

A letter is queued in the transaction of what it tells of. Whoever dies at it leaves a claim that runs out: the letter
is then sent by somebody else, under the same message id, so that it is never lost and at worst arrives twice. What it
tells is read when it goes: whoever has left a party by then is told nothing of it.
"""

import asyncio
import logging
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy.ext.asyncio import AsyncSession

from app.config import Settings
from app.db import Database
from app.domain.ids import AgreementId, MemberId, new_id
from app.domain.news import Topic, topic_of
from app.domain.telling import after_quiet, due
from app.models import Letter, now
from app.repositories.letters import DEAD, DROPPED, SENT, LetterRepository
from app.services import notices
from app.services.letters import Envelope, plain
from app.services.mail_digests import addressed, write
from app.services.notice_preferences import wishes_of
from app.services.sealing import Seal
from app.services.smtp import Undelivered, deliver

logger = logging.getLogger(__name__)
INVITATION, NOTICES = "invitation", "notices"
_HOLD = timedelta(minutes=5)
_WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440)]
_MEMBERS_AT_ONCE, _HANDS = 200, 4


@dataclass(slots=True)
class Mail:
    """Queues mail and sends what is due. Without a server, invitations go to the log and notices stay on the site."""

    database: Database
    settings: Settings
    _worker: str = field(default_factory=lambda: secrets.token_hex(8))
    _queued: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def _letters_seal(self) -> Seal:
        return Seal(self.settings.secret, "letters")

    @property
    def stopping_seal(self) -> Seal:
        """What the tokens are made with by which a member stops mail without logging in."""
        return Seal(self.settings.secret, "stopping mail")

    async def post(self, session: AsyncSession, to: str, subject: str, text: str) -> None:
        """Queue a mail in the caller's transaction. What it says is sealed until it is sent: it may hold a token."""
        key, at = new_id("let"), now()
        envelope = Envelope(self.settings.mail_from, to, key, at)
        plain(envelope, subject, text)
        sealed = self._letters_seal.seal(text, key)
        letter = Letter(id=key, purpose=INVITATION, address=to, subject=subject, text=sealed, due_at=at, created_at=at)
        await LetterRepository(session).add(letter)
        self._queued.set()

    async def queued(self, at_most_seconds: float) -> None:
        """Wait until a mail is queued here, but not for long: others queue too."""
        self._queued.clear()
        try:
            async with asyncio.timeout(at_most_seconds):
                await self._queued.wait()
        except TimeoutError:
            return

    async def address_news(self, at: datetime) -> None:
        """Decide for every notice that is new whether a mail tells of it, and put it into one that waits."""
        async with self.database.reading() as session:
            members = await LetterRepository(session).members_to_write_to(_MEMBERS_AT_ONCE)
        for member in members:
            async with self.database.transaction() as session:
                await self._address(session, MemberId(member), at)

    async def send_due(self, at: datetime) -> int:
        """Send every letter that is due; return how many were taken up."""
        taken = await asyncio.gather(*(self._send_some(at) for _ in range(_HANDS)))
        return sum(taken)

    async def _send_some(self, at: datetime) -> int:
        taken = 0
        while await self._send_one(at):
            taken += 1
        return taken

    async def _address(self, session: AsyncSession, member: MemberId, at: datetime) -> None:
        letters = LetterRepository(session)
        wishes, seat = await wishes_of(session, member), await letters.addressee(member)
        waiting: Letter | None = None
        for notice in await letters.undecided(member):
            notice.mail_due = False
            topic = topic_of(notice.kind)
            is_wanted = wishes.mail != "off" and topic not in wishes.muted and topic is not Topic.MAIL
            if seat is None or self.settings.smtp_url is None or notice.read_at is not None or not is_wanted:
                continue
            waiting = waiting or await self._waiting(session, member, seat.member.party_key)
            if waiting is None:
                waiting = Letter(
                    id=new_id("let"),
                    purpose=NOTICES,
                    member_id=member,
                    party_key=seat.member.party_key,
                    due_at=due(notice.at, wishes),
                    created_at=at,
                )
                await letters.add(waiting)
            notice.letter_id = waiting.id
        await session.flush()

    async def _waiting(self, session: AsyncSession, member: MemberId, party: str) -> Letter | None:
        found = await LetterRepository(session).waiting_for(member)
        return next((letter for letter in found if letter.party_key == party), None)

    async def _send_one(self, at: datetime) -> bool:
        async with self.database.transaction() as session:
            letter = await LetterRepository(session).claim(self._worker, at, _HOLD)
        if letter is None:
            return False
        if letter.attempts > len(_WAITS) + 1:
            await self._bury(letter, at, letter.problem or "the service died at it")
            return True
        message = await self._written(letter, at)
        if message is not None:
            await self._hand_over(letter, message, at)
        return True

    async def _written(self, letter: Letter, at: datetime) -> EmailMessage | None:
        """Write a letter as it may go now; None, once dropped or put back, where it may not."""
        if letter.purpose == INVITATION:
            text = self._letters_seal.open(letter.text or "", letter.id) if letter.text else None
            if text is None or letter.address is None or letter.subject is None:
                await self._bury(letter, at, "sealed under another secret")
                return None
            return plain(self._envelope(letter, letter.address), letter.subject, text)
        async with self.database.reading() as session:
            told = await addressed(session, letter)
        if told is None or told.wishes.mail == "off":
            await self._close(letter, DROPPED, at)
            return None
        later = after_quiet(at, told.wishes)
        if later > at:
            async with self.database.transaction() as session:
                await LetterRepository(session).put_back(letter.id, self._worker, later, letter.problem, counts=False)
            return None
        token = self.stopping_seal.mark(letter.member_id or "")
        return write(self._envelope(letter, told.address), told, self.settings.public_url, token)

    def _envelope(self, letter: Letter, to: str) -> Envelope:
        return Envelope(self.settings.mail_from, to, letter.id, letter.created_at)

    async def _hand_over(self, letter: Letter, message: EmailMessage, at: datetime) -> None:
        url = self.settings.smtp_url
        if url is None:
            logger.info("Mail to %s: %s\n%s", message["To"], message["Subject"], message.get_content())
            await self._close(letter, SENT, at)
            return
        try:
            await asyncio.to_thread(deliver, message, url.get_secret_value())
        except Undelivered as failed:
            await self._failed(letter, str(message["To"]), failed, at)
        else:
            await self._close(letter, SENT, at)

    async def _failed(self, letter: Letter, address: str, failed: Undelivered, at: datetime) -> None:
        if failed.refuses_address:
            await self._refused(letter, address, failed.problem, at)
        elif letter.attempts > len(_WAITS):
            await self._bury(letter, at, failed.problem)
        else:
            later = at + _WAITS[letter.attempts - 1]
            async with self.database.transaction() as session:
                await LetterRepository(session).put_back(letter.id, self._worker, later, failed.problem)
            logger.warning("Letter %s could not be sent (%s); again at %s", letter.id, failed.problem, later)

    async def _refused(self, letter: Letter, address: str, problem: str, at: datetime) -> None:
        """Send nothing there any more, and say so to the member on the site."""
        async with self.database.transaction() as session:
            letters = LetterRepository(session)
            await letters.close(letter.id, self._worker, DEAD, at, problem)
            await letters.refuse(address, problem, at)
            seat = await letters.addressee(MemberId(letter.member_id)) if letter.member_id else None
            if seat is not None:
                await notices.post(
                    session,
                    AgreementId(seat.agreement.id),
                    "mail.refused",
                    to=[MemberId(seat.member.id)],
                    subject={"problem": problem},
                    once=f"mail/{letter.id}",
                )
        logger.error("Letter %s is dead: its address takes no mail (%s)", letter.id, problem)

    async def _bury(self, letter: Letter, at: datetime, problem: str) -> None:
        await self._close(letter, DEAD, at, problem)
        logger.error("Letter %s is dead after %d attempts: %s; see `parley mail`", letter.id, letter.attempts, problem)

    async def _close(self, letter: Letter, status: str, at: datetime, problem: str | None = None) -> None:
        async with self.database.transaction() as session:
            await LetterRepository(session).close(letter.id, self._worker, status, at, problem)
