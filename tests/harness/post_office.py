"""A real SMTP server with mailboxes, and a store with people to write to."""

import asyncio
import email
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from app.config import Settings
from app.domain.ids import MemberId, PartyKey
from app.domain.telling import Preference
from app.models import NoticePreference
from app.services import notices
from app.services.mail import Mail
from tests.harness.database import AGREEMENT, postgres_database, put_agreement, sqlite_database


@dataclass(slots=True)
class PostOffice:
    """Takes mail in; `answers` gives an address's answer to RCPT in place of 250."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    answers: Mapping[str, str] = field(default_factory=dict)
    delivering: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def open(self) -> None:
        self._server = await asyncio.get_running_loop().create_server(self._protocol, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    def _protocol(self) -> SMTP:
        return SMTP(self, hostname="office.test")

    async def handle_RCPT(  # noqa: N802 - the server's name for it.
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = email.message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        self.delivering.set()
        return "250 OK"


@dataclass(slots=True)
class Bureau:
    """The queue of one store, and the office that it sends to."""

    mail: Mail
    office: PostOffice

    async def tell(self, member: MemberId, kind: str = "session.near", **told: Any) -> None:
        """Tell a member something; `private_to` and `subject` as for `notices.post`."""
        async with self.mail.database.transaction() as session:
            await notices.post(session, AGREEMENT, kind, to=[member], **{"subject": {}, **told})

    async def prefer(self, member: MemberId, wishes: Preference) -> None:
        async with self.mail.database.transaction() as session:
            session.add(
                NoticePreference(
                    member_id=member,
                    mail=wishes.mail,
                    daily_hour=wishes.daily_hour,
                    quiet_from=wishes.quiet_from,
                    quiet_until=wishes.quiet_until,
                    time_zone=wishes.time_zone,
                    language=wishes.language,
                    muted=sorted(wishes.muted),
                )
            )

    async def work(self, at: datetime) -> list[EmailMessage]:
        """Do at a moment what a worker does, and tell what arrived."""
        before = len(self.office.mails)
        await self.mail.address_news(at)
        await self.mail.send_due(at)
        return self.office.mails[before:]


@asynccontextmanager
async def bureau(folder: Path, postgres_url: str | None = None) -> AsyncIterator[Bureau]:
    """Open an agreement of Ursula (union) and Dana (district), a queue and a post office."""
    office = PostOffice()
    await office.open()
    try:
        store = sqlite_database(folder) if postgres_url is None else postgres_database(postgres_url)
        async with store as database:
            await put_agreement(database, ["art_1"], b"\0\0")
            settings = Settings(
                data_dir=folder,
                secret_key="a secret for tests only",
                public_url="https://parley.test",
                smtp_url=office.url,
                mail_from="Parley <parley@parley.test>",
            )
            yield Bureau(Mail(database, settings), office)
    finally:
        await office.close()


def party_of(member: MemberId) -> PartyKey:
    """Tell in which party a person of the bureau's agreement is."""
    return PartyKey("union" if member == "mem_ursula" else "district")
