"""Canonical JSON (RFC 8785) and the hashes over it, byte for byte what anyone else computes."""

import hashlib
from collections.abc import Iterable
from typing import Any

import rfc8785

from app.crdt.views import Paragraph
from app.domain.ids import ArticleId


def canonical(value: Any) -> bytes:
    """Spell a JSON value as RFC 8785 has it."""
    return rfc8785.dumps(value)


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
