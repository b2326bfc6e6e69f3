"""Counters: answering another party's suggestion with one of one's own.

A counter is a suggestion linked to the one it answers: one that its party has made already, at the table, or one that
the service writes from the wording the party would have instead. Anyone who may suggest may counter; from a lead it
counts as the party's answer as well.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.crdt import countering
from app.crdt.countering import Counter, Writer
from app.crdt.document import Document
from app.crdt.naming import mint
from app.domain import roles
from app.domain.agreements import Standing
from app.domain.ids import SuggestionId, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act, Role
from app.domain.suggestions import Answer
from app.errors import (
    AlreadyCountered,
    AlreadyExists,
    ArticleClosed,
    InvalidContent,
    NotFound,
    NotPermitted,
    OwnParty,
    StaleSuggestion,
    SuggestionAlreadyResolved,
)
from app.models import now
from app.repositories.articles import ArticleRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.responses import ResponseRepository
from app.repositories.suggestions import Opening, SuggestionRepository
from app.repositories.updates import Decision
from app.services import suggestions
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.docket import Docket, Item, in_turn
from app.services.suggestions import Shelf


@dataclass(frozen=True, slots=True)
class Answering:
    """A counter as a member gives it: to which suggestion, as it was seen, and why."""

    suggestion: SuggestionId
    content_hash: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    """A counter that holds: what it answers, and either the suggestion to link or the one to write."""

    item: Item
    linked: Item | None = None
    written: Counter | None = None


async def link(shelf: Shelf, acting: Acting, answering: Answering, counter: SuggestionId) -> Item:
    """Make a pending suggestion of one's own party the counter to another party's; answers the counter.

    Raises `NotFound`, `OwnParty`, `NotPermitted`, `StaleSuggestion`, `SuggestionAlreadyResolved`, `AlreadyCountered`,
    `AlreadyExists`, `ArticleClosed`, `WrongStage`, `AgreementSigned` and, for two articles, `InvalidContent`.
    """

    async def judge(document: Document, turn: Decision) -> _Judged:
        docket = await in_turn(turn.session, document, acting.agreement_id, [answering.suggestion, counter])
        item = await _answerable(docket, turn, acting, answering)
        linked = docket.items.get(counter)
        if linked is None:
            raise NotFound
        if linked.record.party_key != acting.party_key:
            raise NotPermitted("Counter with a suggestion of your own party's.")
        if not linked.is_pending or linked.live is None:
            raise SuggestionAlreadyResolved(
                "The suggestion you would counter with has been decided.", suggestion_status=linked.record.status
            )
        if linked.record.counters is not None or linked.countered_by:
            raise AlreadyExists("This suggestion is part of another exchange of counters already.")
        if linked.record.article_id != item.record.article_id:
            raise InvalidContent("A counter stands in the article of what it counters.")
        return _Judged(item, linked=linked)

    counter_id = await decide(shelf.rooms, acting.agreement_id, judge, _Carrying(acting, answering), by=acting)
    return await suggestions.one(shelf, acting, counter_id)


async def write(shelf: Shelf, acting: Acting, answering: Answering, wording: str) -> Item:
    """Write a counter from how the paragraphs should read instead; answers the counter.

    It is written over the text that the countered suggestion stands on, beside it and never inside it. Raises what
    `link` does but `AlreadyExists`, and what `app.crdt.countering.prepare` does.
    """

    async def judge(document: Document, turn: Decision) -> _Judged:
        docket = await in_turn(turn.session, document, acting.agreement_id, [answering.suggestion])
        item = await _answerable(docket, turn, acting, answering)
        if item.is_structural:
            raise InvalidContent(
                "What is suggested about an article as a whole is countered by a suggestion of your own."
            )
        writer = Writer(acting.party_key, acting.member_id, mint())
        return _Judged(item, written=countering.prepare(document, answering.suggestion, wording, writer))

    counter_id = await decide(shelf.rooms, acting.agreement_id, judge, _Carrying(acting, answering), by=acting)
    return await suggestions.one(shelf, acting, counter_id)


async def _answerable(docket: Docket, turn: Decision, acting: Acting, answering: Answering) -> Item:
    """Raise where the suggestion may not be countered by this member, as it was seen."""
    item = docket.items.get(answering.suggestion)
    if item is None:
        raise NotFound
    if item.record.party_key == acting.party_key:
        raise OwnParty
    roles.require(Act.SUGGEST, acting.standing_at(item.stage))
    if not item.is_pending or item.live is None:
        status = item.record.status
        raise SuggestionAlreadyResolved(
            f"What you would counter was {status} a moment ago; suggest your wording by itself.",
            suggestion_status=status,
        )
    articles = await ArticleRepository(turn.session).of_agreement(acting.agreement_id)
    if any(one.id == item.record.article_id and one.standing == Standing.TENTATIVE for one in articles):
        raise ArticleClosed
    if answering.content_hash != item.content["content_hash"]:
        raise StaleSuggestion(current=item)
    for counter, party in item.countered_by.items():
        if party == acting.party_key:
            raise AlreadyCountered(counter=counter)
    return item


@dataclass(frozen=True, slots=True)
class _Carrying:
    """Carries out a counter: text and records, then the ledger; answers the counter's id."""

    acting: Acting
    answering: Answering

    async def __call__(self, document: Document, turn: Decision, judged: _Judged) -> SuggestionId:
        acting, answering, at = self.acting, self.answering, now()
        entries: list[Entry] = []
        if judged.written is not None:
            counter = judged.written.writer.suggestion
            entries.append(await self._write(document, turn, judged.written, at))
        elif judged.linked is not None:
            counter = judged.linked.record.id
            await SuggestionRepository(turn.session).link(acting.agreement_id, counter, answering.suggestion)
        if acting.role is Role.LEAD and acting.party.signatory:
            await ResponseRepository(turn.session).add([self._row(judged.item, at)])
        payload = {
            "suggestion": answering.suggestion,
            "counter": counter,
            "content_hash": answering.content_hash,
            "reason": answering.reason,
        }
        entries.append(Entry(Kind.SUGGESTION_COUNTERED, acting.party_key, acting.signature, payload))
        await LedgerRepository(turn.session).extend(acting.agreement_id, entries, at)
        return counter

    async def _write(self, document: Document, turn: Decision, counter: Counter, at: datetime) -> Entry:
        acting, suggestion = self.acting, counter.writer.suggestion
        turn.append(countering.write(document, counter), [], changes_register=True)
        opening = Opening(
            suggestion,
            counter.article,
            acting.party_key,
            acting.member_id,
            self.answering.reason,
            counters=self.answering.suggestion,
        )
        await SuggestionRepository(turn.session).open(acting.agreement_id, opening, at)
        payload = {"suggestion": suggestion, "article": counter.article, "version": 1}
        return Entry(Kind.SUGGESTION_PROPOSED, acting.party_key, acting.signature, payload)

    def _row(self, item: Item, at: datetime) -> dict[str, Any]:
        """Lay out the party's answer: a lead's counter is one, a drafter's is a suggestion with a link."""
        return {
            "id": new_id("res"),
            "agreement_id": self.acting.agreement_id,
            "suggestion_id": item.record.id,
            "party_key": self.acting.party_key,
            "member_id": self.acting.member_id,
            "kind": Answer.COUNTER.value,
            "version": item.record.version,
            "content_hash": self.answering.content_hash,
            "reason": self.answering.reason,
            "at": at,
        }
