"""Joint minutes of a session: drafted by either side, initialled by every signatory party's lead at one content.

A newer draft voids the initials under the one before; once every signatory has initialled a draft it never changes.
"""

from hashlib import sha256

from app.crdt.document import Document
from app.domain.ledger import Kind
from app.domain.roles import Act
from app.errors import InvalidContent, MinutesFrozen, NotFound, StaleContent, WrongStage
from app.models import Minutes, MinutesInitial, now
from app.repositories.sessions import CONVENED, SessionRepository
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.session_records import Held, found_in, require, tell
from app.services.suggestions import Shelf


def hash_minutes(content: str) -> str:
    """Hash minutes: the SHA-256 of their UTF-8 bytes."""
    return sha256(content.encode()).hexdigest()


async def draft(shelf: Shelf, acting: Acting, session_id: str, content: str, seen: str | None) -> Held:
    """Write the minutes anew over the draft that was `seen`, by its hash; None where there was none.

    Raises `NotFound`, `NotPermitted`, `WrongStage`, `AgreementSigned`, `MinutesFrozen`, and `StaleContent` with the
    `current` hash where somebody else wrote meanwhile.
    """

    async def judge(_document: Document, turn: Decision) -> Held:
        await require(turn.session, acting, Act.RECORD)
        held = await found_in(turn.session, acting, session_id)
        if held.session.status == CONVENED:
            raise WrongStage("Open the session first.", stage=held.session.status)
        if held.is_frozen:
            raise MinutesFrozen
        current = held.minutes.content_hash if held.minutes is not None else None
        if seen != current:
            raise StaleContent(current=current)
        if not content:
            raise InvalidContent("content: minutes say something.")
        return held

    async def act(_document: Document, turn: Decision, held: Held) -> Held:
        digest = hash_minutes(content)
        if held.minutes is None or held.minutes.content_hash != digest:
            await _write(turn, acting, held, content, digest)
        return await found_in(turn.session, acting, session_id)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def initial(shelf: Shelf, acting: Acting, session_id: str, seen: str) -> Held:
    """Put initials under the minutes for the caller's party; said twice, it is recorded once.

    Raises `NotFound`, `NotLead`, `NotPermitted`, `WrongStage`, `AgreementSigned`, and `StaleContent` with the `current`
    hash.
    """

    async def judge(_document: Document, turn: Decision) -> Held:
        await require(turn.session, acting, Act.INITIAL)
        held = await found_in(turn.session, acting, session_id)
        if held.minutes is None:
            raise NotFound
        if seen != held.minutes.content_hash:
            raise StaleContent(current=held.minutes.content_hash)
        return held

    async def act(_document: Document, turn: Decision, held: Held) -> Held:
        if held.minutes is None or acting.party_key not in held.awaiting:
            return held
        row = MinutesInitial(
            session_id=session_id,
            version=held.minutes.version,
            party_key=acting.party_key,
            member_id=acting.member_id,
            at=now(),
        )
        await SessionRepository(turn.session).add(row)
        after = await found_in(turn.session, acting, session_id)
        payload = {
            "session": session_id,
            "number": held.session.number,
            "version": held.minutes.version,
            "content_hash": seen,
            "content": held.minutes.content if after.is_frozen else None,
        }
        await tell(turn, acting, Kind.MINUTES_INITIALLED, payload)
        return after

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def _write(turn: Decision, acting: Acting, held: Held, content: str, digest: str) -> None:
    """Put a newer draft in the place of the one before, and tell whose initials that voids."""
    newest = Minutes(
        session_id=held.session.id,
        version=held.minutes.version + 1 if held.minutes is not None else 1,
        content=content,
        content_hash=digest,
        member_id=acting.member_id,
        at=now(),
    )
    await SessionRepository(turn.session).add(newest)
    payload = {
        "session": held.session.id,
        "number": held.session.number,
        "version": newest.version,
        "content_hash": digest,
        "voided": [one.party_key for one in held.under_newest],
    }
    await tell(turn, acting, Kind.MINUTES_DRAFTED, payload)
