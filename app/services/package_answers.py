"""Answering packages: whole or not at all, as they were seen.

A package is accepted in one transaction with every part of it, by the same machinery as any acceptance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.crdt.document import Document
from app.domain import roles
from app.domain.agreements import Stage
from app.domain.ids import MemberId, PackageId, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.packages import PackageAnswerKind, PackageStatus
from app.domain.suggestions import Answer, Status
from app.errors import NotPermitted, StalePackage
from app.models import PackageResponse, now
from app.repositories.agreements import AgreementRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.packages import PackageAnswer, PackageRepository
from app.repositories.responses import ResponseRepository
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.carrying import Carrying
from app.services.deciding import decide
from app.services.docket import Docket, Item
from app.services.judging import Verdict, Wish
from app.services.package_docket import PackageItem, ended, package_in_turn, require_pending
from app.services.packages import lapse, one
from app.services.suggestions import Shelf


@dataclass(frozen=True, slots=True)
class PackageWish:
    """An answer to a package as a member gives it."""

    package: PackageId
    kind: PackageAnswerKind
    content_hash: str
    reason: str | None = None


async def respond(shelf: Shelf, acting: Acting, wish: PackageWish) -> PackageItem:
    """Answer a package whole, as it was seen.

    Raises `NotFound`, `OwnParty`, `NotLead`, `NotPermitted`, `PackageResolved`, `StalePackage` (with `current`, a
    `PackageItem`), `WrongStage` and `AgreementSigned`.
    """
    await lapse(shelf, acting.agreement_id)

    async def judge(document: Document, turn: Decision) -> tuple[PackageItem, Docket]:
        item, docket = await package_in_turn(document, turn, acting, wish.package)
        stage = Stage((await AgreementRepository(turn.session).get(acting.agreement_id)).status)
        roles.require_answer(acting.standing_at(stage), own_party=item.party == acting.party_key)
        require_pending(item)
        if wish.kind is not PackageAnswerKind.QUESTION and acting.party_key not in item.asked:
            raise NotPermitted("This package changes another party's proposals, and that party answers it.")
        if wish.content_hash != item.content_hash:
            raise StalePackage(current=item)
        return item, docket

    async def act(document: Document, turn: Decision, judged: tuple[PackageItem, Docket]) -> None:
        item, docket = judged
        await _Answering(document, turn, acting, item, docket).answer(wish)

    await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)
    return await one(shelf, acting, wish.package)


@dataclass(frozen=True, slots=True)
class _Answering:
    """One answer, and what it brings about."""

    document: Document
    turn: Decision
    acting: Acting
    item: PackageItem
    docket: Docket

    async def answer(self, wish: PackageWish) -> None:
        item, at = self.item, now()
        given = PackageAnswer(
            self.acting.party_key,
            self.acting.member_id,
            self.acting.account.name,
            wish.kind.value,
            item.version,
            wish.content_hash,
            wish.reason,
            at,
        )
        await PackageRepository(self.turn.session).answer(
            PackageResponse(
                id=new_id("res"),
                package_id=item.id,
                party_key=given.party,
                member_id=given.member_id,
                kind=given.kind,
                version=given.version,
                content_hash=given.content_hash,
                reason=given.reason,
                at=at,
            )
        )
        item.offered.answers.append(given)
        told = {"version": given.version, "content_hash": given.content_hash, "reason": given.reason}
        await self._tell(Kind.PACKAGE_RESPONDED, {"kind": given.kind, **told})
        if wish.kind is PackageAnswerKind.ACCEPT and item.is_carried:
            await self._accept(wish)
        elif wish.kind is PackageAnswerKind.REJECT and item.is_lost:
            await PackageRepository(self.turn.session).end(ended(item, PackageStatus.REJECTED, wish.reason))
            await self._tell(Kind.PACKAGE_REJECTED, told)

    async def _accept(self, wish: PackageWish) -> None:
        """Accept every part for every party that has accepted the package, and enact them in one pass."""
        item, accepting = self.item, self.item.accepting
        await PackageRepository(self.turn.session).end(ended(item, PackageStatus.ACCEPTED, None))
        named = [part.record.id for part in item.parts]
        payload = {"version": item.version, "content_hash": item.content_hash, "suggestions": named}
        await self._tell(Kind.PACKAGE_ACCEPTED, payload)
        await self._accept_for([one for one in accepting.values() if one.party != self.acting.party_key])
        verdict = Verdict(self.docket)
        for part in item.parts:
            # Marked before any is taken: an alternative that is itself a part of the package is not overtaken.
            part.record = part.record._replace(status=Status.ACCEPTED.value)
        for part in item.parts:
            verdict.accept(part)
            if self.acting.party_key in part.asked:
                seen = part.content["content_hash"]
                verdict.held.append(Wish(part.record.id, Answer.ACCEPT, seen, wish.reason))
        await Carrying(self.acting)(self.document, self.turn, verdict)

    async def _accept_for(self, earlier: Sequence[PackageAnswer]) -> None:
        """Put on record, part by part, what parties accepted with the package before the last of them did."""
        rows, entries = [], []
        for answer in earlier:
            member = {"id": answer.member_id, "name": answer.member_name}
            for part in self.item.parts:
                if answer.party not in part.asked:
                    continue
                seen = {"version": part.record.version, "content_hash": part.content["content_hash"]}
                told = {"suggestion": part.record.id, **seen, "reason": answer.reason}
                entries.append(Entry(Kind.SUGGESTION_ACCEPTED, answer.party, member, told))
                rows.append(self._row(part, MemberId(answer.member_id), answer, seen))
        await ResponseRepository(self.turn.session).add(rows)
        await LedgerRepository(self.turn.session).extend(self.acting.agreement_id, entries)

    def _row(self, part: Item, member: MemberId, answer: PackageAnswer, seen: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": new_id("res"),
            "agreement_id": self.acting.agreement_id,
            "suggestion_id": part.record.id,
            "party_key": answer.party,
            "member_id": member,
            "kind": Answer.ACCEPT.value,
            **seen,
            "reason": answer.reason,
            "at": answer.at,
            "amendment_id": None,
            "amendment_hash": None,
        }

    async def _tell(self, kind: Kind, payload: dict[str, Any]) -> None:
        entry = Entry(kind, self.acting.party_key, self.acting.signature, {"package": self.item.id, **payload})
        await LedgerRepository(self.turn.session).extend(self.acting.agreement_id, [entry])
