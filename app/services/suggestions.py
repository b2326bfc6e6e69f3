"""Reading suggestions, each as it stands now, and letting its author state the reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from app.crdt.document import Document
from app.crdt.registry import Rooms
from app.db import Database
from app.domain import roles
from app.domain.ids import AgreementId, PartyKey, SuggestionId, table_of
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act, Role
from app.errors import AlreadyAnswered, NotFound, NotPermitted, SuggestionAlreadyResolved
from app.repositories.agreements import AgreementRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.suggestions import Record, SuggestionRepository, Wanted
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.docket import Docket, Item, in_turn, on_record, read_contents

_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """What suggestions are read from."""

    database: Database
    rooms: Rooms[Decision]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of suggestions; `last` is where the next one begins, if there is one."""

    items: list[Item]
    last: Record | None


async def page(shelf: Shelf, acting: Acting, wanted: Wanted, after: tuple[Any, ...] | None, limit: int) -> Listed:
    """List suggestions in the order in which they were opened; `wanted.party` may be a party's key or its id."""
    async with shelf.database.reading() as session:
        parties = (await AgreementRepository(session).parties([acting.agreement_id]))[acting.agreement_id]
        key = next((PartyKey(one.key) for one in parties if one.id == wanted.party), wanted.party)
        wanted = replace(wanted, party=key)
        found = await SuggestionRepository(session).page(acting.agreement_id, wanted, after, limit + 1)
        records = {record.id: record for record in found[:limit]}
        docket = await on_record(session, acting.agreement_id, records)
    await _complete(shelf, acting.agreement_id, docket)
    # One that was decided while it was read is no longer what was asked for.
    items = [item for item in docket.items.values() if wanted.status in {None, item.record.status}]
    return Listed(items, found[limit - 1] if len(found) > limit else None)


async def one(shelf: Shelf, acting: Acting, suggestion: SuggestionId) -> Item:
    """Read one suggestion; raises `NotFound`."""
    found = await some(shelf, acting, [suggestion])
    if suggestion not in found:
        raise NotFound
    return found[suggestion]


async def some(shelf: Shelf, acting: Acting, ids: Collection[SuggestionId]) -> dict[SuggestionId, Item]:
    """Read some suggestions; those that are not there are left out."""
    async with shelf.database.reading() as session:
        found = await SuggestionRepository(session).many(acting.agreement_id, ids)
        docket = await on_record(session, acting.agreement_id, found)
    await _complete(shelf, acting.agreement_id, docket)
    return docket.items


async def _complete(shelf: Shelf, agreement: AgreementId, docket: Docket) -> None:
    """Add what pending suggestions say. One that has left the text meanwhile was decided: read it again."""
    for _ in range(_ATTEMPTS):
        unread = [key for key in docket.pending if docket.items[key].live is None]
        if not unread:
            return
        contents = await shelf.rooms.read(table_of(agreement), partial(read_contents, ids=unread))
        docket.add_contents(contents)
        decided = [key for key in unread if key not in contents]
        if decided:
            async with shelf.database.reading() as session:
                records = await SuggestionRepository(session).many(agreement, decided)
                docket.items |= (await on_record(session, agreement, records)).items


async def explain(shelf: Shelf, acting: Acting, suggestion: SuggestionId, reason: str | None) -> Item:
    """State or change the reason of a pending suggestion before anybody has judged it; its author's, or a lead's.

    Raises `NotFound`, `NotPermitted`, `SuggestionAlreadyResolved` and `AlreadyAnswered`.
    """

    async def judge(document: Document, turn: Decision) -> Mapping[SuggestionId, Record]:
        docket = await in_turn(turn.session, document, acting.agreement_id, [suggestion])
        if suggestion not in docket.items:
            raise NotFound
        item = docket.items[suggestion]
        roles.require(Act.WITHDRAW, acting.standing_at(item.stage))
        is_own = item.record.party_key == acting.party_key
        if not is_own or (acting.role is not Role.LEAD and item.record.author_id != acting.member_id):
            raise NotPermitted("Its author, or a lead of the same party, states the reason of a suggestion.")
        if not item.is_pending:
            raise SuggestionAlreadyResolved
        if item.is_judged:
            raise AlreadyAnswered
        return {suggestion: item.record}

    async def act(_document: Document, turn: Decision, _judged: Mapping[SuggestionId, Record]) -> None:
        await SuggestionRepository(turn.session).explain(acting.agreement_id, suggestion, reason)
        payload = {"suggestion": suggestion, "reason": reason}
        entry = Entry(Kind.SUGGESTION_EXPLAINED, acting.party_key, acting.signature, payload)
        await LedgerRepository(turn.session).extend(acting.agreement_id, [entry])

    await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)
    return await one(shelf, acting, suggestion)
