"""Mail to people: by SMTP where the operator named a server, and to the log where none is.

Mail is told of what has been committed; one that cannot be sent costs nothing but itself, and is logged.
"""

import asyncio
import logging
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from app.config import Settings

logger = logging.getLogger(__name__)
_PATIENCE_SECONDS = 20
_DEFAULT_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(slots=True)
class Mail:
    """Sends mail in the background; `smtp_url` is `smtp[s|+starttls]://[user:password@]host[:port]`."""

    settings: Settings
    _sending: set[asyncio.Task[None]] = field(default_factory=set)

    def post(self, to: str, subject: str, text: str) -> None:
        """Send a mail without waiting for it."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.settings.mail_from, to, subject
        message.set_content(text)
        if self.settings.smtp_url is None:
            logger.info("Mail to %s: %s\n%s", to, subject, text)
            return
        task = asyncio.create_task(self._send(message, self.settings.smtp_url.get_secret_value()))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def close(self) -> None:
        """Wait for what is being sent."""
        await asyncio.gather(*self._sending)

    async def _send(self, message: EmailMessage, url: str) -> None:
        try:
            await asyncio.to_thread(_deliver, message, url)
        except (OSError, smtplib.SMTPException) as undelivered:
            logger.warning("A mail to %s could not be sent: %s", message["To"], undelivered)


def _deliver(message: EmailMessage, url: str) -> None:
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or _DEFAULT_PORTS[parts.scheme]
    context = ssl.create_default_context()
    secure = parts.scheme == "smtps"
    with (
        smtplib.SMTP_SSL(host, port, timeout=_PATIENCE_SECONDS, context=context)
        if secure
        else smtplib.SMTP(host, port, timeout=_PATIENCE_SECONDS)
    ) as server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
