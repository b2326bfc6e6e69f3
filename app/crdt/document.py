"""A live document: the pycrdt value of one layer, its mirror, and what the record says of its suggestions.

`register` is set by whoever reads the record, and kept current here for what frames open and close.
Invariant: each article's mirror spells what pycrdt's text holds.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.crdt import canonical, structures, views, yjs
from app.crdt.content import Content, Reading
from app.crdt.items import Items
from app.crdt.layers import TABLE, Layer
from app.crdt.runs import ArticleText, Change
from app.crdt.update_reader import OWN_LIMITS, read
from app.crdt.yjs import Effect, YjsDocument
from app.domain.ids import ArticleId, MemberId, SuggestionId
from app.domain.log import Register, Stored


class Broken(Exception):
    """The document is not what it must be: throw it away and rebuild it from the log. Never a peer's error alone."""


class Document:
    """One layer's document in memory. Not safe for use by several threads at once."""

    def __init__(
        self,
        updates: Iterable[bytes],
        register: Register,
        writers: Mapping[int, MemberId] | None = None,
        client_id: int | None = None,
        layer: Layer = TABLE,
    ) -> None:
        self.layer = layer
        self._register = register
        self.writers: dict[int, MemberId] = dict(writers or {})
        """Yjs client id → the member that writes under it."""
        self.yjs = YjsDocument(updates, client_id)
        self.articles: dict[ArticleId, ArticleText] = {}
        self.replaced: dict[tuple[MemberId, SuggestionId], SuggestionId] = {}
        """Ids that members claimed and could not have, with what they got instead."""
        self.vanished: set[SuggestionId] = set()
        """Suggestions whose own party's typing took their last character; typing it again reopens them."""
        self._items: Items | None = None
        self._readings: dict[ArticleId, Reading] = {}
        self._hashed: dict[ArticleId, tuple[int, str, bytes]] = {}
        self._mirror(self.yjs.texts)
        self._mark_proposed()

    @property
    def register(self) -> Register:
        """What the record says; whoever reads it anew sets it."""
        return self._register

    @register.setter
    def register(self, register: Register) -> None:
        self._register = register
        self._mark_proposed()

    @classmethod
    def load(cls, stored: Stored, client_id: int | None = None) -> "Document":
        """Open a document as the log holds it, under a random Yjs client id unless one is given."""
        checkpoint = [] if stored.checkpoint is None else [stored.checkpoint]
        return cls([*checkpoint, *stored.tail], stored.register, stored.writers, client_id)

    @property
    def items(self) -> Items:
        """The index of every item id; made when first asked for, because readers never need it."""
        if self._items is None:
            self._items = Items()
            self._items.learn(read(self.state(), OWN_LIMITS))
        return self._items

    def state_vector(self) -> bytes:
        """Tell what the document holds, as a Yjs state vector."""
        return self.yjs.state_vector()

    def diff(self, state_vector: bytes) -> bytes:
        """Give what a client with that state vector lacks, as an update."""
        return self.yjs.diff(state_vector)

    def state(self) -> bytes:
        """Give the whole document as one update: a checkpoint."""
        return self.yjs.diff(b"\x00")

    def catch_up(self, update: bytes) -> dict[ArticleId, list[Change]]:
        """Follow an update that was committed elsewhere; tell what it did to the articles that were known before."""
        effect = self.yjs.apply([update])
        self._mirror(self.yjs.find_texts())
        return self.take(effect)

    def take(self, effect: Effect) -> dict[ArticleId, list[Change]]:
        """Let mirror and index follow what a trusted transaction did."""
        if effect.update is not None and self._items is not None:
            frame = read(effect.update, OWN_LIMITS)
            self._items.learn(frame)
            self.forget_cursors(struct.origin for structs in frame.structs.values() for struct in structs)
        return self.follow(effect)

    def follow(self, effect: Effect) -> dict[ArticleId, list[Change]]:
        """Let the mirror follow the deltas of a transaction."""
        return {
            article: self.articles[article].apply(delta)
            for article, delta in effect.deltas.items()
            if article in self.articles
        }

    def forget_cursors(self, origins: Iterable[tuple[int, int] | None]) -> None:
        """Drop the cursors that something was placed after."""
        for origin in origins:
            if origin is not None:
                article = self.items.article_at(origin)
                if article:
                    self.articles[article].cursors.drop(*origin)

    def article_order(self) -> list[ArticleId]:
        """List the articles in the agreement's order; those that the register does not name come last."""
        named = [article for article in self.register.articles if article in self.articles]
        return named + sorted(self.articles.keys() - set(named))

    def reading(self, article: ArticleId) -> Reading:
        """Read the suggestions of an article as they stand now."""
        text = self.articles[article]
        reading = self._readings.get(article)
        if reading is None or reading.revision != text.revision:
            reading = self._readings[article] = Reading(text)
        return reading

    def article_of(self, suggestion: SuggestionId) -> ArticleId | None:
        """Where a pending suggestion stands; None where nothing is left of it."""
        owner = self.register.owners.get(suggestion)
        if owner is not None and owner.article in self.articles:
            return owner.article if suggestion in self.articles[owner.article].marked else None
        return next((article for article, text in self.articles.items() if suggestion in text.marked), None)

    def content(self, suggestion: SuggestionId) -> Content | None:
        """Tell what a suggestion says now; None where nothing is left of it."""
        if suggestion in self._register.structures:
            return structures.content_of(self._register, self.articles, suggestion)
        article = self.article_of(suggestion)
        return None if article is None else self.reading(article).content(suggestion)

    def contents(self, suggestions: Iterable[SuggestionId]) -> dict[SuggestionId, Content]:
        """Tell what each of several suggestions says now; those of which nothing is left are missing."""
        found = ((suggestion, self.content(suggestion)) for suggestion in suggestions)
        return {suggestion: content for suggestion, content in found if content is not None}

    def pending(self) -> list[SuggestionId]:
        """Every suggestion in the text, in the order of its first character."""
        return [suggestion for article in self.article_order() for suggestion in self.reading(article).order()]

    def agreed(self, article: ArticleId) -> list[views.Paragraph]:
        """Read the agreed text of an article as JSON paragraphs. Do not change what is returned."""
        return self.articles[article].agreed()

    def article_hash(self, article: ArticleId, title: str) -> str:
        """Compute the content hash of an article's agreed text."""
        return hashlib.sha256(self._spelt(article, title)[2]).hexdigest()

    def content_hash(self, titles: Mapping[ArticleId, str]) -> str:
        """Compute the content hash of the whole agreed text; `titles` names every article, in order."""
        return canonical.agreement_hash(self._spelt(article, title)[2] for article, title in titles.items())

    def _spelt(self, article: ArticleId, title: str) -> tuple[int, str, bytes]:
        revision = self.articles[article].revision
        known = self._hashed.get(article)
        if known is None or known[0] != revision or known[1] != title:
            known = (revision, title, canonical.article_bytes(article, title, self.agreed(article)))
            self._hashed[article] = known
        return known

    def _mark_proposed(self) -> None:
        proposed = structures.proposals(self._register)
        for article, text in self.articles.items():
            if text.proposal != proposed.get(article):
                text.proposal = proposed.get(article)
                self._readings.pop(article, None)

    def _mirror(self, articles: Iterable[ArticleId]) -> None:
        for article in articles:
            self.articles[article] = ArticleText(article, self.yjs.runs(article), self.layer)


def seed(articles: Sequence[tuple[ArticleId, Sequence[Mapping[str, Any]]]], client_id: int | None = None) -> bytes:
    """Build the first update of a table, or the update that adds articles to one, from JSON paragraphs."""
    runs = ((article, views.flat(dict(one) for one in paragraphs)) for article, paragraphs in articles)
    return yjs.first_update(runs, client_id)
