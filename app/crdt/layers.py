"""The layers of a text: how marks are read at the table, and how in a party's caucus over it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from app.crdt.caucus_marks import caucus_marks_of, draft_name
from app.crdt.marks import Marks, marks_of
from app.domain.ids import PartyKey, SuggestionId


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer; `party` is whose caucus it is, None for the table."""

    party: PartyKey | None
    marks_of: Callable[[Mapping[str, Any] | None], Marks]
    tabled_id: Callable[[SuggestionId], SuggestionId]
    """How `Marks.tabled` names what this layer calls by an id."""


def _as_it_is(suggestion: SuggestionId) -> SuggestionId:
    return suggestion


TABLE: Final = Layer(None, marks_of, _as_it_is)


def layer_of(party: PartyKey | None) -> Layer:
    """Give the layer of a party's caucus, or of the table."""
    return TABLE if party is None else Layer(party, partial(caucus_marks_of, party), draft_name)
