"""Packages: offered, read, taken back, and ended when their time has run out.

As long as a package is pending no part of it is decided alone. Once it has ended otherwise than accepted, every part
is an ordinary pending suggestion again, as its own party has it now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.crdt.document import Document
from app.domain import roles
from app.domain.agreements import Stage
from app.domain.ids import AgreementId, PackageId, SuggestionId, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind, timestamp
from app.domain.packages import PackageStatus
from app.domain.roles import Act
from app.errors import (
    ArticleProposed,
    InvalidContent,
    NotFound,
    NotPermitted,
    PartTaken,
)
from app.models import Package, PackagePart, now
from app.repositories.agreements import AgreementRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.packages import Offered, PackageRepository
from app.repositories.updates import Decision
from app.services import suggestions
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.docket import Docket, Item, in_turn
from app.services.package_docket import PackageItem, ended, laid_out, package_in_turn, require_pending
from app.services.suggestions import Shelf

_DUE_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """What a party offers as one, and under which condition and until when."""

    title: str
    suggestions: Sequence[SuggestionId]
    reason: str | None = None
    condition: str | None = None
    expires_at: datetime | None = None


async def page(
    shelf: Shelf, acting: Acting, status: PackageStatus | None, after: tuple[Any, ...] | None, limit: int
) -> tuple[list[PackageItem], Package | None]:
    """List packages in the order in which they were offered; the second part is where the next page begins."""
    async with shelf.database.reading() as session:
        found = await PackageRepository(session).page(
            acting.agreement_id, status.value if status is not None else None, after, limit + 1
        )
    shown = found[:limit]
    items = await suggestions.some(shelf, acting, [part for one in shown for part in one.suggestions])
    return [laid_out(one, items) for one in shown], shown[-1].package if len(found) > limit else None


async def one(shelf: Shelf, acting: Acting, package: PackageId) -> PackageItem:
    """Read one package; raises `NotFound`."""
    async with shelf.database.reading() as session:
        offered = await PackageRepository(session).one(acting.agreement_id, package)
    if offered is None:
        raise NotFound
    return laid_out(offered, await suggestions.some(shelf, acting, offered.suggestions))


async def offer(shelf: Shelf, acting: Acting, wish: Offer) -> PackageItem:
    """Offer pending suggestions of the caller's own party as one.

    Raises `NotFound`, `NotPermitted`, `PartTaken`, `ArticleProposed`, `InvalidContent`, `WrongStage` and
    `AgreementSigned`.
    """
    _require_reasons(wish)
    await lapse(shelf, acting.agreement_id)

    async def judge(document: Document, turn: Decision) -> Docket:
        stage = Stage((await AgreementRepository(turn.session).get(acting.agreement_id)).status)
        roles.require(Act.PACKAGE, acting.standing_at(stage))
        docket = await in_turn(turn.session, document, acting.agreement_id, wish.suggestions)
        for suggestion in wish.suggestions:
            _require_free(docket.items.get(suggestion), acting)
        return docket

    async def act(_document: Document, turn: Decision, docket: Docket) -> PackageId:
        return await _offered(turn, acting, wish, docket)

    offered = await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)
    return await one(shelf, acting, offered)


async def withdraw(shelf: Shelf, acting: Acting, package: PackageId, reason: str) -> PackageItem:
    """Take a package of the caller's own party back: a lead at any time, its author before any acceptance.

    Raises `NotFound`, `NotPermitted`, `PackageResolved`, `WrongStage` and `AgreementSigned`.
    """
    await lapse(shelf, acting.agreement_id)

    async def judge(document: Document, turn: Decision) -> PackageItem:
        item, _ = await package_in_turn(document, turn, acting, package)
        stage = Stage((await AgreementRepository(turn.session).get(acting.agreement_id)).status)
        roles.require(Act.WITHDRAW, acting.standing_at(stage))
        if item.party != acting.party_key:
            raise NotPermitted("Only its own party takes a package back; another party may reject it.")
        require_pending(item)
        if not item.may_be_withdrawn_by(acting):
            raise NotPermitted("A drafter takes back what is its own, as long as nobody has accepted it.")
        return item

    async def act(_document: Document, turn: Decision, item: PackageItem) -> None:
        await PackageRepository(turn.session).end(ended(item, PackageStatus.WITHDRAWN, reason))
        entry = Entry(
            Kind.PACKAGE_WITHDRAWN, acting.party_key, acting.signature, {"package": package, "reason": reason}
        )
        await LedgerRepository(turn.session).extend(acting.agreement_id, [entry])

    await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)
    return await one(shelf, acting, package)


async def lapse(shelf: Shelf, agreement: AgreementId | None = None) -> int:
    """End the packages whose time has run out; any worker may, at any moment. Answers how many it ended."""
    async with shelf.database.reading() as session:
        due = await PackageRepository(session).due(now(), _DUE_AT_ONCE, agreement)
    ended = 0
    for of, package in due:
        ended += await _expire(shelf, AgreementId(of), PackageId(package))
    return ended


async def _expire(shelf: Shelf, agreement: AgreementId, package: PackageId) -> bool:
    async def judge(document: Document, turn: Decision) -> PackageItem | None:
        offered = await PackageRepository(turn.session).one(agreement, package)
        if offered is None or offered.package.status != PackageStatus.PENDING:
            return None
        docket = await in_turn(turn.session, document, agreement, offered.suggestions)
        item = laid_out(offered, docket.items)
        return item if item.is_due(now()) else None

    async def act(_document: Document, turn: Decision, item: PackageItem | None) -> bool:
        if item is None:
            return False
        row = item.offered.package
        await PackageRepository(turn.session).end(ended(item, PackageStatus.EXPIRED, None))
        payload = {
            "package": package,
            "reason": row.reason,
            "expires_at": timestamp(row.expires_at) if row.expires_at is not None else None,
        }
        await LedgerRepository(turn.session).extend(agreement, [Entry(Kind.PACKAGE_EXPIRED, item.party, None, payload)])
        return True

    return await decide(shelf.rooms, agreement, judge, act)


def _require_reasons(wish: Offer) -> None:
    if len(set(wish.suggestions)) != len(wish.suggestions):
        raise InvalidContent("A package names each suggestion once.")
    if (wish.expires_at is not None or wish.condition) and not wish.reason:
        raise InvalidContent("An offer that expires, or stands under a condition, needs its reason.")
    if wish.expires_at is not None and wish.expires_at <= now():
        raise InvalidContent("The time at which the offer expires has passed already.")


def _require_free(item: Item | None, acting: Acting) -> None:
    """Raise where a suggestion can't be a part of an offer of the caller's party."""
    if item is None:
        raise NotFound
    suggestion = item.record.id
    if item.record.party_key != acting.party_key:
        raise NotPermitted("A package holds suggestions of your own party.", suggestion=suggestion)
    if not item.is_pending or item.live is None:
        raise PartTaken(
            "One of these suggestions has been decided already.",
            suggestion=suggestion,
            why="resolved",
            suggestion_status=item.record.status,
        )
    if item.package is not None:
        raise PartTaken(
            "One of these suggestions is part of another package.",
            suggestion=suggestion,
            why="in_package",
            package=item.package,
        )
    if item.is_accepted_by_anyone:
        raise PartTaken(
            "One of these suggestions has been accepted by a party already.",
            suggestion=suggestion,
            why="accepted_in_part",
        )
    if item.live.proposed_with is not None:
        raise ArticleProposed(suggestion=item.live.proposed_with)


async def _offered(turn: Decision, acting: Acting, wish: Offer, docket: Docket) -> PackageId:
    package, at = PackageId(new_id("pkg")), now()
    parts = [docket.items[one] for one in wish.suggestions]
    row = Package(
        id=package,
        agreement_id=acting.agreement_id,
        party_key=acting.party_key,
        author_id=acting.member_id,
        title=wish.title,
        reason=wish.reason,
        condition=wish.condition,
        expires_at=wish.expires_at,
        status=PackageStatus.PENDING.value,
        created_at=at,
    )
    rows = [_part(row, part, place) for place, part in enumerate(parts, 1)]
    await PackageRepository(turn.session).add(row, rows)
    item = PackageItem(Offered(row, acting.account.name, rows), parts)
    entry = Entry(Kind.PACKAGE_OFFERED, acting.party_key, acting.signature, _told(item))
    await LedgerRepository(turn.session).extend(acting.agreement_id, [entry], at)
    return package


def _part(package: Package, part: Item, place: int) -> PackagePart:
    return PackagePart(
        package_id=package.id,
        suggestion_id=part.record.id,
        agreement_id=package.agreement_id,
        position=place,
        offered_version=part.record.version,
    )


def _told(item: PackageItem) -> dict[str, Any]:
    """Say in the ledger what is offered, and each part as it stands now."""
    row = item.offered.package
    parts = [
        {"suggestion": one.record.id, "version": one.record.version, "content_hash": one.content["content_hash"]}
        for one in item.parts
    ]
    return {
        "package": row.id,
        "title": row.title,
        "suggestions": parts,
        "content_hash": item.content_hash,
        "reason": row.reason,
        "condition": row.condition,
        "expires_at": timestamp(row.expires_at) if row.expires_at is not None else None,
    }
