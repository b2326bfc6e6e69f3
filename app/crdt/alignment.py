"""Where a place of a caucus's text stands over its table's, and the other way round. Offsets are in UTF-8 bytes.

Without its drafts a caucus is its table, so drafted text is what the two differ by.
"""

from collections.abc import Iterable, Iterator

from app.crdt.caucus import Place, places
from app.crdt.corrections import Correction
from app.crdt.marks import Marks
from app.crdt.pieces import Piece, runs_of
from app.crdt.runs import ArticleText


def above(text: ArticleText, offset: int) -> int:
    """Tell where in a caucus's article an offset of the table's stands, before what is drafted there (bytes)."""
    at = 0
    for leaf in text.leaves:
        if offset < leaf.agreed_size:
            break
        if offset == 0:
            return at
        offset -= leaf.agreed_size
        at += leaf.size
    else:
        return at
    for piece in leaf.pieces:
        if offset <= 0:
            return at
        step = min(piece.size, offset) if piece.marks.agreed else piece.size
        offset -= step if piece.marks.agreed else 0
        at += step
    return at


def beneath(text: ArticleText, offset: int) -> int:
    """Tell which offset of the table's article a place in a caucus's stands over (bytes)."""
    below = 0
    for leaf in text.leaves:
        if offset < leaf.size:
            for piece in leaf.pieces:
                if offset <= 0:
                    break
                below += min(piece.size, offset) if piece.marks.agreed else 0
                offset -= piece.size
            return below
        below += leaf.agreed_size
        offset -= leaf.size
    return below


def rearranged(text: ArticleText, wanted: Iterable[Place]) -> Iterator[Correction]:
    """Write the drafted text anew wherever it does not stand over the table's text as it has to."""
    here, there = _by_place(places(text)), _by_place(wanted)
    for below in sorted(here.keys() | there.keys()):
        found, right = here.get(below, []), there.get(below, [])
        if found == right:
            continue
        at = _after(text, below)
        for words, marks in right:
            yield Correction(at, 0, dict(marks.attributes), words)
        size = sum(len(words.encode()) for words, _ in found)
        if size:
            yield Correction(at, size, None)


def _by_place(listed: Iterable[Place]) -> dict[int, list[tuple[str, Marks]]]:
    pieces: dict[int, list[Piece]] = {}
    for below, words, marks in listed:
        pieces.setdefault(below, []).append(Piece(words, marks, 0))
    return {below: runs_of(found) for below, found in pieces.items()}


def _after(text: ArticleText, offset: int) -> int:
    """Tell where in a caucus's article so many bytes of the table's text end, before what is drafted there."""
    at = 0
    for leaf in text.leaves:
        if offset > leaf.agreed_size:
            offset -= leaf.agreed_size
            at += leaf.size
            continue
        for piece in leaf.pieces:
            if offset <= 0:
                return at
            at += min(piece.size, offset) if piece.marks.agreed else piece.size
            offset -= piece.size if piece.marks.agreed else 0
        if offset <= 0:
            return at
    return at
