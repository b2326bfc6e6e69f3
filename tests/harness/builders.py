"""Builds tables and texts for tests in few words."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from app.crdt.document import Document, seed
from app.crdt.marks import marks_of
from app.crdt.yjs import first_update
from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.log import Owner, Register, Stored

ASSOCIATION, DISTRICT = PartyKey("assoc"), PartyKey("district")


def paragraph(text: str, style: str = "paragraph", level: int = 1, **marks: Any) -> dict[str, Any]:
    """A JSON paragraph of one run."""
    runs = [{"text": text, "marks": marks}] if text else []
    return {"style": style, "level": level, "runs": runs}


def table(articles: Mapping[str, Iterable[dict[str, Any]]], owners: Mapping[str, Owner] | None = None) -> Document:
    """A table with these articles, all agreed."""
    made = [(ArticleId(article), list(paragraphs)) for article, paragraphs in articles.items()]
    register = Register(owners=dict(owners or {}), articles=[article for article, _ in made])
    return Document.load(Stored(seed(made), [], 1, register))


def table_of_runs(runs: Iterable[tuple[str, Mapping[str, Any]]], owners: Mapping[str, Owner] | None = None) -> Document:
    """A table whose one article `a` holds these runs, marks and all."""
    register = Register(owners=dict(owners or {}), articles=[ArticleId("a")])
    return Document.load(Stored(first_update([(ArticleId("a"), list(runs))]), [], 1, register))


def owner(party: str, member: str, article: str = "a", *, pending: bool = True) -> Owner:
    """Who opened a suggestion."""
    return Owner(PartyKey(party), MemberId(member), ArticleId(article), pending)


def runs_in(document: Document, article: str = "a") -> list[tuple[str, dict[str, Any]]]:
    """An article's runs as pycrdt itself tells them, in the form that `whole` gives."""
    return whole(document.yjs.runs(ArticleId(article)))


def whole(runs: Iterable[tuple[str, Mapping[str, Any] | None]]) -> list[tuple[str, dict[str, Any]]]:
    """Maximal runs with their numbers made whole: pycrdt parts runs at redundant format items."""
    joined: list[tuple[str, dict[str, Any]]] = []
    for text, attributes in runs:
        # A copy to the last level: marks are shared, and a test may change what it is given.
        marks = deepcopy(dict(marks_of(attributes).attributes))
        if joined and joined[-1][1] == marks:
            joined[-1] = (joined[-1][0] + text, marks)
        else:
            joined.append((text, marks))
    return joined


def ids_in(document: Document) -> set[SuggestionId]:
    """Every suggestion that has a part in the text."""
    return {suggestion for text in document.articles.values() for suggestion in text.marked}


def agreed_text(document: Document, article: str = "a") -> str:
    """The agreed text, plain."""
    paragraphs = document.agreed(ArticleId(article))
    return "".join("".join(run["text"] for run in one["runs"]) + "\n" for one in paragraphs)
