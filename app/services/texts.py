"""Reading an agreement's text, in one of its three views, as it is committed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.crdt.document import Document
from app.crdt.past import Past
from app.crdt.registry import Rooms
from app.crdt.runs import ArticleText, Proposal
from app.db import Database
from app.domain.ids import AgreementId, ArticleId, PartyKey, SuggestionId, table_of
from app.domain.sight import Sight
from app.domain.structure import Op, Outline, Structure, Unit
from app.errors import NotFound
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
    hidden = {article.id for article in articles if not may_read(acting.sight, article.standing)}
    # What is only proposed is for those who see all that was tabled.
    shown_as = view if acting.sight >= Sight.TABLED else View.AGREED

    def read(document: Document) -> tuple[str, list[dict[str, Any]]]:
        register = document.register
        titles = {one: title for one, title in register.outline.titles.items() if one not in hidden}
        wanted = [
            one
            for one in outlined(register.outline, register.structures.values(), shown_as)
            if only in {None, one.id} and one.id not in hidden
        ]
        if only is None:
            return document.content_hash(titles), _laid_out(document, wanted, view)
        if not wanted:
            raise NotFound
        title = titles.get(only, wanted[0].title)
        return document.article_hash(only, title), _laid_out(document, wanted, view)

    digest, shown = await rooms.read(table_of(agreement), read)
    return Text(acting.agreement.title, view, digest, shown, {party.key: party.name for party in parties})


def outlined(outline: Outline, structures: Collection[Structure], view: View) -> list[Unit]:
    """List the articles of a view in its order, under its titles: the agreement's, or with what is proposed."""
    if view is View.PROPOSED:
        for structure in structures:
            outline = outline.carried_out(structure)
    order = list(outline.titles)
    if view is View.MARKUP:
        added = [one for one in structures if one.op is Op.ADD]
        order = outline.shown((one.article, one.after) for one in added)
    return [unit for one in order if (unit := outline.find(one)) is not None]


def _laid_out(document: Document, units: list[Unit], view: View) -> list[dict[str, Any]]:
    return [
        {"id": unit.id, "title": unit.title, "paragraphs": paragraphs_of(document.articles[unit.id], view)}
        for unit in units
    ]


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
    outline, structures = story.outline(placed.ledger_seq), story.structures(placed.ledger_seq)
    titles = outline.titles
    units = outlined(outline, [structure for structure, _ in structures.values()], view)
    seen = [unit for unit in units if only in {None, unit.id}]
    if not seen:
        raise NotFound

    def read(past: Past) -> Text:
        past.propose(proposed_by(structures))
        if only is not None:
            digest = past.article_hash(only, titles.get(only, seen[0].title))
        else:
            digest = past.content_hash(titles)
        articles = [
            {"id": one.id, "title": one.title, "paragraphs": paragraphs_of(past.articles[one.id], view)} for one in seen
        ]
        return Text(story.title, view, digest, articles, story.names, placed)

    return await moments.read(acting.agreement_id, placed.table_seq, read)


def paragraphs_of(text: ArticleText, view: View) -> list[dict[str, Any]]:
    """Read one article's text in one view."""
    return {View.AGREED: text.agreed, View.PROPOSED: text.proposed, View.MARKUP: text.markup}[view]()


def proposed_by(structures: Mapping[SuggestionId, tuple[Structure, PartyKey]]) -> dict[ArticleId, Proposal]:
    """Name what proposes each article that is not part of the agreement."""
    return {
        structure.article: Proposal(suggestion, party)
        for suggestion, (structure, party) in structures.items()
        if structure.op is Op.ADD
    }
