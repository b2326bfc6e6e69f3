"""Everybody who is not of the caucus, listening to all that the service sends them, and asking it for everything."""

import re
from dataclasses import dataclass, field

import httpx
from sqlalchemy import select

from app.api.metrics import METRICS
from app.crdt import audience
from app.domain.ids import AgreementId, PartyKey, caucus_of, table_of
from app.models import Base, Checkpoint, Update
from tests.harness.bargaining import Person, Table
from tests.harness.eavesdropping import Answer, Interface, Question, ask, ids_in
from tests.harness.peers import Probe

UNKNOWN = "d-unknown"
VOLATILE = {"/metrics"}
"""Routes whose answer changes with every request that anybody makes."""


@dataclass(slots=True)
class Watch:
    """The others, and what they have heard."""

    table: Table
    insider: Person
    others: dict[str, httpx.AsyncClient]
    interface: Interface
    probes: dict[str, Probe] = field(default_factory=dict)
    drafts: list[str] = field(default_factory=list)
    """Ids of drafts that the others try."""

    async def sit_down(self, *people: Person) -> None:
        """Let people of other parties sit at the table, and in their own caucuses."""
        rooms = self.table.app.state.rooms
        for person in people:
            agreement = AgreementId(self.table.id)
            documents = {"table": table_of(agreement), "caucus": caucus_of(agreement, PartyKey(person.party))}
            for layer, document in documents.items():
                room = await rooms._room(document)
                self.probes[f"{person.name} in {layer}"] = await Probe(person.member, person.party).enter(room)

    async def sweep(self, names: list[str] | None = None, *, thorough: bool = True) -> dict[str, Answer]:
        """Ask for everything as some or as everybody; answers by what was asked and by whom."""
        questions = self.interface.questions(await self._known(), thorough=thorough)
        return {
            f"{name}: {question.name}": await ask(self.others[name], question)
            for name in names or self.others
            for question in questions
        }

    def frames(self) -> dict[str, int]:
        """Count the frames that each was sent, but for the sign of life that quiet connections get by the clock."""
        return {
            name: sum(payload != audience._ALIVE.payload for payload in probe.sent)
            for name, probe in self.probes.items()
        }

    def heard(self) -> list[tuple[str, bytes]]:
        """Give every frame that was sent to the others."""
        return [
            (f"frame {number} to {name}", payload)
            for name, probe in self.probes.items()
            for number, payload in enumerate(probe.sent)
        ]

    async def logged(self) -> list[tuple[str, bytes]]:
        """Give the raw log of every document but the insider's caucus: what any replica will ever be made of."""
        private = caucus_of(AgreementId(self.table.id), PartyKey(self.insider.party))
        async with self.table.app.state.database.reading() as session:
            rows = await session.execute(
                select(Update.document_id, Update.seq, Update.payload).where(
                    Update.document_id.startswith(f"{self.table.id}/"), Update.document_id != private
                )
            )
            folded = await session.execute(
                select(Checkpoint.document_id, Checkpoint.seq, Checkpoint.state).where(
                    Checkpoint.document_id.startswith(f"{self.table.id}/"), Checkpoint.document_id != private
                )
            )
            return [(f"update {seq} of {document}", payload) for document, seq, payload in [*rows, *folded]]

    async def posted(self) -> list[tuple[str, bytes]]:
        """Give every letter and notice that waits for somebody outside the insider's party."""
        own = [person.account.email for person in self.table.people if person.party == self.insider.party]
        found = []
        async with self.table.app.state.database.reading() as session:
            for name in {"letters", "notices"} & Base.metadata.tables.keys():
                for row in await session.execute(select(Base.metadata.tables[name])):
                    told = repr(row._mapping).encode()
                    members = [p.member for p in self.table.people if p.party == self.insider.party]
                    if not any(one.encode() in told for one in [*own, *members]):
                        found.append((f"a row of {name}", told))
        return found

    async def _known(self) -> dict[str, list[str]]:
        """Gather the ids that there are, as the insider sees them: the others try them all."""
        known = {"agreement_id": [self.table.id], "article_id": self.table.articles}
        for parameter, parent in self.interface.collections():
            if re.findall(r"{(\w+)}", parent) == ["agreement_id"]:
                path = parent.replace("{agreement_id}", self.table.id)
                known.setdefault(parameter, []).extend(
                    ids_in(await ask(self.insider.http, Question(parent, path, None)))
                )
        known["draft_id"] = [*self.drafts[-1:], UNKNOWN]
        known["suggestion_id"] = [*known.get("suggestion_id", [])[-1:], *self.drafts[-1:], UNKNOWN]
        return known


def differences(before: dict[str, Answer], after: dict[str, Answer]) -> list[str]:
    """Tell what has changed for anybody between two sweeps."""
    return [
        f"{name}\n  was {before[name]}\n  is  {after[name]}"
        for name in before.keys() & after.keys()
        if before[name] != after[name] and not any(name.split(": ")[1].startswith(route) for route in VOLATILE)
    ]


def betrayed(answers: dict[str, Answer], drafts: list[str]) -> list[str]:
    """Tell which answers about a draft differ from those about one that never was."""
    return [
        f"{name}: {answer}"
        for name, answer in answers.items()
        for draft in drafts
        if draft in name and answer != answers.get(name.replace(draft, UNKNOWN))
    ]


def counted() -> list[str]:
    """Read what the service counts of itself, as an operator's monitoring does; the process's own use apart."""
    return [line for line in METRICS.exposition().decode().splitlines() if line.startswith("parley_")]
