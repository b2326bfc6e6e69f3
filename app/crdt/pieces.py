"""Stretches of equal marks, and how a list of them is cut and joined.

A piece holds either exactly one paragraph mark or no paragraph mark at all, and at most
`LONGEST` bytes, so that cutting one costs the same however long the article is.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from app.crdt.marks import Marks
from app.domain.text import PARAGRAPH_MARK

LONGEST: Final = 1024


class Piece:
    """Text of one kind: `size` is its length in UTF-8 bytes, the unit of every offset in pycrdt."""

    __slots__ = ("marks", "size", "text")

    def __init__(self, text: str, marks: Marks, size: int) -> None:
        self.text = text
        self.marks = marks
        self.size = size

    def __repr__(self) -> str:
        return f"Piece({self.text!r}, {dict(self.marks.attributes)!r})"


def byte_length(text: str) -> int:
    """Count UTF-8 bytes."""
    return len(text) if text.isascii() else len(text.encode())


def pieces_of(text: str, marks: Marks) -> Iterator[Piece]:
    """Cut text of one kind into pieces: every paragraph mark apart, nothing too long."""
    if len(text) * 4 <= LONGEST and PARAGRAPH_MARK not in text:
        if text:
            yield Piece(text, marks, byte_length(text))
        return
    for line in _lines(text):
        body = line.removesuffix(PARAGRAPH_MARK)
        for start in range(0, len(body), LONGEST // 4):
            part = body[start : start + LONGEST // 4]
            yield Piece(part, marks, byte_length(part))
        if len(body) != len(line):
            yield Piece(PARAGRAPH_MARK, marks, 1)


def _lines(text: str) -> Iterator[str]:
    start = 0
    while (end := text.find(PARAGRAPH_MARK, start) + 1) > 0:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def cut(pieces: list[Piece], offset: int) -> int:
    """Make a piece start at that byte of the list, and return its index."""
    for index, piece in enumerate(pieces):
        if offset <= 0:
            return index
        size = piece.size
        if offset < size:
            pieces[index : index + 1] = _halves(piece, offset)
            return index + 1
        offset -= size
    return len(pieces)


def _halves(piece: Piece, offset: int) -> tuple[Piece, Piece]:
    text = piece.text
    if len(text) == piece.size:
        left, right = text[:offset], text[offset:]
    else:
        encoded = text.encode()
        left, right = encoded[:offset].decode(), encoded[offset:].decode()
    return Piece(left, piece.marks, offset), Piece(right, piece.marks, piece.size - offset)


def join_at(pieces: list[Piece], index: int) -> bool:
    """Join the pieces before and at an index where they are of one kind; say whether it was done."""
    if not 0 < index < len(pieces):
        return False
    left, right = pieces[index - 1], pieces[index]
    if left.marks is not right.marks or left.size + right.size > LONGEST:
        return False
    if PARAGRAPH_MARK in (left.text, right.text):
        return False
    pieces[index - 1 : index + 1] = (Piece(left.text + right.text, left.marks, left.size + right.size),)
    return True


def runs_of(pieces: Iterable[Piece]) -> list[tuple[str, Marks]]:
    """Join neighbours of one kind: the maximal runs, as pycrdt's own `diff` tells them."""
    runs: list[tuple[str, Marks]] = []
    for piece in pieces:
        if runs and runs[-1][1] is piece.marks:
            runs[-1] = (runs[-1][0] + piece.text, piece.marks)
        else:
            runs.append((piece.text, piece.marks))
    return runs


def attributes_of(pieces: Iterable[Piece]) -> list[tuple[str, dict[str, Any]]]:
    """Spell runs as text and attributes."""
    return [(text, dict(marks.attributes)) for text, marks in runs_of(pieces)]
