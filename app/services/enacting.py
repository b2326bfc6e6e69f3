"""Carrying out what was accepted, and taking back what was not: text and articles as units, in one pass.

An accepted change of the outline is made where it still means something; what it leaves nothing to do for is told as
overtaken. An article is added with its own party's text as a whole, and a struck one loses what was pending in it.
After either call the document's register says how the outline stands now, so that one act may call both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.crdt import structures
from app.crdt.document import Document
from app.crdt.enactment import enact, remove
from app.crdt.protocol import EMPTY_UPDATE
from app.domain.agreements import Standing
from app.domain.events import Fact, Revised, Vanished
from app.domain.ids import ArticleId, SuggestionId
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.structure import Op, Outline, State, Structure
from app.domain.suggestions import Status
from app.models import now
from app.repositories.initials import InitialRepository
from app.repositories.signatures import SignatureRepository
from app.repositories.structures import StructureRepository
from app.repositories.suggestions import Ending, SuggestionRepository
from app.repositories.updates import Decision
from app.services.acting import Acting

_ORDER = (Op.RETITLE, Op.MOVE, Op.ADD, Op.STRIKE)
_KINDS = {
    Op.ADD: Kind.ARTICLE_ADDED,
    Op.MOVE: Kind.ARTICLE_MOVED,
    Op.RETITLE: Kind.ARTICLE_RETITLED,
    Op.STRIKE: Kind.ARTICLE_STRUCK,
}


@dataclass(slots=True)
class CarriedOut:
    """What became of the agreed text: each article's change, and the entries that tell of the outline's."""

    agreed: Mapping[ArticleId, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    """To follow the entries of the enactments themselves."""


async def carry_out(document: Document, turn: Decision, acting: Acting, accepted: Sequence[SuggestionId]) -> CarriedOut:
    """Enact suggestions that every party asked has accepted, as one act."""
    if not accepted:
        return CarriedOut()
    chosen = {one: document.register.structures[one] for one in accepted if one in document.register.structures}
    added = {structure.article for structure in chosen.values() if structure.op is Op.ADD}
    entries = await _carry_along(document, turn, acting, added, accepted)
    told = [SuggestionId(entry.payload["suggestion"]) for entry in entries]
    with_text = [one for one in (*accepted, *told) if one not in chosen or document.article_of(one) is not None]
    agreed: Mapping[ArticleId, Any] = {}
    if with_text or added:
        enacted = enact(document, with_text, acting.member_id, added)
        agreed = {article: delta for article, delta in enacted.agreed.items() if article not in added}
        turn.append(enacted.update, enacted.facts, changes_register=True)
        await InitialRepository(turn.session).set_standing(list(agreed), Standing.OPEN, only_from=Standing.STATUS_QUO)
    if chosen:
        entries += await _Rearranging(document, turn, acting).run(chosen)
    return CarriedOut(agreed, entries)


async def take_back(document: Document, turn: Decision, acting: Acting, ids: Iterable[SuggestionId]) -> None:
    """Take suggestions off the table; one that an enactment of the same act overtook has gone already.

    A proposed article goes with all that is pending in it.
    """
    listed = list(ids)
    proposed = {one: document.register.structures[one] for one in listed if one in document.register.structures}
    text = [one for one in listed if one not in proposed and document.content(one) is not None]
    if text:
        removed = remove(document, text, acting.member_id)
        turn.append(removed.update, removed.facts, changes_register=True)
    if proposed:
        await _Rearranging(document, turn, acting).drop(proposed)


async def _carry_along(
    document: Document, turn: Decision, acting: Acting, added: Iterable[ArticleId], accepted: Sequence[SuggestionId]
) -> list[Entry]:
    """Accept with a proposed article what other members of its party wrote in it: it is accepted as a whole."""
    along = [
        one
        for article in added
        for one in structures.entering_suggestions(document.articles[article])
        if one not in accepted
    ]
    contents = {one: content.as_json() for one, content in _text_contents(document, along).items()}
    endings = [Ending(one, Status.ACCEPTED, contents[one], None) for one in along]
    await SuggestionRepository(turn.session).end(acting.agreement_id, endings, now())
    return [
        _entry(
            acting,
            Kind.SUGGESTION_ENACTED,
            {
                "suggestion": one,
                "article": document.article_of(one),
                "content": contents[one],
                "amends": None,
                "agreed": [],
            },
        )
        for one in along
    ]


def _text_contents(document: Document, ids: Iterable[SuggestionId]) -> dict[SuggestionId, Any]:
    found = {one: document.content(one) for one in ids}
    return {one: content for one, content in found.items() if content is not None}


def _entry(acting: Acting, kind: Kind, payload: dict[str, Any]) -> Entry:
    return Entry(kind, acting.party_key, acting.signature, payload)


class _Rearranging:
    """One act's changes of the outline."""

    def __init__(self, document: Document, turn: Decision, acting: Acting) -> None:
        self._document, self._turn, self._acting = document, turn, acting
        self._before = document.register.outline
        self._outline = self._before
        self._facts: list[Fact] = []
        self._repository = StructureRepository(turn.session)

    async def run(self, chosen: Mapping[SuggestionId, Structure]) -> list[Entry]:
        """Make accepted changes: titles first, then places, then what goes; answers what the ledger is told."""
        entries = []
        for suggestion, structure in sorted(chosen.items(), key=lambda one: _ORDER.index(one[1].op)):
            changed = await self._changed(structure)
            if changed != self._outline:
                before, self._outline = self._outline, changed
                if before.state(structure.article) is State.AGREED or structure.op is Op.ADD:
                    entries.append(self._told(suggestion, structure, before))
        initials = InitialRepository(self._turn.session)
        retitled = [one.article for one in chosen.values() if one.title is not None and one.op is not Op.ADD]
        await initials.set_standing(retitled, Standing.OPEN, only_from=Standing.STATUS_QUO)
        await initials.set_standing([one.article for one in chosen.values() if one.op is Op.ADD], Standing.OPEN)
        for article in self._now(State.STRUCK):
            await initials.clear(article)
            self._empty(article)
        # Whoever signed the whole signed it as it was laid out before.
        await SignatureRepository(self._turn.session).clear(self._acting.agreement_id)
        await self._settle(chosen)
        return entries

    async def drop(self, chosen: Mapping[SuggestionId, Structure]) -> None:
        """Take proposals back; an article that was only proposed goes with them."""
        for structure in chosen.values():
            if structure.op is Op.ADD:
                self._outline = self._outline.put(structure.article, State.DROPPED)
        for article in self._now(State.DROPPED):
            self._empty(article, besides=chosen)
        await self._settle(chosen)

    async def _changed(self, structure: Structure) -> Outline:
        """Tell the outline that follows; an amendment of a proposed article changes what is proposed."""
        if self._outline.state(structure.article) is not State.PROPOSED or structure.op is Op.ADD:
            return self._outline.carried_out(structure)
        register = self._document.register
        proposal = structures.proposals(register)[structure.article].suggestion
        revised = replace(register.structures[proposal], title=structure.title)
        await self._repository.revise(self._acting.agreement_id, proposal, revised)
        self._facts.append(Revised(proposal))
        return self._outline.retitled(structure.article, structure.title or "")

    def _told(self, suggestion: SuggestionId, structure: Structure, before: Outline) -> Entry:
        """Tell of one change so that whoever replays the ledger can make it."""
        article, was = structure.article, before.find(structure.article)
        payload: dict[str, Any] = {"article": article, "suggestion": suggestion}
        if structure.title is not None:
            payload["title"] = structure.title
        if structure.op in {Op.ADD, Op.MOVE}:
            payload["after"] = self._outline.before(article)
        if structure.op is Op.ADD:
            payload["paragraphs"] = self._document.agreed(article)
        elif was is not None:
            payload["was"] = was.title
        return _entry(self._acting, _KINDS[structure.op], payload)

    def _now(self, state: State) -> list[ArticleId]:
        """Name the articles that have come to a state in this act."""
        return [u.id for u in self._outline.units if u.state is state and self._before.state(u.id) is not state]

    def _empty(self, article: ArticleId, besides: Iterable[SuggestionId] = ()) -> None:
        """Take what is pending in an article out of its text."""
        pending = self._document.reading(article).order()
        contents = {one: self._document.reading(article).content(one) for one in pending}
        if not pending:
            return
        by = self._acting.member_id
        removed = remove(self._document, pending, by)
        gone = [
            Vanished(one, content.as_json(), by, overtaken=True)
            for one, content in contents.items()
            if content is not None and one not in besides
        ]
        self._turn.append(removed.update, [*removed.facts, *gone], changes_register=True)

    async def _settle(self, chosen: Iterable[SuggestionId]) -> None:
        """Write the outline down, and end the proposals that it leaves nothing to do for."""
        register, left = self._document.register, {}
        for suggestion, structure in register.structures.items():
            if suggestion in chosen:
                continue
            if structures.is_moot(structure, self._outline):
                said = structures.content_of(register, self._document.articles, suggestion).as_json()
                self._facts.append(Vanished(suggestion, said, self._acting.member_id, overtaken=True))
            else:
                left[suggestion] = structure
        await self._repository.arrange(self._acting.agreement_id, self._before, self._outline)
        self._document.register = replace(register, outline=self._outline, structures=left)
        self._turn.append(EMPTY_UPDATE, self._facts, changes_register=True)
