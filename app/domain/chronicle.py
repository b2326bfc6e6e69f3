"""The story that the ledger tells, folded once: which articles there were, how each stood, what became of what.

Everything is kept along the ledger's numbers, so that a question about any moment is answered without reading the
ledger again. Taken in order, entry by entry; pure, and it never forgets. It holds no text but the starting one.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.domain.ids import ArticleId, PartyKey, SuggestionId
from app.domain.structure import Outline, State, Unit

STATUS_QUO, OPEN, IN_PACKAGE, TENTATIVE = "status_quo", "open", "in_package", "tentative"
PENDING, ACCEPTED, REJECTED, WITHDRAWN = "pending", "accepted", "rejected", "withdrawn"
_ENDINGS = {
    "suggestion.enacted": ACCEPTED,
    "suggestion.rejected": REJECTED,
    "suggestion.withdrawn": WITHDRAWN,
    "suggestion.recalled": WITHDRAWN,
}
_PACKAGE_ENDINGS = {"package.accepted", "package.rejected", "package.withdrawn", "package.expired"}


class Told(NamedTuple):
    """An entry of the ledger, with as much of its payload as the story needs; `at` is its RFC 3339 text."""

    seq: int
    at: str
    kind: str
    party: PartyKey | None
    member_id: str | None
    member_name: str | None
    payload: Mapping[str, Any]

    @property
    def suggestion(self) -> SuggestionId | None:
        return self.payload.get("suggestion")

    @property
    def article(self) -> ArticleId | None:
        return self.payload.get("article")


class Turn(NamedTuple):
    """From this entry on, something stood like this."""

    seq: int
    at: str
    stands: Any


@dataclass(slots=True)
class Life:
    """One suggestion: whose it is, where it stands, and what was done about it."""

    id: SuggestionId
    article: ArticleId
    party: PartyKey
    author_id: str
    author_name: str
    turns: list[Turn] = field(default_factory=list)
    """Its status, each time it changed."""
    acts: list[Told] = field(default_factory=list)
    package: str | None = None
    accepted: set[PartyKey] = field(default_factory=set)

    def status(self, seq: int) -> str | None:
        """Tell how it stood at an entry; None before it was proposed."""
        found: str | None = at_moment(self.turns, seq)
        return found

    @property
    def is_pending(self) -> bool:
        return bool(self.turns) and self.turns[-1].stands == PENDING


class Party(NamedTuple):
    """A side at the table, as the agreement was founded."""

    key: PartyKey
    name: str
    signatory: bool


class Outstanding(NamedTuple):
    """From this entry on, that many more answers are awaited of a party."""

    seq: int
    at: str
    party: PartyKey
    more: int


def at_moment(turns: list[Turn], seq: int) -> Any:
    """Tell what stood at an entry; None before the first turn."""
    place = bisect_right(turns, seq, key=lambda turn: turn.seq)
    return turns[place - 1].stands if place else None


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

    def awaiting(self, life: Life, seq: int) -> list[PartyKey]:
        """Tell which parties had yet to accept a suggestion at an entry, as far as the ledger tells it."""
        accepted: set[PartyKey] = set()
        for act in life.acts:
            if act.seq > seq:
                break
            _count_acceptance(accepted, act)
        return [party for party in self.signatories if party != life.party and party not in accepted]

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
            life = self._propose(entry, life)
        if life is None:
            return
        life.acts.append(entry)
        if not life.is_pending:
            return
        if status := _ENDINGS.get(entry.kind):
            self._end(life, entry, status)
        else:
            self._answer(life, entry)

    def _propose(self, entry: Told, known: Life | None) -> Life:
        life = known
        if life is None:
            author = (entry.member_id or "", entry.member_name or "")
            life = Life(
                entry.suggestion or SuggestionId(""),
                entry.article or ArticleId(""),
                PartyKey(entry.party or ""),
                *author,
            )
            self.lives[life.id] = life
        if not life.is_pending:
            life.turns.append(Turn(entry.seq, entry.at, PENDING))
            life.accepted.clear()
            self._pending[life.article] += 1
            self._await(life, entry, 1)
            self._judge(life.article, entry)
        return life

    def _answer(self, life: Life, entry: Told) -> None:
        before = set(life.accepted)
        _count_acceptance(life.accepted, entry)
        for party in self.signatories:
            if party != life.party and (party in before) != (party in life.accepted):
                self.outstanding.append(Outstanding(entry.seq, entry.at, party, 1 if party in before else -1))

    def _end(self, life: Life, entry: Told, status: str) -> None:
        self._await(life, entry, -1)
        life.turns.append(Turn(entry.seq, entry.at, status))
        self._pending[life.article] -= 1
        if life.package is not None:
            self._packaged[life.article] -= 1
            life.package = None
        if status == ACCEPTED and entry.payload.get("amends") is None:
            self._changed.add(life.article)
        self._judge(life.article, entry)

    def _await(self, life: Life, entry: Told, more: int) -> None:
        for party in self.signatories:
            if party != life.party and party not in life.accepted:
                self.outstanding.append(Outstanding(entry.seq, entry.at, party, more))

    def _article(self, entry: Told) -> None:
        self.acts.append(entry)
        article, outline = entry.article, self.outline(entry.seq)
        if article is None:
            return
        after = {
            "article.added": lambda: outline.added(
                article, entry.payload.get("title") or "", entry.payload.get("after")
            ),
            "article.moved": lambda: outline.moved(article, entry.payload.get("after")),
            "article.retitled": lambda: outline.retitled(article, entry.payload.get("title") or ""),
            "article.struck": lambda: outline.put(article, State.STRUCK),
        }.get(entry.kind)
        if after is not None:
            self.outlines.append(Turn(entry.seq, entry.at, after()))
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
            parts = [one for one in entry.payload.get("suggestions", ()) if one in self.lives]
            self._packages[package] = parts
            for life in (self.lives[part] for part in parts):
                if life.is_pending and life.package is None:
                    life.package = package
                    self._packaged[life.article] += 1
                    self._judge(life.article, entry)
        elif entry.kind in _PACKAGE_ENDINGS:
            for life in (self.lives[part] for part in self._packages.pop(package, [])):
                if life.package == package:
                    life.package = None
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


def _count_acceptance(accepted: set[PartyKey], act: Told) -> None:
    """Count an acceptance; a new version, or the suggestion proposed again, makes all before it void."""
    if act.kind in {"suggestion.revised", "suggestion.proposed"}:
        accepted.clear()
    elif act.kind == "suggestion.accepted" and act.party is not None:
        accepted.add(act.party)
