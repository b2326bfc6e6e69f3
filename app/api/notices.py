"""Notices: what the caller was told, in one agreement or in all, and how the caller wants to be told."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from app.api.deps import Configured, CurrentIdentity, CurrentMember, Store
from app.api.errors import problems
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.schemas.notices import (
    MemberNotice,
    NoticePage,
    PartyMailBody,
    PreferenceBody,
    PreferenceShape,
    ReadBody,
    UnreadShape,
)
from app.config import Settings
from app.domain.ids import AgreementId
from app.domain.news import Topic, topic_of
from app.domain.roles import Role
from app.domain.scopes import Scope
from app.domain.telling import Preference
from app.errors import ForeignOrigin, InvalidContent, MissingScope, NotFound, NotLead
from app.repositories.notices import Reader, Told
from app.services import notice_preferences, notices
from app.services.acting import Acting
from app.services.notice_preferences import Chosen
from app.services.notices import Listed

router = APIRouter(tags=["notices"])
Unread = Annotated[bool, Query(description="Only what is unread.")]
_PREFERENCES = "/agreements/{agreement_id}/notices/preferences"


@router.get("/agreements/{agreement_id}/notices", responses=problems(NotFound, MissingScope))
async def list_notices(
    acting: CurrentMember, store: Store, *, unread: Unread = False, cursor: Cursor = None, limit: PageSize = 50
) -> NoticePage:
    """List what the caller was told in an agreement, newest first; its own acts are news to others alone."""
    reader = Reader(acting.identity.account_id, acting.agreement_id)
    after = read_cursor(cursor, datetime, str)
    return _page(await notices.page(store, reader, unread=unread, after=after, limit=limit))


@router.get("/notices", responses=problems(MissingScope))
async def list_all_notices(
    identity: CurrentIdentity, store: Store, *, unread: Unread = False, cursor: Cursor = None, limit: PageSize = 50
) -> NoticePage:
    """List what the caller was told in every agreement, newest first; a token sees as far as it reaches."""
    identity.require(Scope.AGREEMENT_READ)
    after = read_cursor(cursor, datetime, str)
    reader = Reader(identity.account_id, identity.agreement_id)
    return _page(await notices.page(store, reader, unread=unread, after=after, limit=limit))


@router.post("/notices/read", responses=problems(MissingScope, ForeignOrigin))
async def mark_notices_read(body: ReadBody, identity: CurrentIdentity, store: Store) -> UnreadShape:
    """Mark notices of the caller read: some by their ids, or all of them. Those of others stay as they are."""
    identity.require(Scope.AGREEMENT_WRITE)
    agreement = identity.agreement_id or (AgreementId(body.agreement_id) if body.agreement_id else None)
    reader = Reader(identity.account_id, agreement)
    return UnreadShape(unread=await notices.mark_read(store, reader, body.ids))


@router.get(_PREFERENCES, responses=problems(NotFound, MissingScope))
async def read_notice_preferences(acting: CurrentMember, store: Store, settings: Configured) -> PreferenceShape:
    """Tell how the caller is told in this agreement."""
    return _chosen(await notice_preferences.read(store, acting), acting, settings)


@router.put(_PREFERENCES, responses=problems(NotFound, MissingScope, ForeignOrigin, InvalidContent))
async def choose_notice_preferences(
    body: PreferenceBody, acting: CurrentMember, store: Store, settings: Configured
) -> PreferenceShape:
    """Choose how to be told; what waits to be mailed is dated anew."""
    wishes = Preference(
        body.mail,
        body.daily_hour,
        body.quiet_from,
        body.quiet_until,
        body.time_zone,
        body.language,
        frozenset(str(topic) for topic in body.muted),
    )
    return _chosen(await notice_preferences.choose(store, acting, wishes), acting, settings)


@router.put(
    "/agreements/{agreement_id}/notices/party-mail",
    responses=problems(NotFound, NotLead, MissingScope, ForeignOrigin),
)
async def choose_party_mail(
    body: PartyMailBody, acting: CurrentMember, store: Store, settings: Configured
) -> PreferenceShape:
    """Choose, as a lead, whether mail about the party's private matters may carry their text. At first it may not."""
    chosen = await notice_preferences.let_text_travel(store, acting, carries_text=body.carries_text)
    return _chosen(chosen, acting, settings)


def _page(found: Listed) -> NoticePage:
    last = found.items[-1].notice if found.items else None
    return NoticePage(
        items=[_shape(told) for told in found.items],
        next=cursor_of(last.at, last.id) if found.has_more and last is not None else None,
        unread=found.unread,
    )


def _shape(told: Told) -> MemberNotice:
    notice = told.notice
    return MemberNotice(
        id=notice.id,
        agreement_id=notice.agreement_id,
        agreement_title=told.agreement_title,
        kind=notice.kind,
        topic=topic_of(notice.kind),
        subject=notice.subject,
        article_title=told.article_title,
        private=notice.private_to is not None,
        at=notice.at,
        read=notice.read_at is not None,
    )


def _chosen(chosen: Chosen, acting: Acting, settings: Settings) -> PreferenceShape:
    wishes = chosen.wishes
    return PreferenceShape(
        mail=wishes.mail,
        daily_hour=wishes.daily_hour,
        quiet_from=wishes.quiet_from,
        quiet_until=wishes.quiet_until,
        time_zone=wishes.time_zone,
        language=wishes.language,
        muted=[Topic(topic) for topic in sorted(wishes.muted)],
        address=acting.account.email,
        address_refused_at=chosen.refused_at,
        mail_available=settings.smtp_url is not None,
        carries_text=chosen.carries_text,
        may_choose_text=acting.role is Role.LEAD,
    )
