"""What a decision means for the suggestions that it was not about: changed, or overtaken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.crdt.content import Content
from app.crdt.document import Document
from app.crdt.outcomes import Ids, Outcome
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
            if now is None:
                facts.append(Vanished(suggestion, before.as_json(), by, overtaken=True))
            elif now.content_hash != before.content_hash:
                facts.append(Revised(suggestion))
        return facts


def _nearby(text: ArticleText, outcomes: Iterable[Outcome]) -> set[SuggestionId]:
    """Name the suggestions in every paragraph of the agreed text that has an outcome, and in the next one."""
    nearby: set[SuggestionId] = set()
    seen_to = 0
    for outcome in outcomes:
        if outcome.at < seen_to:
            continue
        for piece in text.backwards(outcome.at):
            if _ends_paragraph(piece.text, agreed=piece.marks.agreed):
                break
            nearby |= piece.marks.suggestions
        seen_to = outcome.at
        for size, suggestions in _two_paragraphs(text, outcome.at):
            seen_to += size
            nearby |= suggestions
    return nearby


def _two_paragraphs(text: ArticleText, at: int) -> Iterator[tuple[int, frozenset[SuggestionId]]]:
    ends = 0
    for piece in text.forwards(at):
        yield piece.size, piece.marks.suggestions
        ends += _ends_paragraph(piece.text, agreed=piece.marks.agreed)
        if ends > 1:
            return


def _ends_paragraph(text: str, *, agreed: bool) -> bool:
    return agreed and text == PARAGRAPH_MARK
