"""Splitting a suggestion: one part of it becomes a suggestion of its own, and the rest keeps its id.

Only marks change, and only those of the one suggestion: what everybody reads stays as it is, character by character.
Both parts are the same author's. A part is named by the changes as the suggestion's content lists them, or by
stretches (code points) of the text of those changes, one after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.crdt.aftermath import Bystanders
from app.crdt.content import Reading, amended_by, kind_of, part_of
from app.crdt.document import Broken, Document
from app.crdt.marks import DELETION, FORMAT, INSERTION, Marks, insertion_of
from app.crdt.outcomes import Outcome, corrections_of
from app.crdt.pieces import Piece, byte_length
from app.domain.events import Fact, Revised
from app.domain.ids import ArticleId, MemberId, SuggestionId
from app.domain.log import Owner
from app.errors import NoSuchPart, SuggestionAlreadyResolved


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a suggestion as somebody names it: some of its changes, or stretches of their joined text."""

    changes: Sequence[int] = ()
    ranges: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Portion:
    """A part as it lies in the text: stretches (bytes) of its article, in order, that the suggestion has a part in."""

    suggestion: SuggestionId
    article: ArticleId
    spans: list[tuple[int, int]]
    is_whole: bool
    amends: SuggestionId | None
    """The one proposal that this part alone would change, if it does nothing else."""


@dataclass(slots=True)
class Split:
    """What a split did: the update to log and relay, and the suggestions that read otherwise now."""

    update: bytes
    facts: list[Fact] = field(default_factory=list)


class _Stretch(NamedTuple):
    """One change of a suggestion: where its pieces lie, and how many code points they are."""

    pieces: list[tuple[int, Piece]]
    length: int


def choose(document: Document, suggestion: SuggestionId, part: Part) -> Portion:
    """Find a part in the text. Raises `NoSuchPart`, and `SuggestionAlreadyResolved` where nothing is left of it all."""
    article = document.article_of(suggestion)
    if article is None:
        raise SuggestionAlreadyResolved(suggestion=suggestion)
    reading = document.reading(article)
    stretches = _stretches(reading, suggestion)
    content = document.content(suggestion)
    if content is not None and content.structure is not None:
        raise NoSuchPart("What is done to an article as a whole has no parts.")
    if content is None or [stretch.length for stretch in stretches] != [len(one["text"]) for one in content.changes]:
        raise Broken("The changes of a suggestion do not lie where its content has them.")
    total = sum(stretch.length for stretch in stretches)
    wanted = _wanted(part, stretches, total)
    spans = list(_spans(stretches, wanted))
    text = document.articles[article]
    chosen = [(at, piece) for start, end in spans for at, piece in _offset(start, text.slice(start, end))]
    is_whole = sum(to - start for start, to in wanted) == total
    return Portion(suggestion, article, spans, is_whole, amended_by(text, suggestion, chosen))


def split(document: Document, portion: Portion, into: SuggestionId, by: MemberId | None = None) -> Split:
    """Give a part of a suggestion an id of its own, as one transaction; the rest reads otherwise now."""
    text = document.articles[portion.article]
    owner = document.register.owners[portion.suggestion]
    outcomes = [
        Outcome(at, piece, renamed(piece.marks, portion.suggestion, into))
        for start, end in portion.spans
        for at, piece in _offset(start, text.slice(start, end))
    ]
    bystanders = Bystanders(document, {portion.article: outcomes}, frozenset({portion.suggestion, into}))
    target = document.yjs.texts[portion.article]
    corrections = corrections_of(outcomes)

    def carry_out() -> None:
        for correction in corrections:
            correction.carry_out(target)

    effect = document.yjs.edit(carry_out)
    if effect.update is None:
        raise Broken("A split changed nothing.")
    document.take(effect)
    document.register.owners[into] = Owner(owner.party, owner.author, portion.article, pending=True)
    reading = document.reading(portion.article)
    if reading.content(into) is None or reading.content(portion.suggestion) is None:
        raise Broken("A split left a part of the suggestion without a character.")
    return Split(effect.update, [Revised(portion.suggestion), *bystanders.aftermath(by)])


def renamed(marks: Marks, suggestion: SuggestionId, into: SuggestionId) -> Marks:
    """Give marks in which one suggestion's whole part stands under another id."""
    changes: dict[str, Any] = {}
    if marks.insertion == suggestion and marks.inserter is not None:
        changes[INSERTION] = insertion_of(into, marks.inserter)
    changes.update({DELETION + party: {"id": into} for party, named in marks.deletions.items() if named == suggestion})
    for party, (named, wanted) in marks.formats.items():
        if named == suggestion:
            changes[FORMAT + party] = {"id": into, "set": wanted}
    return marks.changed(changes)


def _stretches(reading: Reading, suggestion: SuggestionId) -> list[_Stretch]:
    """Find the changes of a suggestion's content in the text: neighbours that do the same are one."""
    passage = reading.passage(suggestion)
    stretches: list[_Stretch] = []
    last: tuple[str, Any] | None = None
    for at, piece in passage.pieces if passage is not None else ():
        part = part_of(piece.marks, suggestion)
        if not part:
            last = None
            continue
        kind = kind_of(part)
        does = (kind, part["fmt"] if kind == "format" else None)
        if does != last:
            stretches.append(_Stretch([], 0))
        last = does
        stretches[-1] = _Stretch([*stretches[-1].pieces, (at, piece)], stretches[-1].length + len(piece.text))
    return stretches


def _wanted(part: Part, stretches: Sequence[_Stretch], total: int) -> list[tuple[int, int]]:
    """Lay the part out as stretches of the changes' joined text: in order, apart, none empty."""
    starts = [sum(stretch.length for stretch in stretches[:index]) for index in range(len(stretches))]
    ranges = list(part.ranges)
    for index in part.changes:
        if not 0 <= index < len(stretches):
            raise NoSuchPart(f"The suggestion has {len(stretches)} changes; there is no change {index}.")
        ranges.append((starts[index], starts[index] + stretches[index].length))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if not 0 <= start < end <= total:
            raise NoSuchPart(f"The changes are {total} characters long; there is no stretch from {start} to {end}.")
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    if not joined:
        raise NoSuchPart("Name at least one change, or one stretch.")
    return joined


def _spans(stretches: Sequence[_Stretch], wanted: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Turn stretches of the joined text (code points) into stretches of the article (bytes)."""
    begun = 0
    for stretch in stretches:
        for at, piece in stretch.pieces:
            length = len(piece.text)
            for start, end in wanted:
                left, right = max(start - begun, 0), min(end - begun, length)
                if left < right:
                    yield at + byte_length(piece.text[:left]), at + byte_length(piece.text[:right])
            begun += length


def _offset(start: int, pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    at = start
    for piece in pieces:
        yield at, piece
        at += piece.size
