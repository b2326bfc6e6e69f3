"""Everybody's acts, party by party: who proposed, answered, withdrew and accepted what, when, and why.

One row an act, in the ledger's order. What a suggestion said is told as it stood when it was decided, or stands now.
"""

from bisect import bisect_left
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.crdt.past import Past
from app.domain.chronicle import Chronicle
from app.domain.ids import ArticleId, SuggestionId
from app.domain.ledger import timestamp
from app.domain.lives import Life, Told
from app.repositories.chronicle import ChronicleRepository
from app.repositories.suggestions import SuggestionRepository
from app.services.acting import Acting
from app.services.looking import require_record
from app.services.positions import Lookout

_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts are asked for; None asks for any. `party` acted, `author` made the suggestion; times are inclusive."""

    party: str | None = None
    author: str | None = None
    article: ArticleId | None = None
    suggestion: SuggestionId | None = None
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One act."""

    act: Told
    article: ArticleId | None
    article_title: str
    life: Life | None
    version: int | None
    reason: str | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of acts; `next` is the number after which the next one begins, if there is one."""

    rows: list[Row]
    next: int | None
    names: Mapping[str, str]


async def page(look: Lookout, acting: Acting, wanted: Wanted, after: int, limit: int) -> Rows:
    """Read acts after a number of the ledger, oldest first."""
    require_record(acting)
    story = await look.chronicles.of(acting.agreement_id)
    head = story.head
    start = bisect_left(story.acts, after + 1, key=lambda act: act.seq)
    chosen: list[Told] = []
    for act in story.acts[start:]:
        if act.seq > head or len(chosen) > limit:
            break
        if _fits(story, act, wanted):
            chosen.append(act)
    shown = chosen[:limit]
    rows = await _rows(look, acting, story, shown)
    return Rows(rows, shown[-1].seq if len(chosen) > limit else None, story.names)


async def every(look: Lookout, acting: Acting, wanted: Wanted) -> AsyncIterator[Rows]:
    """Read all acts, piece by piece."""
    after: int | None = 0
    while after is not None:
        found = await page(look, acting, wanted, after, _ROWS_AT_ONCE)
        yield found
        after = found.next


def _fits(story: Chronicle, act: Told, wanted: Wanted) -> bool:
    life = story.lives.get(act.suggestion) if act.suggestion is not None else None
    article = life.article if life is not None else act.article
    return (
        wanted.party in {None, act.party}
        and wanted.kind in {None, act.kind, act.kind.partition(".")[2]}
        and wanted.article in {None, article}
        and wanted.suggestion in {None, act.suggestion}
        and (wanted.author is None or (life is not None and life.author_id == wanted.author))
        and (wanted.since is None or act.at >= timestamp(wanted.since))
        and (wanted.until is None or act.at <= timestamp(wanted.until))
    )


async def _rows(look: Lookout, acting: Acting, story: Chronicle, acts: Sequence[Told]) -> list[Row]:
    agreement = acting.agreement_id
    named = dict.fromkeys(act.suggestion for act in acts if act.suggestion is not None)
    async with look.moments.database.reading() as session:
        payloads = await ChronicleRepository(session).payloads(agreement, [act.seq for act in acts])
        records = await SuggestionRepository(session).many(agreement, list(named))
    said = {one: record.content for one, record in records.items() if record.content is not None}
    pending = [life for one in named if one not in said and (life := story.lives.get(one)) is not None]
    if pending:
        placed = await look.moments.find(agreement, None)
        said |= await look.moments.read(agreement, placed.table_seq, lambda past: _contents(past, pending))
    return [_row(story, act, payloads.get(act.seq, {}), said) for act in acts]


def _contents(past: Past, lives: Sequence[Life]) -> dict[SuggestionId, dict[str, Any]]:
    found = {life.id: past.reading(life.article).content(life.id) for life in lives if life.article in past.articles}
    return {one: content.as_json() for one, content in found.items() if content is not None}


def _row(
    story: Chronicle, act: Told, payload: Mapping[str, Any], said: Mapping[SuggestionId, Mapping[str, Any]]
) -> Row:
    life = story.lives.get(act.suggestion) if act.suggestion is not None else None
    article = life.article if life is not None else act.article
    unit = story.outline(act.seq).find(article) if article is not None else None
    content = payload.get("content") or (said.get(act.suggestion) if act.suggestion is not None else None) or {}
    reason = payload.get("reason")
    return Row(
        act,
        article,
        unit.title if unit is not None else "",
        life,
        payload.get("version"),
        reason if isinstance(reason, str) else None,
        content.get("before", ""),
        content.get("after", ""),
    )
