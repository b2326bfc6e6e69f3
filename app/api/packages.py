"""Packages: suggestions across articles, offered as one and answered whole or not at all."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, status

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.schemas.base import Page
from app.api.schemas.packages import (
    PackageAnswerShape,
    PackageBody,
    PackageResponseBody,
    PackageShape,
    PackageWithdrawalBody,
)
from app.api.schemas.suggestions import PersonShape
from app.api.suggestions import AShelf
from app.api.suggestions import shape as suggestion_shape
from app.domain.ids import PackageId, SuggestionId
from app.domain.packages import PackageAnswerKind, PackageStatus
from app.errors import (
    AgreementSigned,
    ArticleProposed,
    ForeignOrigin,
    InvalidContent,
    MissingScope,
    NotFound,
    NotLead,
    NotPermitted,
    OwnParty,
    PackageResolved,
    PartTaken,
    StalePackage,
    WrongStage,
)
from app.services import package_answers, packages
from app.services.acting import Acting
from app.services.package_answers import PackageWish
from app.services.package_docket import PackageItem
from app.services.packages import Offer

router = APIRouter(tags=["packages"])
_PATH = "/agreements/{agreement_id}/packages"
_WRITING = (NotFound, NotPermitted, WrongStage, AgreementSigned, MissingScope, ForeignOrigin)
APackage = Annotated[str, Path(max_length=64, description="The package's id.", examples=["pkg_5tz1"])]


@router.get(_PATH, responses=problems(NotFound, MissingScope))
async def list_packages(
    acting: CurrentMember,
    place: AShelf,
    status: Annotated[PackageStatus | None, Query(description="Only those of this status.")] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
) -> Page[PackageShape]:
    """List packages in the order in which they were offered, open and ended ones."""
    items, last = await packages.page(place, acting, status, read_cursor(cursor, datetime, str), limit)
    return Page(
        items=[_shape(item, acting) for item in items],
        next=cursor_of(last.created_at, last.id) if last is not None else None,
    )


@router.get(_PATH + "/{package_id}", responses=problems(NotFound, MissingScope))
async def read_package(acting: CurrentMember, place: AShelf, package_id: APackage) -> PackageShape:
    """Read one package with its parts as they stand."""
    return _shape(await packages.one(place, acting, PackageId(package_id)), acting)


@router.post(
    _PATH,
    status_code=status.HTTP_201_CREATED,
    responses=problems(*_WRITING, PartTaken, ArticleProposed, InvalidContent),
)
async def offer_package(body: PackageBody, acting: CurrentMember, place: AShelf) -> PackageShape:
    """Offer pending suggestions of one's own party as one; from then on none of them is decided alone."""
    offer = Offer(
        body.title,
        [SuggestionId(one) for one in body.suggestions],
        body.reason or None,
        body.condition or None,
        body.expires_at,
    )
    return _shape(await packages.offer(place, acting, offer), acting)


@router.post(
    _PATH + "/{package_id}/responses",
    responses=problems(*_WRITING, OwnParty, NotLead, StalePackage, PackageResolved),
)
async def respond_to_package(
    body: PackageResponseBody, acting: CurrentMember, place: AShelf, package_id: APackage
) -> PackageShape:
    """Accept, reject or question a package as seen: every part of it, or none."""
    wish = PackageWish(PackageId(package_id), PackageAnswerKind(body.kind), body.content_hash, body.reason or None)
    try:
        return _shape(await package_answers.respond(place, acting, wish), acting)
    except StalePackage as stale:
        current = _shape(stale.fields["current"], acting)
        raise StalePackage(current=current.model_dump(mode="json")) from stale


@router.post(_PATH + "/{package_id}/withdrawal", responses=problems(*_WRITING, PackageResolved))
async def withdraw_package(
    body: PackageWithdrawalBody, acting: CurrentMember, place: AShelf, package_id: APackage
) -> PackageShape:
    """Take back an offer of one's own party; its parts are ordinary pending suggestions again."""
    return _shape(await packages.withdraw(place, acting, PackageId(package_id), body.reason), acting)


def _shape(item: PackageItem, acting: Acting) -> PackageShape:
    row = item.offered.package
    return PackageShape(
        id=row.id,
        title=row.title,
        party=row.party_key,
        author=PersonShape(id=row.author_id, name=item.offered.author_name),
        status=item.status,
        version=item.version,
        content_hash=item.content_hash,
        reason=row.reason,
        condition=row.condition,
        expires_at=row.expires_at,
        created_at=row.created_at,
        resolved_at=row.resolved_at,
        ending_reason=row.ending_reason,
        suggestions=list(item.offered.suggestions),
        parts=[suggestion_shape(part, acting) for part in item.parts],
        responses=[
            PackageAnswerShape(
                party=answer.party,
                member=PersonShape(id=answer.member_id, name=answer.member_name),
                kind=PackageAnswerKind(answer.kind),
                version=answer.version,
                content_hash=answer.content_hash,
                reason=answer.reason,
                at=answer.at,
            )
            for answer in item.offered.answers
        ],
        awaiting=list(item.awaiting),
        may=item.may(acting),
    )
