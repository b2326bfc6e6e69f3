"""Enactment and removal: the only acts that change agreed text, and those that take a proposal off the table.

`enact` carries out suggestions that every party asked has accepted; `remove` takes back what they would have done. Both
are one pass over the pieces that the suggestions mark, and one transaction. The caller has judged that they may be.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.crdt.aftermath import Bystanders
from app.crdt.corrections import Correction
from app.crdt.document import Broken, Document
from app.crdt.outcomes import (
    AgreedDelta,
    Decide,
    Outcome,
    agreed_delta,
    corrections_of,
    enacted,
    lacks_end,
    overtaken,
    removed,
)
from app.crdt.runs import ArticleText
from app.domain.events import Fact, Vanished
from app.domain.ids import ArticleId, MemberId, SuggestionId
from app.domain.log import Owner
from app.domain.text import PARAGRAPH_MARK
from app.errors import SuggestionAlreadyResolved


@dataclass(slots=True)
class Enacted:
    """What an enactment or a removal did."""

    update: bytes
    """What to log and relay."""
    facts: list[Fact] = field(default_factory=list)
    """Suggestions that it changed or overtook besides those it was asked to decide."""
    agreed: dict[ArticleId, AgreedDelta] = field(default_factory=dict)
    """The change of each article's agreed text, in code points; articles whose agreed text stands are not listed."""


def enact(
    document: Document,
    suggestions: Iterable[SuggestionId],
    by: MemberId | None = None,
    entering: Iterable[ArticleId] = (),
) -> Enacted:
    """Carry out pending suggestions as one act.

    Where the agreed text would no longer end in a paragraph mark, one is added: every article does, but those that
    are only proposed. `entering` are proposed articles that this act makes part of the agreement.
    An amendment changes the proposal that it amends: its insertion joins that proposal, unless that is enacted too.
    A suggestion of which another in the same act leaves nothing comes back as `Vanished`, overtaken.
    Raises `SuggestionAlreadyResolved` where nothing is left of one, with nothing done.
    """
    return _Act(document, suggestions, by, entering).run(enacted)


def remove(document: Document, suggestions: Iterable[SuggestionId], by: MemberId | None = None) -> Enacted:
    """Take pending suggestions back out of the text: rejected or withdrawn.

    What another party inserted inside a removed proposal goes with it, as an amendment falls with its motion.
    Raises `SuggestionAlreadyResolved` where nothing is left of one, with nothing done.
    """
    return _Act(document, suggestions, by).run(removed)


class _Act:
    """One decision on some suggestions."""

    def __init__(
        self,
        document: Document,
        suggestions: Iterable[SuggestionId],
        by: MemberId | None,
        entering: Iterable[ArticleId] = (),
    ) -> None:
        self._document = document
        self._entering = frozenset(entering)
        self._by = by
        self._ids = frozenset(suggestions)
        self._articles: dict[ArticleId, ArticleText] = {one: document.articles[one] for one in self._entering}
        for suggestion in self._ids:
            article = document.article_of(suggestion)
            if article is None:
                raise SuggestionAlreadyResolved(suggestion=suggestion)
            self._articles[article] = document.articles[article]

    def run(self, decide: Decide) -> Enacted:
        document = self._document
        outcomes = {article: list(decide(text, self._ids)) for article, text in self._articles.items()}
        unended = {
            article
            for article, found in outcomes.items()
            if (article in self._entering or self._articles[article].proposal is None)
            and lacks_end(self._articles[article], found)
        }
        agreed = {
            article: agreed_delta(self._articles[article], found, ended=article in unended)
            for article, found in outcomes.items()
        }
        facts = self._overtaken(outcomes) if decide is enacted else []
        bystanders = Bystanders(document, outcomes, self._ids)
        effect = document.yjs.edit(lambda: self._carry_out(outcomes, unended))
        if effect.update is None:
            raise Broken("A decision on pending suggestions changed nothing.")
        document.take(effect)
        for article in self._entering:
            self._articles[article].proposal = None
        for article, found in outcomes.items():
            self._check(article, found)
        facts.extend(bystanders.aftermath(self._by))
        self._settle(facts)
        return Enacted(effect.update, facts, {article: delta for article, delta in agreed.items() if delta})

    def _carry_out(self, outcomes: dict[ArticleId, list[Outcome]], unended: set[ArticleId]) -> None:
        for article, found in outcomes.items():
            text = self._document.yjs.texts[article]
            if article in unended:
                Correction(self._articles[article].size, 0, {}, PARAGRAPH_MARK).carry_out(text)
            for correction in reversed(corrections_of(found)):
                correction.carry_out(text)

    def _overtaken(self, outcomes: dict[ArticleId, list[Outcome]]) -> list[Fact]:
        facts: list[Fact] = []
        for article, found in outcomes.items():
            for suggestion in sorted(overtaken(found, self._ids)):
                content = self._document.reading(article).content(suggestion)
                said = {} if content is None else content.as_json()
                facts.append(Vanished(suggestion, said, self._by, overtaken=True))
        return facts

    def _check(self, article: ArticleId, outcomes: list[Outcome]) -> None:
        """Raise `Broken` where the text is not what the decision makes of it."""
        text = self._articles[article]
        gone = 0
        for at, piece, marks in outcomes:
            if marks is None:
                gone += piece.size
                continue
            now = text.slice(at - gone, at - gone + piece.size)
            if any(part.marks is not marks for part in now) or "".join(part.text for part in now) != piece.text:
                raise Broken("A decision was not carried out as it was made.")
        if text.size != self._document.yjs.size(article):
            raise Broken("The mirror is not the text.")

    def _settle(self, facts: Iterable[Fact]) -> None:
        """Keep the register in step with what is decided."""
        owners = self._document.register.owners
        gone = (fact.suggestion for fact in facts if isinstance(fact, Vanished))
        for suggestion in (*self._ids, *gone):
            owner = owners.get(suggestion)
            if owner is not None:
                owners[suggestion] = Owner(owner.party, owner.author, owner.article, pending=False)
