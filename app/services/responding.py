"""Answering suggestions and taking them back: what was seen is what is answered.

Every answer carries the content hash that its member saw, judged against the live text in the room's order. Many
answers given in one call are judged against the text as the call found it, and enacted together in one pass: marks,
records and ledger entries are one transaction.
"""

from collections.abc import Sequence

from app.crdt.document import Document
from app.domain import roles
from app.domain.ids import SuggestionId
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act, Role
from app.domain.suggestions import Status
from app.errors import (
    DraftingError,
    NotFound,
    NotPermitted,
    SuggestionAlreadyResolved,
)
from app.models import now
from app.repositories.ledger import LedgerRepository
from app.repositories.suggestions import Ending, SuggestionRepository
from app.repositories.updates import Decision
from app.services import judging, suggestions
from app.services.acting import Acting
from app.services.carrying import Carrying
from app.services.deciding import decide
from app.services.docket import Item, in_turn
from app.services.enacting import take_back
from app.services.judging import Verdict, Wish
from app.services.suggestions import Shelf


async def respond(shelf: Shelf, acting: Acting, wish: Wish) -> Item:
    """Answer one suggestion; what the table of roles or the moved text forbids raises, and changes nothing.

    Raises `NotFound`, `OwnParty`, `NotLead`, `NotPermitted`, `StaleSuggestion` (with `current`, an `Item`),
    `SuggestionAlreadyResolved`, `ArticleClosed`, `NoSuchPart`, `NotAnAmendment`, `WrongStage` and `AgreementSigned`.
    """

    async def judge(document: Document, turn: Decision) -> Verdict:
        verdict = await judging.judge(document, turn, acting, [wish])
        if isinstance(verdict.outcomes[0], DraftingError):
            raise verdict.outcomes[0]
        return verdict

    await decide(shelf.rooms, acting.agreement_id, judge, Carrying(acting), by=acting)
    return await suggestions.one(shelf, acting, wish.suggestion)


async def respond_to_many(shelf: Shelf, acting: Acting, wishes: Sequence[Wish]) -> list[Status | DraftingError]:
    """Answer many suggestions in one act; one that cannot be answered costs the others nothing."""

    async def judge(document: Document, turn: Decision) -> Verdict:
        return await judging.judge(document, turn, acting, wishes)

    return (await decide(shelf.rooms, acting.agreement_id, judge, Carrying(acting), by=acting)).outcomes


async def withdraw(shelf: Shelf, acting: Acting, suggestion: SuggestionId, reason: str | None) -> Item:
    """Take back a suggestion of the caller's own party: its author before any acceptance, a lead at any time.

    Raises `NotFound`, `NotPermitted`, `SuggestionAlreadyResolved`, `WrongStage` and `AgreementSigned`.
    """

    async def judge(document: Document, turn: Decision) -> Item:
        return await judge_withdrawal(document, turn, acting, suggestion)

    async def act(document: Document, turn: Decision, item: Item) -> None:
        await carry_out_withdrawal(document, turn, acting, item, reason)

    await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)
    return await suggestions.one(shelf, acting, suggestion)


async def judge_withdrawal(document: Document, turn: Decision, acting: Acting, suggestion: SuggestionId) -> Item:
    """Find a suggestion that the member may take back; raises what `withdraw` raises."""
    item = (await in_turn(turn.session, document, acting.agreement_id, [suggestion])).items.get(suggestion)
    if item is None:
        raise NotFound
    roles.require(Act.WITHDRAW, acting.standing_at(item.stage))
    if item.record.party_key != acting.party_key:
        raise NotPermitted("Only its own party takes a suggestion back; another party may reject it.")
    if not item.is_pending:
        raise SuggestionAlreadyResolved(suggestion_status=item.record.status)
    item.require_alone()
    is_author = item.record.author_id == acting.member_id
    if acting.role is not Role.LEAD and (not is_author or item.is_accepted_by_anyone):
        raise NotPermitted("A drafter takes back what is its own, as long as nobody has accepted it.")
    return item


async def carry_out_withdrawal(
    document: Document, turn: Decision, acting: Acting, item: Item, reason: str | None
) -> None:
    """Take a suggestion off the table, and tell the record."""
    suggestion = item.record.id
    ending = Ending(suggestion, Status.WITHDRAWN, item.content, item.amends, taken_back=True)
    await SuggestionRepository(turn.session).end(acting.agreement_id, [ending], now())
    payload = {"suggestion": suggestion, "content": item.content, "reason": reason, "overtaken": False}
    entry = Entry(Kind.SUGGESTION_WITHDRAWN, acting.party_key, acting.signature, payload)
    await LedgerRepository(turn.session).extend(acting.agreement_id, [entry])
    await take_back(document, turn, acting, [suggestion])
