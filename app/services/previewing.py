"""What the other side will see: the table as it would stand, made on throw-away copies of both texts.

The copies are tabled into exactly as the texts themselves would be, so a preview can show nothing that a tabling
would not bring, and leave out nothing that it would. They are nobody's documents: nothing of them is logged.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.crdt import tabling as live
from app.crdt.caucus import Caucus
from app.crdt.document import Document
from app.domain.ids import ArticleId, SuggestionId, caucus_of, new_id, table_of
from app.domain.log import Register
from app.domain.roles import Act
from app.domain.suggestions import Status
from app.errors import Unavailable
from app.models import now
from app.repositories.articles import ArticleRepository
from app.repositories.suggestions import Record
from app.services.acting import Acting
from app.services.caucus import Draft
from app.services.docket import Item, Live, on_record, read_contents
from app.services.suggestions import Shelf
from app.services.tabling import Found, Wish, find

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """The touched articles in the markup view, and a card for each draft, in the order of the text."""

    articles: list[dict[str, Any]]
    items: list[tuple[SuggestionId, Item]]


@dataclass(frozen=True, slots=True)
class _Copies:
    """The bytes of both texts at one moment, and what the record said of each."""

    caucus: bytes
    table: bytes
    drafted: Register
    tabled: Register


async def preview(shelf: Shelf, acting: Acting, wishes: Sequence[Wish], reason: str | None) -> Preview:
    """Show what tabling these drafts would show everybody; any member who writes in the caucus may ask.

    Raises what tabling them would raise, but for who may.
    """
    acting.require(Act.JOIN_CAUCUS)
    async with shelf.database.reading() as session:
        found = await find(session, acting, wishes)
        titles = {one.id: one.title for one in await ArticleRepository(session).of_agreement(acting.agreement_id)}
    drafts, copies = await _copied(shelf, acting, found)
    names = {draft.record.id: SuggestionId(new_id("s")) for draft in drafts}
    touched = [article for article in titles if any(draft.record.article_id == article for draft in drafts)]
    paragraphs, contents = await asyncio.to_thread(_tabled, copies, names, touched, acting)
    articles = [{"id": one, "title": titles[one], "paragraphs": paragraphs[one]} for one in touched]
    reasons = {wish.draft: wish.reason or reason for wish in wishes}
    records = {names[draft.record.id]: _record(draft, names, acting, reasons[draft.record.id]) for draft in drafts}
    async with shelf.database.reading() as session:
        docket = await on_record(session, acting.agreement_id, records)
    docket.add_contents(contents)
    return Preview(articles, [(draft, docket.items[name]) for draft, name in names.items() if name in contents])


async def _copied(shelf: Shelf, acting: Acting, found: Found) -> tuple[list[Draft], _Copies]:
    """Copy both texts as they are at one moment: the table must not move while the caucus is read."""
    for _ in range(_ATTEMPTS):
        before, tabled, register = await shelf.rooms.read(table_of(acting.agreement_id), _copy)
        drafts, (_, drafted, own) = await shelf.rooms.read(
            caucus_of(acting.agreement_id, acting.party_key), lambda caucus: (found.as_seen(caucus), _copy(caucus))
        )
        after = await shelf.rooms.read(table_of(acting.agreement_id), lambda table: table.state_vector())
        if after == before:
            return drafts, _Copies(drafted, tabled, own, register)
    raise Unavailable("The table moves too fast just now; please try again.")


def _copy(document: Document) -> tuple[bytes, bytes, Register]:
    register = replace(document.register, owners=dict(document.register.owners))
    return document.state_vector(), document.state(), register


def _tabled(
    copies: _Copies, names: Mapping[SuggestionId, SuggestionId], touched: Sequence[str], acting: Acting
) -> tuple[dict[str, list[dict[str, Any]]], Mapping[SuggestionId, Live]]:
    caucus = Caucus([copies.caucus], copies.drafted, party=acting.party_key)
    table = Document([copies.table], copies.tabled)
    live.table(caucus, table, names, acting.party_key, acting.member_id)
    shown = {article: table.articles[ArticleId(article)].markup() for article in touched}
    return shown, read_contents(table, list(names.values()))


def _record(draft: Draft, names: Mapping[SuggestionId, SuggestionId], acting: Acting, reason: str | None) -> Record:
    """Lay out a draft as the record of the suggestion that it would be."""
    return Record(
        id=names[draft.record.id],
        article_id=draft.record.article_id,
        party_key=acting.party_key,
        author_id=draft.record.author_id,
        author_name=draft.record.author_name,
        status=Status.PENDING.value,
        version=1,
        reason=reason,
        amends=None,
        content=None,
        created_at=now(),
        resolved_at=None,
        tabled_by=acting.member_id,
        tabled_by_name=acting.account.name,
    )
