"""Changing who sits where: roles, removals, and moves between parties, which take a yes from both sides.

A seat that ends keeps its record: what somebody did stays under the member they were, and whatever a member proposed
stays with the party (R14). Whoever moves sits down as a new member, so that nothing of the old place comes along. A
party never loses its last lead.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.crdt.document import Document
from app.domain import roles
from app.domain.agreements import Stage
from app.domain.ids import AccountId, AgreementId, MemberId, PartyKey, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act, Role
from app.errors import InvalidContent, LastLead, NotFound, NotPermitted
from app.models import Member, Move, now
from app.repositories.agreements import AgreementRepository
from app.repositories.ground_rules import GroundRulesRepository
from app.repositories.invitations import InvitationRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.members import MemberRepository
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.suggestions import Shelf

End = Callable[[MemberId], None]
"""Ends a member's open connections on this worker."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a lead wishes of a member: another role, another party, or both."""

    role: Role | None
    party: PartyKey | None


@dataclass(frozen=True, slots=True)
class Seated:
    """A member after a change, and the move that waits for the other side's yes, if one does."""

    member: Member
    name: str
    move: Move | None


@dataclass(frozen=True, slots=True)
class _Bench:
    """One member with all that bears on a change of its seat."""

    member: Member
    name: str
    parties: Sequence[str]
    move: Move | None
    leads: int
    """How many leads the member's party has."""


async def roles_of(session: AsyncSession, members: Collection[MemberId]) -> dict[MemberId, Role]:
    """Tell the roles of members that are still seated."""
    return {MemberId(one): Role(role) for one, role in (await MemberRepository(session).roles(members)).items()}


async def watched_live(session: AsyncSession, agreements: Sequence[AgreementId]) -> set[AgreementId]:
    """Tell in which of these agreements observers may watch the table."""
    found = await GroundRulesRepository(session).in_force_in(agreements)
    return {AgreementId(key) for key, version in found.items() if version.settings.get("observers_see") == "live"}


async def change(shelf: Shelf, acting: Acting, member: MemberId, wish: Change, end: End) -> Seated:
    """Give a member of the caller's own party another role, or carry on its move to another party.

    The first lead who asks for a move proposes it, a lead of the other side who asks for the same confirms it.
    Raises `NotFound`, `NotLead`, `NotPermitted`, `AgreementSigned`, `LastLead` and `InvalidContent`.
    """

    async def judge(_document: Document, turn: Decision) -> _Bench:
        found = await _bench(turn.session, acting, member)
        here, there = PartyKey(found.member.party_key), wish.party
        if Role.MEDIATOR in {wish.role, Role(found.member.role)}:
            # Both sides have told a mediator what the other may not know.
            raise NotPermitted("A mediator is let in by every party that signs, and takes no other seat.")
        if there is None or there == here:
            _require_own(acting, here)
            if wish.role not in {None, Role.LEAD, Role(found.member.role)}:
                _require_another_lead(found)
        else:
            if there not in found.parties:
                raise InvalidContent("There is no party of that key in this agreement.")
            if acting.party_key not in {here, there}:
                raise NotPermitted("The leads of the party left and of the party joined decide about a move.")
            _require_another_lead(found)
        return found

    async def act(_document: Document, turn: Decision, found: _Bench) -> Seated:
        there = wish.party
        role = wish.role or Role(found.member.role)
        if there is None or there == found.member.party_key:
            return await _give_role(turn, acting, found, role, end)
        if _is_confirmed(acting, found.move, there, wish.role):
            return await _move(turn, acting, found, end)
        return await _propose(turn, acting, found, there, role)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def remove(shelf: Shelf, acting: Acting, member: MemberId, end: End) -> None:
    """Take a member of the caller's own party from the table, at once and everywhere.

    Raises `NotFound`, `NotLead`, `NotPermitted`, `AgreementSigned` and `LastLead`.
    """

    async def judge(_document: Document, turn: Decision) -> _Bench:
        found = await _bench(turn.session, acting, member)
        if not (found.member.role == Role.MEDIATOR and acting.party.signatory):
            # Mediation lasts as long as every party wants it.
            _require_own(acting, PartyKey(found.member.party_key))
        _require_another_lead(found)
        return found

    async def act(_document: Document, turn: Decision, found: _Bench) -> None:
        at = now()
        await _end_seat(turn, acting, found, at, end)
        payload = _told(found.member, found.name) | {"role": found.member.role}
        entry = Entry(Kind.MEMBER_REMOVED, acting.party_key, acting.signature, payload)
        await LedgerRepository(turn.session).extend(acting.agreement_id, [entry], at)

    await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def forget_move(shelf: Shelf, acting: Acting, member: MemberId) -> None:
    """Take back or refuse a move that waits for a yes; raises `NotFound`, `NotLead` and `NotPermitted`."""

    async def judge(_document: Document, turn: Decision) -> _Bench:
        found = await _bench(turn.session, acting, member)
        if found.move is None:
            raise NotFound
        if acting.party_key not in {found.member.party_key, found.move.party_key}:
            raise NotPermitted("The leads of the party left and of the party joined decide about a move.")
        return found

    async def act(_document: Document, turn: Decision, _found: _Bench) -> None:
        await MemberRepository(turn.session).forget_move(member)

    await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def moves(session: AsyncSession, acting: Acting) -> list[Move]:
    """List the moves that wait for a yes, as far as the caller's own party has a say in them."""
    found = await MemberRepository(session).moves(acting.agreement_id)
    return [move for move, party in found if acting.party_key in {party, move.party_key}]


async def _give_role(turn: Decision, acting: Acting, found: _Bench, role: Role, end: End) -> Seated:
    if role != found.member.role:
        if role is Role.OBSERVER:
            end(MemberId(found.member.id))
        payload = _told(found.member, found.name) | {"role": role.value, "before": found.member.role}
        found.member.role = role.value
        entry = Entry(Kind.MEMBER_CHANGED, acting.party_key, acting.signature, payload)
        await LedgerRepository(turn.session).extend(acting.agreement_id, [entry])
    return Seated(found.member, found.name, found.move)


async def _propose(turn: Decision, acting: Acting, found: _Bench, there: PartyKey, role: Role) -> Seated:
    repository = MemberRepository(turn.session)
    await repository.forget_move(MemberId(found.member.id))
    move = Move(
        member_id=found.member.id,
        agreement_id=acting.agreement_id,
        party_key=there,
        role=role.value,
        proposed_by=acting.member_id,
        proposing_party=acting.party_key,
        at=now(),
    )
    await repository.add_move(move)
    return Seated(found.member, found.name, move)


async def _move(turn: Decision, acting: Acting, found: _Bench, end: End) -> Seated:
    """End the old seat and take a new one: a member's caucus, tokens' reach and connections stay behind."""
    move, old, at = found.move, found.member, now()
    if move is None:
        raise NotFound
    await _end_seat(turn, acting, found, at, end)
    new = Member(
        id=new_id("mem"),
        agreement_id=old.agreement_id,
        account_id=old.account_id,
        party_key=move.party_key,
        role=move.role,
        created_at=at,
    )
    await MemberRepository(turn.session).add(new)
    payload = {
        **_told(old, found.name),
        "party": {"before": old.party_key, "after": new.party_key},
        "role": new.role,
        "before": old.role,
        "now": new.id,
    }
    entry = Entry(Kind.MEMBER_CHANGED, acting.party_key, acting.signature, payload)
    await LedgerRepository(turn.session).extend(acting.agreement_id, [entry], at)
    return Seated(new, found.name, None)


async def _end_seat(turn: Decision, acting: Acting, found: _Bench, at: datetime, end: End) -> None:
    end(MemberId(found.member.id))
    await MemberRepository(turn.session).forget_move(MemberId(found.member.id))
    # An invitation's token is known to who sent it: unspent, it would be a way back in.
    await InvitationRepository(turn.session).revoke_sent(acting.agreement_id, AccountId(found.member.account_id), at)
    found.member.removed_at = at
    await turn.session.flush()


async def _bench(session: AsyncSession, acting: Acting, member: MemberId) -> _Bench:
    agreement = await AgreementRepository(session).get(acting.agreement_id)
    roles.require(Act.SEAT, acting.standing_at(Stage(agreement.status)))
    repository = MemberRepository(session)
    seated = [(row[0], row[1].name) for row in await repository.of_agreement(acting.agreement_id)]
    found = next(((one, name) for one, name in seated if one.id == member), None)
    if found is None:
        raise NotFound
    parties = (await AgreementRepository(session).parties([acting.agreement_id]))[acting.agreement_id]
    leads = [one for one, _ in seated if one.party_key == found[0].party_key and one.role == Role.LEAD]
    return _Bench(*found, [party.key for party in parties], await repository.move_of(member), len(leads))


def _require_own(acting: Acting, party: PartyKey) -> None:
    if party != acting.party_key:
        raise NotPermitted("A party's seats are its own to give; its own lead decides about its members.")


def _require_another_lead(found: _Bench) -> None:
    if found.member.role == Role.LEAD and found.leads == 1:
        raise LastLead


def _is_confirmed(acting: Acting, move: Move | None, there: PartyKey, role: Role | None) -> bool:
    """Whether this is the other side's yes to the very move that was proposed."""
    return (
        move is not None
        and move.party_key == there
        and move.proposing_party != acting.party_key
        and role in {None, Role(move.role)}
    )


def _told(member: Member, name: str) -> dict[str, Any]:
    return {"member": {"id": member.id, "name": name}}
