"""A table with a caucus of each of two parties over it: honest, late and hostile clients in all three.

Everything the cohort at the table promises is checked as ever. Beyond it: a caucus without its drafts is its table,
its replicas are equal and are what its own log says, and what is drafted stays where it is until it is tabled. The
judge reads pycrdt's runs, character by character, and shares no code with what it judges.
"""

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from app.crdt.admission import Broken, Writer, admit
from app.crdt.caucus import Caucus, open_document
from app.crdt.document import Document
from app.crdt.following import Forked, follow
from app.crdt.forking import fork_anew
from app.crdt.intake import CAUCUS_CLIENTS
from app.crdt.pieces import runs_of
from app.crdt.tabling import draft_content, table
from app.domain.events import Proposed, Revised, Vanished
from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.log import NOBODY, Register, Stored
from app.errors import DraftingError
from tests.harness.builders import runs_in, whole
from tests.harness.cohort import ARTICLES, OPERATIONS, Client, Cohort, Operation
from tests.harness.promises import Text, characters

DRAFTS = ("draft:ins", "draft:del", "draft:fmt")
PLAIN = {"bold", "italic", "underline", "strike", "code", "link", "style", "level"}


def undrafted(texts: dict[str, Text]) -> dict[str, Text]:
    """A caucus without its drafts, plainly."""
    return {
        article: [
            (character, {name: value for name, value in marks.items() if name not in DRAFTS})
            for character, marks in text
            if "draft:ins" not in marks
        ]
        for article, text in texts.items()
    }


def drafted_in(texts: dict[str, Text]) -> set[str]:
    """Every draft that has a mark anywhere."""
    return {marks[name]["id"] for text in texts.values() for _, marks in text for name in DRAFTS if name in marks}


class Side:
    """One party's caucus and its clients; to the operations of a cohort it looks like a table."""

    def __init__(self, cohort: "Negotiation", party: str) -> None:
        self.cohort, self.party = cohort, PartyKey(party)
        self.client_ids = cohort.client_ids
        self.author: dict[str, str] = {}
        self.begun_anew = 0
        self.canaries: list[str] = []
        self.log = [cohort.document.state()]
        self.followed = len(cohort.log)
        self.register = Register(articles=[ArticleId(article) for article in ARTICLES])
        self.writers: dict[int, MemberId] = {}
        self.reload()
        self.clients = [Client(f"{party}-in{n}", party, f"{party}-member{n}", in_caucus=True) for n in range(2)]
        self.clients.append(Client(f"{party}-in-watcher", party, f"{party}-watcher", may_write=False, in_caucus=True))
        for client in self.clients:
            self.open(client)

    def stored(self) -> Stored:
        return Stored(None, list(self.log), len(self.log), self.register, self.writers, party=self.party)

    def reload(self, *, ahead: bool = False) -> None:
        """Begin again as a worker that starts now; its copy of the table may be ahead of what the caucus follows."""
        vanished = self.document.vanished if hasattr(self, "document") else set()
        self.document = Caucus(self.log, self.register, self.writers, next(self.cohort.caucus_ids), party=self.party)
        self.document.vanished = set(vanished)
        self.writers = self.document.writers
        below = self.cohort.log if ahead else self.cohort.log[: self.followed]
        self.table_at = len(below)
        self.table = Document(below, self.cohort.register, client_id=next(self.cohort.server_ids))

    def open(self, client: Client) -> None:
        client.open(self.cohort.make(self.document.state(), next(self.client_ids), ARTICLES))

    def catch_up(self) -> None:
        """Follow the table up to its head."""
        self.document.register.closed = dict(self.cohort.document.register.closed)
        fresh = self.cohort.log[self.followed :]
        if not fresh:
            return
        try:
            followed = follow(self.document, self.table, fresh, everywhere=self.table_at != self.followed)
        except Forked:
            self.begin_anew()
            self.catch_up()
            return
        for fact in followed.facts:
            assert isinstance(fact, Vanished), "the table can only leave nothing of a draft"
            assert (fact.overtaken, fact.content) == (True, {}), "a draft that falls says nothing"
        self.table_at = self.followed = len(self.cohort.log)
        self.log.append(followed.update)
        self.relay(followed.update, None)
        self.check()

    def begin_anew(self) -> None:
        """Fork the caucus anew, as its room does; whoever is in it loads it anew."""
        self.begun_anew += 1
        self.reload()
        before = characters(self.document)
        fork = fork_anew(self.document, self.table)
        self.log = [fork]
        self.writers = dict.fromkeys(self.writers, NOBODY)
        self.reload()
        assert characters(self.document) == before, "begun anew, a caucus reads as it did"
        for client in self.clients:
            client.outbox.clear()
            self.open(client)

    def admit(self, client: Client, frames: list[bytes]) -> None:
        """Admit frames of a client in the caucus and relay what comes of them."""
        self.cohort.caucus_frames += len(frames)
        before, state = characters(self.document), self.document.state_vector()
        writer = Writer(client.member, client.party, client.may_write)
        try:
            admitted = admit(self.document, frames, writer)
        except DraftingError:
            self.cohort.caucus_refused += 1
            assert characters(self.document) == before, "a refused frame changes nothing"
            assert self.document.state_vector() == state, "a refused frame leaves nothing behind"
            self.open(client)
            return
        if admitted.update is not None:
            self.log.append(admitted.update)
            self.relay(admitted.update, client)
        if admitted.corrections is not None:
            self.cohort.caucus_corrected += 1
            client.inbox.append(admitted.corrections)
        after = characters(self.document)
        assert undrafted(after) == undrafted(before), "no frame changes what is not a draft"
        if not client.may_write or not self.document.register.writable:
            assert after == before, "who may not write changes nothing"
        for article in self.document.register.closed:
            assert after[article] == before[article], "a closed article stays as it is"
        self._check_authors(before, after, writer.member)
        self._check_facts(admitted.facts, writer)
        self.check()
        if not client.may_write and not client.outbox:
            self.open(client)

    def send(self, client: Client, number: int) -> None:
        frames = client.unsent(number)
        if frames:
            self.admit(client, frames)

    def relay(self, update: bytes, sender: Client | None) -> None:
        self.cohort.check_private(self, update)
        for client in self.clients:
            if client is not sender:
                client.inbox.append(update)

    def check(self) -> None:
        """What holds after every step."""
        texts = characters(self.document)
        if self.followed == len(self.cohort.log):
            assert undrafted(texts) == characters(self.cohort.document), "without its drafts a caucus is its table"
        for text in texts.values():
            for _, marks in text:
                if "draft:ins" in marks:
                    assert marks["draft:ins"]["party"] == self.party, "a draft is the party's"
                    assert marks.keys() - {"draft:ins"} <= PLAIN, "drafted text carries no other mark"
        pending = {draft for draft, owner in self.document.register.owners.items() if owner.pending}
        assert drafted_in(texts) == pending, "the register knows what is drafted"
        assert set(self.document.pending()) == pending, "the document lists what is drafted"

    def _check_authors(self, before: dict[str, Text], after: dict[str, Text], member: str) -> None:
        for draft in drafted_in(after):
            if self.author.setdefault(draft, member) != member:
                rest = iter(_parts(before, draft))
                assert all(any(entry == other for other in rest) for entry in _parts(after, draft)), (
                    "nobody adds to another's draft"
                )

    def _check_facts(self, facts: Iterable[Any], writer: Writer) -> None:
        for fact in facts:
            if isinstance(fact, Proposed):
                assert (fact.author, fact.party) == (writer.member, writer.party), "the sender is the author"
            else:
                assert isinstance(fact, Revised) or not fact.overtaken, "a party takes its own drafts back"

    def settle(self) -> None:
        """Everyone is brought together; all replicas, the mirror and a document read from the log are equal."""
        while any(client.outbox or client.inbox for client in self.clients):
            for client in self.clients:
                client.receive(len(client.inbox))
                self.send(client, len(client.outbox))
        again = open_document(self.stored(), next(self.cohort.caucus_ids))
        for article in map(ArticleId, ARTICLES):
            runs = runs_in(self.document, article)
            mirrored = [
                (text, dict(marks.attributes)) for text, marks in runs_of(self.document.articles[article].pieces())
            ]
            assert mirrored == runs, "the mirror is the text"
            assert runs_in(again, article) == runs, "its own log alone makes the same caucus"
            for client in self.clients:
                if client.may_write:
                    assert whole(client.runs(article)) == runs, f"{client.name} has the same text"
        assert undrafted(characters(self.document)) == characters(self.cohort.document)


def _parts(texts: dict[str, Text], draft: str) -> list[tuple[str, str, Any]]:
    return [
        (character, name, marks[name])
        for text in texts.values()
        for character, marks in text
        for name in DRAFTS
        if marks.get(name, {}).get("id") == draft
    ]


class Negotiation(Cohort):
    """A table, and a caucus of each of its first two parties."""

    def __init__(self, parties: int = 2, **given: Any) -> None:
        self.caucus_ids = count(CAUCUS_CLIENTS.start)
        self.caucus_frames = self.caucus_refused = self.caucus_corrected = self.tablings = self.tabled = 0
        self.sides: list[Side] = []
        self.shown: set[str] = set()
        self.minted = 0
        super().__init__(parties, **given)
        self.sides = [Side(self, party) for party in ("assoc", "district")]

    def do(self, operation: Operation) -> None:
        name, numbers = operation["op"], [*operation["args"], 0, 0, 0, 0]
        if not name.startswith("caucus:"):
            super().do(operation)
            return
        side = self.sides[operation["actor"] % 2]
        client = side.clients[operation["actor"] // 2 % len(side.clients)]
        kind = name.removeprefix("caucus:")
        if kind in CAUCUS_OPERATIONS:
            CAUCUS_OPERATIONS[kind](self, side, client, numbers)
        else:
            OPERATIONS[kind](side, client, numbers)  # type: ignore[arg-type]

    def relay(self, update: bytes, sender: Client | None) -> None:
        """Relay at the table. What the table is told is looked through for what was drafted."""
        self.check_private(None, update)
        super().relay(update, sender)

    def check_private(self, where: Side | None, update: bytes) -> None:
        for side in self.sides:
            if side is not where:
                for canary in side.canaries:
                    assert canary in self.shown or canary.encode() not in update, "what is drafted stays in caucus"
                for client in side.clients:
                    for name in client.mine:
                        assert name.encode() not in update, "a draft's id never leaves the caucus"

    def settle(self) -> None:
        super().settle()
        for side in self.sides:
            side.catch_up()
            side.settle()

    def bring(self, side: Side, first: int, number: int, member: str) -> None:
        """Table some drafts of a side: both documents at the head, and one act."""
        side.catch_up()
        drafts = side.document.pending()
        chosen = [drafts[(first + step) % len(drafts)] for step in range(min(number, len(drafts)))]
        if not chosen:
            return
        self.minted += 1
        names = {
            draft: SuggestionId(f"tabled-{self.minted}-{place}") for place, draft in enumerate(dict.fromkeys(chosen))
        }
        contents = {draft: draft_content(side.document, draft) for draft in drafts}
        before, at_table = characters(side.document), characters(self.document)
        expected = {article: _brought(text, names, side.party) for article, text in before.items()}
        try:
            tabled = table(side.document, self.document, names, side.party, MemberId(member))
        except DraftingError:
            closed = self.document.register.closed
            articles = [side.document.article_of(draft) for draft in names]
            assert any(contents[draft] is None for draft in names) or any(one in closed for one in articles)
            assert characters(side.document) == before, "what is refused changes nothing"
            assert characters(self.document) == at_table, "what is refused changes nothing at the table"
            return
        self.tablings += 1
        self.tabled += len(names)
        assert characters(self.document) == expected, "what comes to the table is what was drafted"
        self._follow_facts(tabled.table_facts, side, names)
        for draft, name in names.items():
            was, now = contents[draft], self.document.content(name)
            assert was is not None
            assert now is not None
            assert (was.kind, was.before, was.after, was.changes) == (now.kind, now.before, now.after, now.changes)
            for change in now.changes:
                self.shown.update(one for one in side.canaries if one in change["text"])
        side.log.append(tabled.caucus_update)
        side.relay(tabled.caucus_update, None)
        self.log.append(tabled.table_update)
        self.relay(tabled.table_update, None)
        self.promises.check(self.document, characters(self.document))
        side.catch_up()
        after = characters(side.document)
        for article, text in before.items():
            assert [one for one, _ in after[article]] == [one for one, _ in text], "a caucus reads on as it did"
        for draft in set(drafts) - names.keys():
            was, now = contents[draft], draft_content(side.document, draft)
            if was is not None and now is not None:
                assert (was.kind, was.before, was.after) == (now.kind, now.before, now.after), "other drafts stand"

    def _follow_facts(self, facts: Iterable[Any], side: Side, names: dict[SuggestionId, SuggestionId]) -> None:
        promises = self.promises
        opened = {fact.suggestion: fact for fact in facts if isinstance(fact, Proposed)}
        assert opened.keys() == set(names.values()), "every draft is proposed"
        for draft, name in names.items():
            assert opened[name].author == side.author[draft], "its author stays its author"
            promises.alive.add(name)
            promises.author[name] = side.author[draft]
        promises.alive -= {fact.suggestion for fact in facts if isinstance(fact, Vanished)}


def _brought(text: Text, names: dict[SuggestionId, SuggestionId], party: str) -> Text:
    """What the table has to read once some drafts of this caucus's text are tabled, by plain rules."""
    made: Text = []
    for character, marks in text:
        kept = {name: value for name, value in marks.items() if name not in DRAFTS}
        if "draft:ins" in marks:
            if marks["draft:ins"]["id"] in names:
                made.append((character, {**kept, "ins": {"id": names[marks["draft:ins"]["id"]], "party": party}}))
            continue
        own = {"del": f"del:{party}", "fmt": f"fmt:{party}"}
        struck, styled = marks.get("draft:del", {}).get("id"), marks.get("draft:fmt", {})
        if struck in names and own["del"] not in marks:
            kept[own["del"]] = {"id": names[struck]}
        if styled.get("id") in names:
            already = marks.get(own["fmt"], {}).get("set", {})
            wanted = {name: value for name, value in styled["set"].items() if marks.get(name) != value}
            if any(already.get(name, ...) != value for name, value in wanted.items()):
                kept[own["fmt"]] = {"id": names[styled["id"]], "set": {**already, **wanted}}
        made.append((character, kept))
    return made


def _follow(cohort: Negotiation, side: Side, client: Client, numbers: list[int]) -> None:
    side.catch_up()


def _table(cohort: Negotiation, side: Side, client: Client, numbers: list[int]) -> None:
    cohort.bring(side, numbers[0], numbers[1] % 4 + 1, client.member)


def _restart(cohort: Negotiation, side: Side, client: Client, numbers: list[int]) -> None:
    side.reload(ahead=numbers[0] % 2 == 0)


def _canary(cohort: Negotiation, side: Side, client: Client, numbers: list[int]) -> None:
    """Type a word that nobody else could write, and perhaps take it back."""
    word = f"canary{len(side.canaries)}of{side.party}"
    side.canaries.append(word)
    article = ARTICLES[numbers[0] % len(ARTICLES)]
    at = numbers[1] % (sum(len(text) for text, _ in client.runs(article)) + 1)
    marks = {"draft:ins": {"id": client.name_for(article, at), "party": side.party}}
    start = [{"retain": at}] if at else []
    client.replica.edit(article, [*start, {"insert": word, "attributes": marks}])
    if numbers[2] % 2:
        client.replica.edit(article, [*start, {"delete": len(word)}])


def _same_id(cohort: Negotiation, side: Side, client: Client, numbers: list[int]) -> None:
    """Come to the table under a Yjs client id that was drafted under, as no honest page does."""
    used = [client_id for client_id, member in side.writers.items() if member != NOBODY]
    guests = [one for one in cohort.clients if one.party == side.party and one.may_write]
    if used and guests:
        guest = guests[numbers[0] % len(guests)]
        guest.open(cohort.make(cohort.document.state(), used[numbers[1] % len(used)], ARTICLES))
        OPERATIONS["insert"](cohort, guest, numbers)
        cohort.send(guest, 99)
        cohort.open(guest)


CAUCUS_OPERATIONS: dict[str, Callable[[Negotiation, Side, Client, list[int]], None]] = {
    "follow": _follow,
    "table": _table,
    "restart": _restart,
    "canary": _canary,
    "same_id": _same_id,
}
__all__ = ["CAUCUS_OPERATIONS", "Broken", "Negotiation", "Side"]
