"""Threads: what is said beside the text, at the table or within one party."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.schemas.base import Page
from app.api.schemas.threads import (
    PostBody,
    PostShape,
    ResolverShape,
    SpeakerShape,
    ThreadBody,
    ThreadPlaceShape,
    ThreadShape,
)
from app.api.suggestions import AShelf
from app.domain.ids import ArticleId, SuggestionId
from app.domain.threads import Place, ThreadScope, mentioned
from app.errors import (
    AgreementSigned,
    AlreadyReplied,
    ForeignOrigin,
    LimitExceeded,
    MissingScope,
    NotFound,
    NotPermitted,
    SeatChanged,
    SuggestionAlreadyResolved,
    UnknownMention,
    WrongStage,
)
from app.repositories.threads import Wanted
from app.services import speaking, threads
from app.services.acting import Acting
from app.services.threads import Conversation

router = APIRouter(tags=["threads"])
_PATH = "/agreements/{agreement_id}/threads"
_WRITING = (NotFound, NotPermitted, WrongStage, AgreementSigned, SeatChanged, MissingScope, ForeignOrigin)
AThread = Annotated[str, Path(max_length=64, description="The thread's id.", examples=["thr_4m"])]
APost = Annotated[str, Path(max_length=64, description="The post's id.", examples=["pst_8h"])]
_Id = Query(max_length=64)


@router.get(_PATH, responses=problems(NotFound, MissingScope))
async def list_threads(
    acting: CurrentMember,
    place: AShelf,
    suggestion: Annotated[str | None, _Id] = None,
    draft: Annotated[str | None, _Id] = None,
    article: Annotated[str | None, _Id] = None,
    scope: Annotated[ThreadScope | None, Query(description="Only the table's, or only your party's own.")] = None,
    resolved: Annotated[
        bool | None, Query(description="Only those that are resolved, or only those that are not.")
    ] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
) -> Page[ThreadShape]:
    """List the table's threads and those of your own party, in the order in which they were opened."""
    wanted = Wanted(
        SuggestionId(suggestion) if suggestion is not None else None,
        SuggestionId(draft) if draft is not None else None,
        ArticleId(article) if article is not None else None,
        scope is ThreadScope.PARTY if scope is not None else None,
        resolved,
    )
    found = await threads.page(place.database, acting, wanted, read_cursor(cursor, datetime, str), limit)
    return Page(
        items=[_shape(conversation, acting) for conversation in found.items],
        next=cursor_of(found.last.created_at, found.last.id) if found.last is not None else None,
    )


@router.get(_PATH + "/{thread_id}", responses=problems(NotFound, MissingScope))
async def read_thread(acting: CurrentMember, place: AShelf, thread_id: AThread) -> ThreadShape:
    """Read one thread."""
    return _shape(await threads.one(place.database, acting, thread_id), acting)


@router.post(_PATH, status_code=201, responses=problems(*_WRITING, SuggestionAlreadyResolved, UnknownMention))
async def open_thread(body: ThreadBody, acting: CurrentMember, place: AShelf) -> ThreadShape:
    """Open a thread about a suggestion, a draft of your caucus, an article or words in it.

    At the table it is part of the ledger. Within your party nobody else ever learns that it is there.
    """
    on = body.on
    about = Place(
        SuggestionId(on.suggestion) if on.suggestion is not None else None,
        SuggestionId(on.draft) if on.draft is not None else None,
        ArticleId(on.article) if on.article is not None else None,
        on.start,
        on.end,
        on.quote,
    )
    return _shape(await speaking.open_thread(place, acting, ThreadScope(body.scope), about, body.text), acting)


@router.post(
    _PATH + "/{thread_id}/replies", status_code=201, responses=problems(*_WRITING, UnknownMention, LimitExceeded)
)
async def reply_in_thread(body: PostBody, acting: CurrentMember, place: AShelf, thread_id: AThread) -> ThreadShape:
    """Reply in a thread; one that was resolved is open again."""
    return _shape(await speaking.reply(place, acting, thread_id, body.text), acting)


@router.put(_PATH + "/{thread_id}/posts/{post_id}", responses=problems(*_WRITING, UnknownMention, AlreadyReplied))
async def reword_post(
    body: PostBody, acting: CurrentMember, place: AShelf, thread_id: AThread, post_id: APost
) -> ThreadShape:
    """Put your own last words otherwise, until somebody has replied; what was said first stays in the ledger."""
    return _shape(await speaking.reword(place, acting, thread_id, post_id, body.text), acting)


@router.post(_PATH + "/{thread_id}/resolution", responses=problems(*_WRITING))
async def resolve_thread(acting: CurrentMember, place: AShelf, thread_id: AThread) -> ThreadShape:
    """Resolve a thread: it is kept, and no longer shown beside the text."""
    return _shape(await speaking.settle(place, acting, thread_id, resolved=True), acting)


@router.delete(_PATH + "/{thread_id}/resolution", responses=problems(*_WRITING))
async def reopen_thread(acting: CurrentMember, place: AShelf, thread_id: AThread) -> ThreadShape:
    """Open a resolved thread again."""
    return _shape(await speaking.settle(place, acting, thread_id, resolved=False), acting)


def _shape(conversation: Conversation, acting: Acting) -> ThreadShape:
    record = conversation.record
    return ThreadShape(
        id=record.id,
        scope=conversation.scope,
        party=record.party_key,
        on=ThreadPlaceShape(**record.place),
        article_id=record.article_id or "",
        posts=[
            PostShape(
                id=post.id,
                author=SpeakerShape(id=post.author_id, name=post.author_name, party=post.author_party),
                text=post.text,
                mentions=list(mentioned(post.text)),
                created_at=post.created_at,
                edited_at=post.edited_at,
            )
            for post in conversation.posts
        ],
        created_at=record.created_at,
        resolved_at=record.resolved_at,
        resolved_by=(
            ResolverShape(id=record.resolved_by, name=record.resolved_by_name or "")
            if record.resolved_by is not None
            else None
        ),
        may=conversation.may(acting),
    )
