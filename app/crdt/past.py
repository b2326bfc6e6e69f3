"""A table as it stood at a moment: read-only, rebuilt from a checkpoint and the updates after it.

It holds plain text and no pycrdt, so that any thread may read it and it may be kept for as long as it is useful.
Invariant: it reads exactly as the live document read when its newest update was the moment's.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from app.crdt import canonical
from app.crdt.content import Reading
from app.crdt.runs import ArticleText, Proposal
from app.crdt.yjs import YjsDocument
from app.domain.ids import ArticleId

_BYTES_A_PIECE: Final = 400


class Past:
    """The articles of a table at one moment, with their pending suggestions. Do not change what it gives."""

    def __init__(self, articles: Mapping[ArticleId, ArticleText]) -> None:
        self.articles = articles
        self._readings: dict[ArticleId, Reading] = {}

    @classmethod
    def rebuild(cls, checkpoint: bytes | None, updates: Iterable[bytes]) -> "Past":
        """Rebuild a moment. The CRDT lives no longer than this call, in the thread that makes it."""
        document = YjsDocument([*(() if checkpoint is None else (checkpoint,)), *updates])
        return cls({article: ArticleText(article, document.runs(article)) for article in document.texts})

    def propose(self, proposals: Mapping[ArticleId, Proposal]) -> None:
        """Say which articles were only proposed then: what others wrote in them amends that proposal."""
        for article, text in self.articles.items():
            if text.proposal != proposals.get(article):
                text.proposal = proposals.get(article)
                self._readings.pop(article, None)

    @property
    def weight(self) -> int:
        """Estimate the bytes of memory it takes."""
        return sum(
            text.size + _BYTES_A_PIECE * sum(len(leaf.pieces) for leaf in text.leaves)
            for text in self.articles.values()
        )

    def article_hash(self, article: ArticleId, title: str) -> str:
        """Compute the content hash of an article's agreed text."""
        return canonical.article_hash(article, title, self.articles[article].agreed())

    def content_hash(self, titles: Mapping[ArticleId, str]) -> str:
        """Compute the content hash of the whole agreed text; `titles` names every article, in order."""
        return canonical.agreement_hash(
            canonical.article_bytes(article, title, self.articles[article].agreed())
            for article, title in titles.items()
        )

    def reading(self, article: ArticleId) -> Reading:
        """Read the suggestions of an article as they stood."""
        reading = self._readings.get(article)
        if reading is None:
            reading = self._readings[article] = Reading(self.articles[article])
        return reading
