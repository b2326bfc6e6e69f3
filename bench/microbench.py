"""Admission alone (N6): processor time a typed character in one Python process, without a socket or a store.

Two kinds of keystroke: typing on, and the first character after the caret moved. Each is measured in a long article
with many pending suggestions, and again in one ten times as long, and in one with ten times the suggestions.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from pycrdt import Doc, Map, Text

from app.crdt.admission import Writer, admit
from app.crdt.document import Document, seed
from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.log import Owner, Register, Stored
from verification import verification

ARTICLE = ArticleId("article-1")
MEMBER, PARTY = MemberId("member-1"), PartyKey("union")
KEYSTROKES, RUNS = 300, 5
SENTENCE = "The parties shall meet within ten working days of a written request by either of them. "
SHORT, LONG, FEW, MANY = 20_000, 200_000, 200, 2_000


class Desk:
    """A document and one member's client typing into it."""

    def __init__(self, characters: int, suggestions: int) -> None:
        paragraph = {"style": "paragraph", "level": 1, "runs": [{"text": SENTENCE * 4, "marks": {}}]}
        count = characters // (len(SENTENCE) * 4 + 1)
        update = seed([(ARTICLE, [paragraph] * count)])
        self.register = Register(articles=[ARTICLE])
        self.document = Document.load(Stored(checkpoint=None, tail=[update], seq=1, register=self.register))
        self.writer = Writer(member=MEMBER, party=PARTY)
        self.client: Doc[Any] = Doc()
        self.client.apply_update(update)
        self.text: Text = self.client.get("articles", type=Map)[ARTICLE]
        self.draw = random.Random(2026)
        self.names: list[SuggestionId] = []
        step = characters // (suggestions + 1)
        for index in range(suggestions, 0, -1):
            self.admit(self.strike(index * step, self.open(f"pending-{index}"), "pending text "))

    def open(self, name: str) -> SuggestionId:
        """Name a suggestion and let the register know its author, as the room does once it is logged."""
        suggestion = SuggestionId(name)
        self.register.owners[suggestion] = Owner(party=PARTY, author=MEMBER, article=ARTICLE, pending=True)
        self.names.append(suggestion)
        return suggestion

    def strike(self, at: int, suggestion: SuggestionId, text: str = "x") -> bytes:
        """Type and return the frame; the article is ASCII, so pycrdt's bytes are its characters."""
        before = self.client.get_state()
        self.text.insert(at, text, {"ins": {"id": suggestion, "party": PARTY}})
        return self.client.get_update(before)

    def admit(self, frame: bytes) -> None:
        admitted = admit(self.document, [frame], self.writer)
        self.writer.client_ids |= admitted.clients
        if admitted.corrections is not None:
            raise RuntimeError(f"An honest frame was corrected: {admitted.notices}")

    def typing_on(self) -> Iterator[bytes]:
        at, suggestion = len(str(self.text)) // 2, self.open(f"typed-{len(self.names)}")
        yield self.strike(at, suggestion)
        for index in range(1, KEYSTROKES):
            yield self.strike(at + index, suggestion)

    def typing_elsewhere(self) -> Iterator[bytes]:
        length = len(str(self.text))
        for index in range(KEYSTROKES):
            yield self.strike(self.draw.randrange(length), self.open(f"moved-{len(self.names)}-{index}"))


def _micros(desk: Desk, keystrokes: Callable[[], Iterator[bytes]]) -> float:
    """Microseconds of processor time that admitting one of these frames takes; the client's own are left out."""
    runs = []
    for _ in range(RUNS):
        frames = list(keystrokes())
        start = time.process_time()
        for frame in frames:
            desk.admit(frame)
        runs.append((time.process_time() - start) / len(frames) * 1e6)
    return statistics.median(runs)


def admission() -> dict[str, Any]:
    """Measure both kinds of keystroke and how each grows; the worse growth is the one that is reported."""
    figures = {}
    for name, characters, suggestions in (("base", SHORT, FEW), ("long", LONG, FEW), ("many", SHORT, MANY)):
        desk = Desk(characters, suggestions)
        figures[name] = (_micros(desk, desk.typing_on), _micros(desk, desk.typing_elsewhere))
    base = figures["base"]
    growth = {name: max(now / then for now, then in zip(figures[name], base, strict=True)) for name in figures}
    return {
        "void": None,
        "micros": base[0],
        "micros_moved": base[1],
        "growth_length": growth["long"],
        "growth_suggestions": growth["many"],
    }


MICROBENCHES: dict[str, Callable[[], dict[str, Any]]] = {"N6": admission, "N12": verification}
