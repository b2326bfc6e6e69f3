"""Carrying out a decision in its room: judged first, then done.

What the judgement refuses has touched nothing, so a refusal costs the room neither its document nor a commit. What
the act does is one transaction; whatever it raises undoes all of it.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.crdt.document import Document
from app.crdt.registry import Rooms
from app.domain.ids import AgreementId, table_of
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

    async def decision(document: Document, turn: Decision) -> ResultT | DraftingError:
        try:
            if by is not None:
                await require_seated(turn.session, by)
            judged = await judge(document, turn)
        except DraftingError as refusal:
            return refusal
        return await act(document, turn, judged)

    outcome = await rooms.decide(table_of(agreement), decision)
    if isinstance(outcome, DraftingError):
        raise outcome
    return outcome
