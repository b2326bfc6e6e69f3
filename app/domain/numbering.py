"""Counting numbered paragraphs, the same way wherever a text is shown. Numbers are for display and never text.

Counting runs on through an article: paragraphs without a number stand between items and end nothing, a heading
begins anew, and an item begins the count below it anew. Where the article's title bears a number, its first level
reads 7.1, 7.2, and no heading begins that anew.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.domain.text import DEEPEST_LEVEL

_TITLE_NUMBER = re.compile(r"\s*(?:article|section|artículo|art\.)?\s*(\d+[A-Z]?)\b", re.IGNORECASE)
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


class Number(NamedTuple):
    """A paragraph's place at its level, and how it is written."""

    position: int
    label: str


def article_number(title: str) -> str:
    """Tell the number that an article's title bears ("Article 7, Hours" is "7"), or nothing."""
    found = _TITLE_NUMBER.match(title)
    return found[1] if found else ""


def numbers(title: str, paragraphs: Iterable[tuple[str, int]]) -> Iterator[Number | None]:
    """Give each `(style, level)` of an article its number, or None where it has none."""
    counter = Counter(article_number(title))
    for style, level in paragraphs:
        yield counter.next(style, level)


class Counter:
    """Counts through one article."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._counts = [0] * DEEPEST_LEVEL

    def expects(self, level: int) -> int:
        """Tell what the next item of a level will be."""
        return self._counts[level - 1] + 1

    def next(self, style: str, level: int) -> Number | None:
        """Count one more paragraph."""
        if style == "heading":
            self._begin_anew(1 if self._prefix else 0)
        if style != "numbered":
            return None
        self._begin_anew(level)
        count = self._counts[level - 1] = self._counts[level - 1] + 1
        return Number(count, _label(level, count, self._prefix))

    def _begin_anew(self, below: int) -> None:
        self._counts[below:] = [0] * (DEEPEST_LEVEL - below)


def _label(level: int, count: int, prefix: str) -> str:
    written = {
        1: f"{prefix}.{count}" if prefix else f"{count}.",
        2: f"({_letters(count)})",
        3: f"({_roman(count)})",
        4: f"({_letters(count).upper()})",
        5: f"({count})",
        6: f"({_roman(count).upper()})",
    }
    return written[level]


def _letters(count: int) -> str:
    """Write a … z, aa, bb …, as agreements letter them."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    written = ""
    for value, digits in _ROMAN:
        times, count = divmod(count, value)
        written += digits * times
    return written
