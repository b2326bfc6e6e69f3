"""Every item id of a document: which article it lies in, and what may not be done beside it.

pycrdt doesn't tell where an id lies, yet a frame must be judged by it before it is applied: an item with one
neighbour in one article and one in another is read differently by Yjs and yrs, an item beside an article's own
`Y.Text` would replace the article, and a position inside a surrogate pair destroys the character unseen.
Invariant: `clocks` is the document's state vector, and every id below it is known here.
"""

from bisect import bisect_right
from collections.abc import Container, Iterator
from typing import Final

from app.crdt.ranges import Ranges
from app.crdt.update_reader import DELETED, FORMAT, GC, SKIP, STRING, TYPE, Frame, Struct
from app.domain.ids import ArticleId
from app.errors import ProtocolViolation

ROOT: Final = "articles"
NOWHERE: Final = ArticleId("")
"""Where the items lie that are no text: the articles themselves, and what was collected with its parent."""

Id = tuple[int, int]


class Strand:
    """The items of one client, by clock."""

    __slots__ = ("articles", "deleted", "end", "formats", "high_halves", "starts")

    def __init__(self) -> None:
        self.end = 0
        self.starts: list[int] = []
        self.articles: list[ArticleId] = []
        self.formats = Ranges()
        self.deleted = Ranges()
        self.high_halves: set[int] = set()

    def extend(self, length: int, article: ArticleId) -> None:
        if not self.articles or self.articles[-1] != article:
            self.starts.append(self.end)
            self.articles.append(article)
        self.end += length

    def cut_from(self, end: int, stretches: int) -> None:
        """Forget everything from a clock on; `stretches` is how many stretches there were then."""
        del self.starts[stretches:], self.articles[stretches:]
        self.end = end
        self.formats.cut_from(end)
        self.deleted.cut_from(end)
        self.high_halves = {clock for clock in self.high_halves if clock < end}


class Items:
    """The index of a document's items by id."""

    def __init__(self) -> None:
        self.strands: dict[int, Strand] = {}
        self.texts: dict[Id, ArticleId] = {}
        """The id of each article's own `Y.Text`."""

    def clock(self, client: int) -> int:
        """Tell the next clock of a client."""
        strand = self.strands.get(client)
        return strand.end if strand is not None else 0

    def article_at(self, place: Id) -> ArticleId | None:
        """Which article an item lies in; None for an id that is not known yet."""
        strand = self.strands.get(place[0])
        if strand is None or place[1] >= strand.end:
            return None
        return strand.articles[bisect_right(strand.starts, place[1]) - 1]

    def splits_pair_after(self, place: Id) -> bool:
        """Whether a cut after that id would part a surrogate pair."""
        strand = self.strands.get(place[0])
        return strand is not None and bool(strand.high_halves) and place[1] in strand.high_halves

    def is_seen(self, client: int, start: int, end: int) -> bool:
        """Whether deleting those ids would take away anything that a reader sees."""
        strand = self.strands.get(client)
        if strand is None:
            return False
        return any(not strand.formats.covers(*gap) for gap in strand.deleted.gaps(start, end))

    def add(self, struct: Struct, article: ArticleId) -> None:
        """Learn a new struct, the next of its client. What lies before it is known already."""
        strand = self.strands.get(struct.client)
        if strand is None:
            strand = self.strands[struct.client] = Strand()
        known = strand.end - struct.clock
        strand.extend(struct.length - known, article)
        if struct.kind == FORMAT:
            strand.formats.add(struct.clock, struct.clock + 1)
        elif struct.kind == STRING and not struct.text.isascii():
            strand.high_halves.update(_high_halves(struct.text, struct.clock))
        elif struct.kind in (GC, DELETED):
            strand.deleted.add(struct.clock, struct.clock + struct.length)
        elif struct.kind == TYPE and article == NOWHERE and struct.parent == ROOT and struct.key is not None:
            self.texts[(struct.client, struct.clock)] = ArticleId(struct.key)

    def delete(self, client: int, clock: int, length: int) -> None:
        """Learn that ids are deleted."""
        strand = self.strands.get(client)
        if strand is not None:
            strand.deleted.add(clock, clock + length)

    def learn(self, frame: Frame) -> None:
        """Take in an update that stands already: our own, or one that another worker admitted."""
        for struct in self.in_order(frame):
            self.add(struct, self._article_of(struct))
        for client, clock, length in frame.deletes:
            self.delete(client, clock, length)

    def in_order(self, frame: Frame) -> Iterator[Struct]:
        """Give the structs that are new, each after what it refers to; add each before asking for the next.

        Raises `ProtocolViolation` where some refer to each other in a circle.
        """
        left = {client: iter(structs) for client, structs in frame.structs.items()}
        next_up: dict[int, Struct] = {}
        waiting: dict[int, list[tuple[int, int]]] = {}
        ready = list(left)
        while ready:
            client = ready.pop()
            while (struct := next_up.pop(client, None) or next(left[client], None)) is not None:
                if struct.clock + struct.length <= self.clock(client) or struct.kind == SKIP:
                    continue
                missing = self._missing(struct, left)
                if missing is not None:
                    next_up[client] = struct
                    waiting.setdefault(missing[0], []).append((missing[1], client))
                    break
                yield struct
            freed = [(clock, other) for clock, other in waiting.get(client, ()) if clock < self.clock(client)]
            if freed:
                waiting[client] = [place for place in waiting[client] if place not in freed]
                ready.extend(other for _, other in freed)
        if next_up:
            raise ProtocolViolation("The update refers to what it does not hold.")

    def _missing(self, struct: Struct, coming: Container[int]) -> Id | None:
        """Name an id that has to come before this struct, if this update may still bring it."""
        for place in (struct.origin, struct.right, struct.parent):
            if isinstance(place, tuple) and place[0] in coming and place[1] >= self.clock(place[0]):
                return place
        return None

    def _article_of(self, struct: Struct) -> ArticleId:
        if struct.kind in (GC, TYPE):
            return NOWHERE
        if struct.origin is not None:
            return self.article_at(struct.origin) or NOWHERE
        if struct.right is not None:
            return self.article_at(struct.right) or NOWHERE
        return self.texts.get(struct.parent, NOWHERE) if isinstance(struct.parent, tuple) else NOWHERE


def _high_halves(text: str, clock: int) -> Iterator[int]:
    for character in text:
        if ord(character) > 0xFFFF:  # noqa: PLR2004 - beyond it a character is two UTF-16 units.
            yield clock
            clock += 1
        clock += 1
