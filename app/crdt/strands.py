"""The items that one Yjs client wrote, by clock: where each lies and what it was put between."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from app.crdt.ranges import Ranges
from app.domain.ids import ArticleId

Id = tuple[int, int]

_moments = count(1)


class Span(NamedTuple):
    """Consecutive items of one client, put between the same two others: each stands directly after the one before."""

    client: int
    clock: int
    length: int
    article: ArticleId
    origin: Id | None
    right: Id | None


class Strand:
    """One client's items; `end` is its next clock."""

    __slots__ = (
        "_articles",
        "_began",
        "_changed",
        "_origins",
        "_rights",
        "_starts",
        "client",
        "deleted",
        "end",
        "formats",
        "high_halves",
    )

    def __init__(self, client: int) -> None:
        self.client = client
        self.end = 0
        self.formats = Ranges()
        self.deleted = Ranges()
        self.high_halves: set[int] = set()
        """Clocks of the first of two UTF-16 units that make up one character."""
        self._starts: list[int] = []
        self._articles: list[ArticleId] = []
        self._origins: list[Id | None] = []
        self._rights: list[Id | None] = []
        self._began: list[int] = []
        """When each span began, in the order in which items came here: nothing came before what it builds on."""
        self._changed = 0

    def extend(self, length: int, article: ArticleId, origin: Id | None, right: Id | None) -> None:
        """Add items at the end, each after the first one standing after the one before."""
        end = self.end
        self.end = end + length
        self._changed = next(_moments)
        if (
            self._starts
            and origin == (self.client, end - 1)
            and self._rights[-1] == right
            and self._articles[-1] == article
        ):
            return
        self._starts.append(end)
        self._articles.append(article)
        self._origins.append(origin)
        self._rights.append(right)
        self._began.append(self._changed)

    def mark(self) -> tuple[int, int]:
        """Tell how far the strand reaches, to come back to it."""
        return self.end, len(self._starts)

    def cut_from(self, end: int, spans: int) -> None:
        """Forget everything since a mark."""
        del (
            self._starts[spans:],
            self._articles[spans:],
            self._origins[spans:],
            self._rights[spans:],
            self._began[spans:],
        )
        self.end = end
        self.formats.cut_from(end)
        self.deleted.cut_from(end)
        self.high_halves = {clock for clock in self.high_halves if clock < end}

    def article_at(self, clock: int) -> ArticleId:
        """Tell which article an item lies in."""
        return self._articles[bisect_right(self._starts, clock) - 1]

    def between(self, clock: int) -> tuple[Id | None, Id | None]:
        """Tell what an item was put between."""
        index = bisect_right(self._starts, clock) - 1
        first = self._starts[index] == clock
        return self._origins[index] if first else (self.client, clock - 1), self._rights[index]

    def since(self, clock: int) -> int:
        """Tell a moment before which an item was not here."""
        return self._began[bisect_right(self._starts, clock) - 1]

    def until(self, clock: int) -> int:
        """Tell a moment at which an item was here."""
        after = bisect_right(self._starts, clock)
        return self._began[after] if after < len(self._began) else self._changed

    def named(self, start: int, clock: int, since: int) -> Iterator[Id]:
        """List what the items from `start` to `clock` were put between, but for those that were here by `since`."""
        for at in range(bisect_right(self._starts, clock) - 1, bisect_right(self._starts, start) - 2, -1):
            if (self._began[at + 1] if at + 1 < len(self._began) else self._changed) < since:
                return
            for place in (self._origins[at], self._rights[at]):
                if place is not None:
                    yield place

    def spans(self, start: int) -> Iterator[Span]:
        """Give the items from a clock on."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        for at in range(index, len(self._starts)):
            clock = max(self._starts[at], start)
            end = self._starts[at + 1] if at + 1 < len(self._starts) else self.end
            if clock < end:
                origin = self._origins[at] if clock == self._starts[at] else (self.client, clock - 1)
                yield Span(self.client, clock, end - clock, self._articles[at], origin, self._rights[at])
