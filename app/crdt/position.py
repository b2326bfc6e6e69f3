"""A party's position: the agreed text with that party's own pending suggestions, and nobody else's.

A suggestion that changes another party's pending text is no position on the agreed one: its words stand in the midst
of a proposal that this party has not made. Such amendments are named, and left out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.crdt.content import Reading
from app.crdt.pieces import Piece
from app.crdt.runs import ArticleText
from app.crdt.views import Paragraph, Paragraphs
from app.domain.ids import ArticleId, PartyKey, SuggestionId


class Table(Protocol):
    """What positions are read from: the live document, or the table at a moment."""

    @property
    def articles(self) -> Mapping[ArticleId, ArticleText]: ...

    def reading(self, article: ArticleId) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Position:
    """How one party would have an article read; `suggestions` make it so, `amendments` change others' proposals."""

    paragraphs: list[Paragraph]
    suggestions: list[SuggestionId]
    amendments: dict[SuggestionId, SuggestionId]


def owners_in(text: ArticleText) -> dict[PartyKey, list[SuggestionId]]:
    """List the pending suggestions of an article by the party that makes each, in the order of their text."""
    found: dict[PartyKey, dict[SuggestionId, None]] = {}
    for piece in text.pieces():
        marks = piece.marks
        if not marks.named:
            continue
        if marks.insertion is not None and marks.inserter is not None:
            found.setdefault(marks.inserter, {})[marks.insertion] = None
        for party, suggestion in marks.deletions.items():
            found.setdefault(party, {})[suggestion] = None
        for party, (suggestion, _) in marks.formats.items():
            found.setdefault(party, {})[suggestion] = None
    return {party: list(suggestions) for party, suggestions in found.items()}


def read_positions(table: Table, article: ArticleId, parties: Iterable[PartyKey]) -> dict[PartyKey, Position]:
    """Read every party's position on an article."""
    text, reading = table.articles[article], table.reading(article)
    owned = owners_in(text)
    positions = {}
    for party in parties:
        contents = [reading.content(suggestion) for suggestion in owned.get(party, [])]
        said = [content for content in contents if content is not None]
        amendments = {content.suggestion: content.amends for content in said if content.amends is not None}
        own = [content.suggestion for content in said if content.amends is None]
        # Whoever proposes nothing stands where the agreed text stands.
        paragraphs = position(text.pieces(), party, amendments) if own else text.agreed()
        positions[party] = Position(paragraphs, own, amendments)
    return positions


def position(
    pieces: Iterable[Piece], party: PartyKey, left_out: Collection[SuggestionId] = frozenset()
) -> list[Paragraph]:
    """Read the text as it would stand with a party's own suggestions accepted, and no other's."""
    paragraphs = Paragraphs()
    for piece in pieces:
        marks = piece.marks
        if marks.insertion is not None and (marks.inserter != party or marks.insertion in left_out):
            continue
        if marks.deletions.get(party, None) not in (None, *left_out):
            continue
        paragraphs.add(piece.text, _formatted(piece, party, left_out))
    return paragraphs.all()


def _formatted(piece: Piece, party: PartyKey, left_out: Collection[SuggestionId]) -> dict[str, Any]:
    suggested = piece.marks.formats.get(party)
    if suggested is None or suggested[0] in left_out:
        return piece.marks.plain
    attributes = {**piece.marks.plain, **suggested[1]}
    return {name: value for name, value in attributes.items() if value is not None}
