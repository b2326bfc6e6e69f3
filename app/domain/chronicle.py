"""The story that the ledger tells, folded once: which articles there were, how each stood, what became of what.

Everything is kept along the ledger's numbers, so that a question about any moment is answered without reading the
ledger again. Taken in order, entry by entry; pure, and it never forgets. It holds no text but the starting one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain import suggestions
from app.domain.ids import ArticleId, PartyKey, SuggestionId
from app.domain.lives import (
    ACCEPTED,
    IN_PACKAGE,
    OPEN,
    PENDING,
    REJECTED,
    STATUS_QUO,
    TENTATIVE,
    WITHDRAWN,
    Life,
    Outstanding,
    Party,
    Told,
    Turn,
    at_moment,
)
from app.domain.structure import Op, Outline, State, Structure, Unit
from app.domain.suggestions import Answer, Given

_ENDINGS = {
    "suggestion.enacted": ACCEPTED,
    "suggestion.rejected": REJECTED,
    "suggestion.withdrawn": WITHDRAWN,
}
_ANSWERS = {
    "suggestion.accepted": Answer.ACCEPT,
    "suggestion.accepted_as_amended": Answer.ACCEPT_AS_AMENDED,
    "suggestion.rejected": Answer.REJECT,
    "suggestion.questioned": Answer.QUESTION,
    "suggestion.countered": Answer.COUNTER,
}
_VERSION = 1
"""Answers to earlier versions are forgotten, so that all that are left are to one."""
_PACKAGE_ENDINGS = {"package.accepted", "package.rejected", "package.withdrawn", "package.expired"}


@dataclass(slots=True)
class Chronicle:
    """An agreement's story up to the entry `head`."""

    head: int = 0
    began_at: str = ""
    bargaining_since: str | None = None
    title: str = ""
    parties: list[Party] = field(default_factory=list)
    starting: dict[ArticleId, dict[str, Any]] = field(default_factory=dict)
    """The starting text that the parties confirmed: status quo, by article."""
    outlines: list[Turn] = field(default_factory=list)
    standings: dict[ArticleId, list[Turn]] = field(default_factory=dict)
    lives: dict[SuggestionId, Life] = field(default_factory=dict)
    acts: list[Told] = field(default_factory=list)
    """Every act about suggestions, articles and packages."""
    outstanding: list[Outstanding] = field(default_factory=list)
    _pending: Counter[ArticleId] = field(default_factory=Counter)
    _packaged: Counter[ArticleId] = field(default_factory=Counter)
    _changed: set[ArticleId] = field(default_factory=set)
    _closed: set[ArticleId] = field(default_factory=set)
    _packages: dict[str, list[SuggestionId]] = field(default_factory=dict)
    _confirmed: set[PartyKey] = field(default_factory=set)
    _quorum: int | None = None
    _structural: dict[SuggestionId, Life] = field(default_factory=dict)
    _lives_in: dict[ArticleId, dict[SuggestionId, None]] = field(default_factory=dict)

    @property
    def signatories(self) -> list[PartyKey]:
        return [party.key for party in self.parties if party.signatory]

    @property
    def names(self) -> dict[str, str]:
        return {party.key: party.name for party in self.parties}

    def outline(self, seq: int) -> Outline:
        """Tell which articles there were at an entry, in their order."""
        return at_moment(self.outlines, seq) or Outline()

    def standing(self, article: ArticleId, seq: int) -> str:
        """Tell how an article stood at an entry."""
        return at_moment(self.standings.get(article, []), seq) or STATUS_QUO

    def pending(self, seq: int) -> list[Life]:
        """List the suggestions that were pending at an entry."""
        return [life for life in self.lives.values() if life.status(seq) == PENDING]

    def structures(self, seq: int) -> dict[SuggestionId, tuple[Structure, PartyKey]]:
        """List the pending suggestions about articles as a whole at an entry, as they were proposed, and whose."""
        return {
            one: (life.structure, life.party)
            for one, life in self._structural.items()
            if life.structure is not None and life.status(seq) == PENDING
        }

    def pending_in(self, article: ArticleId, seq: int) -> list[Life]:
        """List the suggestions that were pending in an article at an entry."""
        lives = [self.lives[one] for one in self._lives_in.get(article, ())]
        return [life for life in lives if life.article == article and life.status(seq) == PENDING]

    def awaiting(self, life: Life, seq: int, amended: PartyKey | None = None) -> list[PartyKey]:
        """Tell which parties had yet to accept a suggestion at an entry; `amended` where it changes a party's own."""
        given: list[Given] = []
        for act in life.acts:
            if act.seq > seq:
                break
            _count(given, act)
        return self._awaited(life, given, amended)

    def _awaited(self, life: Life, given: list[Given], amended: PartyKey | None = None) -> list[PartyKey]:
        asked = suggestions.asked(self.signatories, life.party, amended)
        left = suggestions.awaiting(asked, given, _VERSION)
        required = suggestions.required(asked, self.signatories, life.party, self._quorum)
        return left if len(asked) - len(left) < required else []

    def _is_lost(self, life: Life) -> bool:
        """Whether so many parties have refused it that too few are left to carry it."""
        asked = suggestions.asked(self.signatories, life.party)
        refusing = set(suggestions.refusing(life.given, _VERSION)).intersection(asked)
        required = suggestions.required(asked, self.signatories, life.party, self._quorum)
        return len(asked) - len(refusing) < required

    def follow(self, entries: Iterable[Told]) -> None:
        """Take in what the ledger tells next."""
        for entry in entries:
            self._take(entry)
            self.head = entry.seq

    def _take(self, entry: Told) -> None:
        family = entry.kind.partition(".")[0]
        if family == "suggestion":
            self._suggestion(entry)
        elif family == "article":
            self._article(entry)
        elif family == "package":
            self._package(entry)
        elif entry.kind == "agreement.created":
            self._found(entry)
        elif entry.kind == "ground_rules.adopted":
            self._quorum = entry.payload["settings"].get("acceptances")
        elif entry.kind == "agreement.confirmed" and entry.party is not None:
            self._confirmed.add(entry.party)
            if self._confirmed.issuperset(self.signatories):
                self.bargaining_since = entry.at

    def _found(self, entry: Told) -> None:
        payload = entry.payload
        self.began_at, self.title = entry.at, payload["title"]
        self.parties = [Party(one["key"], one["name"], one["signatory"]) for one in payload["parties"]]
        self.starting = {article["id"]: dict(article) for article in payload["articles"]}
        units = tuple(Unit(article["id"], article["title"], State.AGREED) for article in payload["articles"])
        self.outlines.append(Turn(entry.seq, entry.at, Outline(units)))
        for unit in units:
            self.standings[unit.id] = [Turn(entry.seq, entry.at, STATUS_QUO)]

    def _suggestion(self, entry: Told) -> None:
        self.acts.append(entry)
        if entry.suggestion is None:
            return
        life = self.lives.get(entry.suggestion)
        if entry.kind == "suggestion.proposed":
            author = (PartyKey(entry.party or ""), entry.member_id or "", entry.member_name or "")
            life = self._propose(entry, entry.suggestion, entry.article or ArticleId(""), author)
        if life is None:
            return
        life.acts.append(entry)
        into = entry.payload.get("into")
        if entry.kind == "suggestion.split" and isinstance(into, str):
            part = self._propose(
                entry, SuggestionId(into), life.article, (life.party, life.author_id, life.author_name)
            )
            part.acts.append(entry)
        if not life.is_pending:
            return
        before = self._awaited(life, life.given)
        _count(life.given, entry)
        status = _ENDINGS.get(entry.kind)
        if status is None or (status == REJECTED and not self._is_lost(life)):
            self._await(entry, before, self._awaited(life, life.given))
        else:
            self._await(entry, before, [])
            self._end(life, entry, status)

    def _propose(
        self, entry: Told, suggestion: SuggestionId, article: ArticleId, author: tuple[PartyKey, str, str]
    ) -> Life:
        life = self.lives.setdefault(suggestion, Life(suggestion, article, *author))
        self._lives_in.setdefault(article, {})[suggestion] = None
        if not life.is_pending:
            life.article = article
            life.turns.append(Turn(entry.seq, entry.at, PENDING))
            life.given.clear()
            self._pending[life.article] += 1
            self._await(entry, [], self._awaited(life, life.given))
            self._structure(life, entry)
            self._judge(life.article, entry)
        return life

    def _structure(self, life: Life, entry: Told) -> None:
        """Note what a suggestion would do to an article as a whole; one that is proposed has its place at once."""
        told = entry.payload.get("structure")
        if not isinstance(told, Mapping):
            return
        after, op = told.get("after"), Op(told["op"])
        title = told.get("title") if op is Op.ADD else told.get("new_title")
        life.structure = Structure(op, life.article, title, after["id"] if isinstance(after, Mapping) else None)
        self._structural[life.id] = life
        if op is Op.ADD:
            self._lay_out(
                entry, self.outline(entry.seq).added(life.article, title or "", life.structure.after, State.PROPOSED)
            )

    def _lay_out(self, entry: Told, outline: Outline) -> None:
        self.outlines.append(Turn(entry.seq, entry.at, outline))

    def _end(self, life: Life, entry: Told, status: str) -> None:
        life.turns.append(Turn(entry.seq, entry.at, status))
        self._pending[life.article] -= 1
        if life.packages:
            self._packaged[life.article] -= 1
            life.packages.clear()
        if status != ACCEPTED and life.structure is not None and life.structure.op is Op.ADD:
            self._lay_out(entry, self.outline(entry.seq).put(life.article, State.DROPPED))
        if status == ACCEPTED and entry.payload.get("amends") is None:
            self._changed.add(life.article)
        self._judge(life.article, entry)

    def _await(self, entry: Told, before: list[PartyKey], after: list[PartyKey]) -> None:
        """Note of whom an answer is awaited that was not, and the other way round."""
        for party in self.signatories:
            if more := (party in after) - (party in before):
                self.outstanding.append(Outstanding(entry.seq, entry.at, party, more))

    def _article(self, entry: Told) -> None:
        self.acts.append(entry)
        article, outline = entry.article, self.outline(entry.seq)
        if article is None:
            return
        after = entry.payload.get("after")
        placed = {
            "article.added": lambda: outline.added(article, "", after),
            "article.moved": lambda: outline.moved(article, after),
            "article.retitled": lambda: outline,
            "article.struck": lambda: outline.put(article, State.STRUCK),
        }.get(entry.kind)
        if placed is not None:
            # Any of them may bring a title: a move often renumbers.
            title = entry.payload.get("title")
            self._lay_out(entry, placed() if title is None else placed().retitled(article, title))
            self._changed.add(article)
        elif entry.kind == "article.tentative":
            self._closed.add(article)
        elif entry.kind == "article.reopened":
            self._closed.discard(article)
            self._changed.add(article)
        self._judge(article, entry)

    def _package(self, entry: Told) -> None:
        self.acts.append(entry)
        package = entry.payload.get("package")
        if not isinstance(package, str):
            return
        if entry.kind == "package.offered":
            parts = [self.lives[one] for one in _parts(entry) if one in self.lives]
            self._packages[package] = [life.id for life in parts]
            for life in parts:
                if life.is_pending and not life.packages:
                    self._packaged[life.article] += 1
                life.packages.add(package)
                self._judge(life.article, entry)
        elif entry.kind in _PACKAGE_ENDINGS:
            for life in (self.lives[part] for part in self._packages.pop(package, [])):
                life.packages.discard(package)
                if life.is_pending and not life.packages:
                    self._packaged[life.article] -= 1
                self._judge(life.article, entry)

    def _judge(self, article: ArticleId, entry: Told) -> None:
        """Note how an article stands, where that has changed."""
        if article in self._closed:
            now = TENTATIVE
        elif self._packaged[article]:
            now = IN_PACKAGE
        else:
            now = OPEN if article in self._changed or self._pending[article] else STATUS_QUO
        turns = self.standings.setdefault(article, [])
        if not turns or turns[-1].stands != now:
            turns.append(Turn(entry.seq, entry.at, now))


def _parts(entry: Told) -> Iterable[SuggestionId]:
    """Name the suggestions that a package is made of."""
    for part in entry.payload.get("suggestions", ()):
        yield SuggestionId(part["suggestion"] if isinstance(part, Mapping) else part)


def _count(given: list[Given], act: Told) -> None:
    """Count an answer; a new version, or the suggestion proposed again, makes all before it void."""
    if act.kind in {"suggestion.revised", "suggestion.proposed"}:
        given.clear()
    elif (kind := _ANSWERS.get(act.kind)) is not None and act.party is not None:
        given.append(Given(act.party, kind, _VERSION))
