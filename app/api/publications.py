"""Telling the public: notices and the clocks that ask for them, and what anybody may read without a login."""

import asyncio
import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Response, status

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.final import names_tag
from app.api.schemas.base import Page
from app.api.schemas.publications import (
    ClockShape,
    PublicAgreement,
    PublicArticle,
    PublicationShape,
    PublicNotice,
    PublicNoticeBody,
    PublicNotices,
    PublicParty,
)
from app.api.schemas.suggestions import PersonShape
from app.api.suggestions import AShelf
from app.domain.agreements import Stage
from app.domain.ids import AgreementId
from app.errors import (
    AgreementSigned,
    ForeignOrigin,
    InvalidContent,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
    SeatChanged,
)
from app.models import Publication
from app.services import public_page, publications
from app.services.public_page import NoticeList, PublicPage
from app.services.publications import Clock, Notice

router = APIRouter(tags=["public"])
_PUBLICATIONS = "/agreements/{agreement_id}/publications"
_PUBLIC = "/public/agreements/{public_id}"
_UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "It is the one that `If-None-Match` names."}}
APublicOne = Annotated[str, Path(max_length=64, description="The agreement's id.", examples=["agr_7h2k"])]
Known = Annotated[str | None, Header(alias="If-None-Match", max_length=4_000)]


@router.get("/agreements/{agreement_id}/clocks", responses=problems(NotFound, MissingScope))
async def list_clocks(acting: CurrentMember, place: AShelf) -> Page[ClockShape]:
    """Tell which notice clocks run, each with a notice ready to be posted. A clock warns; it stops nobody."""
    running = await publications.clocks(place, acting)
    items = [
        ClockShape(
            kind=one.kind.value,
            articles=list(one.articles),
            started_at=one.started_at,
            due_at=one.due_at,
            overdue=one.is_overdue,
            notice=one.notice,
        )
        for one in running
    ]
    return Page(items=items, next=None)


@router.get(_PUBLICATIONS, responses=problems(NotFound, MissingScope))
async def list_publications(acting: CurrentMember, place: AShelf) -> Page[PublicationShape]:
    """List what was told to the public, newest first."""
    found, names = await publications.listed(place, acting.agreement_id)
    return Page(items=[_publication(one, names[one.member_id]) for one in found], next=None)


@router.post(
    _PUBLICATIONS,
    status_code=status.HTTP_201_CREATED,
    responses=problems(
        NotFound, NotLead, NotPermitted, AgreementSigned, SeatChanged, InvalidContent, MissingScope, ForeignOrigin
    ),
)
async def publish_notice(body: PublicNoticeBody, acting: CurrentMember, place: AShelf) -> PublicationShape:
    """Put a notice on the public list, where it stays; the clocks of its articles stop."""
    made = await publications.publish(place, acting, Notice(Clock(body.kind), body.articles, body.content))
    return _publication(made, acting.account.name)


@router.get(
    _PUBLIC,
    response_class=Response,
    responses={200: {"model": PublicAgreement, "description": "As far as the rules show it."}}
    | _UNCHANGED
    | problems(NotFound),
)
async def read_public_agreement(public_id: APublicOne, place: AShelf, if_none_match: Known = None) -> Response:
    """Read what the ground rules show to the public, without a login; 404 where they show nothing."""
    page = await public_page.page(place, AgreementId(public_id))
    return await _cacheable(lambda: _page(page), if_none_match)


@router.get(
    _PUBLIC + "/notices",
    response_class=Response,
    responses={200: {"model": PublicNotices, "description": "Newest first."}} | _UNCHANGED | problems(NotFound),
)
async def list_public_notices(public_id: APublicOne, place: AShelf, if_none_match: Known = None) -> Response:
    """Read the notices that were posted to the public, without a login; 404 where there are none."""
    found = await public_page.notices(place, AgreementId(public_id))
    return await _cacheable(lambda: _notices(found), if_none_match)


async def _cacheable(lay_out: Any, if_none_match: str | None) -> Response:
    """Answer with a strong tag over the bytes: kept by anybody, asked about each time, for the rules may change."""
    body: bytes = await asyncio.to_thread(lambda: lay_out().model_dump_json().encode())
    tag = f'"{hashlib.sha256(body).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if if_none_match is not None and names_tag(if_none_match, tag):
        return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _page(page: PublicPage) -> PublicAgreement:
    return PublicAgreement(
        id=page.agreement.id,
        title=page.agreement.title,
        status=Stage(page.agreement.status),
        sees=page.sight.name.lower(),
        parties=[PublicParty.model_validate(party) for party in page.parties],
        articles=[PublicArticle.model_validate(article) for article in page.articles],
        content_hash=page.content_hash,
    )


def _notices(found: NoticeList) -> PublicNotices:
    return PublicNotices(
        title=found.agreement.title,
        parties={party.key: party.name for party in found.parties},
        subjects=dict(found.subjects),
        items=[PublicNotice(**_told(one)) for one in found.notices],
        next=None,
    )


def _publication(one: Publication, name: str) -> PublicationShape:
    return PublicationShape(**_told(one), member=PersonShape(id=one.member_id, name=name))


def _told(one: Publication) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "articles": one.articles,
        "content": one.content,
        "party": one.party_key,
        "at": one.at,
    }
