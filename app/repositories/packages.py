"""Packages on record: offered, answered, ended; found for those who may read the agreement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Table, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, PackageId, PartyKey, SuggestionId
from app.domain.ledger import Act, Kind
from app.domain.packages import PackageStatus
from app.models import Account, Member, Package, PackagePart, PackageResponse, now
from app.repositories import chain

_packages, _parts = (cast("Table", model.__table__) for model in (Package, PackagePart))
_FOUND_AT_ONCE = 10_000


class PackageAnswer(NamedTuple):
    """An answer to a package, with the name of the member who gave it."""

    party: PartyKey
    member_id: str
    member_name: str
    kind: str
    version: int
    content_hash: str
    reason: str | None
    at: datetime


@dataclass(slots=True)
class Offered:
    """A package with its parts in order, and the answers to it, oldest first."""

    package: Package
    author_name: str
    parts: list[PackagePart] = field(default_factory=list)
    answers: list[PackageAnswer] = field(default_factory=list)

    @property
    def suggestions(self) -> list[SuggestionId]:
        return [SuggestionId(part.suggestion_id) for part in self.parts]


class PackageRepository:
    """Adds, finds and ends packages."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, package: Package, parts: Sequence[PackagePart]) -> None:
        self._session.add(package)
        await self._session.flush()
        self._session.add_all(parts)
        await self._session.flush()

    async def answer(self, response: PackageResponse) -> None:
        self._session.add(response)
        await self._session.flush()

    async def end(self, package: Package) -> None:
        """Write down how a package ended, before its parts are decided: they may be decided no other way."""
        self._session.add(package)
        await self._session.flush()

    async def page(
        self, agreement: AgreementId, status: str | None, after: tuple[Any, ...] | None, limit: int
    ) -> list[Offered]:
        """List packages in the order in which they were offered."""
        query = self._offered().where(Package.agreement_id == agreement)
        if status is not None:
            query = query.where(Package.status == status)
        if after is not None:
            query = query.where(tuple_(Package.created_at, Package.id) > after)
        found = await self._session.execute(query.order_by(Package.created_at, Package.id).limit(limit))
        return await self._complete([Offered(row[0], row[1]) for row in found])

    async def one(self, agreement: AgreementId, package: PackageId) -> Offered | None:
        """Read one package as it is now."""
        query = self._offered().where(Package.agreement_id == agreement, Package.id == package)
        found = await self._session.execute(query.execution_options(populate_existing=True))
        complete = await self._complete([Offered(row[0], row[1]) for row in found])
        return complete[0] if complete else None

    async def holding(
        self, agreement: AgreementId, suggestions: Collection[SuggestionId]
    ) -> dict[SuggestionId, PackageId]:
        """Tell which of some suggestions are part of a package whose time has not run out, and of which."""
        listed = list(suggestions)
        held: dict[SuggestionId, PackageId] = {}
        for start in range(0, len(listed), _FOUND_AT_ONCE):
            found = await self._session.execute(
                select(_parts.c.suggestion_id, _packages.c.id)
                .join(_packages, _packages.c.id == _parts.c.package_id)
                .where(
                    _parts.c.agreement_id == agreement,
                    _parts.c.suggestion_id.in_(listed[start : start + _FOUND_AT_ONCE]),
                    _packages.c.status == PackageStatus.PENDING,
                    or_(_packages.c.expires_at.is_(None), _packages.c.expires_at > now()),
                )
            )
            held |= {SuggestionId(row.suggestion_id): PackageId(row.id) for row in found}
        return held

    async def due(self, at: datetime, limit: int, agreement: AgreementId | None = None) -> list[tuple[str, str]]:
        """List pending packages whose time has run out, as `(agreement, package)`, the oldest first."""
        query = select(_packages.c.agreement_id, _packages.c.id).where(
            _packages.c.status == PackageStatus.PENDING, _packages.c.expires_at <= at
        )
        if agreement is not None:
            query = query.where(_packages.c.agreement_id == agreement)
        found = await self._session.execute(query.order_by(_packages.c.expires_at, _packages.c.id).limit(limit))
        return [(row.agreement_id, row.id) for row in found]

    async def _complete(self, offered: list[Offered]) -> list[Offered]:
        by_id = {one.package.id: one for one in offered}
        if not by_id:
            return []
        parts = await self._session.scalars(
            select(PackagePart).where(PackagePart.package_id.in_(by_id)).order_by(PackagePart.position)
        )
        for part in parts:
            by_id[part.package_id].parts.append(part)
        answers = await self._session.execute(
            select(PackageResponse, Account.name)
            .join(Member, Member.id == PackageResponse.member_id)
            .join(Account, Account.id == Member.account_id)
            .where(PackageResponse.package_id.in_(by_id))
            .order_by(PackageResponse.at, PackageResponse.id)
        )
        for given, name in answers:
            by_id[given.package_id].answers.append(
                PackageAnswer(
                    PartyKey(given.party_key),
                    given.member_id,
                    name,
                    given.kind,
                    given.version,
                    given.content_hash,
                    given.reason,
                    given.at,
                )
            )
        return offered

    @staticmethod
    def _offered() -> Any:
        return (
            select(Package, Account.name)
            .join(Member, Member.id == Package.author_id)
            .join(Account, Account.id == Member.account_id)
        )


def break_up(
    connection: Connection, agreement: AgreementId, ended: Collection[SuggestionId], at: datetime
) -> list[Act]:
    """End the pending packages that a suggestion was part of which is pending no more; tell of each.

    A package is whole or it is nothing: in no transaction does one stay open with a part gone.
    """
    listed = list(ended)
    broken: dict[str, Any] = {}
    for start in range(0, len(listed), _FOUND_AT_ONCE):
        found = connection.execute(
            select(_packages.c.id, _packages.c.party_key, _packages.c.expires_at, _parts.c.suggestion_id)
            .join(_parts, _parts.c.package_id == _packages.c.id)
            .where(
                _parts.c.agreement_id == agreement,
                _parts.c.suggestion_id.in_(listed[start : start + _FOUND_AT_ONCE]),
                _packages.c.status == PackageStatus.PENDING,
            )
            .order_by(_packages.c.created_at, _packages.c.id)
        )
        for row in found:
            broken.setdefault(row.id, row)
    acts = []
    for row in broken.values():
        # One whose time had run out was free to be decided, and ended by that and nothing else.
        is_due = row.expires_at is not None and row.expires_at <= at
        status = PackageStatus.EXPIRED if is_due else PackageStatus.WITHDRAWN
        kind = Kind.PACKAGE_EXPIRED if is_due else Kind.PACKAGE_WITHDRAWN
        connection.execute(
            update(_packages).where(_packages.c.id == row.id).values(status=status.value, resolved_at=at)
        )
        payload = {"package": row.id, "reason": None, "lost": row.suggestion_id}
        acts.append(Act(kind, PartyKey(row.party_key), None, payload))
    return acts


def tell_broken(connection: Connection, agreement: AgreementId, ended: Collection[SuggestionId], at: datetime) -> None:
    """Break up what has lost a part, and tell the ledger at once."""
    if acts := break_up(connection, agreement, ended, at):
        chain.append(connection, agreement, acts, at)
