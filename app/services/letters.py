"""Writing a mail: from news to a subject, plain text and simple HTML, with a way to stop it in every one.

Text of a party's private matters is in it only where `Letter.carries_text` says so, which that party decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Any
from urllib.parse import quote

from app.domain.telling import Language
from app.services.letter_words import WORDS, Words

_MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news as a mail tells it."""

    kind: str
    subject: Mapping[str, Any]
    article_title: str | None
    is_private: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """What one mail tells one member of one agreement."""

    agreement_id: str
    title: str
    items: Sequence[Item]
    language: Language
    party_names: Mapping[str, str]
    carries_text: bool


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a mail comes from and goes to. `key` is the letter's: sent twice after a crash, it is one message."""

    sender: str
    to: str
    key: str
    written_at: datetime


def plain(envelope: Envelope, subject: str, text: str) -> EmailMessage:
    """Write a mail of plain text."""
    message = EmailMessage()
    domain = parseaddr(envelope.sender)[1].rpartition("@")[2] or "localhost"
    message["From"], message["To"], message["Subject"] = envelope.sender, _addressed(envelope.to), subject
    message["Date"] = format_datetime(envelope.written_at)
    message["Message-ID"] = f"<{envelope.key}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def digest(envelope: Envelope, told: Digest, public_url: str, stop_token: str) -> EmailMessage:
    """Write the mail about some news, with the headers by which a mail program stops it in one click (RFC 8058)."""
    words = WORDS[told.language]
    stop, page = f"{public_url}/unsubscribe/{stop_token}", f"{public_url}/agreements/{quote(told.agreement_id)}"
    lines = [
        (sentence(words, item, told.party_names), _place(public_url, told.agreement_id, item), item)
        for item in told.items[:_MOST_LISTED]
    ]
    number = sum(int(item.subject.get("count", 1)) for item in told.items)
    subject = words.subject[number > 1].format(title=told.title, n=number)
    message = plain(envelope, subject, _text(words, told, lines, page, stop))
    message.add_alternative(_html(words, told, lines, page, stop), subtype="html")
    message["List-Unsubscribe"] = f"<{public_url}/api/v1/unsubscriptions/{stop_token}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Content-Language"] = told.language
    return message


def sentence(words: Words, item: Item, party_names: Mapping[str, str]) -> str:
    """Tell one piece of news."""
    by = item.subject.get("by")
    who = words.somebody
    if isinstance(by, Mapping):
        party = party_names.get(str(by.get("party")), "")
        who = f"{by.get('name')} ({party})" if party else str(by.get("name"))
    article = item.article_title or ""
    number = int(item.subject.get("count", 1))
    found = words.sentences.get(item.kind, words.fallback)
    template = found if isinstance(found, str) else found[number > 1]
    in_article = words.in_article.format(article=article) if article else ""
    return template.format(who=who, n=number, where=article, in_article=in_article).strip()


def _place(public_url: str, agreement: str, item: Item) -> str:
    """Tell where on the site the news leads to."""
    base = f"{public_url}/agreements/{quote(agreement)}"
    if item.kind.startswith("mediation."):
        return f"{base}/mediation"
    suggestions = item.subject.get("suggestions") or [one for one in [item.subject.get("suggestion")] if one]
    if len(suggestions) == 1:
        return f"{base}#suggestion-{quote(str(suggestions[0]), safe='')}"
    if article := item.subject.get("article"):
        return f"{base}#article-{quote(str(article), safe='')}"
    pages = {"package": "packages", "session": "sessions", "minutes": "sessions", "ground_rules": "rules"}
    page = pages.get(item.kind.partition(".")[0])
    return f"{base}/{page}" if page else base


_Lines = Sequence[tuple[str, str, Item]]


def _passage(told: Digest, item: Item) -> str | None:
    text = item.subject.get("text")
    return str(text) if text and (told.carries_text or not item.is_private) else None


def _text(words: Words, told: Digest, lines: _Lines, page: str, stop: str) -> str:
    parts = [words.greeting.format(title=told.title), ""]
    for said, place, item in lines:
        parts.append(f"- {said}")
        parts += [f"  {words.private}"] if item.is_private else []
        if (passage := _passage(told, item)) is not None:
            parts += [f"  > {line}" for line in passage.splitlines()]
        parts.append(f"  {place}")
    foot = words.foot.format(title=told.title)
    return "\n".join([*parts, "", "-- ", foot, f"{words.choose}: {page}/notices", f"{words.stop}: {stop}", ""])


def _html(words: Words, told: Digest, lines: _Lines, page: str, stop: str) -> str:
    items = "".join(
        f'<li style="margin:0 0 14px"><a href="{escape(place)}" style="color:#0b5394">{escape(said)}</a>'
        + (f'<br><span style="color:#555">{escape(words.private)}</span>' if item.is_private else "")
        + (
            f'<blockquote style="margin:6px 0 0;padding-left:10px;border-left:3px solid #767676">'
            f"{escape(passage).replace(chr(10), '<br>')}</blockquote>"
            if (passage := _passage(told, item)) is not None
            else ""
        )
        + "</li>"
        for said, place, item in lines
    )
    greeting, foot = words.greeting.format(title=told.title), words.foot.format(title=told.title)
    return (
        f'<!doctype html><html lang="{told.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(told.title)}</title></head>"
        '<body style="margin:0;padding:24px;background:#fff;color:#1b1b1b;font:16px/1.5 Arial,Helvetica,sans-serif">'
        f'<main style="max-width:560px;margin:0 auto">'
        f'<h1 style="font-size:20px;margin:0 0 16px">{escape(greeting)}</h1>'
        f'<ul style="padding-left:20px;margin:0 0 20px">{items}</ul>'
        f'<p><a href="{escape(page)}" style="display:inline-block;padding:10px 18px;background:#0b5394;color:#fff;'
        f'text-decoration:none;border-radius:4px">{escape(words.open)}</a></p>'
        f'<p style="color:#555;font-size:14px;border-top:1px solid #767676;padding-top:12px">{escape(foot)}<br>'
        f'<a href="{escape(page)}/notices" style="color:#0b5394">{escape(words.choose)}</a> · '
        f'<a href="{escape(stop)}" style="color:#0b5394">{escape(words.stop)}</a></p></main></body></html>'
    )


def _addressed(address: str) -> Address:
    return Address(addr_spec=address)
