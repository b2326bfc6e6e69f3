"""Tabling: what drafts say is written into the table afresh, and the drafts leave the caucus.

Nothing of a draft reaches the table but its content: its characters are new items of the table's own, under suggestion
ids of their own. Without its drafts a caucus is its table, so a place in the one is a place in the other by not
counting drafted text. What comes to the table reads as the draft read in the caucus, or nothing comes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.crdt.caucus import Caucus, places
from app.crdt.caucus_marks import DRAFT_DELETION, DRAFT_FORMAT, CaucusMarks
from app.crdt.content import Content
from app.crdt.corrections import Correction, joined
from app.crdt.document import Broken, Document
from app.crdt.runs import ArticleText
from app.crdt.yjs import EMPTY_UPDATE
from app.domain.events import Fact, Proposed, Revised, Vanished
from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.log import Owner
from app.errors import ArticleClosed, NotFound, StaleSuggestion

Names = Mapping[SuggestionId, SuggestionId]
Corrections = dict[ArticleId, list[Correction]]


@dataclass(slots=True)
class Tabled:
    """What a tabling did; each update goes into the log of its own document, with its facts."""

    table_update: bytes
    table_facts: list[Fact]
    """Each draft proposed as a suggestion, and what became of the party's own suggestions that it took over."""
    caucus_update: bytes
    caucus_facts: list[Fact] = field(default_factory=list)
    """Nothing of the drafts themselves: that they were tabled, and in which act, is for the caller to record."""


def draft_content(caucus: Document, draft: SuggestionId) -> Content | None:
    """Tell what a draft would say at the table, tabled alone; None where nothing of it would come there."""
    return caucus.content(draft)


def table(caucus: Document, table: Document, drafts: Names, party: PartyKey, member: MemberId) -> Tabled:
    """Bring drafts to the table, each under the suggestion id given for it; the documents stand at the same update.

    The authors stay the drafts' own; `member` is whose act it is. Raises `StaleSuggestion` for a draft of which nothing
    would come to the table, `ArticleClosed`, and `NotFound` for what is no draft of the party, with nothing done.
    """
    if not isinstance(caucus, Caucus) or caucus.party != party:
        raise NotFound
    return _Tabling(caucus, table, drafts).run(member)


class _Tabling:
    """One act."""

    def __init__(self, caucus: Caucus, table: Document, drafts: Names) -> None:
        self._caucus, self._table, self._drafts = caucus, table, drafts
        self._said = {draft: _required(caucus, draft) for draft in drafts}
        self._articles = list(dict.fromkeys(content.article for content in self._said.values()))

    def run(self, member: MemberId) -> Tabled:
        table = self._table
        agreed = {article: table.agreed(article) for article in self._articles}
        overwritten = self._overwritten()
        update = _carry_out(table, {article: list(self._proposed(article)) for article in self._articles})
        facts = [*self._opened(), *self._revised(overwritten, member)]
        if any(table.agreed(article) != before for article, before in agreed.items()):
            raise Broken("A tabling moved the agreed text.")
        self._check_said()
        self._caucus.places = {
            article: list(places(self._caucus.articles[article], self._drafts)) for article in self._articles
        }
        removed = _carry_out(self._caucus, {article: list(self._removed(article)) for article in self._articles})
        for draft in self._drafts:
            owner = self._caucus.register.owners[draft]
            self._caucus.register.owners[draft] = Owner(owner.party, owner.author, owner.article, pending=False)
        return Tabled(update, facts, removed)

    def _proposed(self, article: ArticleId) -> Iterator[Correction]:
        """Tell what to write into the table, in the order of its text."""
        below = 0
        for piece in self._caucus.articles[article].pieces():
            marks = piece.marks
            if not isinstance(marks, CaucusMarks):
                continue
            changes = marks.carried_over(self._drafts)
            if marks.agreed:
                if changes:
                    yield Correction(below, piece.size, changes)
                below += piece.size
            elif changes:
                yield Correction(below, 0, {**marks.tabled.plain, **changes}, piece.text)

    def _removed(self, article: ArticleId) -> Iterator[Correction]:
        """Tell what to take out of the caucus, in the order of its text."""
        at = 0
        for piece in self._caucus.articles[article].pieces():
            marks = piece.marks
            if marks.insertion in self._drafts:
                yield Correction(at, piece.size, None)
            else:
                changes: dict[str, Any] = {}
                if not self._drafts.keys().isdisjoint(marks.deletions.values()):
                    changes[DRAFT_DELETION] = None
                if any(draft in self._drafts for draft, _ in marks.formats.values()):
                    changes[DRAFT_FORMAT] = None
                if changes:
                    yield Correction(at, piece.size, changes)
            at += piece.size

    def _overwritten(self) -> dict[SuggestionId, Content]:
        """Read the party's own suggestions whose format marks the drafts go on with, as they stand before."""
        found: dict[SuggestionId, Content] = {}
        for article in self._articles:
            for suggestion in _taken_over(self._caucus.articles[article], self._drafts):
                content = self._table.reading(article).content(suggestion)
                if content is not None:
                    found[suggestion] = content
        return found

    def _opened(self) -> Iterator[Proposed]:
        for draft, name in self._drafts.items():
            owner = self._caucus.register.owners[draft]
            self._table.register.owners[name] = Owner(owner.party, owner.author, owner.article, pending=True)
            yield Proposed(name, owner.article, owner.party, owner.author)

    def _revised(self, overwritten: Mapping[SuggestionId, Content], member: MemberId) -> Iterator[Fact]:
        owners = self._table.register.owners
        for suggestion, before in overwritten.items():
            now = self._table.reading(before.article).content(suggestion)
            if now is None:
                owner = owners[suggestion]
                owners[suggestion] = Owner(owner.party, owner.author, owner.article, pending=False)
                yield Vanished(suggestion, before.as_json(), member, overtaken=False)
            elif now.content_hash != before.content_hash:
                yield Revised(suggestion)

    def _check_said(self) -> None:
        """Check that what has come to the table says what the drafts said."""
        for draft, name in self._drafts.items():
            said, now = self._said[draft], self._table.content(name)
            if now is None or _words(now) != _words(said):
                raise Broken("What was tabled does not say what the draft said.")


def _required(caucus: Caucus, draft: SuggestionId) -> Content:
    owner = caucus.register.owners.get(draft)
    if owner is None:
        raise NotFound
    content = caucus.content(draft)
    if content is None or not owner.pending:
        raise StaleSuggestion(suggestion=draft)
    if content.article in caucus.register.closed:
        raise ArticleClosed(suggestion=draft, article_id=content.article)
    return content


def _taken_over(text: ArticleText, drafts: Names) -> set[SuggestionId]:
    """Name the party's own suggestions on characters that these drafts format."""
    found: set[SuggestionId] = set()
    for piece in text.pieces():
        marks = piece.marks
        if isinstance(marks, CaucusMarks) and marks.formats:
            restyling, standing = marks.format_at_table, marks.beneath.formats.get(marks.party)
            if standing is not None and restyling is not None and restyling[0] in drafts:
                found.add(standing[0])
    return found


def _words(content: Content) -> tuple[Any, ...]:
    return content.kind, content.before, content.after, content.changes, content.amends


def _carry_out(document: Document, corrections: Corrections) -> bytes:
    """Carry out what is told in the order of each text, last first; return the update."""

    def run() -> None:
        for article, listed in corrections.items():
            for correction in reversed(joined(listed)):
                correction.carry_out(document.yjs.texts[article])

    effect = document.yjs.edit(run)
    document.take(effect)
    for article in corrections:
        if document.articles[article].size != document.yjs.size(article):
            raise Broken("The mirror is not the text.")
    return effect.update if effect.update is not None else EMPTY_UPDATE
