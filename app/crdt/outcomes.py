"""What a decision makes of each piece that it touches, and what that means for the agreed text. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from app.crdt.content import enclosing
from app.crdt.corrections import Correction, joined
from app.crdt.marks import DELETION, FORMAT, INSERTION, Marks, insertion_of
from app.crdt.pieces import Piece
from app.crdt.runs import ArticleText
from app.domain.ids import SuggestionId
from app.domain.text import PARAGRAPH_MARK

AgreedDelta = list[dict[str, Any]]
Ids = frozenset[SuggestionId]


class Outcome(NamedTuple):
    """What becomes of the piece at an offset: the marks it takes, or None where it goes."""

    at: int
    piece: Piece
    marks: Marks | None


class Decide(Protocol):
    """Goes over an article and tells the outcome of every piece that a decision touches, in text order."""

    def __call__(self, text: ArticleText, ids: Ids) -> Iterator[Outcome]: ...


def enacted(text: ArticleText, ids: Ids) -> Iterator[Outcome]:
    """Every change of these suggestions is made."""
    for at, piece in _marked(text, ids):
        marks = piece.marks
        if not ids.isdisjoint(marks.deletions.values()):
            yield Outcome(at, piece, None)
            continue
        changes: dict[str, Any] = {}
        for party in sorted(marks.formats):
            suggestion, wanted = marks.formats[party]
            if suggestion in ids:
                changes.update(wanted)
                changes[FORMAT + party] = None
        if marks.insertion in ids:
            changes.update(_entered(text, at, piece, ids))
        yield Outcome(at, piece, marks.changed(changes))


def _entered(text: ArticleText, at: int, piece: Piece, ids: Ids) -> dict[str, Any]:
    """Let an insertion enter the agreed text, or join the pending proposal that it stands in the midst of."""
    proposal = enclosing(text, at, piece)
    if proposal is None or proposal.suggestion in ids:
        return {INSERTION: None}
    party = proposal.party
    return {INSERTION: insertion_of(proposal.suggestion, party), DELETION + party: None, FORMAT + party: None}


def removed(text: ArticleText, ids: Ids) -> Iterator[Outcome]:
    """Nothing of these suggestions is left, nor of what other parties inserted in their midst."""
    found: dict[int, Outcome] = {}
    for at, piece in _marked(text, ids):
        marks = piece.marks
        if marks.insertion in ids:
            found[at] = Outcome(at, piece, None)
            for outcome in _fallen(text, at + piece.size, ids):
                found.setdefault(outcome.at, outcome)
            continue
        changes: dict[str, Any] = {DELETION + party: None for party, named in marks.deletions.items() if named in ids}
        changes.update({FORMAT + party: None for party, (named, _) in marks.formats.items() if named in ids})
        found[at] = Outcome(at, piece, marks.changed(changes))
    return iter(sorted(found.values(), key=lambda outcome: outcome.at))


def _fallen(text: ArticleText, start: int, ids: Ids) -> list[Outcome]:
    """Find what stands between a removed proposal's piece and its next one, and amends it: it falls with its motion."""
    between: list[Outcome] = []
    at = start
    for piece in text.forwards(start):
        if piece.marks.insertion is None:
            return []
        if piece.marks.insertion in ids:
            break
        proposal = enclosing(text, at, piece)
        if proposal is not None and proposal.suggestion in ids:
            between.append(Outcome(at, piece, None))
        at += piece.size
    return between


def overtaken(outcomes: Iterable[Outcome], ids: Ids) -> set[SuggestionId]:
    """Those of the suggestions enacted together of which others leave nothing to do."""
    carried_out: set[SuggestionId] = set()
    for outcome in outcomes:
        marks = outcome.piece.marks
        carried_out.update(marks.suggestions if outcome.marks is not None else marks.deletions.values())
    return {suggestion for outcome in outcomes for suggestion in outcome.piece.marks.suggestions & ids} - carried_out


def corrections_of(outcomes: Iterable[Outcome]) -> list[Correction]:
    """Tell what has to be done to the text."""
    return joined(
        Correction(at, piece.size, None if marks is None else piece.marks.changes_to(marks))
        for at, piece, marks in outcomes
        if marks is not piece.marks
    )


def lacks_end(text: ArticleText, outcomes: Sequence[Outcome]) -> bool:
    """Whether the agreed text would no longer end in a paragraph mark, as every article's does."""
    marks_at = {outcome.at: outcome.marks for outcome in outcomes}
    at = text.size
    for piece in text.backwards(text.size):
        at -= piece.size
        marks = marks_at.get(at, piece.marks)
        if marks is not None and marks.agreed:
            return piece.text != PARAGRAPH_MARK
    return True


def agreed_delta(text: ArticleText, outcomes: Sequence[Outcome], *, ended: bool) -> AgreedDelta:
    """Tell the change of the agreed text, in code points; empty where it stands.

    `ended` says that a paragraph mark is added at its end.
    """
    delta = _Delta()
    by_place = {outcome.at: outcome for outcome in outcomes}
    at = 0
    for leaf in text.leaves:
        if not any(outcome.at < at + leaf.size for outcome in _near(outcomes, at)):
            delta.retain(leaf.agreed_length)
            at += leaf.size
            continue
        for piece in leaf.pieces:
            delta.follow(piece, by_place.get(at))
            at += piece.size
    if ended:
        delta.add(PARAGRAPH_MARK)
    return delta.steps


def _near(outcomes: Sequence[Outcome], at: int) -> Iterator[Outcome]:
    index = bisect_left(outcomes, at, key=lambda outcome: outcome.at)
    return iter(outcomes[index : index + 1])


class _Delta:
    """Collects a delta in its shortest form: neighbours joined, no retain at the end."""

    def __init__(self) -> None:
        self.steps: AgreedDelta = []
        self._skipped = 0

    def follow(self, piece: Piece, outcome: Outcome | None) -> None:
        was, now = piece.marks, piece.marks if outcome is None else outcome.marks
        if was.agreed and now is None:
            self._step({"delete": len(piece.text)})
        elif now is None or not now.agreed:
            return
        elif not was.agreed:
            self._step({"insert": piece.text, **({"attributes": now.plain} if now.plain else {})})
        elif was.plain == now.plain:
            self.retain(len(piece.text))
        else:
            changed = {name: now.plain.get(name) for name in sorted(was.plain.keys() | now.plain.keys())}
            changed = {name: value for name, value in changed.items() if was.plain.get(name) != value}
            self._step({"retain": len(piece.text), "attributes": changed})

    def retain(self, length: int) -> None:
        self._skipped += length

    def add(self, text: str) -> None:
        self._step({"insert": text})

    def _step(self, step: dict[str, Any]) -> None:
        if self._skipped:
            self.steps.append({"retain": self._skipped})
            self._skipped = 0
        last = self.steps[-1] if self.steps else {}
        kind = next(iter(step))
        if (
            kind in last
            and last.get("attributes") == step.get("attributes")
            and (kind != "retain" or "attributes" in last)
        ):
            last[kind] += step[kind]
        else:
            self.steps.append(step)


def _marked(text: ArticleText, ids: Ids) -> Iterator[tuple[int, Piece]]:
    """Give every piece in which one of the suggestions has a part, with its offset."""
    base = 0
    for leaf in text.leaves:
        if not ids.isdisjoint(leaf.suggestions):
            at = base
            for piece in leaf.pieces:
                if not ids.isdisjoint(piece.marks.suggestions):
                    yield at, piece
                at += piece.size
        base += leaf.size
