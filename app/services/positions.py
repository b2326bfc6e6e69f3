"""Where the parties stand, article by article, at any moment: status quo, each party's position, what is agreed.

Status quo is the starting text that the parties confirmed, as the ledger has it. A party's position is the agreed
text with its own pending suggestions and nobody else's. For exhibits (last, best and final offers; factfinding) and
for the page that a room looks at together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.crdt.canonical import article_hash
from app.crdt.past import Past
from app.crdt.position import Position, read_positions
from app.domain.chronicle import Chronicle
from app.domain.ids import ArticleId, PartyKey, SuggestionId
from app.domain.lives import IN_PACKAGE, OPEN, Turn
from app.errors import NotFound
from app.repositories.moments import Placed
from app.services.acting import Acting
from app.services.chronicles import Chronicles
from app.services.looking import require_record
from app.services.moments import Moments, When
from app.services.texts import View, outlined, proposed_by

Paragraphs = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of an article, and its content hash."""

    content_hash: str
    paragraphs: Paragraphs


@dataclass(frozen=True, slots=True)
class Held:
    """A party's reading; `differs` from the agreed one or not, by which suggestions; which of its amend others'."""

    reading: Reading
    differs: bool
    suggestions: list[SuggestionId]
    amendments: dict[SuggestionId, SuggestionId]


@dataclass(frozen=True, slots=True)
class ArticlePositions:
    """One article: `status_quo` is None for one that was added or is proposed; of the latter nothing is agreed."""

    id: ArticleId
    title: str
    standing: str
    status_quo: Reading | None
    agreed: Reading
    positions: dict[PartyKey, Held]
    awaiting: dict[PartyKey, list[SuggestionId]]
    """Which suggestions each party has yet to answer."""
    open_since: datetime | None
    days_open: int


@dataclass(frozen=True, slots=True)
class Positions:
    """All of them at one moment."""

    placed: Placed
    title: str
    parties: list[dict[str, Any]]
    content_hash: str
    articles: list[ArticlePositions]


@dataclass(frozen=True, slots=True)
class Lookout:
    """What looking back needs: moments of the text, and the story that the ledger tells."""

    moments: Moments
    chronicles: Chronicles


async def read(look: Lookout, acting: Acting, when: When | None, only: ArticleId | None = None) -> Positions:
    """Read the positions at a moment; raises `NotFound` for a moment or an article that is not there to be seen."""
    require_record(acting)
    placed = await look.moments.find(acting.agreement_id, when)
    story = await look.chronicles.of(acting.agreement_id)
    seq = placed.ledger_seq
    outline, structures = story.outline(seq), story.structures(seq)
    units = outlined(outline, [structure for structure, _ in structures.values()], View.MARKUP)
    seen = [unit for unit in units if only in {None, unit.id}]
    if only is not None and not seen:
        raise NotFound
    parties = [party.key for party in story.parties]

    def read_all(past: Past) -> Positions:
        past.propose(proposed_by(structures))
        articles = [_article(past, story, placed, (one.id, one.title), parties) for one in seen]
        digest = past.content_hash(outline.titles)
        named = [{"key": party.key, "name": party.name, "signatory": party.signatory} for party in story.parties]
        return Positions(placed, story.title, named, digest, articles)

    return await look.moments.read(acting.agreement_id, placed.table_seq, read_all)


def _article(
    past: Past, story: Chronicle, placed: Placed, named: tuple[ArticleId, str], parties: list[PartyKey]
) -> ArticlePositions:
    article, title = named
    agreed = _reading(article, title, past.articles[article].agreed())
    held = {
        party: _held(article, title, position, agreed)
        for party, position in read_positions(past, article, parties).items()
    }
    started = story.starting.get(article)
    status_quo = _reading(article, started["title"], started["paragraphs"]) if started is not None else None
    turns = story.standings.get(article, [])
    standing = story.standing(article, placed.ledger_seq)
    since, days = time_open(turns, placed.ledger_seq, placed.at)
    awaiting = _awaiting(story, article, placed.ledger_seq, held)
    return ArticlePositions(article, title, standing, status_quo, agreed, held, awaiting, since, days)


def _reading(article: ArticleId, title: str, paragraphs: Paragraphs) -> Reading:
    return Reading(article_hash(article, title, paragraphs), paragraphs)


def _held(article: ArticleId, title: str, position: Position, agreed: Reading) -> Held:
    if not position.suggestions:
        return Held(agreed, False, [], position.amendments)
    reading = _reading(article, title, position.paragraphs)
    differs = reading.content_hash != agreed.content_hash
    return Held(reading, differs, position.suggestions, position.amendments)


def _awaiting(
    story: Chronicle, article: ArticleId, seq: int, held: Mapping[PartyKey, Held]
) -> dict[PartyKey, list[SuggestionId]]:
    amended = {one: what for position in held.values() for one, what in position.amendments.items()}
    found: dict[PartyKey, list[SuggestionId]] = {}
    for life in story.pending_in(article, seq):
        proposal = story.lives.get(amended[life.id]) if life.id in amended else None
        for party in story.awaiting(life, seq, proposal.party if proposal is not None else None):
            found.setdefault(party, []).append(life.id)
    return found


def time_open(turns: list[Turn], seq: int, until: datetime) -> tuple[datetime | None, int]:
    """Tell since when an article is open, if it is, and for how many days it has been open in all."""
    total, since = timedelta(), None
    for turn in turns:
        if turn.seq > seq:
            break
        at = datetime.fromisoformat(turn.at)
        is_open = turn.stands in {OPEN, IN_PACKAGE}
        if since is not None and not is_open:
            total += at - since
            since = None
        elif since is None and is_open:
            since = at
    if since is not None:
        total += max(until - since, timedelta())
    return since, total.days
