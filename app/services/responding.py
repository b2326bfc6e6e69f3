"""Answering suggestions and taking them back: what was seen is what is answered.

Every answer carries the content hash that its member saw, judged against the live text in the room's order. Many
answers given in one call are judged against the text as the call found it, and enacted together in one pass: marks,
records and ledger entries are one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.crdt.document import Document
from app.crdt.enactment import enact, remove
from app.domain import roles
from app.domain.agreements import Standing
from app.domain.ids import ArticleId, SuggestionId, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act, Role
from app.domain.suggestions import Answer, Status
from app.errors import (
    ArticleClosed,
    DraftingError,
    NotFound,
    NotPermitted,
    StaleSuggestion,
    SuggestionAlreadyResolved,
)
from app.models import now
from app.repositories.articles import ArticleRepository
from app.repositories.initials import InitialRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.responses import Answered, ResponseRepository
from app.repositories.suggestions import Ending, SuggestionRepository
from app.repositories.updates import Decision
from app.services import suggestions
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.docket import Docket, Item, in_turn
from app.services.suggestions import Shelf


@dataclass(frozen=True, slots=True)
class Wish:
    """One answer as a member gives it."""

    suggestion: SuggestionId
    kind: Answer
    content_hash: str
    reason: str | None = None


@dataclass(slots=True)
class Verdict:
    """What judging many answers came to: which hold, which do not and why, and what they bring about."""

    docket: Docket
    outcomes: list[Status | DraftingError] = field(default_factory=list)
    held: list[Wish] = field(default_factory=list)
    accepted: list[SuggestionId] = field(default_factory=list)
    rejected: list[SuggestionId] = field(default_factory=list)


async def respond(shelf: Shelf, acting: Acting, wish: Wish) -> Item:
    """Answer one suggestion; what the table of roles or the moved text forbids raises, and changes nothing.

    Raises `NotFound`, `OwnParty`, `NotLead`, `NotPermitted`, `StaleSuggestion` (with `current`, an `Item`),
    `SuggestionAlreadyResolved`, `ArticleClosed`, `WrongStage` and `AgreementSigned`.
    """

    async def judge(document: Document, turn: Decision) -> Verdict:
        verdict = await _judge(document, turn, acting, [wish])
        if isinstance(verdict.outcomes[0], DraftingError):
            raise verdict.outcomes[0]
        return verdict

    await decide(shelf.rooms, acting.agreement_id, judge, _Carrying(acting), by=acting)
    return await suggestions.one(shelf, acting, wish.suggestion)


async def respond_to_many(shelf: Shelf, acting: Acting, wishes: Sequence[Wish]) -> list[Status | DraftingError]:
    """Answer many suggestions in one act; one that cannot be answered costs the others nothing."""

    async def judge(document: Document, turn: Decision) -> Verdict:
        return await _judge(document, turn, acting, wishes)

    return (await decide(shelf.rooms, acting.agreement_id, judge, _Carrying(acting), by=acting)).outcomes


async def withdraw(shelf: Shelf, acting: Acting, suggestion: SuggestionId, reason: str | None) -> Item:
    """Take back a suggestion of the caller's own party: its author before any acceptance, a lead at any time.

    Raises `NotFound`, `NotPermitted`, `SuggestionAlreadyResolved`, `WrongStage` and `AgreementSigned`.
    """

    async def judge(document: Document, turn: Decision) -> Item:
        item = (await in_turn(turn.session, document, acting.agreement_id, [suggestion])).items.get(suggestion)
        if item is None:
            raise NotFound
        roles.require(Act.WITHDRAW, acting.standing_at(item.stage))
        if item.record.party_key != acting.party_key:
            raise NotPermitted("Only its own party takes a suggestion back; another party may reject it.")
        if not item.is_pending:
            raise SuggestionAlreadyResolved(suggestion_status=item.record.status)
        is_author = item.record.author_id == acting.member_id
        if acting.role is not Role.LEAD and (not is_author or item.is_accepted_by_anyone):
            raise NotPermitted("A drafter takes back what is its own, as long as nobody has accepted it.")
        return item

    async def act(document: Document, turn: Decision, item: Item) -> None:
        ending = Ending(suggestion, Status.WITHDRAWN, item.content, item.amends)
        await SuggestionRepository(turn.session).end(acting.agreement_id, [ending], now())
        payload = {"suggestion": suggestion, "content": item.content, "reason": reason, "overtaken": False}
        entry = Entry(Kind.SUGGESTION_WITHDRAWN, acting.party_key, acting.signature, payload)
        await LedgerRepository(turn.session).extend(acting.agreement_id, [entry])
        _remove(document, turn, [suggestion], acting)

    await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)
    return await suggestions.one(shelf, acting, suggestion)


async def _judge(document: Document, turn: Decision, acting: Acting, wishes: Sequence[Wish]) -> Verdict:
    """Judge every answer against the text as it stands, and each also against those before it in the list."""
    ids = list(dict.fromkeys(wish.suggestion for wish in wishes))
    verdict = Verdict(await in_turn(turn.session, document, acting.agreement_id, ids))
    articles = await ArticleRepository(turn.session).of_agreement(acting.agreement_id)
    closed = {article.id for article in articles if article.standing == Standing.TENTATIVE}
    for wish in wishes:
        try:
            verdict.outcomes.append(_hold(verdict, acting, wish, closed))
        except DraftingError as refusal:
            verdict.outcomes.append(refusal)
    return verdict


def _hold(verdict: Verdict, acting: Acting, wish: Wish, closed: set[str]) -> Status:
    """Take one answer as given, or raise why not; tell what it leaves the suggestion as."""
    item = verdict.docket.items.get(wish.suggestion)
    if item is None:
        raise NotFound
    standing = acting.standing_at(item.stage)
    roles.require_answer(standing, own_party=item.record.party_key == acting.party_key)
    if not item.is_pending or item.live is None:
        raise SuggestionAlreadyResolved(suggestion_status=item.record.status)
    if wish.kind is not Answer.QUESTION and acting.party_key not in item.asked:
        raise NotPermitted("This changes another party's proposal, and that party answers it.")
    if item.record.article_id in closed:
        raise ArticleClosed
    if wish.content_hash != item.content["content_hash"]:
        raise StaleSuggestion(current=item)
    status = Status.PENDING
    if wish.kind is Answer.ACCEPT and acting.party_key not in item.awaiting:
        return status
    verdict.held.append(wish)
    if wish.kind is Answer.ACCEPT:
        item.answers.append(_answered(item, acting, wish))
        if not item.awaiting:
            verdict.accepted.append(wish.suggestion)
            status = Status.ACCEPTED
    elif wish.kind is Answer.REJECT:
        verdict.rejected.append(wish.suggestion)
        status = Status.REJECTED
    item.record = item.record._replace(status=status.value)
    return status


def _answered(item: Item, acting: Acting, wish: Wish) -> Answered:
    return Answered(
        wish.suggestion,
        acting.party_key,
        acting.member_id,
        acting.account.name,
        wish.kind.value,
        item.record.version,
        wish.content_hash,
        wish.reason,
        now(),
    )


@dataclass(frozen=True, slots=True)
class _Carrying:
    """Carries out the answers that hold: text, records and ledger, in that order."""

    acting: Acting

    async def __call__(self, document: Document, turn: Decision, verdict: Verdict) -> Verdict:
        if not verdict.held:
            return verdict
        agreement, at, items = self.acting.agreement_id, now(), verdict.docket.items
        agreed = await self._change_text(document, turn, verdict)
        await ResponseRepository(turn.session).add(
            [self._row(items[wish.suggestion], wish, at) for wish in verdict.held]
        )
        endings = [(key, Status.ACCEPTED) for key in verdict.accepted] + [
            (key, Status.REJECTED) for key in verdict.rejected
        ]
        await SuggestionRepository(turn.session).end(
            agreement, [Ending(key, status, items[key].content, items[key].amends) for key, status in endings], at
        )
        entries = [self._told(items[wish.suggestion], wish) for wish in verdict.held]
        entries += self._enacted([items[key] for key in verdict.accepted], agreed)
        await LedgerRepository(turn.session).extend(agreement, entries, at)
        return verdict

    async def _change_text(self, document: Document, turn: Decision, verdict: Verdict) -> Mapping[ArticleId, Any]:
        """Enact first: an amendment joins the proposal it changes, which may itself be rejected in the same act."""
        agreed: Mapping[ArticleId, Any] = {}
        if verdict.accepted:
            enacted = enact(document, verdict.accepted, self.acting.member_id)
            agreed = {article: delta for article, delta in enacted.agreed.items() if delta}
            turn.append(enacted.update, enacted.facts, changes_register=True)
            await InitialRepository(turn.session).set_standing(
                list(agreed), Standing.OPEN, only_from=Standing.STATUS_QUO
            )
        if verdict.rejected:
            _remove(document, turn, verdict.rejected, self.acting)
        return agreed

    def _row(self, item: Item, wish: Wish, at: Any) -> dict[str, Any]:
        return {
            "id": new_id("res"),
            "agreement_id": self.acting.agreement_id,
            "suggestion_id": wish.suggestion,
            "party_key": self.acting.party_key,
            "member_id": self.acting.member_id,
            "kind": wish.kind.value,
            "version": item.record.version,
            "content_hash": wish.content_hash,
            "reason": wish.reason,
            "at": at,
        }

    def _told(self, item: Item, wish: Wish) -> Entry:
        payload: dict[str, Any] = {
            "suggestion": wish.suggestion,
            "version": item.record.version,
            "content_hash": wish.content_hash,
            "reason": wish.reason,
        }
        if wish.kind is Answer.REJECT:
            payload["content"] = item.content
        kinds = {
            Answer.ACCEPT: Kind.SUGGESTION_ACCEPTED,
            Answer.REJECT: Kind.SUGGESTION_REJECTED,
            Answer.QUESTION: Kind.SUGGESTION_QUESTIONED,
        }
        return Entry(kinds[wish.kind], self.acting.party_key, self.acting.signature, payload)

    def _enacted(self, items: Sequence[Item], agreed: Mapping[ArticleId, Any]) -> list[Entry]:
        """Tell of every enactment; the act's change of an article's agreed text stands at the last one in it."""
        last = {item.record.article_id: item.record.id for item in items}
        entries = []
        for item in items:
            article = item.record.article_id
            payload = {"suggestion": item.record.id, "article": article, "content": item.content, "amends": item.amends}
            delta = agreed.get(article) if last[article] == item.record.id else None
            entries.append(
                Entry(
                    Kind.SUGGESTION_ENACTED,
                    self.acting.party_key,
                    self.acting.signature,
                    {**payload, "agreed": list(delta) if delta else []},
                )
            )
        return entries


def _remove(document: Document, turn: Decision, ids: Sequence[SuggestionId], acting: Acting) -> None:
    """Take suggestions out of the text; one that an enactment of the same act overtook has gone already."""
    left = [suggestion for suggestion in ids if document.content(suggestion) is not None]
    if left:
        removed = remove(document, left, acting.member_id)
        turn.append(removed.update, removed.facts, changes_register=True)
