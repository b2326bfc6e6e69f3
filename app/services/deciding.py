"""Carrying out a decision in its room, or in a caucus and at its table: judged first, then done.

What the judgement refuses has touched nothing, so a refusal costs the room neither its document nor a commit. What
the act does is one transaction; whatever it raises undoes all of it.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.crdt.document import Document
from app.crdt.ports import TablingTurn
from app.crdt.registry import Rooms
from app.domain.ids import AgreementId, DocumentId, PartyKey, caucus_of, table_of
from app.errors import DraftingError
from app.repositories.updates import Decision
from app.services.acting import Acting, require_seated

JudgedT = TypeVar("JudgedT")
ResultT = TypeVar("ResultT")


async def decide(
    rooms: Rooms[Decision],
    agreement: AgreementId,
    judge: Callable[[Document, Decision], Awaitable[JudgedT]],
    act: Callable[[Document, Decision, JudgedT], Awaitable[ResultT]],
    *,
    by: Acting | None = None,
) -> ResultT:
    """Decide about an agreement's table; `judge` only reads, and raises why not.

    `by` is whose act it is: a seat that was taken or changed since the request began decides nothing any more.
    """
    return await _decide(rooms, table_of(agreement), judge, act, by)


async def decide_in_caucus(  # noqa: PLR0913 - a caucus is named by its agreement and its party.
    rooms: Rooms[Decision],
    agreement: AgreementId,
    party: PartyKey,
    judge: Callable[[Document, Decision], Awaitable[JudgedT]],
    act: Callable[[Document, Decision, JudgedT], Awaitable[ResultT]],
    *,
    by: Acting | None = None,
) -> ResultT:
    """Decide about a party's caucus alone: the table hears nothing of it."""
    return await _decide(rooms, caucus_of(agreement, party), judge, act, by)


async def decide_tabling(  # noqa: PLR0913 - a caucus is named by its agreement and its party.
    rooms: Rooms[Decision],
    agreement: AgreementId,
    party: PartyKey,
    judge: Callable[[Document, Document, TablingTurn[Decision]], Awaitable[JudgedT]],
    act: Callable[[Document, Document, TablingTurn[Decision], JudgedT], Awaitable[ResultT]],
    *,
    by: Acting | None = None,
) -> ResultT:
    """Decide about a party's caucus and the table in one transaction; both are given the caucus and then the table.

    `turn.caucus` and `turn.table` each take their document's updates, and share one session. The caucus stands where
    the table does when judged, and follows whatever the act appends at the table.
    """

    async def decision(caucus: Document, table: Document, turn: TablingTurn[Decision]) -> ResultT | DraftingError:
        try:
            if by is not None:
                await require_seated(turn.table.session, by)
            judged = await judge(caucus, table, turn)
        except DraftingError as refusal:
            return refusal
        return await act(caucus, table, turn, judged)

    outcome = await rooms.table(caucus_of(agreement, party), decision)
    if isinstance(outcome, DraftingError):
        raise outcome
    return outcome


async def _decide(
    rooms: Rooms[Decision],
    document_id: DocumentId,
    judge: Callable[[Document, Decision], Awaitable[JudgedT]],
    act: Callable[[Document, Decision, JudgedT], Awaitable[ResultT]],
    by: Acting | None,
) -> ResultT:
    async def decision(document: Document, turn: Decision) -> ResultT | DraftingError:
        try:
            if by is not None:
                await require_seated(turn.session, by)
            judged = await judge(document, turn)
        except DraftingError as refusal:
            return refusal
        return await act(document, turn, judged)

    outcome = await rooms.decide(document_id, decision)
    if isinstance(outcome, DraftingError):
        raise outcome
    return outcome
