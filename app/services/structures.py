"""Proposing what becomes of an article as a whole: add one, move it, give it another title, strike it.

Each is a suggestion like any other, answered by the same responses. A proposed article's text is its party's pending
insertion in a text of its own, so that both sides can write in it before it is part of the agreement.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.crdt import structures
from app.crdt.document import Document, seed
from app.crdt.limits import LONGEST_TEXT
from app.crdt.marks import INSERTION, insertion_of
from app.crdt.protocol import EMPTY_UPDATE
from app.domain import roles
from app.domain.agreements import Stage
from app.domain.events import Revised
from app.domain.ids import ArticleId, PartyKey, SuggestionId, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act, Role
from app.domain.structure import Op, Outline, State, Structure
from app.domain.text import unwritable
from app.errors import (
    AlreadyExists,
    ArticleClosed,
    ArticleProposed,
    ArticleStruck,
    InvalidContent,
    NotFound,
    NotPermitted,
    TooLarge,
)
from app.models import now
from app.repositories.agreements import AgreementRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.structures import Proposing, StructureRepository
from app.repositories.updates import Decision
from app.services import suggestions
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.docket import Item
from app.services.markdown_text import MOST_ARTICLES, read_markdown
from app.services.suggestions import Shelf

_EMPTY: Mapping[str, Any] = {"style": "paragraph", "level": 1, "runs": []}


@dataclass(frozen=True, slots=True)
class StructureWish:
    """What a member would do to an article; `last` puts it behind all others, whatever `after` says."""

    op: Op
    article: ArticleId | None = None
    title: str | None = None
    after: ArticleId | None = None
    last: bool = False
    text: str = ""
    reason: str | None = None


async def propose(shelf: Shelf, acting: Acting, wish: StructureWish) -> Item:
    """Open a suggestion about an article as a whole, or let one's own proposal of an article say something else.

    Raises `NotFound`, `NotPermitted`, `ArticleClosed`, `ArticleStruck`, `ArticleProposed`, `AlreadyExists`,
    `InvalidContent`, `TooLarge`, `WrongStage` and `AgreementSigned`.
    """
    if wish.title is not None and unwritable(wish.title):
        raise InvalidContent("The title holds a character that no text of an agreement can carry.")
    paragraphs = await asyncio.to_thread(_read, wish.text) if wish.op is Op.ADD else []
    suggestion = SuggestionId(new_id("sug"))

    async def judge(document: Document, turn: Decision) -> Structure:
        stage = Stage((await AgreementRepository(turn.session).get(acting.agreement_id)).status)
        roles.require(Act.SUGGEST, acting.standing_at(stage))
        structure = _structure(document.register.outline, wish)
        if structure.op is Op.ADD:
            _require_room(document, paragraphs)
        else:
            _require_open(document, acting, structure)
        owners = document.register.owners
        for other, standing in document.register.structures.items():
            if standing == structure and owners[other].party == acting.party_key:
                raise AlreadyExists("Your party suggests exactly this already.")
        return structure

    async def act(document: Document, turn: Decision, structure: Structure) -> SuggestionId:
        own = _own_proposal(document, acting.party_key, structure)
        if own is not None:
            await _Proposing(document, turn, acting, own).revise(structure)
            return own
        await _Proposing(document, turn, acting, suggestion).open(structure, paragraphs, wish.reason)
        return suggestion

    opened = await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)
    return await suggestions.one(shelf, acting, opened)


@dataclass(frozen=True, slots=True)
class _Proposing:
    """Puts one suggestion on record and, where it adds an article, that article's text at the table."""

    document: Document
    turn: Decision
    acting: Acting
    suggestion: SuggestionId

    async def open(self, structure: Structure, paragraphs: list[Any], reason: str | None) -> None:
        session, acting, outline = self.turn.session, self.acting, self.document.register.outline
        repository = StructureRepository(session)
        update = EMPTY_UPDATE
        if structure.op is Op.ADD:
            title = structure.title or ""
            placed = outline.added(structure.article, title, structure.after, State.PROPOSED)
            await repository.put(acting.agreement_id, structure.article, title, placed)
            kept = replace(placed, units=tuple(unit for unit in placed.units if unit.id != structure.article))
            await repository.arrange(acting.agreement_id, kept, placed)
            update = seed([(structure.article, [self._pending(paragraph) for paragraph in paragraphs])])
            self.document.catch_up(update)
        proposing = Proposing(self.suggestion, acting.party_key, acting.member_id, structure, reason)
        await repository.propose(acting.agreement_id, proposing, now())
        payload = {
            "suggestion": self.suggestion,
            "article": structure.article,
            "version": 1,
            "structure": structures.told(structure, outline),
            "reason": reason,
        }
        entry = Entry(Kind.SUGGESTION_PROPOSED, acting.party_key, acting.signature, payload)
        await LedgerRepository(session).extend(acting.agreement_id, [entry])
        self.turn.append(update, [], changes_register=True)

    async def revise(self, structure: Structure) -> None:
        """Let a proposed article have another title, or another place."""
        register = self.document.register
        before = register.structures[self.suggestion]
        changed = replace(before, title=structure.title or before.title)
        if structure.op is Op.MOVE:
            changed = replace(changed, after=structure.after)
        repository = StructureRepository(self.turn.session)
        await repository.revise(self.acting.agreement_id, self.suggestion, changed)
        outline = register.outline.retitled(structure.article, changed.title or "")
        await repository.arrange(self.acting.agreement_id, register.outline, outline)
        self.turn.append(EMPTY_UPDATE, [Revised(self.suggestion)], changes_register=True)

    def _pending(self, paragraph: Mapping[str, Any]) -> dict[str, Any]:
        """Mark a paragraph, its end included, as what this suggestion inserts."""
        mark = {INSERTION: insertion_of(self.suggestion, self.acting.party_key)}
        runs = [{**run, "marks": {**(run.get("marks") or {}), **mark}} for run in paragraph["runs"]]
        return {**paragraph, "runs": runs, "marks": mark}


def _read(text: str) -> list[Any]:
    """Read an article's starting text from Markdown."""
    if not text.strip():
        return [_EMPTY]
    sections = read_markdown(text)
    if len(sections) != 1 or sections[0].title != "Preamble":
        raise InvalidContent("This is the text of one article; it holds no heading of an article (`##`).")
    return sections[0].paragraphs or [_EMPTY]


def _structure(outline: Outline, wish: StructureWish) -> Structure:
    """Say what is wished in terms of what there is; raise where that makes no sense."""
    article = ArticleId(new_id("art")) if wish.op is Op.ADD else wish.article
    after = None
    if wish.op in {Op.ADD, Op.MOVE}:
        others = [one for one in outline.titles if one != article]
        after = (others[-1] if others else None) if wish.last else wish.after
        if after == article:
            raise InvalidContent("An article cannot stand after itself.")
        if after is not None:
            _require_present(outline, after)
    if article is None:
        raise InvalidContent("Name the article that this is about.")
    if wish.op is not Op.ADD:
        _require_present(outline, article)
    structure = Structure(wish.op, article, wish.title if wish.op is not Op.STRIKE else None, after)
    if wish.op in {Op.ADD, Op.RETITLE} and wish.title is None:
        raise InvalidContent("Give the title that the article is to have.")
    if wish.op is not Op.ADD and outline.state(article) is State.AGREED and outline.carried_out(structure) == outline:
        raise InvalidContent("The article reads and stands like that already.")
    return structure


def _require_present(outline: Outline, article: ArticleId) -> None:
    state = outline.state(article)
    if state is None:
        raise NotFound
    if state in {State.STRUCK, State.DROPPED}:
        raise ArticleStruck


def _require_open(document: Document, acting: Acting, structure: Structure) -> None:
    """Raise where the article takes no such suggestion from this member."""
    if structure.article in document.register.closed:
        raise ArticleClosed
    proposal = structures.proposals(document.register).get(structure.article)
    if proposal is None:
        return
    if proposal.party == acting.party_key and structure.op is not Op.STRIKE:
        if acting.role is not Role.LEAD and document.register.owners[proposal.suggestion].author != acting.member_id:
            raise NotPermitted("Its author, or a lead of the same party, changes what a proposed article is called.")
    elif structure.op is not Op.RETITLE:
        raise ArticleProposed(
            "This article is only proposed: answer or take back the proposal instead.", suggestion=proposal.suggestion
        )


def _require_room(document: Document, paragraphs: list[Any]) -> None:
    if len(document.register.outline.units) >= MOST_ARTICLES:
        raise TooLarge(f"An agreement has at most {MOST_ARTICLES} articles.", limit=MOST_ARTICLES, unit="articles")
    size = sum(len(run["text"].encode()) for paragraph in paragraphs for run in paragraph["runs"])
    if size + sum(text.size for text in document.articles.values()) > LONGEST_TEXT:
        raise TooLarge("The text is as long as this service takes.", limit=LONGEST_TEXT, unit="bytes")


def _own_proposal(document: Document, party: PartyKey, structure: Structure) -> SuggestionId | None:
    """Name the caller's own proposal of the article that the structure is about."""
    proposal = structures.proposals(document.register).get(structure.article) if structure.op is not Op.ADD else None
    return proposal.suggestion if proposal is not None and proposal.party == party else None
