"""Canonical JSON (RFC 8785) and the hashes over it, byte for byte what anyone else computes.

For what is hashed here the standard library's encoder gives that form, several times as fast as a library for it:
names are ASCII, so both orders of names are one, and there are no fractions. A test compares it with `rfc8785`.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

from app.crdt.views import Paragraph
from app.domain.ids import ArticleId

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> bytes:
    """Spell a JSON value with ASCII names and no fractions as RFC 8785 has it."""
    return _ENCODER.encode(value).encode()


def content_hash(value: Any) -> str:
    """SHA-256, in hex, of a value's canonical form."""
    return hashlib.sha256(canonical(value)).hexdigest()


def article_bytes(article: ArticleId, title: str, paragraphs: list[Paragraph]) -> bytes:
    """Spell one article of the agreed view."""
    return canonical({"id": article, "title": title, "paragraphs": paragraphs})


def article_hash(article: ArticleId, title: str, paragraphs: list[Paragraph]) -> str:
    """Hash one article of the agreed view."""
    return hashlib.sha256(article_bytes(article, title, paragraphs)).hexdigest()


def agreement_hash(articles: Iterable[bytes]) -> str:
    """Hash a whole agreement from the spelling of each article, in their order."""
    return hashlib.sha256(b"[" + b",".join(articles) + b"]").hexdigest()
