"""Handing one mail to the operator's SMTP server, and telling what became of it in words without an address.

A server's own words often repeat the address they are about, so nothing of them is kept but the status codes.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

_PATIENCE_SECONDS = 20
_DEFAULT_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_ENHANCED = re.compile(r"^\d\.\d{1,3}\.\d{1,3}")
_PERMANENT = 500


@dataclass
class Undelivered(Exception):
    """A mail did not go; `refuses_address` where the server said for good that the address takes none."""

    problem: str
    refuses_address: bool = False


def deliver(message: EmailMessage, url: str) -> None:
    """Send a mail by `smtp[s|+starttls]://[user:password@]host[:port]`; raises `Undelivered`. It blocks its thread."""
    try:
        _hand_over(message, url)
    except smtplib.SMTPRecipientsRefused as refused:
        code, reply = next(iter(refused.recipients.values()))
        raise Undelivered(_status(code, reply), _is_about_address(code, reply)) from None
    except smtplib.SMTPResponseException as refused:
        raise Undelivered(_status(refused.smtp_code, refused.smtp_error)) from None
    except smtplib.SMTPException as failed:
        raise Undelivered(type(failed).__name__) from None
    except OSError as unreachable:
        raise Undelivered(f"{type(unreachable).__name__} {unreachable.errno or ''}".strip()) from None


def _hand_over(message: EmailMessage, url: str) -> None:
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or _DEFAULT_PORTS[parts.scheme]
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, port, timeout=_PATIENCE_SECONDS, context=context)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=_PATIENCE_SECONDS)
    ) as server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _status(code: int, reply: bytes | str) -> str:
    enhanced = _ENHANCED.match(reply.decode(errors="replace") if isinstance(reply, bytes) else reply)
    return f"SMTP {code}" + (f" {enhanced[0]}" if enhanced else "")


def _is_about_address(code: int, reply: bytes | str) -> bool:
    """Whether a refusal is of this address for good; 5.7 speaks of the sender or of policy (RFC 3463, section 3.8)."""
    return code >= _PERMANENT and not _status(code, reply).partition(" ")[2].partition(" ")[2].startswith("5.7")
