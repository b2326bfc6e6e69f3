"""Under which suggestion a member's change goes: the id it claims, one it stands beside, or a new one.

An id is its opener's alone, in one article. Adjacent changes of one author are one suggestion.
"""

from app.crdt.marks import Marks
from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId, new_id
from app.domain.log import Register


def mint() -> SuggestionId:
    """Make an id that nobody has."""
    return SuggestionId(new_id("sug"))


class Naming:
    """The ids of one member's changes."""

    def __init__(
        self,
        register: Register,
        replaced: dict[tuple[MemberId, SuggestionId], SuggestionId],
        reopenable: set[SuggestionId],
        member: MemberId,
        party: PartyKey,
    ) -> None:
        self.replaced_ids: set[SuggestionId] = set()
        """Claims that could not be honoured."""
        self._register = register
        self._replaced = replaced
        self._reopenable = reopenable
        self._member = member
        self._party = party
        self._opened: dict[SuggestionId, ArticleId] = {}

    def may_use(self, suggestion: SuggestionId, article: ArticleId) -> bool:
        """Whether the member may put a change in that article under an id."""
        owner = self._register.owners.get(suggestion)
        if owner is None:
            return self._opened.get(suggestion, article) == article
        if owner.author != self._member or owner.article != article:
            return False
        return owner.pending or suggestion in self._reopenable

    def for_change(
        self, claim: SuggestionId | None, article: ArticleId, left: Marks | None, right: Marks | None
    ) -> SuggestionId:
        """Name the suggestion of inserted or deleted text between two neighbours."""
        if claim is not None and self.may_use(claim, article):
            return self._open(claim, article)
        for beside in (left, right):
            if beside is not None:
                for suggestion in (self._own_insertion(beside), beside.deletions.get(self._party)):
                    if suggestion is not None and self.may_use(suggestion, article):
                        return suggestion
        inherited = any(beside is not None and beside.insertion == claim for beside in (left, right))
        return self._other_than(None if inherited else claim, article)

    def for_format(self, claim: SuggestionId | None, article: ArticleId) -> SuggestionId:
        """Name the suggestion of a format."""
        if claim is not None and self.may_use(claim, article):
            return self._open(claim, article)
        return self._other_than(claim, article)

    def _own_insertion(self, marks: Marks) -> SuggestionId | None:
        return marks.insertion if marks.inserter == self._party else None

    def _open(self, suggestion: SuggestionId, article: ArticleId) -> SuggestionId:
        self._opened[suggestion] = article
        return suggestion

    def _other_than(self, claim: SuggestionId | None, article: ArticleId) -> SuggestionId:
        if claim is None:
            return self._open(mint(), article)
        self.replaced_ids.add(claim)
        known = self._replaced.get((self._member, claim))
        if known is not None and self.may_use(known, article):
            return self._open(known, article)
        fresh = mint()
        self._replaced[(self._member, claim)] = fresh
        return self._open(fresh, article)
