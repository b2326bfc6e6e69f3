"""The pycrdt document of one layer: applies updates, makes edits, and tells what each did to which article.

The one place that knows pycrdt's types. Deltas are read only when asked for: pycrdt walks the whole text to
tell one, so that a keystroke whose effect is known without it costs the same in any article.
"""

import secrets
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pycrdt

from app.crdt.intake import SERVER_CLIENTS
from app.crdt.items import ROOT
from app.crdt.runs import Delta
from app.domain.ids import ArticleId

EMPTY_UPDATE: Final = b"\x00\x00"

Runs = Sequence[tuple[str, Mapping[str, Any] | None]]


class Effect(NamedTuple):
    """What one transaction did: its update (None where it did nothing), and the delta of each article it touched."""

    update: bytes | None
    deltas: dict[ArticleId, Delta]


class YjsDocument:
    """A pycrdt document under a Yjs client id of its own: two documents writing under one would corrupt both."""

    def __init__(self, updates: Iterable[bytes], client_id: int | None = None) -> None:
        self._doc: pycrdt.Doc[Any] = pycrdt.Doc(client_id=client_id or secrets.choice(SERVER_CLIENTS))
        self._map: pycrdt.Map[Any] = self._doc.get(ROOT, type=pycrdt.Map)
        with self._doc.transaction():
            for update in updates:
                self._doc.apply_update(update)
        self.texts: dict[ArticleId, pycrdt.Text] = {}
        self._ear = _Ear()
        subscriptions = self._subscriptions = [self._doc.observe(self._ear.hear_update)]
        # A subscription holds its document, inside pycrdt, where Python's collector doesn't see the circle.
        weakref.finalize(self, _drop, subscriptions)
        self.find_texts()

    @property
    def client_id(self) -> int:
        return int(self._doc.client_id)

    def find_texts(self) -> list[ArticleId]:
        """Take up the articles that came into the document; return their ids."""
        added: list[ArticleId] = []
        for key in self._map.keys():  # noqa: SIM118 - pycrdt's own type says that a map gives no iterator.
            article = ArticleId(key)
            if article not in self.texts:
                text = self._map[key]
                self.texts[article] = text
                self._subscriptions.append(text.integrated.observe(self._ear.listener(article)))
                added.append(article)
        return added

    def runs(self, article: ArticleId) -> Runs:
        """Read a whole text as pycrdt's own runs."""
        return self.texts[article].diff()

    def size(self, article: ArticleId) -> int:
        """Tell the length of a text in bytes."""
        return len(self.texts[article])

    def apply(self, updates: Iterable[bytes], *, listen: bool = True) -> Effect:
        """Apply updates in one transaction; without listening, no deltas are told."""

        def run() -> None:
            for update in updates:
                self._doc.apply_update(update)

        return self._transact(run, listen=listen)

    def edit(self, run: Callable[[], None]) -> Effect:
        """Edit the texts in one transaction."""
        return self._transact(run, listen=True)

    def state_vector(self) -> bytes:
        return self._doc.get_state()

    def diff(self, state_vector: bytes) -> bytes:
        return self._doc.get_update(state_vector)

    def _transact(self, run: Callable[[], None], *, listen: bool) -> Effect:
        ear = self._ear
        ear.update, ear.deltas, ear.listening = None, {}, listen
        try:
            with self._doc.transaction():
                run()
        finally:
            ear.listening = False
        return Effect(ear.update, ear.deltas)


class _Ear:
    """What pycrdt tells during one transaction. It knows no document, so that none lives on because of it."""

    def __init__(self) -> None:
        self.update: bytes | None = None
        self.deltas: dict[ArticleId, Delta] = {}
        self.listening = False

    def hear_update(self, event: pycrdt.TransactionEvent) -> None:
        self.update = event.update

    def listener(self, article: ArticleId) -> Callable[[Any], None]:
        def heard(event: Any) -> None:
            if self.listening:
                self.deltas[article] = event.delta

        return heard


def _drop(subscriptions: list[Any]) -> None:
    for subscription in subscriptions:
        subscription.drop()


def merge(updates: Iterable[bytes]) -> bytes:
    """Merge updates into one."""
    several = list(updates)
    return several[0] if len(several) == 1 else pycrdt.merge_updates(*several)


def first_update(articles: Iterable[tuple[ArticleId, Runs]], client_id: int | None = None) -> bytes:
    """Build the update that makes new articles of these runs, under a client id never used again."""
    doc: pycrdt.Doc[Any] = pycrdt.Doc(client_id=client_id or secrets.choice(SERVER_CLIENTS))
    root: pycrdt.Map[Any] = doc.get(ROOT, type=pycrdt.Map)
    with doc.transaction():
        for article, runs in articles:
            root[article] = text = pycrdt.Text()
            end = 0
            for content, attributes in runs:
                text.insert(end, content, dict(attributes or {}))
                end += len(content.encode())
    return doc.get_update()
