"""Sets of clock ranges, one a Yjs client: sorted, joined where they touch, searched by bisection."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator


class Ranges:
    """A set of integers kept as half-open ranges."""

    __slots__ = ("_ends", "_starts")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._starts, self._ends, strict=True)

    def add(self, start: int, end: int) -> None:
        """Add every integer from `start` up to, not including, `end`."""
        starts, ends = self._starts, self._ends
        if starts and start > ends[-1]:
            starts.append(start)
            ends.append(end)
            return
        left = bisect_left(ends, start)
        right = bisect_right(starts, end)
        if left < right:
            start, end = min(start, starts[left]), max(end, ends[right - 1])
        starts[left:right] = [start]
        ends[left:right] = [end]

    def cut_from(self, start: int) -> None:
        """Take out every integer from `start` on."""
        while self._starts and self._starts[-1] >= start:
            del self._starts[-1], self._ends[-1]
        if self._ends and self._ends[-1] > start:
            self._ends[-1] = start

    def covers(self, start: int, end: int) -> bool:
        """Whether every integer of a range is in the set."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._ends[index]

    def gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """List the parts of a range that are not in the set."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        while start < end and index < len(self._starts):
            if self._starts[index] >= end:
                break
            if self._ends[index] > start:
                if self._starts[index] > start:
                    yield start, self._starts[index]
                start = self._ends[index]
            index += 1
        if start < end:
            yield start, end
