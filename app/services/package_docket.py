"""Packages as they stand: the offer, its parts, the answers, and who still has to answer.

A pending package's hash and version follow from its parts as they stand now: a part that moves makes another package
of it, and nobody's acceptance is for that one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.crdt.canonical import content_hash
from app.crdt.document import Document
from app.domain import roles, suggestions
from app.domain.ids import PackageId, PartyKey, SuggestionId
from app.domain.ledger import timestamp
from app.domain.packages import PackageAnswerKind, PackageStatus
from app.domain.roles import Act, Role
from app.errors import NotFound, PackageResolved
from app.models import Package, now
from app.repositories.packages import Offered, PackageAnswer, PackageRepository
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.docket import Docket, Item, in_turn


@dataclass(slots=True)
class PackageItem:
    """One package with all that bears on it."""

    offered: Offered
    parts: Sequence[Item]

    @property
    def id(self) -> PackageId:
        return PackageId(self.offered.package.id)

    @property
    def party(self) -> PartyKey:
        return PartyKey(self.offered.package.party_key)

    @property
    def status(self) -> PackageStatus:
        """How it stands; one whose time has run out is expired, whoever has yet to write that down."""
        kept = PackageStatus(self.offered.package.status)
        return PackageStatus.EXPIRED if kept is PackageStatus.PENDING and self.is_due(now()) else kept

    def is_due(self, at: datetime) -> bool:
        """Whether its time has run out."""
        expires_at = self.offered.package.expires_at
        return expires_at is not None and expires_at <= at

    @property
    def content_hash(self) -> str:
        """What an answer has to name: the offer's own words, and every part as it stands."""
        package = self.offered.package
        if package.content_hash is not None:
            return package.content_hash
        return content_hash(
            {
                "package": package.id,
                "title": package.title,
                "condition": package.condition,
                "expires_at": timestamp(package.expires_at) if package.expires_at is not None else None,
                "parts": [
                    {"suggestion": part.record.id, "content_hash": part.content["content_hash"]} for part in self.parts
                ],
            }
        )

    @property
    def version(self) -> int:
        """One more with every version of a part since the offer."""
        if self.offered.package.version is not None:
            return self.offered.package.version
        offered = {part.suggestion_id: part.offered_version for part in self.offered.parts}
        return 1 + sum(max(0, part.record.version - offered[part.record.id]) for part in self.parts)

    @property
    def asked(self) -> list[PartyKey]:
        """Whose acceptance it takes: every party that any part asks."""
        asked = {party for part in self.parts for party in part.asked}
        return [party for party in self.parts[0].signatories if party in asked] if self.parts else []

    @property
    def accepting(self) -> dict[PartyKey, PackageAnswer]:
        """The acceptances that hold: each its party's last word, of the package as it stands."""
        return self._standing(PackageAnswerKind.ACCEPT)

    @property
    def awaiting(self) -> list[PartyKey]:
        if self.status is not PackageStatus.PENDING:
            return []
        accepting = self.accepting
        return [party for party in self.asked if party not in accepting]

    @property
    def is_carried(self) -> bool:
        """Whether every part is accepted by as many parties as it takes."""
        return all(self._assenting(part) >= _required(part) for part in self.parts)

    @property
    def is_lost(self) -> bool:
        """Whether some part can't be carried any more: too many refuse the package."""
        refusing = self._standing(PackageAnswerKind.REJECT)
        left = [len([party for party in part.asked if party not in refusing]) for part in self.parts]
        return any(number < _required(part) for number, part in zip(left, self.parts, strict=True))

    def may(self, acting: Acting) -> list[str]:
        """List what the caller may do about it now: accept, reject, question, withdraw."""
        if self.status is not PackageStatus.PENDING or not self.parts:
            return []
        standing = acting.standing_at(self.parts[0].stage)
        if self.party == acting.party_key:
            return ["withdraw"] if self.may_be_withdrawn_by(acting) else []
        if roles.refusal(Act.RESPOND, standing) is not None:
            return []
        answers = ["accept", "reject"] if acting.party_key in self.asked else []
        return [*(one for one in answers if one != "accept" or acting.party_key in self.awaiting), "question"]

    def may_be_withdrawn_by(self, acting: Acting) -> bool:
        """Whether the caller takes it back: a lead of its party at any time, its author before any acceptance."""
        if roles.refusal(Act.WITHDRAW, acting.standing_at(self.parts[0].stage)) is not None:
            return False
        is_author = self.offered.package.author_id == acting.member_id
        return acting.role is Role.LEAD or (is_author and not self.accepting)

    def _assenting(self, part: Item) -> int:
        accepting = self.accepting
        return len([party for party in part.asked if party in accepting])

    def _standing(self, kind: PackageAnswerKind) -> dict[PartyKey, PackageAnswer]:
        last = {answer.party: answer for answer in self.offered.answers}
        seen = self.content_hash
        return {party: one for party, one in last.items() if one.kind == kind and one.content_hash == seen}


def _required(part: Item) -> int:
    return suggestions.required(part.asked, part.signatories, part.record.party_key, part.quorum)


def laid_out(offered: Offered, items: Mapping[SuggestionId, Item]) -> PackageItem:
    """Put a package together with its parts, in their order."""
    return PackageItem(offered, [items[one] for one in offered.suggestions if one in items])


async def package_in_turn(
    document: Document, turn: Decision, acting: Acting, package: PackageId
) -> tuple[PackageItem, Docket]:
    """Lay a package out inside a decision, where record and text are of one moment."""
    offered = await PackageRepository(turn.session).one(acting.agreement_id, package)
    if offered is None:
        raise NotFound
    docket = await in_turn(turn.session, document, acting.agreement_id, offered.suggestions)
    return laid_out(offered, docket.items), docket


def require_pending(item: PackageItem) -> None:
    if item.status is not PackageStatus.PENDING:
        raise PackageResolved(package_status=item.status.value)


def ended(item: PackageItem, status: PackageStatus, reason: str | None) -> Package:
    """Say how a package ended, with its hash and version as they last were."""
    row = item.offered.package
    row.content_hash, row.version = item.content_hash, item.version
    row.status, row.ending_reason, row.resolved_at = status.value, reason, now()
    return row
