"""Mediation: consents, sealed notes, and proposals that are answered double-blind."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, status

from app.api.deps import CurrentMember, Store
from app.api.errors import problems
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.schemas.base import Page
from app.api.schemas.mediation import (
    CalledMediator,
    ConsentBody,
    MediationAnswerBody,
    MediationProposal,
    MediationProposalBody,
    MediationShape,
    MediatorShape,
    ProposedChange,
    SealedNoteBody,
    SealedNoteShape,
    TabledChange,
)
from app.api.schemas.suggestions import PersonShape
from app.api.suggestions import AShelf
from app.domain.ids import PartyKey
from app.errors import (
    AgreementSigned,
    ForeignOrigin,
    InvalidContent,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
    ProposalClosed,
    SeatChanged,
    WrongStage,
)
from app.repositories.mediation import NoteBy
from app.services import mediation, mediation_proposals
from app.services.mediation import Mediation
from app.services.mediation_proposals import Shown, Wanted
from app.services.mediation_tabling import bring_to_table

router = APIRouter(tags=["mediation"])
_BASE = "/agreements/{agreement_id}/mediation"
_READING = (NotFound, MissingScope)
_WRITING = (*_READING, ForeignOrigin, SeatChanged, NotPermitted, WrongStage, AgreementSigned)
AParty = Annotated[str, Path(max_length=64, description="A signatory's key.", examples=["union"])]
AProposal = Annotated[str, Path(max_length=64, description="The proposal's id.", examples=["mpr_2f"])]
AnInvitation = Annotated[str, Path(max_length=64, description="The invitation's id.", examples=["inv_5t"])]


@router.get(_BASE, responses=problems(*_READING))
async def read_mediation(acting: CurrentMember, store: Store) -> MediationShape:
    """Tell who mediates, who is asked to, and with which parties the caller shares sealed notes."""
    return _mediation(await mediation.read(store, acting))


@router.post(f"{_BASE}/consents", responses=problems(*_WRITING, NotLead))
async def consent_to_mediator(body: ConsentBody, acting: CurrentMember, store: Store) -> MediationShape:
    """Agree for the caller's party, as its lead, to let an invited mediator in."""
    return _mediation(await mediation.consent(store, acting, body.invitation))


@router.delete(f"{_BASE}/consents/{{invitation_id}}", responses=problems(*_WRITING, NotLead))
async def take_consent_back(invitation_id: AnInvitation, acting: CurrentMember, store: Store) -> MediationShape:
    """Take that back, as long as the mediator is not in."""
    return _mediation(await mediation.take_consent_back(store, acting, invitation_id))


@router.get(f"{_BASE}/notes/{{party}}", responses=problems(*_READING))
async def list_sealed_notes(
    party: AParty, acting: CurrentMember, store: Store, cursor: Cursor = None, limit: PageSize = 50
) -> Page[SealedNoteShape]:
    """List the sealed notes between a party and the mediators, newest first; to others there is nothing here."""
    found = await mediation.notes(store, acting, PartyKey(party), read_cursor(cursor, datetime, str), limit + 1)
    items = [_note(one) for one in found[:limit]]
    last = found[limit - 1].note if len(found) > limit else None
    return Page(items=items, next=cursor_of(last.at, last.id) if last is not None else None)


@router.post(
    f"{_BASE}/notes/{{party}}",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*_READING, ForeignOrigin, SeatChanged),
)
async def write_sealed_note(
    party: AParty, body: SealedNoteBody, acting: CurrentMember, store: Store
) -> SealedNoteShape:
    """Write a sealed note, as a mediator to a party or as one who bargains for it to the mediators."""
    return _note(await mediation.note(store, acting, PartyKey(party), body.text))


@router.get(f"{_BASE}/proposals", responses=problems(*_READING))
async def list_mediation_proposals(
    acting: CurrentMember, store: Store, cursor: Cursor = None, limit: PageSize = 50
) -> Page[MediationProposal]:
    """List the mediators' proposals, newest first, each with the answer of the caller's own party alone."""
    after = read_cursor(cursor, datetime, str)
    found = await mediation_proposals.listed(store, acting, after, limit + 1)
    last = found[limit - 1].proposal if len(found) > limit else None
    return Page(
        items=[_proposal(one) for one in found[:limit]],
        next=cursor_of(last.created_at, last.id) if last is not None else None,
    )


@router.post(
    f"{_BASE}/proposals",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*_WRITING, InvalidContent),
)
async def propose_as_mediator(body: MediationProposalBody, acting: CurrentMember, store: Store) -> MediationProposal:
    """Put a proposal, as a mediator, to every signatory at once; each answers it privately until it closes."""
    changes = [{"article": one.article_id, "before": one.before, "after": one.after} for one in body.changes]
    wanted = Wanted(body.title, body.terms, changes, body.closes_at)
    return _proposal(await mediation_proposals.propose(store, acting, wanted))


@router.get(f"{_BASE}/proposals/{{proposal_id}}", responses=problems(*_READING))
async def read_mediation_proposal(proposal_id: AProposal, acting: CurrentMember, store: Store) -> MediationProposal:
    """Read one proposal."""
    return _proposal(await mediation_proposals.one(store, acting, proposal_id))


@router.put(
    f"{_BASE}/proposals/{{proposal_id}}/answer",
    responses=problems(*_WRITING, NotLead, ProposalClosed),
)
async def answer_mediator(
    proposal_id: AProposal, body: MediationAnswerBody, acting: CurrentMember, place: AShelf
) -> MediationProposal:
    """Answer privately, as a signatory's lead. Nobody learns of a yes unless every signatory has said yes.

    Then it is revealed to all at once, and its changes come to the table as suggestions that await every signatory.
    """
    shown = await mediation_proposals.answer(place.database, acting, proposal_id, body.answer)
    if shown.status == "agreed":
        await bring_to_table(place.database, place.rooms, acting.agreement_id, proposal_id)
        shown = await mediation_proposals.one(place.database, acting, proposal_id)
    return _proposal(shown)


@router.post(f"{_BASE}/proposals/{{proposal_id}}/withdrawal", responses=problems(*_WRITING, ProposalClosed))
async def withdraw_mediation_proposal(proposal_id: AProposal, acting: CurrentMember, store: Store) -> MediationProposal:
    """Take an open proposal back, as the mediator who made it."""
    return _proposal(await mediation_proposals.withdraw(store, acting, proposal_id))


def _mediation(found: Mediation) -> MediationShape:
    return MediationShape(
        mediators=[MediatorShape(id=one.id, name=name, party=one.party_key) for one, name in found.mediators],
        called=[
            CalledMediator(
                invitation=one.invitation.id,
                party=one.invitation.party_key,
                email=one.invitation.email,
                invited_by_party=one.invitation.inviting_party,
                expires_at=one.invitation.expires_at,
                consents=list(one.consents),
                awaiting=list(one.awaiting),
            )
            for one in found.called
        ],
        rooms=[party.key for party in found.rooms],
    )


def _note(found: NoteBy) -> SealedNoteShape:
    note = found.note
    return SealedNoteShape(
        id=note.id,
        party=note.party_key,
        author=PersonShape(id=note.author_id, name=found.author),
        author_party=found.author_party,
        text=note.text,
        at=note.at,
    )


def _proposal(shown: Shown) -> MediationProposal:
    row = shown.proposal
    return MediationProposal.model_validate(
        {
            "id": row.id,
            "author": {"id": row.author_id, "name": shown.author},
            "title": row.title,
            "terms": row.terms,
            "changes": [
                ProposedChange(article_id=one["article"], before=one["before"], after=one["after"])
                for one in row.changes
            ],
            "status": shown.status,
            "created_at": row.created_at,
            "closes_at": row.closes_at,
            "ended_at": shown.ended_at,
            "own_answer": shown.own_answer,
            "may": list(shown.may),
            "tabled": [
                TabledChange(article_id=one["article"], suggestion=one.get("suggestion"), code=one.get("code"))
                for one in row.tabled
            ],
        }
    )
