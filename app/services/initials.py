"""Tentative agreements: a lead initials an article at the content it sees, or asks to open it again.

When every signatory party's lead has initialled the same content the article is closed on every path; it opens when
every one of them asks. Initials under a content that has since moved count for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.crdt.document import Document
from app.crdt.protocol import EMPTY_UPDATE
from app.domain import roles
from app.domain.agreements import Stage, Standing, is_unanimous
from app.domain.ids import ArticleId, PartyKey, table_of
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act
from app.domain.structure import State
from app.errors import ArticleClosed, ArticleStruck, NotFound, OpenSuggestions, StaleContent, WrongStage
from app.models import Article, Initial
from app.repositories.agreements import AgreementRepository
from app.repositories.initials import INITIAL, REOPEN, InitialRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.signatures import SignatureRepository
from app.repositories.suggestions import SuggestionRepository
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.suggestions import Shelf


@dataclass(frozen=True, slots=True)
class Standings:
    """An article with what the parties have put under it, and who has yet to."""

    article: Article
    content_hash: str
    initials: list[dict[str, Any]]
    reopening: list[dict[str, Any]]
    awaiting: list[PartyKey]


async def under(shelf: Shelf, acting: Acting, article_id: ArticleId) -> Standings:
    """Read an article's standing; raises `NotFound`."""
    async with shelf.database.reading() as session:
        article = await InitialRepository(session).article(acting.agreement_id, article_id)
    if article is None:
        raise NotFound
    title = article.title
    current = await shelf.rooms.read(table_of(acting.agreement_id), lambda table: table.article_hash(article_id, title))
    async with shelf.database.reading() as session:
        return await _standings(session, acting, article_id, current)


async def initial(shelf: Shelf, acting: Acting, article_id: ArticleId, content_hash: str) -> Standings:
    """Put initials under an article for the caller's party; said twice, it is recorded once.

    Raises `NotFound`, `NotLead`, `NotPermitted`, `WrongStage`, `AgreementSigned`, `ArticleClosed`, `ArticleStruck`,
    `OpenSuggestions`
    and `StaleContent` with the `current` hash.
    """

    async def judge(document: Document, turn: Decision) -> Standings:
        found = await _in_turn(document, turn, acting, article_id)
        await _require(turn, acting, Act.INITIAL)
        if found.article.state in {State.STRUCK, State.DROPPED}:
            raise ArticleStruck
        if found.article.standing == Standing.TENTATIVE:
            raise ArticleClosed
        if pending := await SuggestionRepository(turn.session).count_pending(acting.agreement_id, article_id):
            raise OpenSuggestions(pending=pending)
        if content_hash != found.content_hash:
            raise StaleContent(current=found.content_hash)
        return found

    async def act(document: Document, turn: Decision, found: Standings) -> Standings:
        if acting.party_key not in found.awaiting:
            return found
        await InitialRepository(turn.session).put(_put(acting, article_id, INITIAL, content_hash))
        payload = {"article": article_id, "content_hash": content_hash}
        entries = [Entry(Kind.ARTICLE_INITIALLED, acting.party_key, acting.signature, payload)]
        if found.awaiting == [acting.party_key]:
            await InitialRepository(turn.session).set_standing([article_id], Standing.TENTATIVE)
            entries.append(Entry(Kind.ARTICLE_TENTATIVE, None, None, payload))
            # Nothing in the text changes; the row tells every worker to read anew what is closed.
            turn.append(EMPTY_UPDATE, [], changes_register=True)
        await LedgerRepository(turn.session).extend(acting.agreement_id, entries)
        return await _in_turn(document, turn, acting, article_id)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def ask_to_reopen(shelf: Shelf, acting: Acting, article_id: ArticleId) -> Standings:
    """Ask to open an article again, or take back initials that have not closed it yet.

    Raises `NotFound`, `NotLead`, `NotPermitted`, `AgreementSigned`, and `WrongStage` where there is nothing to undo.
    """

    async def judge(document: Document, turn: Decision) -> Standings:
        found = await _in_turn(document, turn, acting, article_id)
        await _require(turn, acting, Act.REOPEN)
        initialled = {one["party"] for one in found.initials}
        if found.article.standing != Standing.TENTATIVE and acting.party_key not in initialled:
            raise WrongStage("This article is open, and your party has not initialled it.")
        return found

    async def act(document: Document, turn: Decision, found: Standings) -> Standings:
        asked = {PartyKey(one["party"]) for one in found.reopening}
        if acting.party_key in asked:
            return found
        repository = InitialRepository(turn.session)
        payload = {"article": article_id, "content_hash": found.content_hash}
        entries = [Entry(Kind.ARTICLE_REOPENING, acting.party_key, acting.signature, payload)]
        if found.article.standing != Standing.TENTATIVE:
            await repository.take_back(article_id, acting.party_key, INITIAL)
        elif is_unanimous(await _signatories(turn.session, acting), {*asked, acting.party_key}):
            await repository.clear(article_id)
            await repository.set_standing([article_id], Standing.OPEN)
            # Who signed the whole signed it with this article closed.
            await SignatureRepository(turn.session).clear(acting.agreement_id)
            entries.append(Entry(Kind.ARTICLE_REOPENED, None, None, payload))
            turn.append(EMPTY_UPDATE, [], changes_register=True)
        else:
            await repository.put(_put(acting, article_id, REOPEN, found.content_hash))
        await LedgerRepository(turn.session).extend(acting.agreement_id, entries)
        return await _in_turn(document, turn, acting, article_id)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def _require(turn: Decision, acting: Acting, act: Act) -> None:
    stage = Stage((await AgreementRepository(turn.session).get(acting.agreement_id)).status)
    roles.require(act, acting.standing_at(stage))


async def _signatories(session: AsyncSession, acting: Acting) -> Sequence[PartyKey]:
    parties = (await AgreementRepository(session).parties([acting.agreement_id]))[acting.agreement_id]
    return [PartyKey(party.key) for party in parties if party.signatory]


async def _in_turn(document: Document, turn: Decision, acting: Acting, article_id: ArticleId) -> Standings:
    article = await InitialRepository(turn.session).article(acting.agreement_id, article_id)
    if article is None:
        raise NotFound
    return await _standings(turn.session, acting, article_id, document.article_hash(article_id, article.title))


async def _standings(session: AsyncSession, acting: Acting, article_id: ArticleId, current: str) -> Standings:
    repository = InitialRepository(session)
    article = await repository.article(acting.agreement_id, article_id)
    if article is None:
        raise NotFound
    shown = [
        (
            one.initial.kind,
            {
                "party": one.initial.party_key,
                "member": {"id": one.initial.member_id, "name": one.member_name},
                "content_hash": one.initial.content_hash,
                "at": one.initial.at,
            },
        )
        for one in await repository.under(article_id)
        if one.initial.content_hash == current
    ]
    initials = [one for kind, one in shown if kind == INITIAL]
    put = {one["party"] for one in initials}
    awaiting = [party for party in await _signatories(session, acting) if party not in put]
    return Standings(article, current, initials, [one for kind, one in shown if kind == REOPEN], awaiting)


def _put(acting: Acting, article_id: ArticleId, kind: str, content_hash: str) -> Initial:
    return Initial(
        article_id=article_id,
        party_key=acting.party_key,
        kind=kind,
        agreement_id=acting.agreement_id,
        member_id=acting.member_id,
        content_hash=content_hash,
    )
