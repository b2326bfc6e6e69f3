"""Judging answers: which hold, which do not and why, and what those that hold bring about.

Judged against the text as it stands, in the room's order, each also against those before it in the list. Judging
changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.crdt import splitting
from app.crdt.document import Document
from app.crdt.splitting import Part, Portion
from app.domain import roles, suggestions
from app.domain.agreements import Standing
from app.domain.counters import alternatives
from app.domain.ids import PartyKey, SuggestionId
from app.domain.suggestions import Answer, Status
from app.errors import (
    ArticleClosed,
    DraftingError,
    NoSuchPart,
    NotAnAmendment,
    NotFound,
    NotPermitted,
    StaleSuggestion,
    SuggestionAlreadyResolved,
)
from app.models import now
from app.repositories.articles import ArticleRepository
from app.repositories.responses import Answered
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.docket import Docket, Item, in_turn


@dataclass(frozen=True, slots=True)
class Amendment:
    """A pending amendment as its own party saw it, on which an acceptance of the proposal depends."""

    suggestion: SuggestionId
    content_hash: str


@dataclass(frozen=True, slots=True)
class Wish:
    """One answer as a member gives it; `part` narrows an acceptance, `amendment` goes with `accept_as_amended`."""

    suggestion: SuggestionId
    kind: Answer
    content_hash: str
    reason: str | None = None
    part: Part | None = None
    amendment: Amendment | None = None


@dataclass(slots=True)
class Verdict:
    """What judging many answers came to."""

    docket: Docket
    outcomes: list[Status | DraftingError] = field(default_factory=list)
    held: list[Wish] = field(default_factory=list)
    portions: dict[SuggestionId, Portion] = field(default_factory=dict)
    """What is accepted in part alone: the part."""
    accepted: list[SuggestionId] = field(default_factory=list)
    rejected: list[SuggestionId] = field(default_factory=list)
    overtaken: list[SuggestionId] = field(default_factory=list)
    """Counters, and what they counter, that go off the table with what is accepted here."""
    fulfilled: list[Answered] = field(default_factory=list)
    """Acceptances of a proposal as the one amendment accepted here makes it: what they waited for has come."""

    def accept(self, item: Item) -> None:
        """Take a suggestion as accepted by everyone asked, and its alternatives as overtaken."""
        suggestion = item.record.id
        self.accepted.append(suggestion)
        if item.amends is None:
            self._overtake(item)
        item.record = item.record._replace(status=Status.ACCEPTED.value)

    def _overtake(self, entering: Item) -> None:
        """Take the alternatives of what enters off the table.

        A signatory that did not agree to it keeps its own, and a part of a package stands or falls with the package.
        """
        items, agreeing = self.docket.items, entering.agreeing
        amended = {key: one.amends for key, one in items.items()}
        for key in sorted(alternatives(entering.record.id, self.docket.links, amended)):
            one = items.get(key)
            if one is None or not one.is_pending or one.package is not None:
                continue
            if one.record.party_key not in {*one.signatories} - agreeing:
                self.overtaken.append(key)
                one.record = one.record._replace(status=Status.WITHDRAWN.value)


async def judge(document: Document, turn: Decision, acting: Acting, wishes: Sequence[Wish]) -> Verdict:
    """Judge every answer; why one does not hold is its outcome, and costs the others nothing."""
    named = [wish.suggestion for wish in wishes]
    named += [wish.amendment.suggestion for wish in wishes if wish.amendment is not None]
    verdict = Verdict(await in_turn(turn.session, document, acting.agreement_id, list(dict.fromkeys(named))))
    articles = await ArticleRepository(turn.session).of_agreement(acting.agreement_id)
    closed = {article.id for article in articles if article.standing == Standing.TENTATIVE}
    for wish in wishes:
        try:
            verdict.outcomes.append(_hold(verdict, document, acting, wish, closed))
        except DraftingError as refusal:
            verdict.outcomes.append(refusal)
    verdict.fulfilled = _fulfilled(verdict)
    return verdict


def _fulfilled(verdict: Verdict) -> list[Answered]:
    """Find who accepted a proposal as amended by exactly what is accepted here, and nothing moved since.

    Where more than one suggestion is accepted in the act, the proposal may come out otherwise than they saw it.
    """
    if len(verdict.accepted) != 1:
        return []
    items = verdict.docket.items
    amendment = items[verdict.accepted[0]]
    proposal = items.get(amendment.amends) if amendment.amends is not None else None
    if proposal is None or not proposal.is_pending or proposal.live is None:
        return []
    last = {answer.party: answer for answer in proposal.answers}
    seen = (proposal.content["content_hash"], amendment.record.id, amendment.content["content_hash"])
    return [
        answer
        for answer in last.values()
        if answer.kind == Answer.ACCEPT_AS_AMENDED
        and (answer.content_hash, answer.amendment, answer.amendment_hash) == seen
    ]


def _hold(verdict: Verdict, document: Document, acting: Acting, wish: Wish, closed: set[str]) -> Status:
    """Take one answer as given, or raise why not; tell what it leaves the suggestion as."""
    item = _answerable(verdict.docket, acting, wish, closed)
    if wish.part is not None:
        return _hold_part(verdict, document, acting, wish)
    if wish.kind is Answer.ACCEPT and acting.party_key not in item.may_be_accepted_by:
        return Status.PENDING
    if wish.kind is Answer.ACCEPT_AS_AMENDED:
        _require_amendment(verdict.docket, acting, wish)
    verdict.held.append(wish)
    item.answers.append(answered(item, acting, wish))
    if wish.kind is Answer.ACCEPT and item.is_carried:
        verdict.accept(item)
    elif wish.kind is Answer.REJECT and item.is_lost:
        verdict.rejected.append(wish.suggestion)
        item.record = item.record._replace(status=Status.REJECTED.value)
    return Status(item.record.status)


def _answerable(docket: Docket, acting: Acting, wish: Wish, closed: set[str]) -> Item:
    """Raise where the suggestion may not be answered so, by this member, as it was seen."""
    item = docket.items.get(wish.suggestion)
    if item is None:
        raise NotFound
    standing = acting.standing_at(item.stage)
    roles.require_answer(standing, own_party=item.record.party_key == acting.party_key)
    if not item.is_pending or item.live is None:
        raise SuggestionAlreadyResolved(suggestion_status=item.record.status)
    if wish.part is None and wish.kind is not Answer.QUESTION:
        _require_asked(acting, item.asked)
    if item.record.article_id in closed:
        raise ArticleClosed
    if wish.kind in {Answer.ACCEPT, Answer.ACCEPT_AS_AMENDED}:
        item.require_acceptable_alone()
    elif wish.kind is Answer.REJECT:
        item.require_alone()
    if wish.content_hash != item.content["content_hash"]:
        raise StaleSuggestion(current=item)
    return item


def _require_asked(acting: Acting, asked: Sequence[PartyKey]) -> None:
    if acting.party_key not in asked:
        raise NotPermitted("This changes another party's proposal, and that party answers it.")


def _hold_part(verdict: Verdict, document: Document, acting: Acting, wish: Wish) -> Status:
    """Take a part as accepted: the rest stays pending. All of it is the suggestion itself."""
    if wish.part is None or wish.suggestion in verdict.portions:
        raise SuggestionAlreadyResolved
    if verdict.docket.items[wish.suggestion].is_structural:
        raise NoSuchPart
    portion = splitting.choose(document, wish.suggestion, wish.part)
    if portion.is_whole:
        return _hold(verdict, document, acting, _whole(wish), set())
    item = verdict.docket.items[wish.suggestion]
    owner = document.register.owners.get(portion.amends) if portion.amends is not None else None
    asked = suggestions.asked(item.signatories, item.record.party_key, owner.party if owner is not None else None)
    _require_asked(acting, asked)
    verdict.held.append(wish)
    verdict.portions[wish.suggestion] = portion
    return Status.PENDING


def _whole(wish: Wish) -> Wish:
    return Wish(wish.suggestion, wish.kind, wish.content_hash, wish.reason)


def _require_amendment(docket: Docket, acting: Acting, wish: Wish) -> None:
    """Raise where the amendment named is not the caller's own party's, pending, in this proposal, and as seen."""
    item = docket.items.get(wish.amendment.suggestion) if wish.amendment is not None else None
    if wish.amendment is None or item is None:
        raise NotFound
    if item.record.party_key != acting.party_key:
        raise NotPermitted("Name an amendment of your own party's; the other party answers for its own.")
    if not item.is_pending or item.live is None:
        raise SuggestionAlreadyResolved(suggestion_status=item.record.status)
    if item.amends != wish.suggestion:
        raise NotAnAmendment
    if wish.amendment.content_hash != item.content["content_hash"]:
        raise StaleSuggestion(current=item)


def answered(item: Item, acting: Acting, wish: Wish) -> Answered:
    """Spell an answer as the record will have it."""
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
        wish.amendment.suggestion if wish.amendment is not None else None,
        wish.amendment.content_hash if wish.amendment is not None else None,
    )
