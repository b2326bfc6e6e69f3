"""A party's caucus: a private fork of the table in which its drafts stand, and nothing of the table ever moves.

Invariant: without its drafts a caucus reads, character by character and mark by mark, as its table. Frames keep it by
admission (`caucus_verdicts`), the table's own updates by following them (`following`).
"""

import secrets
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from app.crdt.caucus_marks import CaucusMarks, draft_name
from app.crdt.content import Content, Reading
from app.crdt.document import Document
from app.crdt.intake import CAUCUS_CLIENTS
from app.crdt.layers import TABLE, layer_of
from app.crdt.marks import Marks
from app.crdt.pieces import Piece
from app.crdt.runs import ArticleText, Proposal
from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.log import NOBODY, Register, Stored


class Place(NamedTuple):
    """Where drafted text stands: over which offset of the table's text (bytes)."""

    below: int
    text: str
    marks: Marks


class Caucus(Document):
    """The document of a caucus. Its suggestions are the party's drafts; so are the owners in its register."""

    def __init__(
        self,
        updates: Iterable[bytes],
        register: Register,
        writers: Mapping[int, MemberId] | None = None,
        client_id: int | None = None,
        *,
        party: PartyKey,
    ) -> None:
        client_id = client_id or secrets.choice(CAUCUS_CLIENTS)
        super().__init__(updates, register, writers, client_id, layer_of(party))
        self.party = party
        self.places: dict[ArticleId, list[Place]] = {}
        """Where drafted text has to stand once the caucus follows what was tabled from its midst."""
        self._as_tabled: dict[ArticleId, tuple[int, Reading]] = {}

    def drafters(self) -> set[int]:
        """List the Yjs client ids that members draft under."""
        return {client for client, member in self.writers.items() if member != NOBODY}

    def reading(self, article: ArticleId) -> Reading:
        """Read an article's suggestions as they would stand at the table, drafts under their `draft_name`."""
        text = self.articles[article]
        known = self._as_tabled.get(article)
        if known is None or known[0] != text.revision:
            known = self._as_tabled[article] = (text.revision, Reading(as_tabled(text)))
        return known[1]

    def content(self, suggestion: SuggestionId) -> Content | None:
        """Tell what a draft would say at the table, tabled alone; None where nothing of it would come there."""
        article = self.article_of(suggestion)
        found = None if article is None else self.reading(article).content(draft_name(suggestion))
        return None if found is None else replace(found, suggestion=suggestion)

    def _mark_proposed(self) -> None:
        for article, text in self.articles.items():
            proposed = self.register.proposed.get(article)
            text.proposal = Proposal(*proposed) if proposed is not None else None

    def pending(self) -> list[SuggestionId]:
        """Every draft in the text, in the order of its first character."""
        texts = [self.articles[article] for article in self.article_order()]
        return list(dict.fromkeys(draft for text in texts for leaf in text.leaves for draft in leaf.suggestions))


def places(text: ArticleText, tabled: Container[SuggestionId | None] = ()) -> Iterator[Place]:
    """Tell where the drafted text of a caucus's article stands; what those drafts insert counts as the table's."""
    below = 0
    for piece in text.pieces():
        if piece.marks.agreed or piece.marks.insertion in tabled:
            below += piece.size
        else:
            yield Place(below, piece.text, piece.marks)


def as_tabled(text: ArticleText) -> ArticleText:
    """Read a caucus's article as the table's would read, were every draft tabled."""
    projected = ArticleText(text.article, (), TABLE)
    projected.extend(Piece(piece.text, piece.marks.tabled, piece.size) for piece in text.pieces())
    projected.proposal = text.proposal
    return projected


def beneath(text: ArticleText) -> Iterator[Piece]:
    """Read a caucus's article without its drafts: what the table has to hold."""
    for piece in text.pieces():
        if piece.marks.agreed and isinstance(piece.marks, CaucusMarks):
            yield Piece(piece.text, piece.marks.beneath, piece.size)


def open_document(stored: Stored, client_id: int | None = None) -> Document:
    """Open a document as the log holds it, a table or a caucus, under a Yjs client id of its own."""
    if stored.party is None:
        return Document.load(stored, client_id)
    checkpoint = [] if stored.checkpoint is None else [stored.checkpoint]
    return Caucus([*checkpoint, *stored.tail], stored.register, stored.writers, client_id, party=stored.party)
