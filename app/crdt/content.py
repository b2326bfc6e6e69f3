"""What a suggestion says, and the hash that an answer to it has to name.

The hash covers the suggestion's own characters and the agreed text of the paragraphs they stand in, as they
would be cut with the suggestion alone; other suggestions never enter it (promise P2). An amendment also covers the
pending text of the proposal that it changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.crdt.canonical import content_hash
from app.crdt.marks import Marks
from app.crdt.pieces import Piece
from app.crdt.runs import ArticleText, Leaf, Proposal
from app.domain.ids import ArticleId, SuggestionId
from app.domain.text import PARAGRAPH_MARK

INSERTED, DELETED, FORMATTED = "insertion", "deletion", "format"


@dataclass(frozen=True, slots=True)
class Content:
    """A suggestion as it stands: `before` and `after` are the plain text of its paragraphs without and with it."""

    suggestion: SuggestionId
    article: ArticleId
    kind: str
    content_hash: str
    before: str
    after: str
    changes: list[dict[str, Any]]
    """In text order: `{kind, text, offset, set?}`; `offset` counts code points in `before`."""
    amends: SuggestionId | None
    structure: dict[str, Any] | None = None
    """What it would do to the article as a whole, with the titles of what it names; None for a change of text."""

    def as_json(self) -> dict[str, Any]:
        """Spell what the record keeps of it."""
        told = {
            "kind": self.kind,
            "content_hash": self.content_hash,
            "before": self.before,
            "after": self.after,
            "changes": self.changes,
        }
        return told if self.structure is None else {**told, "structure": self.structure}


class Passage(NamedTuple):
    """The paragraphs that a suggestion stands in, as its content reads them: pieces with their offsets (bytes)."""

    amends: SuggestionId | None
    pieces: list[tuple[int, Piece]]


def kind_of(part: Mapping[str, Any]) -> str:
    """Tell what a suggestion does to a character that it has a part in."""
    return INSERTED if "ins" in part else DELETED if "del" in part else FORMATTED


def part_of(marks: Marks, suggestion: SuggestionId) -> dict[str, Any]:
    """Tell a suggestion's own part in a character's marks."""
    part: dict[str, Any] = {}
    if marks.insertion == suggestion:
        part["ins"] = True
    if suggestion in marks.deletions.values():
        part["del"] = True
    for named, changes in marks.formats.values():
        if named == suggestion:
            part["fmt"] = changes
    return part


class Reading:
    """The suggestions of one article at one revision."""

    def __init__(self, text: ArticleText) -> None:
        self.revision = text.revision
        self._text = text
        self._contents: dict[SuggestionId, Content] = {}
        self._leaves: dict[SuggestionId, list[tuple[int, Leaf]]] = {}
        base = 0
        for leaf in text.leaves:
            for suggestion in leaf.suggestions:
                self._leaves.setdefault(suggestion, []).append((base, leaf))
            base += leaf.size

    def order(self) -> list[SuggestionId]:
        """Every suggestion in the order of its first character."""
        return list(self._leaves)

    def content(self, suggestion: SuggestionId) -> Content | None:
        """Tell what a suggestion says; None where nothing is left of it."""
        content = self._contents.get(suggestion)
        if content is None:
            places = list(self.places(suggestion))
            if not places:
                return None
            content = self._contents[suggestion] = _read(self._text, suggestion, places)
        return content

    def passage(self, suggestion: SuggestionId) -> "Passage | None":
        """Give what a suggestion's content is read from, with offsets; None where nothing is left of it."""
        places = list(self.places(suggestion))
        if not places:
            return None
        amended = amended_by(self._text, suggestion, places)
        lens = Lens(suggestion, amended)
        shown: list[tuple[int, Piece]] = []
        for start, end in lens.paragraphs(self._text, places):
            at = start
            for piece in self._text.slice(start, end):
                if lens.shows(piece.marks):
                    shown.append((at, piece))
                at += piece.size
        return Passage(amended, shown)

    def places(self, suggestion: SuggestionId) -> Iterator[tuple[int, Piece]]:
        """Give every piece that a suggestion has a part in, with its offset (bytes)."""
        for base, leaf in self._leaves.get(suggestion, ()):
            at = base
            for piece in leaf.pieces:
                if suggestion in piece.marks.suggestions:
                    yield at, piece
                at += piece.size


def amended_by(text: ArticleText, suggestion: SuggestionId, places: Iterable[tuple[int, Piece]]) -> SuggestionId | None:
    """Name the one proposal that a suggestion changes and does nothing else; None for every other suggestion."""
    amended: set[SuggestionId | None] = set()
    for at, piece in places:
        marks = piece.marks
        if marks.insertion == suggestion:
            proposal = enclosing(text, at, piece)
            amended.add(None if proposal is None else proposal.suggestion)
        elif suggestion in marks.deletions.values() or suggestion in {named for named, _ in marks.formats.values()}:
            amended.add(marks.insertion)
        if len(amended) > 1 or None in amended:
            return None
    return next(iter(amended), None)


def enclosing(text: ArticleText, at: int, piece: Piece) -> Proposal | None:
    """Name the other party's proposal in whose midst an inserted piece stands: its characters on both sides.

    Both sides within one stretch of pending text; the nearest such proposal to the left counts. In an article that
    is itself proposed, whatever else another party inserts stands in the midst of that proposal.
    """
    party = piece.marks.inserter
    whole = text.proposal if text.proposal is not None and text.proposal.party != party else None
    after: set[SuggestionId] = set()
    for other in text.forwards(at + piece.size):
        if other.marks.insertion is None:
            break
        after.add(other.marks.insertion)
    if not after:
        return whole
    for other in text.backwards(at):
        if other.marks.insertion is None:
            return whole
        proposer = other.marks.inserter
        if proposer is not None and proposer != party and other.marks.insertion in after:
            return Proposal(other.marks.insertion, proposer)
    return whole


def _read(text: ArticleText, suggestion: SuggestionId, places: list[tuple[int, Piece]]) -> Content:
    amended = amended_by(text, suggestion, places)
    lens = Lens(suggestion, amended)
    teller = _Teller(suggestion, amended)
    for start, end in lens.paragraphs(text, places):
        for part in text.slice(start, end):
            if lens.shows(part.marks):
                teller.add(part)
    return teller.content(text.article)


class Lens:
    """The text as a suggestion alone leaves it: agreed, its own, and the proposal that it amends."""

    def __init__(self, suggestion: SuggestionId, amended: SuggestionId | None) -> None:
        self._suggestion = suggestion
        self._ground = {None, suggestion, amended}

    def shows(self, marks: Marks) -> bool:
        """Whether a character is seen; one of any pending text is, where the suggestion has a part in it."""
        return marks.insertion in self._ground or self._suggestion in marks.suggestions

    def paragraphs(self, text: ArticleText, places: Iterable[tuple[int, Piece]]) -> Iterator[tuple[int, int]]:
        """Give the stretches (bytes) of the paragraphs that a suggestion's places stand in."""
        end = 0
        for at, _ in places:
            if at >= end:
                start = max(end, self.paragraph_start(text, at))
                end = self.paragraph_end(text, at)
                yield start, end

    def paragraph_start(self, text: ArticleText, at: int) -> int:
        """Find the start of the paragraph at an offset."""
        start = at
        for piece in text.backwards(at):
            if piece.text == PARAGRAPH_MARK and self.shows(piece.marks):
                break
            start -= piece.size
        return start

    def paragraph_end(self, text: ArticleText, at: int) -> int:
        """Find the end of the paragraph at an offset, going on past marks that are the suggestion's to add or take."""
        end = at
        for piece in text.forwards(at):
            end += piece.size
            if piece.text == PARAGRAPH_MARK and self.shows(piece.marks) and not self._moves(piece.marks):
                break
        return end

    def _moves(self, marks: Marks) -> bool:
        return marks.insertion == self._suggestion or self._suggestion in marks.deletions.values()


class _Teller:
    """Goes over a suggestion's paragraphs once and tells its content."""

    def __init__(self, suggestion: SuggestionId, amended: SuggestionId | None) -> None:
        self._suggestion = suggestion
        self._amended = amended
        self._runs: list[dict[str, Any]] = []
        self._before: list[str] = []
        self._after: list[str] = []
        self._changes: list[dict[str, Any]] = []
        self._run_texts: list[str] = []
        self._change_texts: list[str] = []
        self._texts: list[tuple[dict[str, Any], list[str]]] = []
        """What is written of runs and changes, each with the parts of its text: joined once, for they may be long."""
        self._offset = 0
        self._open = False

    def add(self, piece: Piece) -> None:
        part = part_of(piece.marks, self._suggestion)
        described = {"marks": piece.marks.plain, **part}
        if piece.marks.insertion not in (None, self._suggestion):
            described["in"] = piece.marks.insertion
        self._add_run(piece.text, described)
        if part:
            self._add_change(piece.text, part)
        self._open = bool(part)
        if "ins" not in part:
            self._before.append(piece.text)
            self._offset += len(piece.text)
        if "del" not in part:
            self._after.append(piece.text)

    def content(self, article: ArticleId) -> Content:
        for told, texts in self._texts:
            told["text"] = "".join(texts)
        hashed = {"suggestion": self._suggestion, "article": article, "paragraphs": _paragraphs(self._runs)}
        return Content(
            self._suggestion,
            article,
            _kind({change["kind"] for change in self._changes}),
            content_hash(hashed),
            "".join(self._before).removesuffix(PARAGRAPH_MARK),
            "".join(self._after).removesuffix(PARAGRAPH_MARK),
            self._changes,
            self._amended,
        )

    def _add_run(self, text: str, described: dict[str, Any]) -> None:
        runs = self._runs
        if runs and text != PARAGRAPH_MARK != self._run_texts[0]:
            last = runs[-1]
            if {name: value for name, value in last.items() if name != "text"} == described:
                self._run_texts.append(text)
                return
        self._run_texts = [text]
        runs.append(self._tell(self._run_texts, described))

    def _add_change(self, text: str, part: dict[str, Any]) -> None:
        kind = kind_of(part)
        change: dict[str, Any] = {"kind": kind, "offset": self._offset}
        if kind == FORMATTED:
            change["set"] = dict(part["fmt"])
        last = self._changes[-1] if self._changes and self._open else None
        if last is not None and last["kind"] == kind and last.get("set") == change.get("set"):
            self._change_texts.append(text)
        else:
            self._change_texts = [text]
            self._changes.append(self._tell(self._change_texts, change))

    def _tell(self, texts: list[str], told: dict[str, Any]) -> dict[str, Any]:
        told = {"text": "", **told}
        self._texts.append((told, texts))
        return told


def _paragraphs(runs: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    paragraphs: list[list[dict[str, Any]]] = [[]]
    for run in runs:
        paragraphs[-1].append(run)
        if run["text"] == PARAGRAPH_MARK:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _kind(kinds: set[str]) -> str:
    if {INSERTED, DELETED} <= kinds:
        return "replacement"
    return next(kind for kind in (INSERTED, DELETED, FORMATTED) if kind in kinds)
