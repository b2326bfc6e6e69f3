"""Bringing drafts to the table: one act by one member, all of them as they were seen, or none.

Only content travels. A suggestion that comes of a draft has an id, a time and a first version of its own; the record
tells who wrote it, who tabled it, and in which act. Which draft it was, how often that was changed and when it was
begun stays in the caucus.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.crdt import tabling as live
from app.crdt.content import Content
from app.crdt.document import Document
from app.crdt.ports import TablingTurn
from app.domain.events import Proposed
from app.domain.ids import ArticleId, SuggestionId, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act
from app.domain.suggestions import Status
from app.errors import ArticleClosed, NotFound, StaleSuggestion, SuggestionAlreadyResolved
from app.models import Suggestion, Tabling, now
from app.repositories.drafts import TABLED, DraftRecord, DraftRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.tablings import TablingRepository
from app.repositories.updates import Decision
from app.services import suggestions, threads
from app.services.acting import Acting
from app.services.caucus import Draft, Surroundings, surroundings
from app.services.deciding import decide_tabling
from app.services.docket import Item
from app.services.suggestions import Shelf


@dataclass(frozen=True, slots=True)
class Wish:
    """A draft as the tabler saw it, and why it is tabled, where that is not the reason of the whole act."""

    draft: SuggestionId
    content_hash: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What an act of tabling came to: each draft with the suggestion that it is now, in the order of the text."""

    tabling: str
    items: list[tuple[SuggestionId, Item]]


async def table(shelf: Shelf, acting: Acting, wishes: Sequence[Wish], reason: str | None) -> Brought:
    """Bring drafts of the caller's caucus to the table.

    Raises `NotFound`, `NotLead`, `NotPermitted`, `WrongStage`, `AgreementSigned`, `SuggestionAlreadyResolved`,
    `ArticleClosed`, and `StaleSuggestion` with `current`, the first `Draft` that moved, and `stale`, all of them;
    then nothing was tabled.
    """
    act = _Tabling(acting, {wish.draft: wish for wish in wishes}, reason)

    async def judge(caucus: Document, _table: Document, turn: TablingTurn[Decision]) -> Sequence[Draft]:
        found = await find(turn.table.session, acting, wishes)
        found.around.require_tabler(acting)
        return found.as_seen(caucus)

    acting.require(Act.TABLE)
    await decide_tabling(shelf.rooms, acting.agreement_id, acting.party_key, judge, act, by=acting)
    items = await suggestions.some(shelf, acting, list(act.names.values()))
    return Brought(act.id, [(draft, items[name]) for draft, name in act.names.items() if name in items])


@dataclass(frozen=True, slots=True)
class Found:
    """What is on record of the drafts that somebody wishes to table."""

    wishes: Sequence[Wish]
    records: Mapping[SuggestionId, DraftRecord]
    around: Surroundings

    def as_seen(self, caucus: Document) -> list[Draft]:
        """Give the drafts in the order of the text; raises where one is not as it was seen, as `table` tells."""
        contents = caucus.contents([wish.draft for wish in self.wishes])
        drafts = {wish.draft: self._draft(wish, contents.get(wish.draft)) for wish in self.wishes}
        stale = {
            wish.draft: drafts[wish.draft]
            for wish in self.wishes
            if drafts[wish.draft].content.content_hash != wish.content_hash
        }
        if stale:
            raise StaleSuggestion(current=next(iter(stale.values())), stale=list(stale.values()))
        return [drafts[draft] for draft in caucus.pending() if draft in drafts]

    def _draft(self, wish: Wish, content: Content | None) -> Draft:
        record = self.records.get(wish.draft)
        if record is None:
            raise NotFound
        if record.status != Status.PENDING:
            raise SuggestionAlreadyResolved(suggestion=wish.draft)
        if content is None:
            # What stood around it has gone, and nothing of it would come to the table.
            raise StaleSuggestion(suggestion=wish.draft, stale=[])
        if record.article_id in self.around.closed:
            raise ArticleClosed(suggestion=wish.draft, article_id=record.article_id)
        return Draft(record, content, self.around)


async def find(session: AsyncSession, acting: Acting, wishes: Sequence[Wish]) -> Found:
    """Read what is on record of some drafts of the caller's party."""
    named = [wish.draft for wish in wishes]
    records = await DraftRepository(session, acting.agreement_id, acting.party_key).many(named)
    return Found(wishes, records, await surroundings(session, acting.agreement_id))


class _Tabling:
    """Carries one act out: both texts, the records of suggestions and drafts, and the ledger."""

    def __init__(self, acting: Acting, wishes: Mapping[SuggestionId, Wish], reason: str | None) -> None:
        self.id = new_id("tbl")
        self.names: dict[SuggestionId, SuggestionId] = {}
        self._acting, self._wishes, self._reason = acting, wishes, reason

    async def __call__(
        self, caucus: Document, table: Document, turn: TablingTurn[Decision], drafts: Sequence[Draft]
    ) -> None:
        acting, at = self._acting, now()
        self.names = {draft.record.id: SuggestionId(new_id("s")) for draft in drafts}
        tabled = live.table(caucus, table, self.names, acting.party_key, acting.member_id)
        own = set(self.names.values())
        # The records of what is new are written here: they tell who tabled it, which no fact of the text can.
        facts = [fact for fact in tabled.table_facts if not (isinstance(fact, Proposed) and fact.suggestion in own)]
        turn.table.append(tabled.table_update, facts, changes_register=True)
        turn.caucus.append(tabled.caucus_update, tabled.caucus_facts, changes_register=True)
        await TablingRepository(turn.table.session).add(
            Tabling(
                id=self.id,
                agreement_id=acting.agreement_id,
                party_key=acting.party_key,
                member_id=acting.member_id,
                reason=self._reason,
                at=at,
            ),
            [self._row(draft, at) for draft in drafts],
        )
        await DraftRepository(turn.table.session, acting.agreement_id, acting.party_key).close(
            self.names, at, became=TABLED, tabling=self.id
        )
        await threads.follow_tabling(turn.table.session, acting.agreement_id, acting.party_key, self.names)
        await LedgerRepository(turn.table.session).extend(acting.agreement_id, self._told(drafts), at)

    def _row(self, draft: Draft, at: datetime) -> Suggestion:
        record = draft.record
        return Suggestion(
            agreement_id=self._acting.agreement_id,
            id=self.names[record.id],
            article_id=record.article_id,
            party_key=self._acting.party_key,
            author_id=record.author_id,
            status=Status.PENDING.value,
            version=1,
            reason=self._reason_of(record.id),
            created_at=at,
            tabling_id=self.id,
            tabled_by=self._acting.member_id,
        )

    def _reason_of(self, draft: SuggestionId) -> str | None:
        return self._wishes[draft].reason or self._reason

    def _told(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Tell of the act by its tabler, and of each suggestion by its author."""
        acting = self._acting
        made = {"tabling": self.id, "suggestions": list(self.names.values()), "reason": self._reason}
        entries = [Entry(Kind.TABLING_MADE, acting.party_key, acting.signature, made)]
        for draft in drafts:
            record = draft.record
            author = {"id": record.author_id, "name": record.author_name}
            payload: dict[str, Any] = {
                "suggestion": self.names[record.id],
                "article": ArticleId(record.article_id),
                "version": 1,
                "tabling": self.id,
                "reason": self._reason_of(record.id),
            }
            entries.append(Entry(Kind.SUGGESTION_PROPOSED, acting.party_key, author, payload))
        return entries
