"""A hand that writes in a room without a socket: the demonstration's people type through it.

What it writes is admitted, logged and recorded exactly like anybody's typing; there is no other way into a text.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pycrdt import Doc, Map, Text

from app.crdt import protocol
from app.crdt.protocol import Message
from app.crdt.registry import Rooms
from app.domain.ids import ArticleId, SuggestionId, table_of
from app.repositories.updates import Decision
from app.services.acting import Acting


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` in the place of `old`, which stands once in the article; both empty never."""

    suggestion: SuggestionId
    article: ArticleId
    old: str
    new: str
    after: str = ""
    """Where `old` is empty: the words after which `new` is put."""


class Hand:
    """Fits `app.crdt.ports.Peer`, with a replica of its own."""

    def __init__(self, acting: Acting) -> None:
        self.member, self.party = acting.member_id, acting.party_key
        self.name, self.role = acting.account.name, acting.role.value
        self.may_write = True
        self._table = table_of(acting.agreement_id)
        self._heard = asyncio.Event()
        self._refused: Exception | None = None

    def send(self, message: Message) -> None:
        del message
        self._heard.set()

    def pause(self) -> None:
        pass

    def resume(self) -> None:
        pass

    def close(self, error: Exception) -> None:
        self._refused = error
        self._heard.set()

    async def write(self, rooms: Rooms[Decision], edits: Sequence[Edit]) -> None:
        """Type the edits, each as one suggestion, and wait until they are saved."""
        room = await rooms.join(self._table, self)
        try:
            replica: Doc[Any] = Doc()
            replica.apply_update(await rooms.read(self._table, lambda document: document.state()))
            known = replica.get_state()
            articles = replica.get("articles", type=Map)
            for edit in edits:
                self._type(articles[edit.article], edit)
            room.receive(self, [protocol.update(replica.get_update(known)).payload])
            written = {edit.suggestion for edit in edits}
            while not written <= await rooms.read(self._table, lambda document: set(document.pending())):
                await self._heard.wait()
                self._heard.clear()
                if self._refused is not None:
                    raise self._refused
        finally:
            room.leave(self)

    def _type(self, text: Text, edit: Edit) -> None:
        """Strike the old words and put the new ones behind them, under one id (offsets are in bytes of UTF-8)."""
        whole = "".join(str(piece) for piece, _ in text.diff())
        place = whole.index(edit.old or edit.after)
        start = len(whole[:place].encode())
        end = start + len((edit.old or edit.after).encode())
        if edit.old:
            text.format(start, end, {f"del:{self.party}": {"id": edit.suggestion}})
        if edit.new:
            text.insert(end, edit.new, {"ins": {"id": edit.suggestion, "party": self.party}})
