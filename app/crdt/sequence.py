"""The order of all items of one article, deleted ones and format items included, as Yjs puts them (YATA).

Needed only to judge whether one item stands before another where what they were put between does not tell; pycrdt
gives no such order away. Made on the first such question, and brought up to date at each. Each item is placed after
its left neighbour at the time, past those concurrent items that go first.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from app.crdt.causality import in_causal_order
from app.crdt.strands import Id, Span, Strand
from app.domain.ids import ArticleId

_STEP = float(1 << 20)


class _Node:
    """A stretch of items that stand one after another."""

    __slots__ = ("client", "clock", "label", "length", "next", "origin", "right")

    def __init__(self, client: int, clock: int, length: int, origin: Id | None, right: Id | None) -> None:
        self.client = client
        self.clock = clock
        self.length = length
        self.origin = origin
        self.right = right
        self.next: _Node | None = None
        self.label = 0.0


class Sequence:
    """One article's items in order."""

    def __init__(self, article: ArticleId) -> None:
        self._article = article
        self._head: _Node | None = None
        self._starts: dict[int, list[int]] = {}
        self._nodes: dict[int, list[_Node]] = {}
        self._clocks: dict[int, int] = {}

    def precedes(self, left: Id, right: Id, strands: dict[int, Strand]) -> bool:
        """Whether an item stands before another."""
        self._catch_up(strands)
        first, second = self._node(left), self._node(right)
        if first is second:
            return left[1] < right[1]
        return first.label < second.label

    def between(self, left: Id | None, right: Id | None, strands: dict[int, Strand]) -> Iterator[Id]:
        """List what stands between two items (or the start and the end): the first item of each stretch."""
        self._catch_up(strands)
        last = None if right is None else self._node(right)
        node = self._head
        if left is not None:
            node = self._node(left)
            if left[1] + 1 < node.clock + node.length and right != (left[0], left[1] + 1):
                yield left[0], left[1] + 1
            if node is last:
                return
            node = node.next
        while node is not None and node is not last:
            yield node.client, node.clock
            node = node.next
        if last is not None and right is not None and last.clock < right[1]:
            yield last.client, last.clock

    def _catch_up(self, strands: dict[int, Strand]) -> None:
        behind = {
            client: strand.spans(self._clocks.get(client, 0))
            for client, strand in strands.items()
            if self._clocks.get(client, 0) < strand.end
        }
        for span in in_causal_order(behind, lambda client: self._clocks.get(client, 0), _neighbours):
            if span.article == self._article:
                self._place(span)
            self._clocks[span.client] = span.clock + span.length

    def _place(self, span: Span) -> None:
        node = _Node(span.client, span.clock, span.length, span.origin, span.right)
        after = None if span.origin is None else self._ending_at(span.origin)
        right = None if span.right is None else self._starting_at(span.right)
        after = self._past_concurrent(node, after, right)
        self._insert(node, after)

    def _past_concurrent(self, node: _Node, after: _Node | None, right: _Node | None) -> _Node | None:
        """Find the node to stand after, among those that were put in the same place meanwhile."""
        other = self._head if after is None else after.next
        passed: set[_Node] = set()
        conflicting: set[_Node] = set()
        while other is not None and other is not right:
            passed.add(other)
            conflicting.add(other)
            if other.origin == node.origin:
                if other.client < node.client:
                    after = other
                    conflicting.clear()
                elif other.right == node.right:
                    break
            elif other.origin is not None and (parent := self._node(other.origin)) in passed:
                if parent not in conflicting:
                    after = other
                    conflicting.clear()
            else:
                break
            other = other.next
        return after

    def _insert(self, node: _Node, after: _Node | None) -> None:
        if after is None:
            node.next, self._head = self._head, node
        else:
            node.next, after.next = after.next, node
        starts = self._starts.setdefault(node.client, [])
        index = bisect_right(starts, node.clock)
        starts.insert(index, node.clock)
        self._nodes.setdefault(node.client, []).insert(index, node)
        self._label(node, after)

    def _label(self, node: _Node, after: _Node | None) -> None:
        low = after.label if after is not None else 0.0
        high = node.next.label if node.next is not None else low + 2 * _STEP
        node.label = (low + high) / 2
        if not low < node.label < high:
            label, each = _STEP, self._head
            while each is not None:
                each.label, each, label = label, each.next, label + _STEP

    def _node(self, place: Id) -> _Node:
        return self._nodes[place[0]][bisect_right(self._starts[place[0]], place[1]) - 1]

    def _ending_at(self, place: Id) -> _Node:
        node = self._node(place)
        if node.clock + node.length > place[1] + 1:
            self._split(node, place[1] + 1)
        return node

    def _starting_at(self, place: Id) -> _Node:
        node = self._node(place)
        return self._split(node, place[1]) if node.clock < place[1] else node

    def _split(self, node: _Node, clock: int) -> _Node:
        rest = _Node(node.client, clock, node.clock + node.length - clock, (node.client, clock - 1), node.right)
        node.length = clock - node.clock
        self._insert(rest, node)
        return rest


def _neighbours(span: Span) -> Iterable[Id]:
    return [place for place in (span.origin, span.right) if place is not None]
