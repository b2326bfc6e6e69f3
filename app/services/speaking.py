"""Speaking in a thread: each act is judged and done in one transaction, at the table or within one's party.

At the table that is a decision of the room, with its ledger entry; within a party it is a transaction on the party's
rows, and a notice to whoever is mentioned, that party's members alone.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.crdt.document import Document
from app.domain.ids import MemberId, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.threads import Place, ThreadScope
from app.models import now
from app.repositories.ledger import LedgerRepository
from app.repositories.threads import ThreadRepository
from app.repositories.updates import Decision
from app.services import notices, threads
from app.services.acting import Acting, require_seated
from app.services.deciding import decide
from app.services.suggestions import Shelf
from app.services.threads import Conversation


@dataclass(frozen=True, slots=True)
class Told:
    """What an act comes to: its thread, whom it mentions, and how the ledger tells of it, where it does."""

    thread: str
    mentions: Sequence[MemberId]
    kind: Kind
    payload: dict[str, Any]


Speaking = Callable[[AsyncSession], Awaitable[Told | None]]
"""Does an act in the caller's transaction; None where there was nothing left to do."""


async def open_thread(shelf: Shelf, acting: Acting, scope: ThreadScope, place: Place, text: str) -> Conversation:
    """Open a thread about a place with its first words.

    Raises `NotFound`, `NotPermitted`, `SuggestionAlreadyResolved`, `UnknownMention`, `WrongStage`, `AgreementSigned`.
    """
    thread = new_id("thr")

    async def speak(session: AsyncSession) -> Told:
        await threads.require_speaker(session, acting, scope)
        columns = await threads.locate(session, acting, scope, place)
        mentions = await threads.named(session, acting, scope, text)
        repository, at = ThreadRepository(session, threads.reader_of(acting)), now()
        party = acting.party_key if scope is ThreadScope.PARTY else None
        opening = {"id": thread, "party_key": party, "opened_by": acting.member_id, "created_at": at}
        await repository.open({**opening, **columns})
        await repository.say(threads.post_row(thread, 1, acting, text))
        said = {"thread": thread, "on": columns["place"], "article": columns["article_id"], "text": text}
        if place.suggestion is not None:
            said["suggestion"] = place.suggestion
        return Told(thread, mentions, Kind.THREAD_OPENED, said)

    await _speak(shelf, acting, scope, speak)
    return await threads.one(shelf.database, acting, thread)


async def reply(shelf: Shelf, acting: Acting, thread: str, text: str) -> Conversation:
    """Reply in a thread; one that was resolved is open again.

    Raises `NotFound`, `NotPermitted`, `LimitExceeded`, `UnknownMention`, `WrongStage` and `AgreementSigned`.
    """

    async def speak(session: AsyncSession) -> Told:
        conversation = await _held(session, acting, thread)
        threads.require_room(conversation)
        mentions = await threads.named(session, acting, conversation.scope, text)
        repository = ThreadRepository(session, threads.reader_of(acting))
        await repository.say(threads.post_row(thread, len(conversation.posts) + 1, acting, text))
        if conversation.record.resolved_at is not None:
            await repository.resolve(thread, None, None)
        return Told(thread, mentions, Kind.THREAD_REPLIED, {**_about(conversation), "text": text})

    return await _in_thread(shelf, acting, thread, speak)


async def reword(shelf: Shelf, acting: Acting, thread: str, post: str, text: str) -> Conversation:
    """Put one's own last words otherwise, as long as nobody has replied; what was said first stays in the ledger.

    Raises `NotFound`, `NotPermitted`, `AlreadyReplied`, `UnknownMention`, `WrongStage` and `AgreementSigned`.
    """

    async def speak(session: AsyncSession) -> Told | None:
        conversation = await _held(session, acting, thread)
        said = threads.require_last_word(conversation, acting, post)
        if said.text == text:
            return None
        before = set(await threads.named(session, acting, conversation.scope, said.text))
        mentions = await threads.named(session, acting, conversation.scope, text)
        await ThreadRepository(session, threads.reader_of(acting)).reword(post, text, now())
        fresh = [one for one in mentions if one not in before]
        return Told(thread, fresh, Kind.THREAD_EDITED, {**_about(conversation), "post": said.number, "text": text})

    return await _in_thread(shelf, acting, thread, speak)


async def settle(shelf: Shelf, acting: Acting, thread: str, *, resolved: bool) -> Conversation:
    """Resolve a thread, or open it again; done twice it is done once.

    Raises `NotFound`, `NotPermitted`, `WrongStage` and `AgreementSigned`.
    """

    async def speak(session: AsyncSession) -> Told | None:
        conversation = await _held(session, acting, thread)
        if (conversation.record.resolved_at is not None) == resolved:
            return None
        by, at = (acting.member_id, now()) if resolved else (None, None)
        await ThreadRepository(session, threads.reader_of(acting)).resolve(thread, by, at)
        return Told(thread, [], Kind.THREAD_RESOLVED if resolved else Kind.THREAD_REOPENED, _about(conversation))

    return await _in_thread(shelf, acting, thread, speak)


async def _held(session: AsyncSession, acting: Acting, thread: str) -> Conversation:
    conversation = await threads.found(session, acting, thread, held=True)
    await threads.require_speaker(session, acting, conversation.scope)
    return conversation


def _about(conversation: Conversation) -> dict[str, Any]:
    record = conversation.record
    about = {"thread": record.id, "article": record.article_id}
    return about if record.suggestion_id is None else {**about, "suggestion": record.suggestion_id}


async def _in_thread(shelf: Shelf, acting: Acting, thread: str, speak: Speaking) -> Conversation:
    scope = (await threads.one(shelf.database, acting, thread)).scope
    await _speak(shelf, acting, scope, speak)
    return await threads.one(shelf.database, acting, thread)


async def _speak(shelf: Shelf, acting: Acting, scope: ThreadScope, speak: Speaking) -> None:
    """Do an act where it belongs. The scope of a thread never changes, so it may be known beforehand."""
    if scope is ThreadScope.PARTY:
        async with shelf.database.transaction() as session:
            await require_seated(session, acting)
            told = await speak(session)
            if told is not None:
                await _whisper(session, acting, told)
        return

    async def judge(_document: Document, _turn: Decision) -> None:
        """Leave it to the act: what is said at the table touches no text, so a refusal there costs nothing."""

    async def act(_document: Document, turn: Decision, _judged: None) -> None:
        told = await speak(turn.session)
        if told is not None:
            payload = {**told.payload, "mentions": list(told.mentions)} if told.mentions else told.payload
            entry = Entry(told.kind, acting.party_key, acting.signature, payload)
            await LedgerRepository(turn.session).extend(acting.agreement_id, [entry])

    await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def _whisper(session: AsyncSession, acting: Acting, told: Told) -> None:
    """Tell members of one's own party that they are mentioned."""
    await notices.post(
        session,
        acting.agreement_id,
        "thread.mentioned",
        to=[member for member in told.mentions if member != acting.member_id],
        subject={"thread": told.thread, "by": {**acting.signature, "party": acting.party_key}, **_place_of(told)},
        private_to=acting.party_key,
    )


def _place_of(told: Told) -> dict[str, Any]:
    return {name: told.payload[name] for name in ("article", "suggestion") if told.payload.get(name) is not None}
