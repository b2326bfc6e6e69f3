"""Reading an agreement's text, in one of its three views, as it is committed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.crdt.document import Document
from app.crdt.past import Past
from app.crdt.registry import Rooms
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
from app.services.moments import Moments, When


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
    wanted = [article for article in articles if only is None or article.id == only]
    if not wanted:
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
    placed = await moments.find(acting.agreement_id, when)
    story = await chronicles.of(acting.agreement_id)
    past = await moments.past(acting.agreement_id, placed.table_seq)
    outline = story.outline(placed.ledger_seq)
    titles = {article: title for article, title in outline.titles.items() if only in {None, article}}
    if not titles:
        raise NotFound
    digest = past.article_hash(only, titles[only]) if only is not None else past.content_hash(titles)
    shown = [{"id": article, "title": titles[article], "paragraphs": read(past, article, view)} for article in titles]
    return Text(story.title, view, digest, shown, story.names, placed)


def read(table: Document | Past, article: ArticleId, view: View) -> list[dict[str, Any]]:
    """Read an article in one view."""
    text = table.articles[article]
    return {View.AGREED: text.agreed, View.PROPOSED: text.proposed, View.MARKUP: text.markup}[view]()
