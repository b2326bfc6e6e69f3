"""Threads: what is said beside the text, about one place, at the table or within one party alone."""

import re
from enum import StrEnum
from typing import Any, Final, NamedTuple

from app.domain.ids import ArticleId, MemberId, SuggestionId

LONGEST_POST: Final = 4_000
MOST_POSTS: Final = 500
"""A thread longer than this is not read any more; open another one."""

_MENTION: Final = re.compile(r"@(mem_[0-9a-z]{1,40})\b")


class ThreadScope(StrEnum):
    """Who reads a thread."""

    TABLE = "table"
    """Everyone at the table; its words are part of the ledger."""
    PARTY = "party"
    """The drafters and leads of one party; nobody else ever learns that it is there."""


class Place(NamedTuple):
    """What a thread is about: a suggestion, a draft of one's own caucus, or an article and perhaps words in it.

    `start` and `end` are Yjs relative positions as the browser encodes them, opaque here; `quote` is what stood between
    them, for the day when it no longer does.
    """

    suggestion: SuggestionId | None = None
    draft: SuggestionId | None = None
    article: ArticleId | None = None
    start: str | None = None
    end: str | None = None
    quote: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Spell what the record keeps: nothing that is not said."""
        return {name: value for name, value in self._asdict().items() if value is not None}


def mentioned(text: str) -> list[MemberId]:
    """Name the members mentioned in a text, each once, in their order: `@` and the member's id."""
    return [MemberId(one) for one in dict.fromkeys(_MENTION.findall(text))]
