"""Judges a frame's structure before it is applied: what no honest client sends is refused, whole.

Either every frame of a batch passes and its items are known, or none has left a trace.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from app.crdt.causes import Causes
from app.crdt.items import Items
from app.crdt.strands import Id
from app.crdt.update_reader import DELETED, FORMAT, STRING, Frame, Struct
from app.domain.ids import ArticleId, MemberId
from app.domain.log import NOBODY
from app.errors import LimitExceeded, ProtocolViolation

SERVER_CLIENTS: Final = range((1 << 53) - (1 << 36), (1 << 53) - 1)
"""The Yjs client ids that only this service writes under, at tables."""
CAUCUS_CLIENTS: Final = range((1 << 53) - (1 << 37), (1 << 53) - (1 << 36))
"""Those that it writes under in caucuses: never a table's, so that an id tells whose text an item is."""
_MOST_CLIENTS: Final = 64
_MOST_DELETIONS: Final = 10_000
_WRITABLE: Final = frozenset({DELETED, STRING, FORMAT})


class Intake:
    """One batch of frames of one member."""

    def __init__(
        self,
        items: Items,
        writers: Mapping[int, MemberId],
        member: MemberId,
        own: set[int],
        *,
        in_caucus: bool = False,
    ) -> None:
        self.clients: set[int] = set()
        """The client ids that this batch wrote under."""
        self.fresh: set[Id] = set()
        """The left origins of its structs."""
        self._items = items
        self._causes = Causes(items.strands)
        self._writers = writers
        self._member = member
        self._own = own
        self._in_caucus = in_caucus
        self._before: dict[int, tuple[int, int] | None] = {}
        self._deletions = 0

    def take(self, frames: Sequence[Frame]) -> None:
        """Check frames in their order and learn their items; raise with nothing learnt."""
        try:
            for frame in frames:
                self._take(frame)
        except (ProtocolViolation, LimitExceeded):
            self._forget()
            raise

    def keep(self, frames: Sequence[Frame]) -> None:
        """After they were applied: learn what they deleted."""
        for frame in frames:
            for client, clock, length in frame.deletes:
                self._items.delete(client, clock, length)

    def _take(self, frame: Frame) -> None:
        for struct in self._items.in_order(frame):
            self._check_writer(struct.client)
            article = self._place(struct)
            self._items.add(struct, article)
            if struct.origin is not None:
                self.fresh.add(struct.origin)
        for client, clock, length in frame.deletes:
            self._check_delete(client, clock, length)

    def _check_writer(self, client: int) -> None:
        if client in self.clients:
            return
        owner = self._writers.get(client)
        if client in SERVER_CLIENTS or client in CAUCUS_CLIENTS or (owner is not None and owner != self._member):
            raise ProtocolViolation("The frame writes under a client id that belongs to another member.")
        if owner is None and client not in self._own and self._items.clock(client):
            raise ProtocolViolation("The frame writes under a client id that is not the sender's.")
        if len(self.clients) >= _MOST_CLIENTS:
            raise LimitExceeded("The frame writes under too many client ids.")
        self.clients.add(client)
        strand = self._items.strands.get(client)
        self._before[client] = None if strand is None else strand.mark()

    def _place(self, struct: Struct) -> ArticleId:
        """Tell which article a struct is in; refuse it if that is none, or two."""
        if struct.kind not in _WRITABLE:
            raise ProtocolViolation("The frame holds content that no article takes.")
        known = self._items.clock(struct.client)
        if struct.clock > known:
            raise ProtocolViolation("The frame does not follow on what is here; ask for what is missing first.")
        alone = struct.origin is None and struct.right is None
        article = self._root(struct) if alone else self._beside(struct)
        if struct.clock < known and self._items.article_at((struct.client, known - 1)) != article:
            raise ProtocolViolation("The frame repeats a change otherwise than it was sent before.")
        self._check_neighbours(struct, article, known)
        return article

    def _check_neighbours(self, struct: Struct, article: ArticleId, known: int) -> None:
        """Refuse an item put between two others that cannot have been neighbours to whoever wrote it."""
        own = [(struct.client, known - 1)] if known else []
        origin = struct.origin if struct.clock == known else own[0]
        named = [place for place in (origin, struct.right, struct.parent) if isinstance(place, tuple)]
        if self._causes.include([*own, *named], self._items.between(article, origin, struct.right)):
            raise ProtocolViolation("The frame names neighbours that do not stand side by side.")

    def _root(self, struct: Struct) -> ArticleId:
        article = self._items.texts.get(struct.parent) if isinstance(struct.parent, tuple) else None
        if article is None or struct.key is not None:
            raise ProtocolViolation("The frame writes outside the texts of the articles.")
        return article

    def _beside(self, struct: Struct) -> ArticleId:
        origin, right = struct.origin, struct.right
        articles = {self._items.article_at(place) for place in (origin, right) if place is not None}
        if None in articles:
            raise ProtocolViolation("The frame does not follow on what is here; ask for what is missing first.")
        article = articles.pop()
        if articles or not article:
            raise ProtocolViolation("The frame writes outside the texts of the articles.")
        splits = origin is not None and self._items.splits_pair_after(origin)
        if splits or (right is not None and self._splits_before(right)):
            raise ProtocolViolation("The frame writes inside a character.")
        if origin is not None and right is not None and not self._items.precedes(origin, right):
            raise ProtocolViolation("The frame names neighbours that stand the wrong way round.")
        return article

    def _splits_before(self, place: Id) -> bool:
        return place[1] > 0 and self._items.splits_pair_after((place[0], place[1] - 1))

    def _check_delete(self, client: int, clock: int, length: int) -> None:
        if clock + length > self._items.clock(client):
            raise ProtocolViolation("The frame deletes what is not here; ask for what is missing first.")
        strand = self._items.strands[client]
        if not strand.deleted.covers(clock, clock + length):
            self._deletions += 1
            if self._deletions > _MOST_DELETIONS:
                raise LimitExceeded("The frame deletes more places than this service takes at once.")
            self._check_cut(client, clock, length)
            self._check_table_text(client, clock, length)

    def _check_table_text(self, client: int, clock: int, length: int) -> None:
        """In a caucus refuse to take table text away. Put back it would be other text, and table updates pass it by."""
        drafted = client in CAUCUS_CLIENTS or client in self.clients or self._writers.get(client, NOBODY) != NOBODY
        if not self._in_caucus or drafted:
            return
        if self._items.is_seen(client, clock, clock + length):
            raise ProtocolViolation("The frame deletes text of the table; this page has to load the caucus anew.")

    def _check_cut(self, client: int, clock: int, length: int) -> None:
        if any(client == text[0] and clock <= text[1] < clock + length for text in self._items.texts):
            raise ProtocolViolation("The frame deletes an article.")
        if self._items.splits_pair_after((client, clock + length - 1)) or (
            clock and self._splits_before((client, clock))
        ):
            raise ProtocolViolation("The frame deletes half a character.")

    def _forget(self) -> None:
        if self._before:
            self._items.forget_order()
        for client, before in self._before.items():
            if before is None:
                self._items.strands.pop(client, None)
                continue
            self._items.strands[client].cut_from(*before)
