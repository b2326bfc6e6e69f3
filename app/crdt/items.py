"""Every item id of a document: which article it lies in, what it was put between, and what may not be done beside it.

pycrdt doesn't tell where an id lies, yet a frame must be judged by it before it is applied. An item with one
neighbour in one article and one in another, or with its right neighbour left of its left one, is placed differently by
different replicas; one beside an article's own `Y.Text` would replace the article; a place inside a surrogate pair
destroys the character unseen. Invariant: every id below the document's state vector is known here.
"""

from collections.abc import Iterator
from typing import Final

from app.crdt.causality import in_causal_order
from app.crdt.sequence import Sequence
from app.crdt.strands import Id, Strand
from app.crdt.update_reader import DELETED, FORMAT, GC, SKIP, STRING, TYPE, Frame, Struct
from app.domain.ids import ArticleId

ROOT: Final = "articles"
NOWHERE: Final = ArticleId("")
"""Where the items lie that are no text: the articles themselves, and what was collected with its parent."""


class Items:
    """The index of a document's items by id."""

    def __init__(self) -> None:
        self.strands: dict[int, Strand] = {}
        self.texts: dict[Id, ArticleId] = {}
        """The id of each article's own `Y.Text`."""
        self._sequences: dict[ArticleId, Sequence] = {}

    def clock(self, client: int) -> int:
        """Tell the next clock of a client."""
        strand = self.strands.get(client)
        return strand.end if strand is not None else 0

    def article_at(self, place: Id) -> ArticleId | None:
        """Which article an item lies in; None for an id that is not known yet."""
        strand = self.strands.get(place[0])
        if strand is None or place[1] >= strand.end:
            return None
        return strand.article_at(place[1])

    def precedes(self, left: Id, right: Id) -> bool:
        """Whether one item of an article stands before another of the same.

        Most often what they were put between tells: an item stands after its left neighbour of the time, and before
        its right one; of two between the same neighbours, the lower client id goes first.
        """
        left_origin, left_right = self.strands[left[0]].between(left[1])
        right_origin, right_right = self.strands[right[0]].between(right[1])
        if left_right == right or right_origin == left:
            return True
        if left_origin == right_origin and left_right == right_right and left[0] != right[0]:
            return left[0] < right[0]
        return self._sequence(self.strands[left[0]].article_at(left[1])).precedes(left, right, self.strands)

    def between(self, article: ArticleId, left: Id | None, right: Id | None) -> Iterator[Id]:
        """List what stands between two items of an article (or its start and its end), one of each stretch."""
        return self._sequence(article).between(left, right, self.strands)

    def forget_order(self) -> None:
        """Begin the order of every article anew: items are to be forgotten that may have been placed."""
        self._sequences.clear()

    def _sequence(self, article: ArticleId) -> Sequence:
        return self._sequences.setdefault(article, Sequence(article))

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
        """Learn a new struct, the next of its client; the part of it that is known already is passed over."""
        client, clock, length, kind = struct.client, struct.clock, struct.length, struct.kind
        strand = self.strands.get(client)
        if strand is None:
            strand = self.strands[client] = Strand(client)
        known = strand.end - clock
        strand.extend(length - known, article, (client, strand.end - 1) if known else struct.origin, struct.right)
        if kind == FORMAT:
            strand.formats.add(clock, clock + 1)
        elif kind == STRING:
            if not struct.text.isascii():
                strand.high_halves.update(_high_halves(struct.text, clock))
        elif kind in (GC, DELETED):
            strand.deleted.add(clock, clock + length)
        elif kind == TYPE and struct.parent == ROOT and struct.key is not None:
            self.texts[(client, clock)] = ArticleId(struct.key)

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
        """Give the structs that are new, each after what it refers to; add each before asking for the next."""
        written = frame.structs
        if any(struct.kind == SKIP for structs in written.values() for struct in structs):
            written = {c: [one for one in structs if one.kind != SKIP] for c, structs in written.items()}
        return in_causal_order(written, self.clock, _refers_to)

    def _article_of(self, struct: Struct) -> ArticleId:
        if struct.kind in (GC, TYPE):
            return NOWHERE
        if struct.origin is not None:
            return self.article_at(struct.origin) or NOWHERE
        if struct.right is not None:
            return self.article_at(struct.right) or NOWHERE
        return self.texts.get(struct.parent, NOWHERE) if isinstance(struct.parent, tuple) else NOWHERE


def _refers_to(struct: Struct) -> list[Id]:
    return [place for place in (struct.origin, struct.right, struct.parent) if isinstance(place, tuple)]


def _high_halves(text: str, clock: int) -> Iterator[int]:
    for character in text:
        if ord(character) > 0xFFFF:  # noqa: PLR2004 - beyond it a character is two UTF-16 units.
            yield clock
            clock += 1
        clock += 1
