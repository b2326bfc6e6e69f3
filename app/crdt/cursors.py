"""Where each writer's last typed character stands, so that the next one need not be looked for.

A character whose left origin is the writer's last one lands directly after it, under the same marks, as long as
nothing else was placed there and nothing touched that place since: then the order that Yjs gives concurrent
insertions (YATA) leaves no other outcome. A cursor is dropped at the first doubt.
"""

from app.crdt.marks import Marks


class Cursor:
    """The end of a writer's last typed character: its id, its place in bytes, and its marks.

    `right` is the item that was placed after it, if one was: what is typed on has to name it as its right neighbour.
    """

    __slots__ = ("client", "clock", "marks", "offset", "right")

    def __init__(self, client: int, clock: int, offset: int, marks: Marks, right: tuple[int, int] | None) -> None:
        self.client = client
        self.clock = clock
        self.offset = offset
        self.marks = marks
        self.right = right


class Cursors:
    """The cursors of one article, one a Yjs client."""

    def __init__(self) -> None:
        self._by_client: dict[int, Cursor] = {}

    def at(self, client: int, clock: int) -> Cursor | None:
        """Find the cursor that stands after that very character."""
        cursor = self._by_client.get(client)
        return cursor if cursor is not None and cursor.clock == clock else None

    def place(self, cursor: Cursor) -> None:
        """Remember where a client typed last."""
        self._by_client[cursor.client] = cursor

    def drop(self, client: int, clock: int) -> None:
        """Forget a cursor: something was placed after that character."""
        if self.at(client, clock) is not None:
            del self._by_client[client]

    def clear(self) -> None:
        """Forget every cursor."""
        self._by_client.clear()

    def moved(self, start: int, removed: int, added: int) -> None:
        """Follow a change of the text; a cursor that it touches is dropped."""
        if not self._by_client:
            return
        for client, cursor in list(self._by_client.items()):
            if cursor.offset > start + removed:
                cursor.offset += added - removed
            elif cursor.offset >= start:
                del self._by_client[client]
