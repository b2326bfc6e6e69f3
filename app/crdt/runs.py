"""The mirror of one article's `Y.Text`, kept by the same deltas, cheap to read at any place.

Pieces lie in leaves of at most `FULL` pieces, and a leaf remembers what it holds, so that an edit costs
the same in a short article and in a long one. Invariant: the pieces spell exactly what pycrdt's text holds.
Every offset here is in UTF-8 bytes, as in pycrdt.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from app.crdt import views
from app.crdt.cursors import Cursors
from app.crdt.layers import TABLE, Layer
from app.crdt.pieces import Piece, cut, join_at, pieces_of
from app.domain.ids import ArticleId, PartyKey, SuggestionId

FULL: Final = 64

Delta = Sequence[Mapping[str, Any]]


class Proposal(NamedTuple):
    """A pending insertion and the party that proposes it."""

    suggestion: SuggestionId
    party: PartyKey


class Leaf:
    """Some neighbouring pieces and what is to be known of them without reading each."""

    __slots__ = ("_agreed_length", "_agreed_size", "_suggestions", "pieces", "size")

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.size = sum(piece.size for piece in pieces)
        self._suggestions: dict[SuggestionId, None] | None = None
        self._agreed_length: int | None = None
        self._agreed_size: int | None = None

    @property
    def suggestions(self) -> Collection[SuggestionId]:
        """The suggestions that have a part here, in the order of their first."""
        found = self._suggestions
        if found is None:
            found = {}
            for piece in self.pieces:
                if piece.marks.named:
                    found.update(dict.fromkeys(piece.marks.named))
            self._suggestions = found
        return found.keys()

    @property
    def agreed_length(self) -> int:
        """How many code points of agreed text stand here."""
        if self._agreed_length is None:
            self._agreed_length = sum(len(piece.text) for piece in self.pieces if piece.marks.agreed)
        return self._agreed_length

    @property
    def agreed_size(self) -> int:
        """How many bytes of agreed text stand here; in a caucus, of the table's text."""
        if self._agreed_size is None:
            self._agreed_size = sum(piece.size for piece in self.pieces if piece.marks.agreed)
        return self._agreed_size


class Change:
    """One place that a delta touched: what stood there, what stands there now, and where (bytes)."""

    __slots__ = ("added", "at", "removed", "was_at")

    def __init__(self, was_at: int, at: int, removed: list[Piece], added: list[Piece]) -> None:
        self.was_at = was_at
        self.at = at
        self.removed = removed
        self.added = added


class ArticleText:
    """One article's text: pieces in order, where each suggestion has its parts, and a revision count."""

    def __init__(
        self, article: ArticleId, runs: Iterable[tuple[str, Mapping[str, Any] | None]] = (), layer: Layer = TABLE
    ) -> None:
        self.article = article
        self.layer = layer
        self.size = 0
        self.revision = 0
        self.marked: dict[SuggestionId, int] = {}
        """Bytes that carry a mark of each pending suggestion; one with none left is not listed."""
        self.cursors = Cursors()
        self.proposal: Proposal | None = None
        """What proposes the article, as long as it is no part of the agreement: other parties' text amends it."""
        self._views: dict[str, tuple[int, list[views.Paragraph]]] = {}
        pieces = [piece for text, attributes in runs for piece in pieces_of(text, layer.marks_of(attributes))]
        self.leaves: list[Leaf] = []
        self._hint = (0, 0)
        self.extend(pieces)

    def extend(self, pieces: Iterable[Piece]) -> None:
        """Put pieces at the end of a text that has none yet."""
        listed = list(pieces)
        self.leaves = [Leaf(part) for part in _portions(listed)]
        for piece in listed:
            self.size += piece.size
            self._count(piece, 1)

    def agreed(self) -> list[views.Paragraph]:
        """Read the agreed text as JSON paragraphs; like the other two readings kept until the text changes."""
        return self._view("agreed", views.agreed)

    def proposed(self) -> list[views.Paragraph]:
        """Read the text with every suggestion accepted, as JSON paragraphs."""
        return self._view("proposed", views.proposed)

    def markup(self) -> list[views.Paragraph]:
        """Read everything with its suggestion marks, as JSON paragraphs."""
        return self._view("markup", views.markup)

    def _view(self, name: str, make: Callable[[Iterable[Piece]], list[views.Paragraph]]) -> list[views.Paragraph]:
        known = self._views.get(name)
        if known is None or known[0] != self.revision:
            known = self._views[name] = (self.revision, make(self.pieces()))
        return known[1]

    def pieces(self) -> Iterator[Piece]:
        """Every piece in order."""
        for leaf in self.leaves:
            yield from leaf.pieces

    def slice(self, start: int, end: int) -> list[Piece]:
        """Give the pieces between two offsets, cut to them."""
        if start >= end:
            return []
        index, base = self._leaf_at(start)
        first, stop = base, index
        pieces: list[Piece] = []
        while base < end and stop < len(self.leaves):
            pieces.extend(self.leaves[stop].pieces)
            base += self.leaves[stop].size
            stop += 1
        left = cut(pieces, start - first)
        return pieces[left : cut(pieces, end - first)]

    def before(self, offset: int) -> Piece | None:
        """Give the piece that ends at or spans the character before an offset; None at the start."""
        if offset <= 0 or not self.size:
            return None
        index, base = self._leaf_at(offset - 1)
        for piece in self.leaves[index].pieces:
            base += piece.size
            if base >= offset:
                return piece
        return None

    def after(self, offset: int) -> Piece | None:
        """Give the piece that holds the character at an offset; None at the end."""
        return self.before(offset + 1) if offset < self.size else None

    def backwards(self, offset: int) -> Iterator[Piece]:
        """Give the pieces before an offset, nearest first; the first may reach beyond it."""
        index, base = self._leaf_at(max(offset - 1, 0))
        pieces = self.leaves[index].pieces
        yield from reversed(pieces[: _index_at(pieces, offset - base)])
        for leaf in reversed(self.leaves[:index]):
            yield from reversed(leaf.pieces)

    def forwards(self, offset: int) -> Iterator[Piece]:
        """Give the pieces from an offset on; the first may begin before it."""
        index, base = self._leaf_at(offset)
        pieces = self.leaves[index].pieces
        yield from pieces[_index_after(pieces, offset - base) :]
        for leaf in self.leaves[index + 1 :]:
            yield from leaf.pieces

    def apply(self, delta: Delta) -> list[Change]:
        """Follow a delta of pycrdt; return each place it touched."""
        changes: list[Change] = []
        old, new = 0, 0
        for step in delta:
            if "retain" in step:
                length = int(step["retain"])
                attributes = step.get("attributes")
                if attributes:
                    changes.extend(self._format(old - new, new, length, attributes))
                old, new = old + length, new + length
            elif "insert" in step:
                added = list(pieces_of(step["insert"], self.layer.marks_of(step.get("attributes"))))
                self.splice(new, 0, added)
                changes.append(Change(old, new, [], added))
                new += sum(piece.size for piece in added)
            else:
                length = int(step["delete"])
                changes.append(Change(old, new, self.splice(new, length, []), []))
                old += length
        return changes

    def _format(self, shift: int, start: int, length: int, attributes: Mapping[str, Any]) -> Iterator[Change]:
        """Set marks on a stretch. pycrdt also tells of attributes that stay as they were; those change nothing."""
        at = start
        removed: list[Piece] = []
        added: list[Piece] = []
        for piece in [*self.slice(start, start + length), None]:
            marks = piece.marks.changed(attributes) if piece is not None else None
            if piece is not None and marks is not None and marks is not piece.marks:
                removed.append(piece)
                added.append(Piece(piece.text, marks, piece.size))
                continue
            if removed:
                size = sum(each.size for each in removed)
                self.splice(at, size, added)
                yield Change(at + shift, at, removed, added)
                at += size
                removed, added = [], []
            at += piece.size if piece is not None else 0

    def splice(self, start: int, length: int, added: list[Piece]) -> list[Piece]:
        """Replace a stretch of bytes; return the pieces that stood there."""
        self.revision += 1
        first, base = self._leaf_at(start)
        last, end = first, base + (self.leaves[first].size if self.leaves else 0)
        while end < start + length:
            last += 1
            end += self.leaves[last].size
        pieces = [piece for leaf in self.leaves[first : last + 1] for piece in leaf.pieces]
        left = cut(pieces, start - base)
        right = cut(pieces, start + length - base)
        removed = pieces[left:right]
        pieces[left:right] = added
        join_at(pieces, left + len(added))
        join_at(pieces, left)
        emptied = not pieces and last - first + 1 < len(self.leaves)
        self.leaves[first : last + 1] = [] if emptied else [Leaf(part) for part in _portions(pieces)]
        self._hint = (first, base) if first < len(self.leaves) else (0, 0)
        self._measure(start, length, removed, added)
        return removed

    def _measure(self, start: int, length: int, removed: list[Piece], added: list[Piece]) -> None:
        grown = 0
        for piece in removed:
            self._count(piece, -1)
        for piece in added:
            self._count(piece, 1)
            grown += piece.size
        self.size += grown - length
        self.cursors.moved(start, length, grown)

    def _count(self, piece: Piece, sign: int) -> None:
        marked = self.marked
        for suggestion in piece.marks.named:
            count = marked.get(suggestion, 0) + sign * piece.size
            if count:
                marked[suggestion] = count
            else:
                del marked[suggestion]

    def _leaf_at(self, offset: int) -> tuple[int, int]:
        """Find the leaf that holds the byte at an offset (the last one, at the very end) and where it starts."""
        index, base = self._hint
        leaves = self.leaves
        while base > offset:
            index -= 1
            base -= leaves[index].size
        last = len(leaves) - 1
        while index < last and base + leaves[index].size <= offset:
            base += leaves[index].size
            index += 1
        self._hint = (index, base)
        return index, base


def _portions(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Cut a list into leaves; a full one is halved so that typing does not refill it at once."""
    if len(pieces) <= FULL:
        yield pieces
        return
    half = FULL // 2
    for start in range(0, len(pieces), half):
        yield pieces[start : start + half]


def _index_at(pieces: list[Piece], offset: int) -> int:
    """How many pieces begin before an offset."""
    for index, piece in enumerate(pieces):
        if offset <= 0:
            return index
        offset -= piece.size
    return len(pieces)


def _index_after(pieces: list[Piece], offset: int) -> int:
    """Find the piece that holds the byte at an offset."""
    for index, piece in enumerate(pieces):
        if offset < piece.size:
            return index
        offset -= piece.size
    return len(pieces)
