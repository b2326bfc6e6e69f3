"""How far the parties have come: articles by standing over time, how long each has been open, who owes an answer.

Everything is computed from the story that the ledger tells, and only as much of it is told as a plot can show.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import median
from typing import TypeVar

from app.domain.chronicle import Chronicle
from app.domain.ids import ArticleId, PartyKey
from app.domain.lives import Turn
from app.repositories.moments import Placed
from app.services.acting import Acting
from app.services.looking import require_record
from app.services.moments import When
from app.services.positions import Lookout, time_open

STANDINGS = ("status_quo", "open", "in_package", "tentative")
_MOST_POINTS, _MOST_MARKS = 200, 400
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ArticleProgress:
    """How one article stands, since when, and for how many days it has been open in all."""

    id: ArticleId
    title: str
    standing: str
    standing_since: datetime | None
    open_since: datetime | None
    days_open: int
    pending: int


@dataclass(frozen=True, slots=True)
class Point:
    """From this moment on, so many of each."""

    seq: int
    at: datetime
    counts: dict[str, int]


TimedT = TypeVar("TimedT", Point, "Mark")


@dataclass(frozen=True, slots=True)
class Owed:
    """How many answers a party owes, and since when the one that has waited longest."""

    party: PartyKey
    answers: int
    oldest_since: datetime | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly it goes: what the last seven days brought, and how long an answer takes."""

    enacted_in_7_days: int
    closed_in_7_days: int
    reopened_in_7_days: int
    median_hours_to_decision: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """An act on the line of time, to turn back to."""

    seq: int
    at: datetime
    kind: str
    party: PartyKey | None
    article: ArticleId | None


@dataclass(frozen=True, slots=True)
class Progress:
    """All of it at one moment."""

    placed: Placed
    began_at: datetime
    articles: list[ArticleProgress]
    counts: dict[str, int]
    over_time: list[Point]
    outstanding: list[Owed]
    outstanding_over_time: list[Point]
    pace: Pace
    acts: list[Mark]


async def read(look: Lookout, acting: Acting, when: When | None) -> Progress:
    """Tell the progress at a moment."""
    require_record(acting)
    placed = await look.moments.find(acting.agreement_id, when)
    story = await look.chronicles.of(acting.agreement_id)
    articles = _articles(story, placed)
    counted = Counter(article.standing for article in articles)
    return Progress(
        placed,
        datetime.fromisoformat(story.began_at),
        articles,
        {standing: counted[standing] for standing in STANDINGS},
        _over_time(story, placed),
        _owed(story, placed),
        _owed_over_time(story, placed),
        _pace(story, placed),
        _marks(story, placed),
    )


def _articles(story: Chronicle, placed: Placed) -> list[ArticleProgress]:
    seq = placed.ledger_seq
    found = []
    for article, title in story.outline(seq).titles.items():
        turns = [turn for turn in story.standings.get(article, []) if turn.seq <= seq]
        since, days = time_open(turns, seq, placed.at)
        stood = datetime.fromisoformat(turns[-1].at) if turns else None
        pending = len(story.pending_in(article, seq))
        found.append(ArticleProgress(article, title, story.standing(article, seq), stood, since, days, pending))
    return found


def _over_time(story: Chronicle, placed: Placed) -> list[Point]:
    """Count the articles by standing from turn to turn."""
    turns: list[tuple[Turn, ArticleId]] = [
        (turn, article) for article, stood in story.standings.items() for turn in stood if turn.seq <= placed.ledger_seq
    ]
    turns += [(turn, ArticleId("")) for turn in story.outlines if turn.seq <= placed.ledger_seq]
    turns.sort(key=lambda one: one[0].seq)
    standing: dict[ArticleId, str] = {}
    counts: Counter[str] = Counter()
    members: set[ArticleId] = set()
    points = []
    for (seq, at), together in groupby(turns, key=lambda one: (one[0].seq, one[0].at)):
        for turn, article in together:
            if article:
                counts.subtract([standing[article]] if article in members and article in standing else [])
                standing[article] = turn.stands
                counts.update([standing[article]] if article in members else [])
            else:
                members = set(turn.stands.titles)
                counts = Counter(standing[one] for one in members if one in standing)
        points.append(Point(seq, datetime.fromisoformat(at), {one: counts[one] for one in STANDINGS}))
    return _thinned(points)


def _owed(story: Chronicle, placed: Placed) -> list[Owed]:
    seq = placed.ledger_seq
    since: dict[PartyKey, list[str]] = {party: [] for party in story.signatories}
    for life in story.pending(seq):
        opened = [turn.at for turn in life.turns if turn.seq <= seq][-1]
        for party in story.awaiting(life, seq):
            since[party].append(opened)
    return [
        Owed(party, len(waiting), datetime.fromisoformat(min(waiting)) if waiting else None)
        for party, waiting in since.items()
    ]


def _owed_over_time(story: Chronicle, placed: Placed) -> list[Point]:
    owed: Counter[str] = Counter(dict.fromkeys(story.signatories, 0))
    points: list[Point] = []
    for (seq, at), together in groupby(story.outstanding, key=lambda one: (one.seq, one.at)):
        if seq > placed.ledger_seq:
            break
        for one in together:
            owed[one.party] += one.more
        points.append(Point(seq, datetime.fromisoformat(at), {party: owed[party] for party in story.signatories}))
    return _thinned(points)


def _thinned(points: list[TimedT], most: int = _MOST_POINTS) -> list[TimedT]:
    """Keep as many points as a plot can show: the last of each stretch of time, and the very first."""
    if len(points) <= most:
        return points
    start, end = points[0].at, points[-1].at
    width = max((end - start) / (most - 1), timedelta(microseconds=1))
    kept: dict[int, TimedT] = {(point.at - start) // width: point for point in points[1:]}
    return points[:1] + list(kept.values())


def _marks(story: Chronicle, placed: Placed) -> list[Mark]:
    marks = []
    for act in story.acts:
        if act.seq > placed.ledger_seq:
            break
        life = story.lives.get(act.suggestion) if act.suggestion is not None else None
        article = life.article if life is not None else act.article
        marks.append(Mark(act.seq, datetime.fromisoformat(act.at), act.kind, act.party, article))
    return _thinned(marks, _MOST_MARKS)


def _pace(story: Chronicle, placed: Placed) -> Pace:
    since = placed.at - _WEEK
    kinds: Counter[str] = Counter()
    for act in reversed(story.acts):
        if act.seq > placed.ledger_seq:
            continue
        if datetime.fromisoformat(act.at) < since:
            break
        kinds[act.kind] += 1
    hours = []
    for life in story.lives.values():
        ends = [turn for turn in life.turns if turn.seq <= placed.ledger_seq]
        if len(ends) > 1 and ends[-1].stands in {"accepted", "rejected"}:
            took = datetime.fromisoformat(ends[-1].at) - datetime.fromisoformat(ends[0].at)
            hours.append(took.total_seconds() / 3600)
    return Pace(
        kinds["suggestion.enacted"],
        kinds["article.tentative"],
        kinds["article.reopened"],
        round(median(hours)) if hours else None,
    )
