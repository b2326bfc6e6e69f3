"""What stands on a character in a caucus: drafts in attributes of their own, over everything that stands at the table.

To a party drafting, the table's text is what agreed text is at the table: the ground that stands, its suggestion marks
and formatting included. So `insertion`, `deletions` and `formats` are here the party's drafts, and `plain` holds what
belongs to the table, with the formatting of drafted text.
"""

from collections.abc import Mapping
from typing import Any, Final
from weakref import WeakValueDictionary

from app.crdt.marks import (
    DELETION,
    FORMAT,
    INSERTION,
    Marks,
    insertion_of,
    key_of,
    marks_of,
    read_deletion,
    read_format,
    read_insertion,
    whole_numbers,
)
from app.domain.ids import PartyKey, SuggestionId

DRAFT_INSERTION: Final = "draft:ins"
DRAFT_DELETION: Final = "draft:del"
DRAFT_FORMAT: Final = "draft:fmt"
DRAFT_NAMES: Final = frozenset({DRAFT_INSERTION, DRAFT_DELETION, DRAFT_FORMAT})
_PREFIX: Final = "draft:"


class CaucusMarks(Marks):
    """The marks of one character in one party's caucus."""

    __slots__ = ("_beneath", "_tabled", "party")

    def __init__(self, attributes: dict[str, Any], party: PartyKey) -> None:
        self.party = party
        self._beneath: Marks | None = None
        self._tabled: Marks | None = None
        super().__init__(attributes)

    def _read(self, name: str, value: Any) -> None:
        if name == DRAFT_INSERTION:
            self.insertion, self.inserter = read_insertion(value)
        elif name == DRAFT_DELETION:
            draft = read_deletion(value)
            if draft is not None:
                self.deletions[self.party] = draft
        elif name == DRAFT_FORMAT:
            read = read_format(value)
            if read is not None:
                self.formats[self.party] = read
        else:
            self.plain[name] = value

    @property
    def beneath(self) -> Marks:
        """What the table itself says of the character, if it is one of the table's."""
        if self._beneath is None:
            self._beneath = marks_of(self.plain)
        return self._beneath

    @property
    def drafted(self) -> dict[str, Any]:
        """The draft marks alone, as they are spelt in the text."""
        return {name: self.attributes[name] for name in sorted(DRAFT_NAMES & self.attributes.keys())}

    @property
    def undrafted(self) -> dict[str, Any]:
        """All but the draft marks, as they are spelt in the text."""
        return {name: value for name, value in self.attributes.items() if name not in DRAFT_NAMES}

    @property
    def tabled(self) -> Marks:
        """The marks as they would stand at the table, were every draft tabled under its `draft_name`."""
        if self._tabled is None:
            self._tabled = self._projected() if self.suggestions else self.beneath
        return self._tabled

    def alike(self, attributes: Mapping[str, Any]) -> Marks:
        return caucus_marks_of(self.party, attributes)

    def _projected(self) -> Marks:
        # Not shared: its ids are none that a text may hold.
        made = Marks(dict(self.plain))
        if self.insertion is not None:
            made.insertion, made.inserter = draft_name(self.insertion), self.party
        deletion, restyling = self.deletion_at_table, self.format_at_table
        if deletion is not None:
            made.deletions[self.party] = draft_name(deletion)
        if restyling is not None:
            made.formats[self.party] = (draft_name(restyling[0]), restyling[1])
        made.name_all()
        return made

    @property
    def deletion_at_table(self) -> SuggestionId | None:
        """The draft that would strike the character at the table; none where the party has struck it there already."""
        return None if self.party in self.beneath.deletions else self.deletions.get(self.party)

    @property
    def format_at_table(self) -> tuple[SuggestionId, dict[str, Any]] | None:
        """The draft that would format the character at the table, with all that its mark would then say there.

        A character has one format mark of each party: what the party suggests there already goes on under the draft's.
        """
        drafted = self.formats.get(self.party)
        if drafted is None:
            return None
        standing = self.beneath.formats.get(self.party)
        already = standing[1] if standing is not None else {}
        wanted = {name: value for name, value in drafted[1].items() if self.plain.get(name) != value}
        return (drafted[0], {**already, **wanted}) if {**already, **wanted} != already else None

    def carried_over(self, names: Mapping[SuggestionId, SuggestionId]) -> dict[str, Any]:
        """Tell what tabling these drafts under those names sets on the character at the table."""
        changes: dict[str, Any] = {}
        if self.insertion is not None and self.insertion in names:
            changes[INSERTION] = insertion_of(names[self.insertion], self.party)
        if (deletion := self.deletion_at_table) is not None and deletion in names:
            changes[DELETION + self.party] = {"id": names[deletion]}
        if (restyling := self.format_at_table) is not None and restyling[0] in names:
            changes[FORMAT + self.party] = {"id": names[restyling[0]], "set": restyling[1]}
        return changes


def draft_name(draft: SuggestionId) -> SuggestionId:
    """Name a draft among suggestions: no id that a text may hold begins so, whatever ids a member makes up."""
    return SuggestionId(_PREFIX + draft)


_known: WeakValueDictionary[object, Marks] = WeakValueDictionary()


def caucus_marks_of(party: PartyKey, attributes: Mapping[str, Any] | None) -> Marks:
    """Return the one object for these attributes in that party's caucus."""
    key = (party, key_of(attributes or {}))
    found = _known.get(key)
    if found is None:
        found = CaucusMarks(whole_numbers(dict(attributes or {})), party)
        # As at the table: equal marks may be spelt with 1 or 1.0.
        found = _known[key] = _known.setdefault((party, key_of(found.attributes)), found)
    return found
