"""The table of admission (design, section 4): what each thing that a frame does to a character becomes.

Pure: from a character's marks, and what the frame made of them, to the marks it has to have.
"""

import json
from typing import Any

from app.crdt.marks import DELETION, FORMAT, INSERTION, Marks, insertion_of, read_deletion, read_format
from app.crdt.naming import Naming
from app.domain.ids import ArticleId, PartyKey, SuggestionId
from app.domain.text import PLAIN_ATTRIBUTES, belongs, canonical_attributes, canonical_value

Beside = tuple[Marks | None, Marks | None]


class Verdicts:
    """The table, for one party's member writing in one article."""

    suggested_code, restored_code = "made_suggestion", "restored"
    """What the sender is told where an edit became a suggestion, or a mark was put back."""

    def __init__(self, article: ArticleId, party: PartyKey, naming: Naming) -> None:
        self.suggested = False
        """Whether an edit of what is not the writer's own pending text became a suggestion."""
        self.restored = False
        """Whether a mark that is not the writer's to change was put back."""
        self._article = article
        self._party = party
        self._naming = naming
        self._insertion = INSERTION
        self._deletion = DELETION + party
        self._format = FORMAT + party
        self._format_ids: dict[str, SuggestionId] = {}
        self._stretch_id: SuggestionId | None = None

    def begin_stretch(self) -> None:
        """Begin another stretch: what is unmarked in one is one act, and one suggestion."""
        self._stretch_id = None

    def inserted(self, claimed: Marks, beside: Beside, *, on_paragraph_mark: bool) -> Marks:
        """Text that was not there: an insertion suggested by its sender, under no mark of anyone else."""
        if claimed.inserter != self._party:
            self.suggested = True
        suggestion = self._name(claimed.insertion, beside)
        plain = canonical_attributes(claimed.plain, on_paragraph_mark=on_paragraph_mark)
        return claimed.alike({**plain, self._insertion: insertion_of(suggestion, self._party)})

    def deleted(self, old: Marks, beside: Beside) -> Marks | None:
        """Text that was there: None where it may go, else the marks under which it stands again."""
        if old.inserter == self._party:
            return None
        self.suggested = True
        if self._party in old.deletions:
            return old
        return old.changed({self._deletion: {"id": self._name(None, beside)}})

    def formatted(self, old: Marks, new: Marks, beside: Beside, *, on_paragraph_mark: bool) -> Marks:
        """Standing text whose attributes were changed."""
        changes = self._plain_changes(old, new, on_paragraph_mark=on_paragraph_mark)
        if old.inserter == self._party:
            right = old.changed(changes)
        else:
            right = old.changed(self._own_marks(old, new, beside, on_paragraph_mark=on_paragraph_mark))
            right = self._suggest(right, changes)
        self.restored = self.restored or right is not new
        return right

    def _plain_changes(self, old: Marks, new: Marks, *, on_paragraph_mark: bool) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        for name in sorted(old.plain.keys() | new.plain.keys()):
            value = new.plain.get(name)
            if old.plain.get(name) != value and belongs(name, on_paragraph_mark=on_paragraph_mark):
                valid, canonical = canonical_value(name, value)
                if valid and old.plain.get(name) != canonical:
                    changes[name] = canonical
        return changes

    def _own_marks(self, old: Marks, new: Marks, beside: Beside, *, on_paragraph_mark: bool) -> dict[str, Any]:
        """Tell what the writer did to its own party's marks, as far as it may."""
        changes: dict[str, Any] = {}
        for name in (self._deletion, self._format):
            claimed = new.attributes.get(name)
            if claimed == old.attributes.get(name):
                continue
            if claimed is None:
                changes[name] = None
            elif name == self._deletion:
                changes.update(self._own_deletion(claimed, beside, old))
            else:
                changes.update(self._own_format(claimed, on_paragraph_mark=on_paragraph_mark))
        return changes

    def _own_deletion(self, claimed: Any, beside: Beside, old: Marks) -> dict[str, Any]:  # noqa: ARG002 - a caucus asks.
        claim = read_deletion(claimed)
        return {} if claim is None else {self._deletion: {"id": self._name(claim, beside)}}

    def _own_format(self, claimed: Any, *, on_paragraph_mark: bool) -> dict[str, Any]:
        read = read_format(claimed)
        if read is None:
            return {}
        claim, wanted = read
        kept: dict[str, Any] = {}
        for name in sorted(wanted.keys() & PLAIN_ATTRIBUTES):
            if belongs(name, on_paragraph_mark=on_paragraph_mark):
                valid, canonical = canonical_value(name, wanted[name])
                if valid:
                    kept[name] = canonical
        if not kept:
            return {self._format: None}
        return {self._format: {"id": self._naming.for_format(claim, self._article), "set": kept}}

    def _suggest(self, marks: Marks, changes: dict[str, Any]) -> Marks:
        """Turn plain changes of what is not the writer's pending text into its party's format suggestion."""
        if not changes:
            return marks
        self.suggested = True
        standing = marks.formats.get(self._party)
        wanted = {**(standing[1] if standing else {}), **changes}
        wanted = {name: value for name, value in wanted.items() if marks.plain.get(name) != value}
        if not wanted:
            return marks.changed({self._format: None})
        if standing is not None and self._naming.may_use(standing[0], self._article):
            suggestion = standing[0]
        else:
            suggestion = self._format_id(changes)
        return marks.changed({self._format: {"id": suggestion, "set": wanted}})

    def _format_id(self, changes: dict[str, Any]) -> SuggestionId:
        """Name what formats several runs alike: one act, one suggestion."""
        key = json.dumps(changes, sort_keys=True)
        suggestion = self._format_ids.get(key)
        if suggestion is None:
            suggestion = self._format_ids[key] = self._naming.for_format(None, self._article)
        return suggestion

    def _name(self, claim: SuggestionId | None, beside: Beside) -> SuggestionId:
        if claim is None and self._stretch_id is not None:
            return self._stretch_id
        suggestion = self._naming.for_change(claim, self._article, *beside)
        if claim is None:
            self._stretch_id = suggestion
        return suggestion


class Closed(Verdicts):
    """The table for an article that takes no changes: everything becomes what it was."""

    def inserted(self, claimed: Marks, beside: Beside, *, on_paragraph_mark: bool) -> Marks:  # noqa: ARG002
        """Never asked: a closed article keeps no inserted text."""
        return claimed

    def deleted(self, old: Marks, beside: Beside) -> Marks | None:  # noqa: ARG002 - the table's one signature.
        return old

    def formatted(self, old: Marks, new: Marks, beside: Beside, *, on_paragraph_mark: bool) -> Marks:  # noqa: ARG002
        return old
