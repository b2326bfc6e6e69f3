"""What stands on a character: its plain attributes and the suggestions it takes part in.

Equal marks are one object (`marks_of` interns them), so comparing two runs is comparing identities.
A mark that is malformed counts as absent; admission never lets one stand.
"""

import json
from collections.abc import Mapping
from threading import Lock
from typing import Any, Final
from weakref import WeakValueDictionary

from app.domain.ids import PartyKey, SuggestionId
from app.domain.text import PARTY_KEY, SUGGESTION_ID

DELETION: Final = "del:"
FORMAT: Final = "fmt:"
INSERTION: Final = "ins"


class Marks:
    """An immutable set of attributes, read once. `named` are its suggestions in a fixed order."""

    __slots__ = (
        "__weakref__",
        "attributes",
        "deletions",
        "formats",
        "inserter",
        "insertion",
        "named",
        "plain",
        "suggestions",
    )

    def __init__(self, attributes: dict[str, Any]) -> None:
        self.attributes: Mapping[str, Any] = attributes
        self.insertion: SuggestionId | None = None
        self.inserter: PartyKey | None = None
        self.deletions: dict[PartyKey, SuggestionId] = {}
        self.formats: dict[PartyKey, tuple[SuggestionId, dict[str, Any]]] = {}
        self.plain: dict[str, Any] = {}
        for name, value in attributes.items():
            self._read(name, value)
        self.name_all()

    def name_all(self) -> None:
        """Name the suggestions, once all that they are read from is there."""
        ids = [] if self.insertion is None else [self.insertion]
        ids += [self.deletions[party] for party in sorted(self.deletions)]
        ids += [self.formats[party][0] for party in sorted(self.formats)]
        self.named = tuple(dict.fromkeys(ids))
        self.suggestions = frozenset(ids)

    @property
    def agreed(self) -> bool:
        """Whether the character belongs to the agreed text."""
        return self.insertion is None

    @property
    def tabled(self) -> "Marks":
        """These marks as they stand at the table: what they say of the agreement, whichever layer they are of."""
        return self

    def alike(self, attributes: Mapping[str, Any]) -> "Marks":
        """Return the marks of the same layer for other attributes."""
        return marks_of(attributes)

    def _read(self, name: str, value: Any) -> None:
        if name == INSERTION:
            self.insertion, self.inserter = read_insertion(value)
        elif name.startswith(DELETION):
            suggestion = read_deletion(value)
            if suggestion is not None:
                self.deletions[PartyKey(name[len(DELETION) :])] = suggestion
        elif name.startswith(FORMAT):
            read = read_format(value)
            if read is not None:
                self.formats[PartyKey(name[len(FORMAT) :])] = read
        else:
            self.plain[name] = value

    def changed(self, changes: Mapping[str, Any]) -> "Marks":
        """Return these marks with some attributes set, or cleared where the value is None."""
        attributes = {**self.attributes, **changes}
        return self.alike({name: value for name, value in attributes.items() if value is not None})

    def changes_to(self, other: "Marks") -> dict[str, Any]:
        """Tell which attributes to set or clear (None) to come from these marks to the other."""
        gone: dict[str, Any] = dict.fromkeys(sorted(self.attributes.keys() - other.attributes.keys()))
        return gone | {name: value for name, value in other.attributes.items() if self.attributes.get(name) != value}


def read_insertion(value: Any) -> tuple[SuggestionId | None, PartyKey | None]:
    """Read an `ins` value; (None, None) where it is malformed."""
    if isinstance(value, dict) and value.keys() == {"id", "party"}:
        suggestion, party = value["id"], value["party"]
        if _is_id(suggestion) and isinstance(party, str) and PARTY_KEY.fullmatch(party):
            return SuggestionId(suggestion), PartyKey(party)
    return None, None


def read_deletion(value: Any) -> SuggestionId | None:
    """Read a `del:` value; None where it is malformed."""
    if isinstance(value, dict) and value.keys() == {"id"} and _is_id(value["id"]):
        return SuggestionId(value["id"])
    return None


def read_format(value: Any) -> tuple[SuggestionId, dict[str, Any]] | None:
    """Read a `fmt:` value; None where it is malformed. The values in its `set` are not judged here."""
    if isinstance(value, dict) and value.keys() == {"id", "set"} and _is_id(value["id"]):
        changes = value["set"]
        if isinstance(changes, dict):
            return SuggestionId(value["id"]), changes
    return None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and SUGGESTION_ID.fullmatch(value) is not None


_known: WeakValueDictionary[object, Marks] = WeakValueDictionary()
_interning = Lock()


def marks_of(attributes: Mapping[str, Any] | None) -> Marks:
    """Return the one object for these attributes."""
    if not attributes:
        return PLAIN
    key = key_of(attributes)
    found = _known.get(key)
    if found is None:
        found = Marks(whole_numbers(dict(attributes)))
        # Moments of the past are read beside the event loop: two threads must not make two objects of one.
        with _interning:
            # Equal marks may be spelt with 1 or 1.0; the canonical spelling decides which object it is.
            found = _known[key] = _known.setdefault(key_of(found.attributes), found)
    return found


def insertion_of(suggestion: SuggestionId, party: PartyKey) -> dict[str, Any]:
    """Spell an insertion mark."""
    return {"id": suggestion, "party": party}


def key_of(attributes: Mapping[str, Any]) -> object:
    """Spell attributes as what equal ones share."""
    # The commonest marks by far, those of plain inserted text, are worth a key without JSON.
    if len(attributes) == 1:
        mark = attributes.get(INSERTION)
        if type(mark) is dict and len(mark) == 2:  # noqa: PLR2004 - an id and a party.
            suggestion, party = mark.get("id"), mark.get("party")
            if type(suggestion) is str and type(party) is str:
                return (suggestion, party)
    return json.dumps(attributes, sort_keys=True, separators=(",", ":"))


def whole_numbers(value: Any) -> Any:
    """Turn 1.0 into 1: pycrdt hands every number over as a float."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: whole_numbers(item) for name, item in value.items()}
    if isinstance(value, list):
        return [whole_numbers(item) for item in value]
    return value


PLAIN: Final = Marks({})
