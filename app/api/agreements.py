"""Beginning agreements, and seeing how one stands."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, status

from app.api.deps import CurrentIdentity, CurrentMember, Store
from app.api.errors import problems
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.schemas.agreements import (
    AgreementDetail,
    AgreementSummary,
    ArticleShape,
    ConfirmationShape,
    FoundingBody,
    InitialShape,
    MemberShape,
    MySeat,
    PartyShape,
    ProposedArticleShape,
    ReconveningShape,
    SessionMark,
    SignatureShape,
    StruckArticleShape,
)
from app.api.schemas.base import Page
from app.domain.agreements import Stage
from app.domain.ids import AccountId, AgreementId, PartyKey
from app.domain.roles import Role, Standing, may
from app.domain.scopes import Scope
from app.domain.sight import Sight, sight_of
from app.errors import ForeignOrigin, InvalidContent, MissingScope, NotFound, TooLarge
from app.models import Article, Member
from app.services import agreements, projection
from app.services.agreements import Founding, PartyWish
from app.services.ground_rules import in_force_in
from app.services.overviews import Detail, Overview, Overviews
from app.services.reconvening import Outlook

router = APIRouter(tags=["agreements"])


@router.post(
    "/agreements",
    status_code=status.HTTP_201_CREATED,
    responses=problems(InvalidContent, TooLarge, MissingScope, ForeignOrigin),
)
async def create_agreement(
    body: FoundingBody, identity: CurrentIdentity, store: Store, request: Request
) -> AgreementDetail:
    """Begin an agreement from a Markdown text, in which `##` starts an article."""
    parties = [PartyWish(PartyKey(party.key), party.name, party.signatory) for party in body.parties]
    founding = Founding(body.title, parties, PartyKey(body.member.party), Role(body.member.role))
    agreement = await agreements.found_from_markdown(store, identity, founding, body.text.content)
    return await detail_for(request, agreement, identity.account_id)


@router.get("/agreements", responses=problems(MissingScope))
async def list_agreements(
    identity: CurrentIdentity, store: Store, request: Request, cursor: Cursor = None, limit: PageSize = 50
) -> Page[AgreementSummary]:
    """List the caller's agreements, newest first."""
    identity.require(Scope.AGREEMENT_READ)
    overviews: Overviews = request.app.state.overviews
    found = await agreements.visible(store, identity, read_cursor(cursor, datetime, str), limit + 1)
    shown = await overviews.of([agreement for agreement, _ in found[:limit]])
    async with store.reading() as session:
        rules = await in_force_in(session, [AgreementId(one.agreement.id) for one in shown])
    items = []
    for whole, (_, me) in zip(shown, found[:limit], strict=True):
        sight = sight_of(Role(me.role), rules[whole.agreement.id])
        items.append(AgreementSummary(**_summary(await projection.overview(overviews.rooms, whole, sight), me, sight)))
    last = shown[-1].agreement if len(found) > limit else None
    return Page(items=items, next=cursor_of(last.created_at, last.id) if last else None)


@router.get("/agreements/{agreement_id}", responses=problems(NotFound, MissingScope))
async def read_agreement(acting: CurrentMember, request: Request) -> AgreementDetail:
    """Tell how an agreement stands, and what the caller may do in it."""
    return await detail_for(request, acting.agreement_id, acting.identity.account_id)


async def detail_for(request: Request, agreement: AgreementId, account: AccountId) -> AgreementDetail:
    overviews: Overviews = request.app.state.overviews
    detail = await overviews.detail(agreement)
    me = next((member for member, _ in detail.members if member.account_id == account), None)
    if me is None:
        raise NotFound
    sight = sight_of(Role(me.role), detail.rules)
    return _shape_detail(await projection.detail(overviews.rooms, detail, sight), me, sight)


def _shape_detail(detail: Detail, me: Member, sight: Sight) -> AgreementDetail:
    """Shape an agreement as one of its members sees it."""
    return AgreementDetail(
        **_summary(detail.overview, me, sight),
        members=[
            MemberShape(id=member.id, name=person.name, party=member.party_key, role=Role(member.role))
            for member, person in detail.members
        ],
        confirmations={one.party_key: ConfirmationShape.model_validate(one) for one in detail.confirmations},
        signatures={one.party_key: SignatureShape.model_validate(one) for one in detail.signatures},
        reconvening=_reconvening(detail.outlook) if detail.outlook is not None else None,
        blackout=detail.rules.blackout,
    )


def _reconvening(outlook: Outlook) -> ReconveningShape:
    judged = outlook.reconvening
    return ReconveningShape(
        state=judged.state,
        since=judged.since,
        next=judged.next,
        current=SessionMark.model_validate(outlook.current) if outlook.current is not None else None,
        upcoming=SessionMark.model_validate(outlook.next) if outlook.next is not None else None,
    )


def _summary(overview: Overview, me: Member, sight: Sight) -> dict[str, Any]:
    agreement, counted = overview.agreement, overview.tally.by_party()
    seat = next(party for party in overview.parties if party.key == me.party_key)
    standing = Standing(Role(me.role), Stage(agreement.status), signatory=seat.signatory)
    return {
        "id": agreement.id,
        "title": agreement.title,
        "status": Stage(agreement.status),
        "created_at": agreement.created_at,
        "content_hash": overview.hashes.whole,
        "parties": [PartyShape.model_validate(party) for party in overview.parties],
        "articles": [_article(overview, article, place) for place, article in enumerate(overview.articles, 1)],
        "proposed": [
            ProposedArticleShape(
                id=one.article.id,
                title=one.article.title,
                party=one.suggestion.party_key,
                suggestion=one.suggestion.id,
                after=one.after,
            )
            for one in overview.units.proposed
        ],
        "struck": [StruckArticleShape(id=one.id, title=one.title) for one in overview.units.struck],
        "pending": {party.key: counted[party.key] for party in overview.parties},
        "me": MySeat(
            member_id=me.id, party=me.party_key, role=Role(me.role), may=may(standing), sees=sight.name.lower()
        ),
    }


def _article(overview: Overview, article: Article, place: int) -> ArticleShape:
    marks = [one for one in overview.initials if one.article_id == article.id]
    return ArticleShape(
        id=article.id,
        position=place,
        title=article.title,
        standing=overview.standing(article),
        content_hash=overview.hashes.articles[article.id],
        pending=overview.tally.of_article(article.id),
        initials={one.party_key: InitialShape.model_validate(one) for one in marks if one.kind == "initial"},
        reopening=[one.party_key for one in marks if one.kind == "reopen"],
    )
