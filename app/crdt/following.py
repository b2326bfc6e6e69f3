"""A caucus follows its table: each of the table's updates is applied to it, and put right where drafts stand.

Format markers of one layer mask those of the other, in both directions, and what the table inserts inside a draft takes
the draft's marks. So three things follow an update, in the same transaction: draft marks come off what the table
inserted; drafted text and draft marks come back to what they were; and the caucus without its drafts is compared
with the table, run by run wherever either text was touched, and the differences are formatted away. Whatever cannot
be put right so means that the two are not one text any more (`Forked`): the caucus has to be begun anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from app.crdt.alignment import above, beneath, rearranged
from app.crdt.caucus import Caucus
from app.crdt.caucus_marks import CaucusMarks
from app.crdt.corrections import Correction, joined
from app.crdt.document import Document
from app.crdt.marks import Marks
from app.crdt.protocol import EMPTY_UPDATE
from app.crdt.runs import ArticleText, Change
from app.crdt.update_reader import OWN_LIMITS, read
from app.crdt.yjs import merge
from app.domain.events import Fact, Vanished
from app.domain.ids import ArticleId, SuggestionId
from app.domain.log import Owner

_MOST_ROUNDS: Final = 3


class Forked(Exception):
    """The caucus and its table are not one text any more."""


@dataclass(slots=True)
class Followed:
    """What following came to."""

    update: bytes
    """What to log for the caucus, and to relay in it: the table's updates and the clean-up in one."""
    facts: list[Fact] = field(default_factory=list)
    """The drafts of which the table's updates left nothing."""


class _Span(NamedTuple):
    """A stretch of caucus text that an update touched (bytes), with the marks it had; None for what was inserted."""

    at: int
    size: int
    was: Marks | None


Spans = Mapping[ArticleId, Sequence[_Span]]
Windows = dict[ArticleId, list[tuple[int, int]]]


def follow(caucus: Caucus, table: Document, updates: Iterable[bytes], *, everywhere: bool = False) -> Followed:
    """Apply updates of the table to both a copy of the table and the caucus, and put the caucus right.

    `everywhere` says that the copy is ahead of the caucus already, so that all of both has to be compared.
    Raises `Forked` with neither document fit for further use.
    """
    listed = [update for update in updates if update != EMPTY_UPDATE]
    if not listed:
        return Followed(EMPTY_UPDATE)
    update = merge(listed)
    _refuse_foreign(caucus, update)
    return _Following(caucus, table, update).run(everywhere=everywhere)


def _refuse_foreign(caucus: Caucus, update: bytes) -> None:
    """Refuse what was written at the table under an id that a member has drafted under: one clock for two texts."""
    if not caucus.drafters().isdisjoint(read(update, OWN_LIMITS).structs):
        raise Forked


class _Following:
    """One update on its way into a caucus."""

    def __init__(self, caucus: Caucus, table: Document, update: bytes) -> None:
        self._caucus, self._table = caucus, table
        self._updates = [update]
        self._fallen: dict[SuggestionId, ArticleId] = {}

    def run(self, *, everywhere: bool) -> Followed:
        caucus, table = self._caucus, self._table
        known = set(caucus.articles)
        moved = table.catch_up(self._updates[0])
        touched = caucus.catch_up(self._updates[0])
        if caucus.articles.keys() != table.articles.keys():
            raise Forked
        spans = {article: list(_spans(changes)) for article, changes in touched.items()}
        self._note_fallen(touched)
        self._edit({article: list(_drafts_back(caucus.articles[article], spans[article])) for article in spans})
        displaced = self._put_in_place()
        whole = caucus.articles if everywhere else (caucus.articles.keys() - known) | displaced
        windows = self._windows(touched, moved, whole)
        for _ in range(_MOST_ROUNDS):
            differences = {article: self._differences(article, found) for article, found in windows.items()}
            if not self._edit(differences):
                return Followed(merge(self._updates), self._facts())
        raise Forked

    def _note_fallen(self, touched: Mapping[ArticleId, Sequence[Change]]) -> None:
        for article, changes in touched.items():
            for change in changes:
                for piece in change.removed:
                    self._fallen.update(dict.fromkeys(piece.marks.named, article))

    def _edit(self, corrections: Mapping[ArticleId, Sequence[Correction]]) -> bool:
        """Carry corrections out, last first; say whether there were any."""
        texts = self._caucus.yjs.texts

        def run() -> None:
            for article, listed in corrections.items():
                for correction in reversed(joined(listed)):
                    correction.carry_out(texts[article])

        if not any(corrections.values()):
            return False
        effect = self._caucus.yjs.edit(run)
        if effect.update is not None:
            self._updates.append(effect.update)
        for article, changes in self._caucus.take(effect).items():
            self._note_fallen({article: changes})
        return True

    def _put_in_place(self) -> set[ArticleId]:
        """Put drafted text back on its own side of what was tabled beside it, which landed where ids would have it."""
        wanted, self._caucus.places = self._caucus.places, {}
        corrections = {
            article: list(rearranged(self._caucus.articles[article], listed)) for article, listed in wanted.items()
        }
        self._edit(corrections)
        return {article for article, listed in corrections.items() if listed}

    def _windows(
        self,
        touched: Mapping[ArticleId, Sequence[Change]],
        moved: Mapping[ArticleId, Sequence[Change]],
        whole: Iterable[ArticleId],
    ) -> Windows:
        windows: Windows = {article: [(0, self._caucus.articles[article].size)] for article in whole}
        for article in (touched.keys() | moved.keys()) - windows.keys():
            text = self._caucus.articles[article]
            here = [(change.at, change.at + _added(change)) for change in touched.get(article, ())]
            there = [
                (above(text, change.at), above(text, change.at + _added(change))) for change in moved.get(article, ())
            ]
            windows[article] = list(_united([*here, *there]))
        return windows

    def _differences(self, article: ArticleId, windows: Sequence[tuple[int, int]]) -> list[Correction]:
        """Tell what to format so that the caucus without its drafts reads as the table."""
        text, ground = self._caucus.articles[article], self._table.articles[article]
        if sum(leaf.agreed_size for leaf in text.leaves) != ground.size:
            raise Forked
        found: list[Correction] = []
        for start, stop in windows:
            at, below = start, beneath(text, start)
            for piece in text.slice(start, stop):
                marks = piece.marks
                if isinstance(marks, CaucusMarks) and marks.agreed:
                    found.extend(_difference(at, piece.text, marks, ground, below))
                    below += piece.size
                at += piece.size
        return found

    def _facts(self) -> list[Fact]:
        """Tell the drafts of which nothing is left, and keep the register in step."""
        facts: list[Fact] = []
        owners = self._caucus.register.owners
        for draft, article in self._fallen.items():
            owner = owners.get(draft)
            if owner is None or not owner.pending or draft in self._caucus.articles[article].marked:
                continue
            owners[draft] = Owner(owner.party, owner.author, owner.article, pending=False)
            facts.append(Vanished(draft, {}, None, overtaken=True))
        return facts


def _difference(at: int, words: str, marks: CaucusMarks, ground: ArticleText, below: int) -> Iterator[Correction]:
    """Compare one stretch of the table's text in a caucus with the table itself."""
    size = len(words.encode())
    theirs = ground.slice(below, below + size)
    if "".join(piece.text for piece in theirs) != words:
        raise Forked
    for piece in theirs:
        if marks.beneath is not piece.marks:
            right = marks.alike({**piece.marks.attributes, **marks.drafted})
            yield Correction(at, piece.size, marks.changes_to(right))
        at += piece.size


def _spans(changes: Iterable[Change]) -> Iterator[_Span]:
    for change in changes:
        at = change.at
        if change.removed and change.added:
            for piece in change.removed:
                yield _Span(at, piece.size, piece.marks)
                at += piece.size
        elif change.added:
            yield _Span(at, _added(change), None)


def _drafts_back(text: ArticleText, spans: Iterable[_Span]) -> Iterator[Correction]:
    """Put drafted text and draft marks back to what they were; take them off what the table inserted."""
    for span in spans:
        at = span.at
        for piece in text.slice(span.at, span.at + span.size):
            marks = piece.marks
            if isinstance(marks, CaucusMarks):
                right = _right(marks, span.was)
                if right is not marks:
                    yield Correction(at, piece.size, marks.changes_to(right))
            at += piece.size


def _right(found: CaucusMarks, was: Marks | None) -> Marks:
    if isinstance(was, CaucusMarks):
        return was if not was.agreed else found.alike({**found.undrafted, **was.drafted})
    return found.alike(found.undrafted)


def _added(change: Change) -> int:
    return sum(piece.size for piece in change.added)


def _united(windows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join windows that overlap; the empty ones have nothing to compare."""
    current: tuple[int, int] | None = None
    for start, stop in sorted(window for window in windows if window[0] < window[1]):
        if current is not None and start <= current[1]:
            current = (current[0], max(current[1], stop))
            continue
        if current is not None:
            yield current
        current = (start, stop)
    if current is not None:
        yield current
