"""The three readings of an article's text, as JSON paragraphs.

*Agreed* leaves out pending insertions and takes no notice of pending deletions and formats; *proposed* is the text
with every suggestion accepted; *markup* is everything with its suggestion marks. Runs are maximal in each.
"""

from collections.abc import Iterable
from typing import Any

from app.crdt.marks import Marks
from app.crdt.pieces import Piece
from app.domain.text import DEFAULT_LEVEL, DEFAULT_STYLE, INLINE_ATTRIBUTES, PARAGRAPH_ATTRIBUTES, PARAGRAPH_MARK

Paragraph = dict[str, Any]


class Paragraphs:
    """Collects runs into paragraphs; the last one may lack its mark."""

    def __init__(self) -> None:
        self.done: list[Paragraph] = []
        self._runs: list[dict[str, Any]] = []
        self._texts: list[list[str]] = []
        """The parts of each run's text: joined once, because a paragraph may be long."""

    def add(self, text: str, plain: dict[str, Any], suggested: dict[str, Any] | None = None) -> None:
        """Add text of one kind; a paragraph mark ends the paragraph."""
        if text == PARAGRAPH_MARK:
            self._end(plain, suggested)
            return
        marks = {name: value for name, value in plain.items() if name in INLINE_ATTRIBUTES} if plain else {}
        if suggested:
            marks.update(suggested)
        runs = self._runs
        if runs and runs[-1]["marks"] == marks:
            self._texts[-1].append(text)
        else:
            runs.append({"text": "", "marks": marks})
            self._texts.append([text])

    def all(self) -> list[Paragraph]:
        """Give the paragraphs, with what follows the last paragraph mark as one of its own."""
        if self._runs:
            self._end({}, None)
        return self.done

    def _end(self, plain: dict[str, Any], suggested: dict[str, Any] | None) -> None:
        for run, texts in zip(self._runs, self._texts, strict=True):
            run["text"] = "".join(texts)
        paragraph: Paragraph = {
            "style": plain.get("style", DEFAULT_STYLE),
            "level": plain.get("level", DEFAULT_LEVEL),
            "runs": self._runs,
        }
        if suggested:
            paragraph["marks"] = suggested
        self.done.append(paragraph)
        self._runs, self._texts = [], []


def agreed(pieces: Iterable[Piece]) -> list[Paragraph]:
    """Read the agreed text."""
    paragraphs = Paragraphs()
    for piece in pieces:
        marks = piece.marks.tabled
        if marks.agreed:
            paragraphs.add(piece.text, marks.plain)
    return paragraphs.all()


def proposed(pieces: Iterable[Piece]) -> list[Paragraph]:
    """Read the text as it would stand with every suggestion accepted."""
    paragraphs = Paragraphs()
    for piece in pieces:
        marks = piece.marks.tabled
        if not marks.deletions:
            paragraphs.add(piece.text, proposed_attributes(marks))
    return paragraphs.all()


def markup(pieces: Iterable[Piece]) -> list[Paragraph]:
    """Read everything, pending and agreed, with its suggestion marks."""
    paragraphs = Paragraphs()
    for piece in pieces:
        paragraphs.add(piece.text, piece.marks.tabled.plain, suggested_attributes(piece.marks))
    return paragraphs.all()


def proposed_attributes(marks: Marks) -> dict[str, Any]:
    """Plain attributes with every suggested format applied, in the order of the parties' keys."""
    if not marks.formats:
        return marks.plain
    attributes = dict(marks.plain)
    for party in sorted(marks.formats):
        attributes.update(marks.formats[party][1])
    return {name: value for name, value in attributes.items() if value is not None}


def suggested_attributes(marks: Marks) -> dict[str, Any]:
    """Give the suggestion marks alone, drafts among them, as they are spelt in the text."""
    plain = marks.tabled.plain
    return {name: value for name, value in marks.attributes.items() if name not in plain}


def flat(paragraphs: Iterable[Paragraph]) -> list[tuple[str, dict[str, Any]]]:
    """Spell JSON paragraphs as the runs of a flat text, each paragraph ended by its mark."""
    runs: list[tuple[str, dict[str, Any]]] = []
    for paragraph in paragraphs:
        runs.extend((run["text"], dict(run.get("marks") or {})) for run in paragraph["runs"] if run["text"])
        mark = {name: paragraph[name] for name in sorted(PARAGRAPH_ATTRIBUTES) if name in paragraph}
        defaults = {"style": DEFAULT_STYLE, "level": DEFAULT_LEVEL}
        kept = {name: value for name, value in mark.items() if value != defaults[name]}
        runs.append((PARAGRAPH_MARK, {**kept, **paragraph.get("marks", {})}))
    return runs
