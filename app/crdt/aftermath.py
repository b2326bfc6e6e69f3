"""What a decision means for the suggestions that it was not about: changed, or overtaken."""

from collections.abc import Iterable, Mapping, Sequence

from app.crdt.content import Content
from app.crdt.document import Document
from app.crdt.outcomes import Ids, Outcome
from app.crdt.pieces import Piece
from app.crdt.runs import ArticleText
from app.domain.events import Fact, Revised, Vanished
from app.domain.ids import ArticleId, MemberId, SuggestionId
from app.domain.text import PARAGRAPH_MARK


class Bystanders:
    """The suggestions in the paragraphs that a decision touches, as they stood before it."""

    def __init__(self, document: Document, outcomes: Mapping[ArticleId, Sequence[Outcome]], decided: Ids) -> None:
        self._document = document
        self._before: dict[SuggestionId, Content] = {}
        for article, found in outcomes.items():
            reading = document.reading(article)
            for suggestion in _nearby(document.articles[article], found) - decided:
                content = reading.content(suggestion)
                if content is not None:
                    self._before[suggestion] = content

    def aftermath(self, by: MemberId | None) -> list[Fact]:
        """Tell what has become of them."""
        facts: list[Fact] = []
        for suggestion, before in self._before.items():
            now = self._document.reading(before.article).content(suggestion)
            owner = self._document.register.owners.get(suggestion)
            if now is None and owner is not None and owner.structural:
                facts.append(Revised(suggestion))
            elif now is None:
                facts.append(Vanished(suggestion, before.as_json(), by, overtaken=True))
            elif now.content_hash != before.content_hash:
                facts.append(Revised(suggestion))
        return facts


def _nearby(text: ArticleText, outcomes: Iterable[Outcome]) -> set[SuggestionId]:
    """Name the suggestions in every paragraph that has an outcome."""
    nearby: set[SuggestionId] = set()
    seen_to = 0
    for outcome in outcomes:
        if outcome.at < seen_to:
            continue
        for piece in text.backwards(outcome.at):
            if _ends_paragraph(piece):
                break
            nearby |= piece.marks.suggestions
        seen_to = outcome.at
        for piece in text.forwards(outcome.at):
            seen_to += piece.size
            nearby |= piece.marks.suggestions
            if _ends_paragraph(piece):
                break
    return nearby


def _ends_paragraph(piece: Piece) -> bool:
    """Whether no suggestion's own paragraphs reach over this piece: an agreed mark that nobody would delete."""
    return piece.text == PARAGRAPH_MARK and piece.marks.agreed and not piece.marks.deletions
