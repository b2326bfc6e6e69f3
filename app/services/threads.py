"""Threads: opened about a place, replied to, resolved and opened again.

What is said at the table is an act like any other: it goes through the room's order into the ledger, and everyone
there hears of it. What is said within a party touches the party's own rows and nothing else (promise P4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.db import Database
from app.domain import roles, threads
from app.domain.agreements import Stage
from app.domain.ids import AgreementId, MemberId, PartyKey, SuggestionId, new_id
from app.domain.roles import Act
from app.domain.sight import Sight
from app.domain.threads import MOST_POSTS, Place, ThreadScope
from app.errors import AlreadyReplied, LimitExceeded, NotFound, NotPermitted, SuggestionAlreadyResolved, UnknownMention
from app.models import now
from app.repositories import threads as records
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.drafts import DraftRepository
from app.repositories.members import MemberRepository
from app.repositories.suggestions import SuggestionRepository
from app.repositories.threads import Reader, Said, ThreadRecord, ThreadRepository, Wanted
from app.services.acting import Acting


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread with what was said in it, oldest first."""

    record: ThreadRecord
    posts: Sequence[Said]

    @property
    def scope(self) -> ThreadScope:
        return ThreadScope.TABLE if self.record.party_key is None else ThreadScope.PARTY

    def may(self, acting: Acting) -> list[str]:
        """List what the caller may do: reply, edit (one's own last words), resolve, reopen."""
        if _refusal(acting, self.scope, Stage(acting.agreement.status)) is not None:
            return []
        last = self.posts[-1] if self.posts else None
        own = last is not None and last.author_id == acting.member_id
        return ["reply", *(["edit"] if own else []), "reopen" if self.record.resolved_at else "resolve"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of threads; `last` is where the next one begins, if there is one."""

    items: list[Conversation]
    last: ThreadRecord | None


def reader_of(acting: Acting) -> Reader:
    """Tell what a member may know of: an observer nothing of its party's own, and of the table what rules grant."""
    writes = roles.refusal(Act.JOIN_CAUCUS, acting.standing) is None
    return Reader(acting.agreement_id, acting.sight >= Sight.TABLED, acting.party_key if writes else None)


async def page(database: Database, acting: Acting, wanted: Wanted, after: tuple[Any, ...] | None, limit: int) -> Listed:
    """List the threads that the caller may know of, in the order in which they were opened."""
    async with database.reading() as session:
        repository = ThreadRepository(session, reader_of(acting))
        found = await repository.page(wanted, after, limit + 1)
        posts = await repository.posts([record.id for record in found[:limit]])
    items = [Conversation(record, posts.get(record.id, [])) for record in found[:limit]]
    return Listed(items, found[limit - 1] if len(found) > limit else None)


async def one(database: Database, acting: Acting, thread: str) -> Conversation:
    """Read one thread; raises `NotFound`, also for what is another party's own."""
    async with database.reading() as session:
        return await found(session, acting, thread)


async def found(session: AsyncSession, acting: Acting, thread: str, *, held: bool = False) -> Conversation:
    """Find a thread that the caller may know of; raises `NotFound`."""
    repository = ThreadRepository(session, reader_of(acting))
    record = await repository.find(thread, held=held)
    if record is None:
        raise NotFound
    return Conversation(record, (await repository.posts([thread])).get(thread, []))


async def require_speaker(session: AsyncSession, acting: Acting, scope: ThreadScope) -> None:
    """Raise where the member may not speak in that scope at the agreement's present stage."""
    stage = Stage((await AgreementRepository(session).get(acting.agreement_id)).status)
    if (refusal := _refusal(acting, scope, stage)) is not None:
        raise refusal


def _refusal(acting: Acting, scope: ThreadScope, stage: Stage) -> Exception | None:
    standing = acting.standing_at(stage)
    return roles.refusal(Act.COMMENT if scope is ThreadScope.TABLE else Act.JOIN_CAUCUS, standing)


async def locate(session: AsyncSession, acting: Acting, scope: ThreadScope, place: Place) -> Mapping[str, Any]:
    """Give the columns of a place; raises `NotFound` and `SuggestionAlreadyResolved` for what is not, or no longer."""
    article = place.article
    if place.draft is not None:
        if scope is not ThreadScope.PARTY:
            raise NotFound
        drafts = await DraftRepository(session, acting.agreement_id, acting.party_key).many([place.draft])
        article = _pending(drafts.get(place.draft)).article_id
    elif place.suggestion is not None:
        known = await SuggestionRepository(session).many(acting.agreement_id, [place.suggestion])
        article = _pending(known.get(place.suggestion)).article_id
    elif article not in {one.id for one in await ArticleRepository(session).on_the_page(acting.agreement_id)}:
        raise NotFound
    return {
        "article_id": article,
        "suggestion_id": place.suggestion,
        "draft_id": place.draft,
        "place": place.as_json(),
    }


def _pending(record: Any) -> Any:
    if record is None:
        raise NotFound
    if record.status != "pending":
        raise SuggestionAlreadyResolved(
            f"What you would speak of was {record.status} a moment ago.", suggestion_status=record.status
        )
    return record


async def named(session: AsyncSession, acting: Acting, scope: ThreadScope, text: str) -> list[MemberId]:
    """List the members that a text mentions; raises `UnknownMention` for one who could not read it."""
    wanted = threads.mentioned(text)
    if wanted:
        members = await MemberRepository(session).of_agreement(acting.agreement_id)
        private = scope is ThreadScope.PARTY
        reading = {
            member.id
            for member, _ in members
            if not private or (member.party_key == acting.party_key and member.role != roles.Role.OBSERVER)
        }
        if not reading.issuperset(wanted):
            raise UnknownMention
    return wanted


def require_room(conversation: Conversation) -> None:
    """Raise where a thread is as long as one may be."""
    if len(conversation.posts) >= MOST_POSTS:
        raise LimitExceeded("This conversation is as long as one may be; open another.")


def require_last_word(conversation: Conversation, acting: Acting, post: str) -> Said:
    """Find a post that its author may still reword; raises `NotFound`, `NotPermitted` and `AlreadyReplied`."""
    said = next((each for each in conversation.posts if each.id == post), None)
    if said is None:
        raise NotFound
    if said.author_id != acting.member_id:
        raise NotPermitted("Only who said it may put it otherwise.")
    if said.number != conversation.posts[-1].number:
        raise AlreadyReplied
    return said


async def destroy_private(session: AsyncSession, agreement: AgreementId, party: PartyKey) -> int:
    """Delete every private thread of a party, for its retention; return how many there were."""
    return await records.destroy_private(session, agreement, party)


async def follow_tabling(
    session: AsyncSession, agreement: AgreementId, party: PartyKey, tabled: Mapping[SuggestionId, SuggestionId]
) -> None:
    """Let private threads about drafts be about what was tabled of them; still the party's alone."""
    await records.follow_tabling(session, agreement, party, tabled)


def post_row(thread: str, number: int, acting: Acting, text: str) -> dict[str, Any]:
    """Lay out a post as the record keeps it."""
    return {
        "id": new_id("pst"),
        "thread_id": thread,
        "number": number,
        "author_id": acting.member_id,
        "text": text,
        "created_at": now(),
    }
