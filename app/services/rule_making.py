"""Making ground rules: a lead proposes a version, every signatory party's lead signs it, and then it holds.

One version at most waits for signatures. A newer proposal takes the place of one that not all have signed, whoever
proposed that, and the signatures under it count for nothing; what was signed before stays on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.crdt.document import Document
from app.db import Database
from app.domain import roles
from app.domain.agreements import Stage, is_unanimous
from app.domain.ground_rules import DEFAULTS, GroundRules, read_rules
from app.domain.ids import MemberId, PartyKey
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act
from app.errors import InvalidContent, NotFound, RulesReplaced, StaleContent
from app.models import RulesSignature, RulesVersion, now
from app.repositories.agreements import AgreementRepository
from app.repositories.chain import canonical
from app.repositories.ground_rules import IN_FORCE, PROPOSED, REPLACED, SUPERSEDED, GroundRulesRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.members import MemberRepository
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.suggestions import Shelf

_FEWEST_ACCEPTANCES = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version as a lead proposes it; `further` are rules in the parties' own words, as Markdown."""

    rules: GroundRules
    further: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class History:
    """Every version, newest first, with who signed which, and the names of the members they mention."""

    versions: Sequence[RulesVersion]
    signatures: Sequence[RulesSignature]
    names: dict[str, str]
    signatories: Sequence[PartyKey]

    def at(self, status: str) -> RulesVersion | None:
        return next((version for version in self.versions if version.status == status), None)

    def under(self, version: RulesVersion) -> list[RulesSignature]:
        return [one for one in self.signatures if one.version == version.version]

    def awaiting(self, version: RulesVersion) -> list[PartyKey]:
        """Tell whose signature a proposed version still needs."""
        if version.status != PROPOSED:
            return []
        signed = {one.party_key for one in self.under(version)}
        return [party for party in self.signatories if party not in signed]


def content_hash(rules: GroundRules, further: str) -> str:
    """Hash what a lead signs: the settings and the further rules, in their RFC 8785 form."""
    return sha256(canonical({"settings": rules.as_json(), "further": further})).hexdigest()


DEFAULT_HASH = content_hash(DEFAULTS, "")


async def history(database: Database, acting: Acting) -> History:
    """Read every version of an agreement's ground rules."""
    async with database.reading() as session:
        return await _history(session, acting)


async def propose(shelf: Shelf, acting: Acting, proposal: Proposal) -> tuple[History, int]:
    """Propose a version; answers the history and the version's number.

    Raises `NotLead`, `NotPermitted`, `AgreementSigned`, and `InvalidContent` for rules that cannot hold here or that
    change nothing.
    """

    async def judge(_document: Document, turn: Decision) -> History:
        await _require_standing(turn.session, acting)
        known = await _history(turn.session, acting)
        _require_fitting(proposal.rules, known.signatories)
        holds = known.at(IN_FORCE)
        if content_hash(proposal.rules, proposal.further) == (holds.content_hash if holds else DEFAULT_HASH):
            raise InvalidContent("These are the ground rules that hold already.")
        return known

    async def act(_document: Document, turn: Decision, known: History) -> tuple[History, int]:
        waiting = known.at(PROPOSED)
        if waiting is not None:
            await GroundRulesRepository(turn.session).set_status(acting.agreement_id, waiting.version, REPLACED)
        version = _version(acting, proposal, known)
        await GroundRulesRepository(turn.session).add(version)
        payload = {
            "version": version.version,
            "settings": version.settings,
            "further": version.further,
            "reason": version.reason,
            "content_hash": version.content_hash,
            "replaces": waiting.version if waiting is not None else None,
        }
        await _tell(turn, acting, Kind.GROUND_RULES_PROPOSED, payload)
        return await _history(turn.session, acting), version.version

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def sign(shelf: Shelf, acting: Acting, version: int, seen: str) -> History:
    """Sign a version for the caller's party; after the last signatory's lead it holds. Said twice, it is said once.

    Raises `NotFound`, `NotLead`, `NotPermitted`, `AgreementSigned`, `StaleContent` with the `current` hash, and
    `RulesReplaced` with the `current` version where a newer one took its place.
    """

    async def judge(_document: Document, turn: Decision) -> tuple[History, RulesVersion]:
        await _require_standing(turn.session, acting)
        known = await _history(turn.session, acting)
        wanted = next((one for one in known.versions if one.version == version), None)
        if wanted is None:
            raise NotFound
        if wanted.status in {REPLACED, SUPERSEDED}:
            raise RulesReplaced(current=known.versions[0].version)
        if seen != wanted.content_hash:
            raise StaleContent(current=wanted.content_hash)
        return known, wanted

    async def act(_document: Document, turn: Decision, judged: tuple[History, RulesVersion]) -> History:
        known, wanted = judged
        if acting.party_key not in known.awaiting(wanted):
            return known
        signature = RulesSignature(
            agreement_id=acting.agreement_id,
            version=version,
            party_key=acting.party_key,
            member_id=acting.member_id,
            content_hash=seen,
            at=now(),
        )
        await GroundRulesRepository(turn.session).add(signature)
        await _tell(turn, acting, Kind.GROUND_RULES_SIGNED, {"version": version, "content_hash": seen})
        signed = {PartyKey(one.party_key) for one in known.under(wanted)} | {acting.party_key}
        if is_unanimous(known.signatories, signed):
            await _adopt(turn, acting, known, wanted)
        return await _history(turn.session, acting)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def _adopt(turn: Decision, acting: Acting, known: History, wanted: RulesVersion) -> None:
    """Put a version in force. What it opens to the public is a publication, and told as one."""
    repository = GroundRulesRepository(turn.session)
    before = known.at(IN_FORCE)
    if before is not None:
        await repository.set_status(acting.agreement_id, before.version, SUPERSEDED)
    await repository.set_status(acting.agreement_id, wanted.version, IN_FORCE, adopted_at=now())
    payload = {"version": wanted.version, "settings": wanted.settings, "content_hash": wanted.content_hash}
    entries = [Entry(Kind.GROUND_RULES_ADOPTED, None, None, payload)]
    rules, earlier = read_rules(wanted.settings), read_rules(before.settings) if before is not None else DEFAULTS
    if (rules.public_sees, rules.blackout) != (earlier.public_sees, earlier.blackout):
        told = {"what": "page", "public_sees": rules.public_sees, "blackout": rules.blackout}
        entries.append(Entry(Kind.PUBLICATION_MADE, None, None, told))
    await LedgerRepository(turn.session).extend(acting.agreement_id, entries)


async def _require_standing(session: AsyncSession, acting: Acting) -> None:
    agreement = await AgreementRepository(session).get(acting.agreement_id)
    roles.require(Act.SET_RULES, acting.standing_at(Stage(agreement.status)))


def _require_fitting(rules: GroundRules, signatories: Sequence[PartyKey]) -> None:
    if rules.acceptances is None:
        return
    if not _FEWEST_ACCEPTANCES <= rules.acceptances <= len(signatories):
        raise InvalidContent(
            f"acceptances: between {_FEWEST_ACCEPTANCES} and {len(signatories)}, as many parties sign this agreement."
        )


def _version(acting: Acting, proposal: Proposal, known: History) -> RulesVersion:
    return RulesVersion(
        agreement_id=acting.agreement_id,
        version=known.versions[0].version + 1 if known.versions else 1,
        status=PROPOSED,
        settings=proposal.rules.as_json(),
        further=proposal.further,
        reason=proposal.reason,
        content_hash=content_hash(proposal.rules, proposal.further),
        party_key=acting.party_key,
        proposed_by=acting.member_id,
        proposed_at=now(),
    )


async def _tell(turn: Decision, acting: Acting, kind: Kind, payload: dict[str, Any]) -> None:
    entry = Entry(kind, acting.party_key, acting.signature, payload)
    await LedgerRepository(turn.session).extend(acting.agreement_id, [entry])


async def _history(session: AsyncSession, acting: Acting) -> History:
    repository = GroundRulesRepository(session)
    versions = await repository.all(acting.agreement_id)
    signatures = await repository.signatures(acting.agreement_id)
    mentioned = {one.proposed_by for one in versions} | {one.member_id for one in signatures}
    names = await MemberRepository(session).names([MemberId(one) for one in sorted(mentioned)])
    parties = (await AgreementRepository(session).parties([acting.agreement_id]))[acting.agreement_id]
    return History(versions, signatures, names, [PartyKey(party.key) for party in parties if party.signatory])
