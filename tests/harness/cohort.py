"""Several clients over one table: honest ones, late ones and hostile ones, with every promise checked at each step.

An operation is `{actor, op, args}` with numbers for arguments, taken modulo whatever there is to choose from, so that
any list of operations is a history, and a shorter list is a smaller one. The real Document admits the real frames of
real replicas; the checks read pycrdt's own runs, not the mirror, and judge by rules of their own.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

import pycrdt

from app.crdt.admission import Writer, admit
from app.crdt.document import Document, seed
from app.crdt.enactment import Enacted, enact, remove
from app.crdt.intake import SERVER_CLIENTS
from app.crdt.pieces import runs_of
from app.crdt.protocol import var_uint
from app.domain.ids import ArticleId, MemberId, PartyKey
from app.domain.log import Register, Stored
from app.errors import DraftingError
from tests.harness.answering import accept_part, counter
from tests.harness.builders import paragraph, runs_in, whole
from tests.harness.honest import Delta, Run, mark_of, names_of, suggest
from tests.harness.promises import Promises
from tests.harness.replicas import Maker, PycrdtReplica, Replica

ARTICLES = ("a", "b")
WORDS = ("x", "to be ", "über ", "😀", "中文", "e\u0301", "one\ntwo", "\n", "\u202eabc", "shall not ")
FORGED_WORDS = (*WORDS, "\x00\x07", "\r\n", "\u2028", "a\x1bb")
FORMATS: tuple[dict[str, Any], ...] = (
    {"bold": True},
    {"italic": True},
    {"bold": None},
    {"link": "https://example.org/a"},
    {"italic": None, "code": True},
)
STYLES: tuple[dict[str, Any], ...] = (
    {"style": "heading", "level": 2},
    {"style": None},
    {"level": 3},
    {"style": "quote"},
)

ITEMS: tuple[tuple[int, bytes], ...] = (
    (4, b"\x03xyz"),
    (4, "\x04\u00e9\nz".encode()),
    (6, b"\x04bold\x04true"),
    (6, b"\x03ins\x04null"),
    (1, b"\x02"),
    (4, "\x04😀".encode()),
)

Operation = Mapping[str, Any]


class Client:
    """One member's connection with its replica: what it has not sent, and what it has not received."""

    replica: Replica

    def __init__(self, name: str, party: str, member: str, *, may_write: bool = True, in_caucus: bool = False) -> None:
        self.in_caucus = in_caucus
        self.names = names_of(party, in_caucus=in_caucus)
        self.name = name
        self.party = PartyKey(party)
        self.member = MemberId(member)
        self.may_write = may_write
        self.inbox: list[bytes] = []
        self.minted = 0
        self.mine: set[str] = set()

    @property
    def outbox(self) -> list[bytes]:
        return self.replica.outbox

    def open(self, replica: Replica) -> None:
        """Begin with a new replica of the server's document."""
        self.replica = replica
        self.inbox = []

    def runs(self, article: str) -> list[Run]:
        return self.replica.runs(article)

    def receive(self, number: int) -> None:
        arrived, self.inbox = self.inbox[:number], self.inbox[number:]
        if arrived:
            self.replica.receive(arrived)

    def unsent(self, number: int) -> list[bytes]:
        """Take frames out of the outbox."""
        frames = self.outbox[:number]
        del self.outbox[:number]
        return frames

    def name_for(self, article: str, at: int) -> str:
        """The client's own open suggestion beside a place, or a new one."""
        position = 0
        for text, marks in self.runs(article):
            if position <= at <= position + len(text):
                for name in (self.names.insertion, self.names.deletion):
                    if mark_of(marks, name).get("id") in self.mine:
                        return str(marks[name]["id"])
            position += len(text)
        self.minted += 1
        minted = f"{self.name}-{self.minted}"
        self.mine.add(minted)
        return minted


class Cohort:
    """A table and its clients."""

    def __init__(self, parties: int = 2, make: Maker = PycrdtReplica) -> None:
        self.make = make
        self.client_ids = count(1000)
        self.server_ids = count(SERVER_CLIENTS.start)
        first = seed(
            [
                (
                    ArticleId("a"),
                    [paragraph("Hours of work", "heading"), paragraph("The workday is seven hours. 😀 Äh.")],
                ),
                (ArticleId("b"), [paragraph("Leaves are ten days."), paragraph("Bold", bold=True), paragraph("")]),
            ],
            next(self.server_ids),
        )
        self.log: list[bytes] = [first]
        self.register = Register(articles=[ArticleId(article) for article in ARTICLES])
        self.document = self.load()
        names = ("assoc", "district", "mediator")[:parties]
        self.clients = [Client(f"{party}{n}", party, f"{party}-member{n}") for party in names for n in range(2)]
        self.clients.append(Client("second", "assoc", "assoc-member0"))
        self.clients.append(Client("watcher", "district", "district-watcher", may_write=False))
        for client in self.clients:
            self.open(client)
        self.promises = Promises(self.document)
        self.refused = 0
        self.corrected = 0
        self.frames = 0
        self.enactments = 0
        self.minted = 0

    def open(self, client: Client) -> None:
        """Give a client a new replica. Every id is counted, so that a history always runs alike."""
        client.open(self.make(self.document.state(), next(self.client_ids), ARTICLES))

    def load(self) -> Document:
        """The document as a worker that starts now would have it."""
        writers = dict(self.document.writers) if hasattr(self, "document") else {}
        vanished = set(self.document.vanished) if hasattr(self, "document") else set()
        document = Document.load(
            Stored(None, list(self.log), len(self.log), self.register, writers), next(self.server_ids)
        )
        document.vanished = vanished
        return document

    def run(self, operations: Iterable[Operation]) -> None:
        """Carry out a history, then bring everyone together."""
        for operation in operations:
            self.do(operation)
        self.settle()

    def do(self, operation: Operation) -> None:
        """Carry out one operation."""
        client = self.clients[operation["actor"] % len(self.clients)]
        numbers = [*operation["args"], 0, 0, 0, 0]
        OPERATIONS[operation["op"]](self, client, numbers)

    def settle(self) -> None:
        """Deliver everything; then every replica, the mirror and a document read from the log have to be equal."""
        while any(client.outbox or client.inbox for client in self.clients):
            for client in self.clients:
                client.receive(len(client.inbox))
                self.send(client, len(client.outbox))
        reloaded = self.load()
        for article in map(ArticleId, ARTICLES):
            runs = runs_in(self.document, article)
            mirrored = [
                (text, dict(marks.attributes)) for text, marks in runs_of(self.document.articles[article].pieces())
            ]
            assert mirrored == runs, "the mirror is the text"
            assert runs_in(reloaded, article) == runs, "a worker restarted from the log has the same text"
            for client in self.clients:
                if client.may_write:
                    assert whole(client.runs(article)) == runs, f"{client.name} has the same text"
        clocks = {client: strand.end for client, strand in self.document.items.strands.items()}
        again = {client: strand.end for client, strand in reloaded.items.strands.items()}
        assert clocks == again, "the index knows every item"

    def send(self, client: Client, number: int) -> None:
        """Let the server admit some of what a client has not sent yet, as one batch."""
        frames = client.unsent(number)
        if frames:
            self.admit(client, frames)

    def admit(self, client: Client, frames: list[bytes]) -> None:
        """Admit frames of a client and relay what comes of them."""
        self.frames += len(frames)
        watch = self.promises.before_frames(self.document)
        writer = Writer(client.member, client.party, client.may_write)
        try:
            admitted = admit(self.document, frames, writer)
        except DraftingError:
            self.refused += 1
            watch.nothing_changed(self.document)
            self.open(client)
            return
        if admitted.update is not None:
            self.log.append(admitted.update)
            self.relay(admitted.update, client)
        if admitted.corrections is not None:
            self.corrected += 1
            client.inbox.append(admitted.corrections)
        watch.after_frames(self.document, writer, admitted)
        if not client.may_write and not client.outbox:
            self.open(client)

    def decide(self, decision: Callable[..., Enacted], number: int, first: int) -> None:
        """Decide some of the pending suggestions."""
        pending = self.document.pending()
        if not pending:
            return
        self.carry_out(decision, [pending[(first + step) % len(pending)] for step in range(number % 3 + 1)])

    def carry_out(self, decision: Callable[..., Enacted], chosen: list[Any]) -> None:
        """Decide suggestions that are pending."""
        watch = self.promises.before_decision(self.document)
        enacted = decision(self.document, chosen)
        self.enactments += 1
        self.log.append(enacted.update)
        self.relay(enacted.update, None)
        watch.after_decision(self.document, chosen, enacted, removing=decision is remove)

    def relay(self, update: bytes, sender: Client | None) -> None:
        """Queue an update for everybody else."""
        for client in self.clients:
            if client is not sender:
                client.inbox.append(update)


def _place(client: Client, numbers: list[int]) -> tuple[str, int, int]:
    article = ARTICLES[numbers[0] % len(ARTICLES)]
    length = sum(len(text) for text, _ in client.runs(article))
    return article, numbers[1] % (length + 1), length


def _honest(client: Client, article: str, delta: Delta) -> None:
    names: list[str] = []

    def name_for(kind: str, at: int) -> str:
        if not names:
            names.append(client.name_for(article, at))
        return names[0]

    made = suggest(client.runs(article), delta, client.party, name_for, client.mine, in_caucus=client.in_caucus)
    client.replica.edit(article, made)


def _after(at: int, *steps: dict[str, Any]) -> Delta:
    return [{"retain": at}, *steps] if at else list(steps)


def _insert(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    article, at, _ = _place(client, numbers)
    _honest(client, article, _after(at, {"insert": WORDS[numbers[2] % len(WORDS)]}))


def _type(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    article, at, _ = _place(client, numbers)
    for offset in range(numbers[2] % 5 + 1):
        _honest(client, article, _after(at + offset, {"insert": "typed"[offset]}))


def _delete(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    article, at, length = _place(client, numbers)
    size = min(numbers[2] % 9 + 1, length - at)
    if size > 0:
        replaced = [{"insert": WORDS[numbers[3] % len(WORDS)]}] if numbers[3] % 2 else []
        _honest(client, article, _after(at, {"delete": size}, *replaced))


def _format(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    article, at, length = _place(client, numbers)
    content = "".join(text for text, _ in client.runs(article))
    size = min(numbers[2] % 9 + 1, length - at)
    styles, formats = STYLES[numbers[3] % len(STYLES)], FORMATS[numbers[3] % len(FORMATS)]
    steps = [{"retain": 1, "attributes": styles if one == "\n" else formats} for one in content[at : at + size]]
    if size > 0:
        _honest(client, article, _after(at, *steps))


def _take_back(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    article, at, length = _place(client, numbers)
    size = min(numbers[2] % 9 + 1, length - at)
    if size > 0:
        own = {client.names.deletion: None, client.names.format: None}
        client.replica.edit(article, _after(at, {"retain": size, "attributes": own}))


def _undo(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    client.replica.back(redo=numbers[0] % 3 == 0)


def _forged(cohort: Cohort, client: Client, numbers: list[int]) -> dict[str, Any]:
    known = list(cohort.document.register.owners) or ["none"]
    suggestion = known[numbers[2] % len(known)]
    party = ("assoc", "district", "mediator")[numbers[3] % 3]
    marks: tuple[dict[str, Any], ...] = (
        {},
        {"ins": {"id": suggestion, "party": party}},
        {"ins": None},
        {f"del:{party}": {"id": suggestion}},
        {f"del:{party}": None},
        {f"fmt:{party}": {"id": suggestion, "set": {"bold": True, "evil": 1, "style": "heading"}}},
        {"bold": True, "evil": {"deep": [[[1]]]}, "link": "javascript:alert(1)"},
        {"ins": {"id": "fresh/../id", "party": party}, "bold": True},
        {"ins": {"id": f"forged{numbers[2] % 4}", "party": client.party}, f"fmt:{party}": {"id": "x" * 99, "set": {}}},
        {"style": "heading", "level": 7, "ins": True},
        {f"del:{client.party}": {"id": suggestion}, "ins": {"id": suggestion, "party": client.party}},
    )
    return marks[numbers[4] % len(marks)]


def _forged_word(cohort: Cohort, client: Client, numbers: list[int]) -> dict[str, Any]:
    word = FORGED_WORDS[numbers[2] % len(FORGED_WORDS)]
    if not numbers[3] % 4:
        return {"insert": word, "inherit": True}
    marks = {name: value for name, value in _forged(cohort, client, numbers).items() if value is not None}
    return {"insert": word, "attributes": marks}


def _forge_insert(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    article, at, _ = _place(client, numbers)
    client.replica.edit(article, _after(at, _forged_word(cohort, client, numbers)), tracked=False)


def _forge_delete(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    article, at, length = _place(client, numbers)
    size = min(numbers[2] % 30 + 1, length - at)
    if size > 0:
        replaced = [_forged_word(cohort, client, [*numbers[:2], numbers[3], *numbers[2:]])] if numbers[3] % 2 else []
        client.replica.edit(article, _after(at, {"delete": size}, *replaced), tracked=False)


def _forge_format(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    article, at, length = _place(client, numbers)
    size = min(numbers[2] % 20 + 1, length - at)
    marks = _forged(cohort, client, numbers)
    if size > 0 and marks:
        client.replica.edit(article, _after(at, {"retain": size, "attributes": marks}), tracked=False)


def _noise(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    """Send bytes that came about by chance: a frame of one's own with some of them changed."""
    if not client.outbox:
        _forge_insert(cohort, client, numbers)
    frame = bytearray(client.outbox[-1]) if client.outbox else bytearray(b"\x00\x00")
    for number in numbers[1:4]:
        frame[number % len(frame)] = (number // 7) % 256
    if numbers[0] % 3 == 0:
        frame = frame[: numbers[1] % (len(frame) + 1)]
    cohort.admit(client, [bytes(frame)])
    cohort.open(client)


def _craft(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    """Send a frame made by hand: one item between any two, of any kind that a text holds, and any deletion."""
    ids = [(known, clock) for known, strand in cohort.document.items.strands.items() for clock in range(strand.end)]
    origin, right = ids[numbers[0] * 7 % len(ids)], ids[numbers[1] * 11 % len(ids)]
    if numbers[2] % 3:
        right = (origin[0], origin[1] + 1)
    item = ITEMS[numbers[3] % len(ITEMS)]
    flags = (0xC0, 0x80, 0x40, 0xC0)[numbers[2] % 4]
    between = [*(origin if flags & 0x80 else ()), *(right if flags & 0x40 else ())]
    struct = bytes((item[0] | flags,)) + b"".join(map(var_uint, between)) + item[1]
    deleted = ids[numbers[4] * 13 % len(ids)]
    deletes = b"\x01" + b"".join(map(var_uint, (deleted[0], 1, deleted[1], numbers[4] % 3 + 1)))
    frame = b"\x01\x01" + var_uint(next(cohort.client_ids)) + b"\x00" + struct
    cohort.admit(client, [frame + (deletes if numbers[4] % 2 else b"\x00")])
    cohort.open(client)


def _send(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    cohort.send(client, numbers[0] % 6 + 1)


def _receive(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    client.receive(numbers[0] % 6 + 1)


def _reconnect(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    """Sync as after a lost connection: each gets what it lacks, the server in one frame."""
    missing = client.replica.missing(cohort.document.state_vector())
    client.unsent(len(client.outbox))
    client.inbox = [cohort.document.diff(client.replica.state_vector())]
    cohort.admit(client, [missing])


def _merge(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    if len(client.outbox) > 1:
        client.outbox[:] = [pycrdt.merge_updates(*client.outbox)]


def _enact(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    cohort.decide(enact, numbers[0], numbers[1])


def _remove(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    cohort.decide(remove, numbers[0], numbers[1])


def _close(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    closed = dict(cohort.document.register.closed)
    article = ArticleId(ARTICLES[numbers[0] % len(ARTICLES)])
    if closed.pop(article, None) is None and numbers[1] % 2:
        closed[article] = "article_closed"
    cohort.document.register.closed = closed


def _reload(cohort: Cohort, client: Client, numbers: list[int]) -> None:
    cohort.document = cohort.load()


OPERATIONS: dict[str, Callable[[Cohort, Client, list[int]], None]] = {
    "insert": _insert,
    "type": _type,
    "delete": _delete,
    "format": _format,
    "take_back": _take_back,
    "undo": _undo,
    "forge_insert": _forge_insert,
    "forge_delete": _forge_delete,
    "forge_format": _forge_format,
    "noise": _noise,
    "craft": _craft,
    "send": _send,
    "receive": _receive,
    "reconnect": _reconnect,
    "merge": _merge,
    "accept_part": accept_part,
    "counter": counter,
    "enact": _enact,
    "remove": _remove,
    "close": _close,
    "reload": _reload,
}
