"""A mediator's proposals under double-blind acceptance: nobody learns of another's yes unless all have said yes.

An answer is kept where only its own party reads it, and moves nothing else: no ledger entry, no notice, no stamp of
time, no state of the proposal. A proposal that is not agreed stays open to everybody's eyes until it closes, whoever
said no and however early, so that neither its state nor the time tells of anybody. The last yes reveals it to all at
once; its changes then come to the table as suggestions, which every signatory still accepts there like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from app.db import Database
from app.domain import roles
from app.domain.agreements import Stage
from app.domain.ids import AgreementId, MemberId, PartyKey, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act, Role
from app.errors import InvalidContent, NotFound, NotPermitted, ProposalClosed
from app.models import MediationAnswer, MediationProposal, now
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.mediation import AGREED, ENDED, OPEN, WITHDRAWN, MediationRepository, ProposalBy
from app.services import notices
from app.services.acting import Acting, require_seated

Answer = Literal["yes", "no"]
_SHORTEST, _LONGEST, _WARNING = timedelta(minutes=10), timedelta(days=90), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a mediator proposes: terms in words, and changes as `{article, before, after}`."""

    title: str
    terms: str
    changes: Sequence[dict[str, str]]
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as one member may see it: its state, and the answer of the member's own party."""

    proposal: MediationProposal
    author: str
    status: str
    ended_at: datetime | None
    own_answer: str | None
    may: Sequence[str]


async def listed(database: Database, acting: Acting, after: tuple[Any, ...] | None, limit: int) -> Sequence[Shown]:
    """List a mediator's proposals, newest first; raises `NotFound` for who takes no part."""
    _require_part(acting)
    async with database.reading() as session:
        repository = MediationRepository(session)
        found = await repository.proposals(acting.agreement_id, after, limit)
        answers = await _own_answers(session, acting, found)
    return [_shown(one, acting, answers.get(one.proposal.id), now()) for one in found]


async def one(database: Database, acting: Acting, proposal: str) -> Shown:
    """Read one proposal; raises `NotFound`."""
    _require_part(acting)
    async with database.reading() as session:
        found = await MediationRepository(session).proposal(acting.agreement_id, proposal)
        if found is None:
            raise NotFound
        answers = await _own_answers(session, acting, [found])
    return _shown(found, acting, answers.get(proposal), now())


async def propose(database: Database, acting: Acting, wanted: Wanted) -> Shown:
    """Put a proposal to every signatory at once. Raises `NotFound`, `NotPermitted`, `WrongStage`, `InvalidContent`."""
    _require_part(acting)
    at = now()
    if not at + _SHORTEST <= wanted.closes_at <= at + _LONGEST:
        raise InvalidContent("A proposal stays open for ten minutes at least and for ninety days at most.")
    row = MediationProposal(
        id=new_id("mpr"),
        agreement_id=acting.agreement_id,
        author_id=acting.member_id,
        title=wanted.title,
        terms=wanted.terms,
        # Its suggestion's id is told to nobody before the text is, or a party could take the name.
        changes=[{**change, "suggestion": new_id("sug")} for change in wanted.changes],
        created_at=at,
        closes_at=wanted.closes_at,
        tabled=[],
    )
    async with database.transaction() as session:
        await _require(session, acting, Act.MEDIATE)
        known = {article.id for article in await ArticleRepository(session).of_agreement(acting.agreement_id)}
        if any(change["article"] not in known for change in wanted.changes):
            raise InvalidContent("A change is in an article that this agreement does not have.")
        repository = MediationRepository(session)
        await repository.propose(row)
        await _tell(session, row, "mediation.proposed")
    return await one(database, acting, row.id)


async def answer(database: Database, acting: Acting, proposal: str, said: Answer) -> Shown:
    """Answer privately for the caller's party; until it closes, or all have said yes, the answer may be changed.

    Raises `NotFound`, `NotLead`, `NotPermitted`, `WrongStage`, `AgreementSigned` and `ProposalClosed`.
    """
    _require_part(acting)
    async with database.transaction() as session:
        await _require(session, acting, Act.ANSWER_MEDIATOR)
        repository = MediationRepository(session)
        row = await _held(session, acting, proposal)
        if _status(row, now()) != OPEN:
            raise ProposalClosed
        await repository.answer(
            MediationAnswer(
                proposal_id=proposal, party_key=acting.party_key, member_id=acting.member_id, answer=said, at=now()
            )
        )
        if said == "yes" and await _is_agreed(session, row):
            await _reveal(session, row)
    return await one(database, acting, proposal)


async def withdraw(database: Database, acting: Acting, proposal: str) -> Shown:
    """Take a proposal back as a mediator; raises `NotFound`, `NotPermitted` and `ProposalClosed`."""
    _require_part(acting)
    async with database.transaction() as session:
        await _require(session, acting, Act.MEDIATE)
        row = await _held(session, acting, proposal)
        if _status(row, now()) != OPEN:
            raise ProposalClosed
        if row.author_id != acting.member_id:
            raise NotPermitted("A proposal is taken back by the mediator who made it.")
        row.status, row.ended_at = WITHDRAWN, now()
        await _tell(session, row, "mediation.ended")
    return await one(database, acting, proposal)


async def keep_time(session: AsyncSession, agreement: AgreementId, proposal: str, at: datetime) -> None:
    """End a proposal that has run out, and tell everybody alike; tell everybody alike of one that soon will."""
    found = await MediationRepository(session).proposal(agreement, proposal, hold=True)
    if found is None or found.proposal.status != OPEN:
        return
    row = found.proposal
    if row.closes_at <= at:
        row.status, row.ended_at = ENDED, row.closes_at
        await _tell(session, row, "mediation.ended")
    elif row.warned_at is None and row.closes_at <= at + _WARNING:
        row.warned_at = at
        if row.closes_at - row.created_at > _WARNING:
            await _tell(session, row, "mediation.closing")
    await session.flush()


async def unfinished(database: Database, at: datetime) -> Sequence[tuple[AgreementId, str]]:
    """Find proposals about which something is to be done: ended, warned of, or brought to the table."""
    async with database.reading() as session:
        found = await MediationRepository(session).unfinished(at, at + _WARNING, 100)
    return [(AgreementId(agreement), proposal) for agreement, proposal in found]


async def _is_agreed(session: AsyncSession, row: MediationProposal) -> bool:
    agreement = AgreementId(row.agreement_id)
    parties = (await AgreementRepository(session).parties([agreement]))[agreement]
    return {party.key for party in parties if party.signatory} <= await MediationRepository(session).yeses(row.id)


async def _reveal(session: AsyncSession, row: MediationProposal) -> None:
    row.status, row.ended_at = AGREED, now()
    payload = {"proposal": row.id, "title": row.title, "terms": row.terms, "changes": row.changes}
    # In nobody's name: whose yes was the last is told as little as whose was the first.
    await LedgerRepository(session).extend(
        AgreementId(row.agreement_id), [Entry(Kind.MEDIATION_AGREED, None, None, payload)]
    )


async def _tell(session: AsyncSession, row: MediationProposal, kind: str) -> None:
    agreement, repository = AgreementId(row.agreement_id), MediationRepository(session)
    mediators = [MemberId(one.id) for one, _ in await repository.mediators(agreement)]
    to = {*await repository.team(agreement, None), *mediators} - {MemberId(row.author_id)}
    if kind == "mediation.ended" and row.status == ENDED:
        to.add(MemberId(row.author_id))
    await notices.post(session, agreement, kind, to=to, subject={"proposal": row.id}, once=f"{row.id}/{kind}")


async def _held(session: AsyncSession, acting: Acting, proposal: str) -> MediationProposal:
    found = await MediationRepository(session).proposal(acting.agreement_id, proposal, hold=True)
    if found is None:
        raise NotFound
    return found.proposal


async def _require(session: AsyncSession, acting: Acting, act: Act) -> None:
    await require_seated(session, acting)
    stage = Stage((await AgreementRepository(session).get(acting.agreement_id)).status)
    roles.require(act, acting.standing_at(stage))


async def _own_answers(session: AsyncSession, acting: Acting, found: Sequence[ProposalBy]) -> dict[str, str]:
    if not acting.party.signatory:
        return {}
    ids = [one.proposal.id for one in found]
    return await MediationRepository(session).own_answers(PartyKey(acting.party_key), ids)


def _status(row: MediationProposal, at: datetime) -> str:
    return ENDED if row.status == OPEN and row.closes_at <= at else row.status


def _shown(found: ProposalBy, acting: Acting, own_answer: str | None, at: datetime) -> Shown:
    row, status = found.proposal, _status(found.proposal, at)
    may: list[str] = []
    if status == OPEN and acting.role is Role.LEAD and acting.party.signatory:
        may.append("answer")
    if status == OPEN and row.author_id == acting.member_id and acting.role is Role.MEDIATOR:
        may.append("withdraw")
    return Shown(row, found.author, status, row.closes_at if status == ENDED else row.ended_at, own_answer, may)


def _require_part(acting: Acting) -> None:
    bargains = acting.party.signatory and acting.role in {Role.LEAD, Role.DRAFTER}
    if not bargains and acting.role is not Role.MEDIATOR:
        raise NotFound
