"""What the writer of an item had certainly seen: whatever it names as a neighbour, and all that those build on.

An honest client puts an item between two others that are neighbours to it. One that names neighbours with something
between them that it must have seen has no one place: replicas put it where the order of arrival has it, for ever.
"""

from collections.abc import Iterable, Mapping

from app.crdt.strands import Id, Strand
from app.errors import LimitExceeded

_MOST_STEPS = 200_000


class Causes:
    """Judges the items of one batch; raises `LimitExceeded` where that would take too long."""

    def __init__(self, strands: Mapping[int, Strand]) -> None:
        self._strands = strands
        self._steps = 0

    def include(self, seen: Iterable[Id], between: Iterable[Id]) -> bool:
        """Whether any item of `between` is among what those who saw `seen` must have seen."""
        refs = list(seen)
        # Whatever came here after all that they name was not known to them: nearly every case ends with this.
        newest = max((self._strands[client].until(clock) for client, clock in refs), default=0)
        doubtful = []
        for place in between:
            self._count()
            if self._began(place) <= newest:
                doubtful.append(place)
        if not doubtful:
            return False
        reached = self._reach(refs, min(map(self._began, doubtful)))
        return any(clock < reached.get(client, 0) for client, clock in doubtful)

    def _began(self, place: Id) -> int:
        return self._strands[place[0]].since(place[1])

    def _reach(self, refs: list[Id], since: int) -> dict[int, int]:
        """Tell how far each client was known; what came here before `since` is not followed further."""
        reached: dict[int, int] = {}
        while refs:
            client, clock = refs.pop()
            known = reached.get(client, 0)
            if clock < known:
                continue
            reached[client] = clock + 1
            for place in self._strands[client].named(known, clock, since):
                self._count()
                refs.append(place)
        return reached

    def _count(self) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise LimitExceeded("The frame writes in too many places at once where others write.")
