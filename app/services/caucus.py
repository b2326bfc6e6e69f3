"""A party's caucus, as its members read it: their drafts, and the text with these in it.

Everything here asks the caller's own party's caucus. What a draft says is read from the caucus's text, as it would
stand at the table; its record only tells who began it, when and why.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.crdt import drafting
from app.crdt.caucus import as_tabled
from app.crdt.content import Content
from app.crdt.document import Document
from app.domain import roles
from app.domain.agreements import Stage, Standing
from app.domain.ground_rules import GroundRules
from app.domain.ids import AgreementId, ArticleId, SuggestionId, caucus_of
from app.domain.roles import Act, Role
from app.domain.suggestions import Status
from app.errors import ArticleClosed, NotFound, NotLead, SuggestionAlreadyResolved
from app.models import now
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.drafts import DraftRecord, DraftRepository
from app.repositories.updates import Decision
from app.services import ground_rules
from app.services.acting import Acting, require_seated
from app.services.deciding import decide_in_caucus
from app.services.suggestions import Shelf
from app.services.texts import Text, View, paragraphs_of


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What bears on every draft of an agreement."""

    stage: Stage
    rules: GroundRules
    closed: frozenset[str]

    def require_tabler(self, acting: Acting) -> None:
        """Raise unless the member may table: a lead, or a drafter where the ground rules say so."""
        roles.require(Act.TABLE, acting.standing_at(self.stage))
        if acting.role is not Role.LEAD and self.rules.tablers != "drafters":
            raise NotLead

    def may_table(self, acting: Acting) -> bool:
        allowed = roles.refusal(Act.TABLE, acting.standing_at(self.stage)) is None
        return allowed and (acting.role is Role.LEAD or self.rules.tablers == "drafters")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that stands in the caucus."""

    record: DraftRecord
    content: Content
    around: Surroundings

    def may(self, acting: Acting) -> list[str]:
        """List what the caller may do about it now: edit, table, withdraw, explain."""
        is_open = self.record.article_id not in self.around.closed
        writes = roles.refusal(Act.SUGGEST, acting.standing_at(self.around.stage)) is None
        allowed = {
            "edit": writes and is_open,
            "table": is_open and self.around.may_table(acting),
            "withdraw": writes and is_open,
            "explain": writes,
        }
        return [verb for verb, is_allowed in allowed.items() if is_allowed]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of drafts; `last` is where the next one begins, if there is one."""

    drafts: list[Draft]
    last: DraftRecord | None


async def page(
    shelf: Shelf, acting: Acting, article: ArticleId | None, after: tuple[Any, ...] | None, limit: int
) -> Listed:
    """List the party's drafts in the order in which they were begun; raises `NotPermitted` for observers."""
    acting.require(Act.JOIN_CAUCUS)
    async with shelf.database.reading() as session:
        records = await DraftRepository(session, acting.agreement_id, acting.party_key).pending()
        around = await surroundings(session, acting.agreement_id)
    wanted = [
        record
        for record in records.values()
        if (article is None or record.article_id == article)
        and (after is None or (record.created_at, record.id) > after)
    ]
    shown = wanted[:limit]
    contents = await _contents(shelf, acting, [record.id for record in shown])
    drafts = [Draft(record, contents[record.id], around) for record in shown if record.id in contents]
    return Listed(drafts, shown[-1] if len(wanted) > limit else None)


async def one(shelf: Shelf, acting: Acting, draft: SuggestionId) -> Draft:
    """Read one draft; raises `NotFound` for what is not, or no longer, in the caucus."""
    acting.require(Act.JOIN_CAUCUS)
    async with shelf.database.reading() as session:
        records = await DraftRepository(session, acting.agreement_id, acting.party_key).many([draft])
        around = await surroundings(session, acting.agreement_id)
    contents = await _contents(shelf, acting, records)
    if draft not in contents:
        raise NotFound
    return Draft(records[draft], contents[draft], around)


async def explain(shelf: Shelf, acting: Acting, draft: SuggestionId, reason: str | None) -> Draft:
    """Note the reason of a draft; raises `NotFound`, `NotPermitted`, `WrongStage` and `AgreementSigned`."""
    async with shelf.database.transaction() as session:
        await require_seated(session, acting)
        await _found_open(session, acting, draft)
        await DraftRepository(session, acting.agreement_id, acting.party_key).explain(draft, reason)
    return await one(shelf, acting, draft)


async def discard(shelf: Shelf, acting: Acting, draft: SuggestionId) -> None:
    """Take a draft out of the caucus.

    Raises `NotFound`, `NotPermitted`, `SuggestionAlreadyResolved`, `ArticleClosed`, `WrongStage`, `AgreementSigned`.
    """

    async def judge(_caucus: Document, turn: Decision) -> None:
        record, around = await _found_open(turn.session, acting, draft)
        if record.article_id in around.closed:
            raise ArticleClosed

    async def act(caucus: Document, turn: Decision, _judged: None) -> None:
        turn.append(drafting.discard(caucus, draft), [], changes_register=True)
        own = DraftRepository(turn.session, acting.agreement_id, acting.party_key)
        await own.close([draft], now(), became=Status.WITHDRAWN.value)

    acting.require(Act.JOIN_CAUCUS)
    await decide_in_caucus(shelf.rooms, acting.agreement_id, acting.party_key, judge, act, by=acting)


async def _found_open(session: AsyncSession, acting: Acting, draft: SuggestionId) -> tuple[DraftRecord, Surroundings]:
    acting.require(Act.JOIN_CAUCUS)
    around = await surroundings(session, acting.agreement_id)
    found = await DraftRepository(session, acting.agreement_id, acting.party_key).many([draft])
    if draft not in found:
        raise NotFound
    roles.require(Act.SUGGEST, acting.standing_at(around.stage))
    if found[draft].status != Status.PENDING:
        raise SuggestionAlreadyResolved(suggestion_status=found[draft].status)
    return found[draft], around


async def surroundings(session: AsyncSession, agreement: AgreementId) -> Surroundings:
    """Read what bears on every draft: the stage, the ground rules in force, the articles that are closed."""
    articles = await ArticleRepository(session).of_agreement(agreement)
    return Surroundings(
        Stage((await AgreementRepository(session).get(agreement)).status),
        await ground_rules.in_force(session, agreement),
        frozenset(article.id for article in articles if article.standing == Standing.TENTATIVE),
    )


async def _contents(shelf: Shelf, acting: Acting, drafts: Collection[SuggestionId]) -> Mapping[SuggestionId, Content]:
    if not drafts:
        return {}
    document = caucus_of(acting.agreement_id, acting.party_key)
    return await shelf.rooms.read(document, lambda caucus: caucus.contents(drafts))


async def read_text(
    shelf: Shelf, acting: Acting, view: View, only: ArticleId | None, *, as_drafted: bool = True
) -> Text:
    """Read the whole text as the caucus has it, or one article; raises `NotFound` and `NotPermitted`.

    As drafted, the markup view tells drafts from suggestions; else it reads as if every draft were tabled.
    """
    acting.require(Act.JOIN_CAUCUS)
    agreement = acting.agreement_id
    async with shelf.database.reading() as session:
        articles = await ArticleRepository(session).of_agreement(agreement)
        parties = (await AgreementRepository(session).parties([agreement]))[agreement]
    titles = {ArticleId(article.id): article.title for article in articles if only is None or article.id == only}
    if not titles:
        raise NotFound

    def read(caucus: Document) -> tuple[str, list[dict[str, Any]]]:
        digest = caucus.article_hash(only, titles[only]) if only is not None else caucus.content_hash(titles)
        texts = {
            article: caucus.articles[article] if as_drafted else as_tabled(caucus.articles[article])
            for article in titles
        }
        return digest, [
            {"id": article, "title": title, "paragraphs": paragraphs_of(texts[article], view)}
            for article, title in titles.items()
        ]

    digest, shown = await shelf.rooms.read(caucus_of(agreement, acting.party_key), read)
    return Text(acting.agreement.title, view, digest, shown, {party.key: party.name for party in parties})
