"""Reading an agreement's text, in one of its three views, as it is committed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.crdt.document import Document
from app.crdt.past import Past
from app.crdt.registry import Rooms
from app.crdt.runs import ArticleText
from app.db import Database
from app.domain.ids import AgreementId, ArticleId, table_of
from app.errors import NotFound
from app.models import Article
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.moments import Placed
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.chronicles import Chronicles
from app.services.looking import require_record
from app.services.moments import Moments, When
from app.services.projection import may_read


class View(StrEnum):
    """Agreed: without anything pending. Proposed: with all of it. Markup: with all of it, marked."""

    AGREED = "agreed"
    PROPOSED = "proposed"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True)
class Text:
    """A text as read; `content_hash` is of the agreed view, whichever view the articles are in."""

    title: str
    view: View
    content_hash: str
    articles: list[dict[str, Any]]
    parties: dict[str, str]
    moment: Placed | None = None
    """When it read like this, where it was asked for a moment."""


async def read_text(
    database: Database, rooms: Rooms[Decision], acting: Acting, view: View, only: ArticleId | None
) -> Text:
    """Read the whole text, or one article of it; raises `NotFound` for an article of another agreement."""
    agreement = AgreementId(acting.agreement.id)
    async with database.reading() as session:
        articles = await ArticleRepository(session).of_agreement(agreement)
        parties = (await AgreementRepository(session).parties([agreement]))[agreement]
    wanted = [
        article for article in articles if only in {None, article.id} and may_read(acting.sight, article.standing)
    ]
    if not wanted and only is not None:
        raise NotFound

    def read(document: Document) -> tuple[str, list[dict[str, Any]]]:
        titles = {ArticleId(article.id): article.title for article in wanted}
        digest = document.article_hash(only, titles[only]) if only is not None else document.content_hash(titles)
        return digest, _laid_out(document, wanted, view)

    digest, shown = await rooms.read(table_of(agreement), read)
    return Text(acting.agreement.title, view, digest, shown, {party.key: party.name for party in parties})


def _laid_out(document: Document, articles: list[Article], view: View) -> list[dict[str, Any]]:
    laid_out = []
    for article in articles:
        text = document.articles[ArticleId(article.id)]
        paragraphs = {View.AGREED: text.agreed, View.PROPOSED: text.proposed, View.MARKUP: text.markup}[view]()
        laid_out.append({"id": article.id, "title": article.title, "paragraphs": paragraphs})
    return laid_out


async def read_text_at(
    moments: Moments, chronicles: Chronicles, acting: Acting, when: When, asked: tuple[View, ArticleId | None]
) -> Text:
    """Read the text as it stood at a moment: its words, its articles and their titles, as they were then.

    Raises `NotFound` for a moment beyond the record, and for an article that was not there.
    """
    view, only = asked
    require_record(acting)
    placed = await moments.find(acting.agreement_id, when)
    story = await chronicles.of(acting.agreement_id)
    titles = story.outline(placed.ledger_seq).titles
    seen = [one for one in titles if only in {None, one}]
    if not seen:
        raise NotFound

    def read(past: Past) -> Text:
        if only is not None:
            digest = past.article_hash(only, titles[only])
        else:
            digest = past.content_hash({one: titles[one] for one in seen})
        articles = [
            {"id": one, "title": titles[one], "paragraphs": paragraphs_of(past.articles[one], view)} for one in seen
        ]
        return Text(story.title, view, digest, articles, story.names, placed)

    return await moments.read(acting.agreement_id, placed.table_seq, read)


def paragraphs_of(text: ArticleText, view: View) -> list[dict[str, Any]]:
    """Read one article's text in one view."""
    return {View.AGREED: text.agreed, View.PROPOSED: text.proposed, View.MARKUP: text.markup}[view]()
