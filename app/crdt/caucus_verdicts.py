"""The table of admission in a caucus: what each thing that a frame does to a character becomes there.

The table's own text stands under everything a frame does; what is not the table's is the party's drafts, which any of
its members may rewrite. Pure, like the table of the table.
"""

from typing import Any

from app.crdt.caucus_marks import DRAFT_DELETION, DRAFT_FORMAT, DRAFT_INSERTION, CaucusMarks
from app.crdt.marks import DELETION, Marks
from app.crdt.naming import Naming
from app.crdt.verdicts import Beside, Closed, Verdicts
from app.domain.ids import ArticleId, PartyKey


class TableTextDeleted(Exception):
    """A frame took the table's text away: re-inserted it would be other text, which the table's updates pass by."""


class CaucusVerdicts(Verdicts):
    """The table, for one party's member drafting in one article."""

    suggested_code, restored_code = "made_draft", "table_restored"

    def __init__(self, article: ArticleId, party: PartyKey, naming: Naming) -> None:
        super().__init__(article, party, naming)
        self._insertion, self._deletion, self._format = DRAFT_INSERTION, DRAFT_DELETION, DRAFT_FORMAT

    def deleted(self, old: Marks, beside: Beside) -> Marks | None:  # noqa: ARG002 - the table's one signature.
        """Drafted text may go; the table's may not, and no honest client deletes it (`Intake` refuses it before)."""
        if old.agreed:
            raise TableTextDeleted
        return None

    def _own_deletion(self, claimed: Any, beside: Beside, old: Marks) -> dict[str, Any]:
        # What the party has struck at the table needs no draft that strikes it again.
        is_struck = DELETION + self._party in old.plain
        return {} if is_struck else super()._own_deletion(claimed, beside, old)

    def _suggest(self, marks: Marks, changes: dict[str, Any]) -> Marks:
        """Nor does what it suggests at the table need a draft that suggests it again."""
        standing = marks.beneath.formats.get(self._party) if isinstance(marks, CaucusMarks) else None
        already = standing[1] if standing is not None else {}
        return super()._suggest(
            marks, {name: value for name, value in changes.items() if already.get(name, ...) != value}
        )


class ClosedCaucus(Closed):
    """The same for an article that takes no changes."""

    def deleted(self, old: Marks, beside: Beside) -> Marks | None:
        if old.agreed:
            raise TableTextDeleted
        return super().deleted(old, beside)


def verdicts_for(*, caucus: bool, closed: bool) -> type[Verdicts]:
    """Choose the table that an article's frames are judged by."""
    if caucus:
        return ClosedCaucus if closed else CaucusVerdicts
    return Closed if closed else Verdicts
