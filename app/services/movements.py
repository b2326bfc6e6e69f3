"""What moved since a moment, clause by clause, read off the ledger: proposed, answered, enacted, withdrawn, by whom.

Three audiences hear three accounts of the same acts. A party hears what it has to answer; the table hears the same
without that; members and boards hear a neutral summary: no person's name, no reason, and proposals only where the
ground rules let observers see them. Nothing of a caucus is on the ledger, so none of it can be told here.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.crdt.past import Past
from app.domain.chronicle import Chronicle
from app.domain.difference import Stretch, differences
from app.domain.ids import ArticleId, PartyKey, SuggestionId
from app.domain.lives import ACCEPTED, PENDING, Life, Told
from app.domain.numbering import numbers
from app.domain.roles import Role
from app.domain.sight import Sight, sight_of
from app.errors import TooLarge
from app.repositories.chronicle import ChronicleRepository
from app.repositories.moments import Placed
from app.services.acting import Acting
from app.services.ground_rules import in_force
from app.services.looking import require_record
from app.services.moments import When
from app.services.positions import Lookout

_MOST_ACTS = 5_000
_SETTLED = {
    "suggestion.enacted",
    "article.tentative",
    "article.reopened",
    "article.added",
    "article.moved",
    "article.retitled",
    "article.struck",
}
"""What members are told where proposals are not for them: what the parties have agreed, and where they reopened it."""
_Lines = dict[str, str]
"""What a paragraph reads → its number."""


class Audience(StrEnum):
    """For whom it is told."""

    PARTY = "party"
    TABLE = "table"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Deed:
    """One act on the ledger, as its audience hears it."""

    seq: int
    at: str
    kind: str
    party: PartyKey | None
    member: str | None
    reason: str | None


@dataclass(slots=True)
class Moved:
    """One suggestion on which somebody acted: how it stood in the end, and what it would change."""

    suggestion: SuggestionId
    party: PartyKey
    author: str | None
    status: str
    before: str
    after: str
    difference: list[Stretch]
    deeds: list[Deed]
    awaiting: list[PartyKey]


@dataclass(slots=True)
class Clause:
    """A numbered paragraph (or what bears no number) and what was done about it."""

    number: str | None
    moved: list[Moved] = field(default_factory=list)


@dataclass(slots=True)
class ArticleMovements:
    """An article that moved: how it stood before and after, its clauses, and the acts about it as a whole."""

    id: ArticleId
    title: str
    stood: str
    stands: str
    clauses: list[Clause]
    deeds: list[Deed]


@dataclass(frozen=True, slots=True)
class Movements:
    """All that moved between two moments, as one audience hears it."""

    since: Placed
    until: Placed
    audience: Audience
    articles: list[ArticleMovements]
    to_answer: list[SuggestionId]
    """For a party: every suggestion that it has yet to answer, whether or not it moved."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """From which moment on (None: from the beginning) to which (None: now), in which article, for whom."""

    since: When | None
    until: When | None
    article: ArticleId | None
    audience: Audience


async def read(look: Lookout, acting: Acting, wanted: Wanted) -> Movements:
    """Read what moved. Raises `NotFound` for a moment beyond the record, and `TooLarge` for too many acts at once."""
    require_record(acting)
    agreement = acting.agreement_id
    until = await look.moments.find(agreement, wanted.until)
    since = await look.moments.find(agreement, wanted.since if wanted.since is not None else 1)
    story = await look.chronicles.of(agreement)
    acts = [act for act in _between(story, since.ledger_seq, until.ledger_seq) if _is_in(story, act, wanted.article)]
    if len(acts) > _MOST_ACTS:
        raise TooLarge(
            "Too much moved to be told at once; ask for a later moment or for one article.", limit=_MOST_ACTS
        )
    async with look.moments.database.reading() as session:
        payloads = await ChronicleRepository(session).payloads(agreement, [act.seq for act in acts])
        rules = await in_force(session, agreement)
    is_open = sight_of(Role.OBSERVER, rules) >= Sight.TABLED and not rules.blackout
    if wanted.audience is Audience.MEMBERS and not is_open:
        acts = [act for act in acts if act.kind in _SETTLED]
    known = await look.moments.read(agreement, since.table_seq, lambda past: _numbered(past, story, since.ledger_seq))
    teller = _Teller(story, since, until, wanted.audience, payloads, known)
    articles = await look.moments.read(agreement, until.table_seq, lambda past: teller.tell(past, acts))
    to_answer = _to_answer(story, until, acting) if wanted.audience is Audience.PARTY else []
    return Movements(since, until, wanted.audience, articles, to_answer)


def _between(story: Chronicle, since: int, until: int) -> Sequence[Told]:
    start, end = (bisect_right(story.acts, seq, key=lambda act: act.seq) for seq in (since, until))
    return story.acts[start:end]


def _is_in(story: Chronicle, act: Told, article: ArticleId | None) -> bool:
    return article is None or _article_of(story, act) == article


def _article_of(story: Chronicle, act: Told) -> ArticleId | None:
    life = story.lives.get(act.suggestion) if act.suggestion is not None else None
    return life.article if life is not None else act.article


def _to_answer(story: Chronicle, until: Placed, acting: Acting) -> list[SuggestionId]:
    seq = until.ledger_seq
    return [life.id for life in story.pending(seq) if acting.party_key in story.awaiting(life, seq)]


def _numbered(past: Past, story: Chronicle, seq: int) -> dict[ArticleId, _Lines]:
    """Tell which number each paragraph of the agreed text bore."""
    titles = story.outline(seq).titles
    return {article: _lines(past, article, title) for article, title in titles.items() if article in past.articles}


def _lines(past: Past, article: ArticleId, title: str) -> _Lines:
    paragraphs = past.articles[article].agreed()
    counted = numbers(title, [(paragraph["style"], paragraph["level"]) for paragraph in paragraphs])
    lines: _Lines = {}
    for paragraph, number in zip(paragraphs, counted, strict=True):
        text = "".join(run["text"] for run in paragraph["runs"])
        if number is not None and text:
            lines.setdefault(text, number.label)
    return lines


@dataclass(slots=True)
class _Teller:
    """Tells acts by article and clause."""

    story: Chronicle
    since: Placed
    until: Placed
    audience: Audience
    payloads: Mapping[int, Mapping[str, Any]]
    known: Mapping[ArticleId, _Lines]

    def tell(self, past: Past, acts: Iterable[Told]) -> list[ArticleMovements]:
        by_article: dict[ArticleId, list[Told]] = {}
        for act in acts:
            article = _article_of(self.story, act)
            if article is not None:
                by_article.setdefault(article, []).append(act)
        order = [unit.id for unit in self.story.outline(self.until.ledger_seq).units]
        named = sorted(by_article, key=lambda one: order.index(one) if one in order else len(order))
        return [self._article(past, article, by_article[article]) for article in named]

    def _article(self, past: Past, article: ArticleId, acts: list[Told]) -> ArticleMovements:
        unit = self.story.outline(self.until.ledger_seq).find(article)
        title = unit.title if unit is not None else ""
        own = [act for act in acts if act.suggestion is None or act.kind.startswith("article.")]
        touched = dict.fromkeys(act.suggestion for act in acts if act not in own and act.suggestion is not None)
        now = _lines(past, article, title) if article in past.articles else {}
        clauses: dict[str | None, Clause] = {}
        for suggestion in touched:
            life = self.story.lives.get(suggestion)
            moved = self._moved(past, life, [act for act in acts if act.suggestion == suggestion]) if life else None
            if moved is not None:
                number = _clause(moved, now, self.known.get(article, {}))
                clauses.setdefault(number, Clause(number)).moved.append(moved)
        return ArticleMovements(
            article,
            title,
            self.story.standing(article, self.since.ledger_seq),
            self.story.standing(article, self.until.ledger_seq),
            list(clauses.values()),
            [self._deed(act) for act in own],
        )

    def _moved(self, past: Past, life: Life, acts: list[Told]) -> Moved | None:
        status = life.status(self.until.ledger_seq) or PENDING
        if self.audience is Audience.MEMBERS and status not in {ACCEPTED, PENDING}:
            return None
        before, after = self._said(past, life, acts, status)
        neutral = self.audience is Audience.MEMBERS
        return Moved(
            life.id,
            life.party,
            None if neutral else life.author_name,
            status,
            before,
            after,
            differences(before, after),
            [self._deed(act) for act in acts],
            self.story.awaiting(life, self.until.ledger_seq) if status == PENDING else [],
        )

    def _said(self, past: Past, life: Life, acts: list[Told], status: str) -> tuple[str, str]:
        """Tell what a suggestion said: as the ledger kept it at its end, or as it stood in the text."""
        for act in reversed(acts):
            content = self.payloads.get(act.seq, {}).get("content")
            if status != PENDING and isinstance(content, Mapping):
                return content.get("before", ""), content.get("after", "")
        if life.article in past.articles:
            content = past.reading(life.article).content(life.id)
            if content is not None:
                return content.before, content.after
        return "", ""

    def _deed(self, act: Told) -> Deed:
        neutral = self.audience is Audience.MEMBERS
        reason = self.payloads.get(act.seq, {}).get("reason")
        return Deed(
            act.seq,
            act.at,
            act.kind,
            act.party,
            None if neutral else act.member_name,
            reason if isinstance(reason, str) and not neutral else None,
        )


def _clause(moved: Moved, now: _Lines, then: _Lines) -> str | None:
    """Find the number of the paragraph that a suggestion changes: the first of those that it does not leave alone."""
    before, after = moved.before.split("\n"), moved.after.split("\n")
    changed = [line for line in before if line not in after] or before
    for lines in (now, then):
        for line in (*changed, *after):
            if line in lines:
                return lines[line]
    return None
