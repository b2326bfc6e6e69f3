"""A small table and a client of each party, for tests of one thing at a time: everything is delivered at once."""

from collections.abc import Mapping
from typing import Any

import pycrdt

from app.crdt.admission import Admitted, Writer, admit
from app.crdt.document import Document
from app.crdt.enactment import Enacted, enact, remove
from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId
from tests.harness.builders import paragraph, runs_in, table
from tests.harness.cohort import Client
from tests.harness.replicas import PycrdtReplica

Runs = list[tuple[str, dict[str, Any]]]


class Desk:
    """The document `document`, whose article `a` reads `The workday is seven hours.`"""

    def __init__(self, parties: Mapping[str, PartyKey], *paragraphs: dict[str, Any]) -> None:
        self.document: Document = table(
            {"a": paragraphs or [paragraph("The workday is seven hours.")], "b": [paragraph("Leaves.")]}
        )
        self.clients: dict[str, Client] = {}
        for number, (name, party) in enumerate(parties.items()):
            self.join(name, party, 100 + number)

    def join(self, name: str, party: str, client_id: int, *, may_write: bool = True) -> Client:
        """Bring another client to the table."""
        client = self.clients[name] = Client(name, party, f"{name}-member", may_write=may_write)
        client.open(PycrdtReplica(self.document.state(), client_id, ("a", "b")))
        return client

    def text(self, name: str, article: str = "a") -> pycrdt.Text:
        """A client's replica of an article."""
        return self.clients[name].replica.texts[article]

    def send(self, name: str) -> Admitted:
        """Admit all that a client has not sent, as one batch; everyone receives what comes of it."""
        client = self.clients[name]
        return self.admit(name, *client.unsent(len(client.outbox)))

    def admit(self, name: str, *frames: bytes) -> Admitted:
        """Admit frames as if a client had sent them."""
        client = self.clients[name]
        admitted = admit(self.document, frames, Writer(client.member, client.party, client.may_write))
        for other in self.clients.values():
            update = admitted.corrections if other is client else admitted.update
            if update is not None:
                other.inbox.append(update)
        self.deliver()
        return admitted

    def deliver(self, *names: str) -> None:
        """Let clients receive what waits for them (all, unless named)."""
        for name in names or self.clients:
            self.clients[name].receive(99)

    def insert(self, name: str, at: int, text: str, **marks: Any) -> Admitted:
        """Insert text as a client that sets just these marks."""
        self.text(name).insert(at, text, marks)
        return self.send(name)

    def delete(self, name: str, start: int, end: int) -> Admitted:
        """Delete text outright."""
        del self.text(name)[start:end]
        return self.send(name)

    def format(self, name: str, start: int, end: int, **marks: Any) -> Admitted:
        """Set attributes outright."""
        self.text(name).format(start, end, {key.replace("__", ":"): value for key, value in marks.items()})
        return self.send(name)

    def enact(self, *suggestions: str) -> Enacted:
        """Enact suggestions; everyone receives it."""
        return self._decided(enact(self.document, [SuggestionId(one) for one in suggestions]))

    def remove(self, *suggestions: str) -> Enacted:
        """Take suggestions back out; everyone receives it."""
        return self._decided(remove(self.document, [SuggestionId(one) for one in suggestions]))

    def _decided(self, enacted: Enacted) -> Enacted:
        for client in self.clients.values():
            client.inbox.append(enacted.update)
        self.deliver()
        return enacted

    def runs(self, article: str = "a") -> Runs:
        """The article as everybody has it."""
        return runs_in(self.document, article)

    def close(self, article: str = "a", code: str = "article_closed") -> None:
        """Close an article to changes."""
        self.document.register.closed = {ArticleId(article): code}

    def author(self, suggestion: str) -> MemberId:
        """Who opened a suggestion."""
        return self.document.register.owners[SuggestionId(suggestion)].author


def ins(suggestion: str, party: str = "assoc") -> dict[str, Any]:
    """An insertion mark."""
    return {"ins": {"id": suggestion, "party": party}}
