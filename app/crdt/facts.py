"""Finds what a batch of frames means for the record: which suggestions it opened, changed, or took away."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from app.crdt.content import part_of
from app.crdt.document import Document
from app.crdt.judgement import Window
from app.crdt.pieces import Piece
from app.crdt.runs import Change
from app.crdt.writer import Writer
from app.domain.events import Fact, Proposed, Revised, Vanished
from app.domain.ids import ArticleId, SuggestionId
from app.domain.log import Owner


class FactFinder:
    """Watches one batch, then tells the facts and keeps the document's register in step with them."""

    def __init__(self, document: Document, writer: Writer) -> None:
        self.changes_register = False
        self._document = document
        self._writer = writer
        self._last_words: dict[SuggestionId, dict[str, Any]] = {}
        self._grown: dict[ArticleId, Counter[SuggestionId]] = {}

    def fear_for(self, article: ArticleId, touched: Mapping[SuggestionId, int]) -> None:
        """Before the mirror follows: keep what those suggestions say of which nothing may be left."""
        marked = self._document.articles[article].marked
        for suggestion, size in touched.items():
            if size >= marked.get(suggestion, 0):
                content = self._document.reading(article).content(suggestion)
                if content is not None:
                    self._last_words[suggestion] = content.as_json()

    def saw(self, article: ArticleId, changes: Sequence[Change]) -> None:
        """Count what the mirror lost and gained."""
        grown = self._grown.setdefault(article, Counter())
        for change in changes:
            for pieces, sign in ((change.removed, -1), (change.added, 1)):
                for piece in pieces:
                    for suggestion in piece.marks.named:
                        grown[suggestion] += sign * piece.size

    def find(self, windows: Mapping[ArticleId, Sequence[Window]]) -> list[Fact]:
        """Tell the facts; the register already knows them afterwards."""
        facts: list[Fact] = []
        for article, grown in self._grown.items():
            moved = self._moved(article, windows.get(article, ()))
            for suggestion in grown:
                fact = self._fact(article, suggestion, moved=suggestion in moved)
                if fact is not None:
                    facts.append(fact)
        return facts

    def _fact(self, article: ArticleId, suggestion: SuggestionId, *, moved: bool) -> Fact | None:
        document, writer = self._document, self._writer
        owner = document.register.owners.get(suggestion)
        if owner is not None and owner.article != article:
            # A claim to an id of another article, put right by now.
            return None
        stands = suggestion in document.articles[article].marked
        was_pending = owner is not None and owner.pending
        if stands and not was_pending:
            opened = Owner(writer.party, writer.member, article, pending=True)
            document.register.owners[suggestion] = opened
            document.vanished.discard(suggestion)
            self.changes_register = True
            return Proposed(suggestion, article, writer.party, writer.member)
        if owner is None or not was_pending:
            return None
        if not stands and owner.structural:
            # An article is proposed whether or not it has any text yet.
            return Revised(suggestion)
        if not stands:
            document.register.owners[suggestion] = Owner(owner.party, owner.author, owner.article, pending=False)
            self.changes_register = True
            overtaken = owner.party != writer.party
            if not overtaken:
                document.vanished.add(suggestion)
            return Vanished(suggestion, self._last_words.get(suggestion, {}), writer.member, overtaken)
        return Revised(suggestion) if moved else None

    def _moved(self, article: ArticleId, windows: Sequence[Window]) -> set[SuggestionId]:
        """Name the suggestions whose own characters are not what they were."""
        text = self._document.articles[article]
        moved: set[SuggestionId] = set()
        for window in windows:
            was, now = parts(window.old), parts(text.slice(window.at, window.at + window.length))
            moved.update(one for one in was.keys() | now.keys() if was.get(one) != now.get(one))
        return moved


def parts(pieces: Sequence[Piece]) -> dict[SuggestionId, list[tuple[str, dict[str, Any], dict[str, Any]]]]:
    """List each suggestion's own characters among some pieces, with their formatting, however they are cut."""
    found: dict[SuggestionId, list[tuple[str, dict[str, Any], dict[str, Any]]]] = {}
    for piece in pieces:
        for suggestion in piece.marks.named:
            runs = found.setdefault(suggestion, [])
            part = part_of(piece.marks, suggestion)
            if runs and runs[-1][1:] == (part, piece.marks.plain):
                runs[-1] = (runs[-1][0] + piece.text, part, piece.marks.plain)
            else:
                runs.append((piece.text, part, piece.marks.plain))
    return found
