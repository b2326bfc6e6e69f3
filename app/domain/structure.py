"""Articles as units: which there are, in which order, and how a suggestion would change that.

The order knows every article that ever was: a struck one keeps its place, so that "after Article 7" still means
something when Article 7 has gone. Pure; an outline never changes, it gives the one that follows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from app.domain.ids import ArticleId


class State(StrEnum):
    """Whether an article is part of the agreement."""

    AGREED = "agreed"
    PROPOSED = "proposed"
    STRUCK = "struck"
    DROPPED = "dropped"
    """Proposed once, and rejected or taken back."""


class Op(StrEnum):
    """What a suggestion would do to an article as a whole."""

    ADD = "add"
    MOVE = "move"
    RETITLE = "retitle"
    STRIKE = "strike"


KINDS: Mapping[Op, str] = {
    Op.ADD: "article_added",
    Op.MOVE: "article_moved",
    Op.RETITLE: "article_retitled",
    Op.STRIKE: "article_struck",
}
"""The `kind` of a suggestion about an article as a whole."""


@dataclass(frozen=True, slots=True)
class Structure:
    """A suggestion about an article as a whole; `after` None is the first place, `title` None leaves the title."""

    op: Op
    article: ArticleId
    title: str | None = None
    after: ArticleId | None = None

    def as_json(self) -> dict[str, Any]:
        """Spell what the record keeps."""
        placed = {"after": self.after} if self.op in {Op.ADD, Op.MOVE} else {}
        titled = {"title": self.title} if self.title is not None else {}
        return {"op": self.op.value, **titled, **placed}


def read_structure(article: ArticleId, kept: Mapping[str, Any]) -> Structure:
    """Read what the record keeps."""
    return Structure(Op(kept["op"]), article, kept.get("title"), kept.get("after"))


class Unit(NamedTuple):
    """One article in the order."""

    id: ArticleId
    title: str
    state: State


@dataclass(frozen=True, slots=True)
class Outline:
    """Every article of an agreement in its order, whether or not it is part of it now."""

    units: tuple[Unit, ...] = ()

    @property
    def titles(self) -> dict[ArticleId, str]:
        """The articles of the agreement, in order, with their titles: what the content hash is made of."""
        return {unit.id: unit.title for unit in self.units if unit.state is State.AGREED}

    def find(self, article: ArticleId | None) -> Unit | None:
        return next((unit for unit in self.units if unit.id == article), None)

    def state(self, article: ArticleId) -> State | None:
        unit = self.find(article)
        return unit.state if unit is not None else None

    def before(self, article: ArticleId) -> ArticleId | None:
        """Name the agreement's article before another one; None where it is the first."""
        return self.anchor(self._previous(article), without=article)

    def anchor(self, after: ArticleId | None, without: ArticleId | None = None) -> ArticleId | None:
        """Name the agreement's article that a place really comes after: the nearest that is left, or none."""
        found = None
        for unit in self.units if after is not None else ():
            if unit.state is State.AGREED and unit.id != without:
                found = unit.id
            if unit.id == after:
                return found
        return None

    def added(self, article: ArticleId, title: str, after: ArticleId | None, state: State = State.AGREED) -> "Outline":
        """Put an article after another one, wherever it stood before."""
        rest = [unit for unit in self.units if unit.id != article]
        place = next((index for index, unit in enumerate(rest, 1) if unit.id == after), 0)
        return Outline((*rest[:place], Unit(article, title, state), *rest[place:]))

    def moved(self, article: ArticleId, after: ArticleId | None) -> "Outline":
        """Move an article after another one; in front of all where that is None."""
        unit = self.find(article)
        if unit is None or self.anchor(after, without=article) == self.before(article):
            return self
        return self.added(article, unit.title, self.anchor(after, without=article), unit.state)

    def retitled(self, article: ArticleId, title: str) -> "Outline":
        return self._with(article, title=title)

    def put(self, article: ArticleId, state: State) -> "Outline":
        """Say whether an article is part of the agreement; it keeps its place."""
        return self._with(article, state=state)

    def carried_out(self, structure: Structure) -> "Outline":
        """Make one accepted change; the outline itself where it changes nothing any more."""
        article, state = structure.article, self.state(structure.article)
        if structure.op is Op.ADD and state is State.PROPOSED:
            return self.added(article, structure.title or "", self.anchor(structure.after, without=article))
        if state is not State.AGREED:
            return self
        if structure.op is Op.STRIKE:
            return self.put(article, State.STRUCK)
        changed = self.moved(article, structure.after) if structure.op is Op.MOVE else self
        return changed if structure.title is None else changed.retitled(article, structure.title)

    def shown(self, proposed: Iterable[tuple[ArticleId, ArticleId | None]]) -> list[ArticleId]:
        """List the agreement's articles with proposed ones, `(article, after)`, at the places they are meant for."""
        order = list(self.titles)
        for article, after in proposed:
            anchor = after if after in order else self.anchor(after)
            order.insert(order.index(anchor) + 1 if anchor is not None else 0, article)
        return order

    def _previous(self, article: ArticleId) -> ArticleId | None:
        ids = [unit.id for unit in self.units]
        place = ids.index(article) if article in ids else 0
        return ids[place - 1] if place else None

    def _with(self, article: ArticleId, **changes: Any) -> "Outline":
        units = tuple(unit._replace(**changes) if unit.id == article else unit for unit in self.units)
        return self if units == self.units else Outline(units)
