"""What decisions write into a caucus: a draft taken out of it, or what a suggestion says drafted once more.

A suggestion that is taken back is drafted beside its own characters, under an id of its own, before it leaves the
table; the caucus then follows the table, and the draft is what stays.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from app.crdt.caucus import Caucus
from app.crdt.caucus_marks import DRAFT_DELETION, DRAFT_FORMAT, DRAFT_INSERTION, CaucusMarks
from app.crdt.corrections import Correction, joined
from app.crdt.document import Broken, Document
from app.crdt.yjs import EMPTY_UPDATE
from app.domain.events import Fact, Proposed
from app.domain.ids import ArticleId, SuggestionId
from app.domain.log import Owner
from app.errors import SuggestionAlreadyResolved


def discard(caucus: Document, draft: SuggestionId) -> bytes:
    """Take a draft out of the caucus; its record is the caller's. Raises `SuggestionAlreadyResolved` if it is gone."""
    article = caucus.article_of(draft)
    if article is None:
        raise SuggestionAlreadyResolved(suggestion=draft)
    update = _carry_out(caucus, article, list(_discarded(caucus, article, draft)))
    owner = caucus.register.owners[draft]
    caucus.register.owners[draft] = Owner(owner.party, owner.author, owner.article, pending=False)
    return update


def recall(caucus: Document, suggestion: SuggestionId, draft: SuggestionId, owner: Owner) -> tuple[bytes, list[Fact]]:
    """Draft what a pending suggestion of the caucus's own party says; answers the update and its facts.

    `owner` is whose the suggestion is, and so the draft will be. Nothing is drafted where a draft says it already.
    """
    if not isinstance(caucus, Caucus) or owner.party != caucus.party:
        raise Broken("A suggestion is taken back into its own party's caucus.")
    update = _carry_out(caucus, owner.article, list(_drafted(caucus, owner.article, suggestion, draft)))
    if update == EMPTY_UPDATE:
        return update, []
    caucus.register.owners[draft] = Owner(owner.party, owner.author, owner.article, pending=True)
    return update, [Proposed(draft, owner.article, owner.party, owner.author)]


def _carry_out(caucus: Document, article: ArticleId, corrections: Sequence[Correction]) -> bytes:
    """Carry out what is told in the order of the text, last first; return the update."""

    def run() -> None:
        for correction in reversed(joined(corrections)):
            correction.carry_out(caucus.yjs.texts[article])

    effect = caucus.yjs.edit(run)
    caucus.take(effect)
    if caucus.articles[article].size != caucus.yjs.size(article):
        raise Broken("The mirror is not the text.")
    return effect.update if effect.update is not None else EMPTY_UPDATE


def _discarded(caucus: Document, article: ArticleId, draft: SuggestionId) -> Iterator[Correction]:
    """Tell what to take out of the caucus, in the order of its text."""
    at = 0
    for piece in caucus.articles[article].pieces():
        marks = piece.marks
        if marks.insertion == draft:
            yield Correction(at, piece.size, None)
        else:
            changes: dict[str, Any] = {}
            if draft in marks.deletions.values():
                changes[DRAFT_DELETION] = None
            if any(named == draft for named, _ in marks.formats.values()):
                changes[DRAFT_FORMAT] = None
            if changes:
                yield Correction(at, piece.size, changes)
        at += piece.size


def _drafted(caucus: Caucus, article: ArticleId, suggestion: SuggestionId, draft: SuggestionId) -> Iterator[Correction]:
    """Tell what to write into the caucus, in the order of its text."""
    at, party = 0, caucus.party
    for piece in caucus.articles[article].pieces():
        marks = piece.marks
        if isinstance(marks, CaucusMarks) and marks.agreed:
            beneath = marks.beneath
            changes: dict[str, Any] = {}
            if beneath.deletions.get(party) == suggestion and party not in marks.deletions:
                changes[DRAFT_DELETION] = {"id": draft}
            restyling = beneath.formats.get(party)
            if restyling is not None and restyling[0] == suggestion and party not in marks.formats:
                changes[DRAFT_FORMAT] = {"id": draft, "set": restyling[1]}
            if changes:
                yield Correction(at, piece.size, changes)
            if beneath.insertion == suggestion:
                inserted = {**beneath.plain, DRAFT_INSERTION: {"id": draft, "party": party}}
                yield Correction(at + piece.size, 0, inserted, piece.text)
        at += piece.size
