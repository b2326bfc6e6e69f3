"""Goes over what a frame did to one article and says how to put right what it may not do.

Reads the delta against the mirror as it stood before. Corrections are in the text as the frame left it, in order;
they are carried out from the last to the first, so that none moves the place of another.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.crdt.corrections import Correction
from app.crdt.marks import Marks
from app.crdt.pieces import Piece, byte_length, pieces_of
from app.crdt.runs import ArticleText, Delta
from app.crdt.verdicts import Closed, Verdicts
from app.domain.ids import SuggestionId
from app.domain.text import PARAGRAPH_MARK, unwritable


class Window(NamedTuple):
    """One touched stretch: what stood there, and how long it is once the frame and its corrections are in."""

    old: list[Piece]
    at: int
    length: int


class Judgement:
    """The judgement of one delta."""

    def __init__(self, text: ArticleText, delta: Delta, verdicts: Verdicts) -> None:
        self.corrections: list[Correction] = []
        self.windows: list[Window] = []
        self.touched: Counter[SuggestionId] = Counter()
        """Bytes of each suggestion that the delta deletes or formats."""
        self.cleaned = False
        self.restored_bytes = 0
        self._text = text
        self._verdicts = verdicts
        self._closed = isinstance(verdicts, Closed)
        self._old = 0
        self._new = 0
        self._grown = 0
        self._left: Marks | None = None
        self._anchor = (0, 0)
        self._judge(delta)

    def _judge(self, delta: Delta) -> None:
        old: list[Piece] = []
        start = 0
        touching = False
        for step in delta:
            if "retain" in step and not step.get("attributes"):
                if touching:
                    self.windows.append(Window(old, start, self._new + self._grown - start))
                    old, touching = [], False
                self._pass_by(int(step["retain"]))
                continue
            if not touching:
                touching, start = True, self._new + self._grown
                self._verdicts.begin_stretch()
            if "retain" in step:
                old.extend(self._judge_format(int(step["retain"]), step["attributes"]))
                self._set_anchor()
            elif "insert" in step:
                self._judge_insertion(step["insert"], self._text.layer.marks_of(step.get("attributes")))
            else:
                old.extend(self._judge_deletion(int(step["delete"])))
        if touching:
            self.windows.append(Window(old, start, self._new + self._grown - start))

    def _pass_by(self, length: int) -> None:
        self._old += length
        self._new += length
        before = self._text.before(self._old)
        self._left = before.marks if before is not None else None
        self._set_anchor()

    def _set_anchor(self) -> None:
        """Remember where a run of insertions and deletions begins: what is restored goes there, old before new."""
        self._anchor = (self._new, len(self.corrections))

    def _beside(self) -> tuple[Marks | None, Marks | None]:
        after = self._text.after(self._old)
        return self._left, after.marks if after is not None else None

    def _judge_format(self, length: int, changes: dict[str, Any]) -> list[Piece]:
        pieces = self._text.slice(self._old, self._old + length)
        for piece in pieces:
            self._count(piece)
            new = piece.marks.changed(changes)
            self._old += piece.size
            right = self._verdicts.formatted(
                piece.marks, new, self._beside(), on_paragraph_mark=piece.text == PARAGRAPH_MARK
            )
            self._correct(piece.size, new, right)
        return pieces

    def _judge_insertion(self, inserted: str, claimed: Marks) -> None:
        for text, allowed in _writable(inserted):
            if not allowed or self._closed:
                self.cleaned = self.cleaned or not allowed
                size = byte_length(text)
                self.corrections.append(Correction(self._new, size, None))
                self._new += size
                self._grown -= size
                continue
            for piece in pieces_of(text, claimed):
                right = self._verdicts.inserted(claimed, self._beside(), on_paragraph_mark=piece.text == PARAGRAPH_MARK)
                self._correct(piece.size, claimed, right)

    def _judge_deletion(self, length: int) -> list[Piece]:
        pieces = self._text.slice(self._old, self._old + length)
        for piece in pieces:
            self._count(piece)
            self._old += piece.size
            right = self._verdicts.deleted(piece.marks, self._beside())
            if right is None:
                # What replaces one's own pending text goes on with its suggestion.
                self._left = piece.marks
                continue
            at, index = self._anchor
            self.corrections.insert(index, Correction(at, piece.size, dict(right.attributes), piece.text))
            self._anchor = (at, index + 1)
            self.restored_bytes += piece.size
            self._grown += piece.size
            self._left = right
        return pieces

    def _correct(self, size: int, found: Marks, right: Marks) -> None:
        if right is not found:
            self.corrections.append(Correction(self._new, size, found.changes_to(right)))
        self._new += size
        self._left = right

    def _count(self, piece: Piece) -> None:
        for suggestion in piece.marks.named:
            self.touched[suggestion] += piece.size


def agreed_part(pieces: list[Piece]) -> list[tuple[str, dict[str, Any]]]:
    """Read the agreed text of some pieces with its formatting, however it is cut: what no frame may change."""
    runs: list[tuple[str, dict[str, Any]]] = []
    for piece in pieces:
        if piece.marks.agreed:
            if runs and runs[-1][1] == piece.marks.plain:
                runs[-1] = (runs[-1][0] + piece.text, runs[-1][1])
            else:
                runs.append((piece.text, piece.marks.plain))
    return runs


def _writable(text: str) -> Iterator[tuple[str, bool]]:
    """Cut text where characters stand that no text may hold; say of each part whether it may stay."""
    end = 0
    for start, stop in unwritable(text):
        if start > end:
            yield text[end:start], True
        yield text[start:stop], False
        end = stop
    if end < len(text):
        yield text[end:], True
