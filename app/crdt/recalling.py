"""Taking back into the caucus: what a suggestion says is drafted there once more, before it leaves the table.

The draft is written beside the suggestion's own characters in the caucus, under an id of its own. The caucus then
follows the table, where the suggestion is removed, and the draft is what stays.
"""

from collections.abc import Iterator
from typing import Any

from app.crdt.caucus import Caucus
from app.crdt.caucus_marks import DRAFT_DELETION, DRAFT_FORMAT, DRAFT_INSERTION, CaucusMarks
from app.crdt.corrections import Correction, joined
from app.crdt.document import Broken, Document
from app.crdt.yjs import EMPTY_UPDATE
from app.domain.events import Fact, Proposed
from app.domain.ids import ArticleId, SuggestionId
from app.domain.log import Owner


def recall(caucus: Document, suggestion: SuggestionId, draft: SuggestionId, owner: Owner) -> tuple[bytes, list[Fact]]:
    """Draft what a pending suggestion of the caucus's own party says; answers the update and its facts.

    `owner` is whose the suggestion is, and so the draft will be. Nothing is drafted where a draft says it already.
    """
    if not isinstance(caucus, Caucus) or owner.party != caucus.party:
        raise Broken("A suggestion is taken back into its own party's caucus.")
    text = caucus.articles[owner.article]
    corrections = joined(_drafted(caucus, owner.article, suggestion, draft))

    def run() -> None:
        for correction in reversed(corrections):
            correction.carry_out(caucus.yjs.texts[owner.article])

    effect = caucus.yjs.edit(run)
    caucus.take(effect)
    if text.size != caucus.yjs.size(owner.article):
        raise Broken("The mirror is not the text.")
    if effect.update is None:
        return EMPTY_UPDATE, []
    caucus.register.owners[draft] = Owner(owner.party, owner.author, owner.article, pending=True)
    return effect.update, [Proposed(draft, owner.article, owner.party, owner.author)]


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
