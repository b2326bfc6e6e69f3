"""Random work in a caucus, with a canary in everything that is written there, and random life at the table beside it.

An operation is `{"op": …, "args": [numbers]}`. What cannot be done at the moment is refused, and that is a step too.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from app.crdt import protocol
from tests.harness.bargaining import Person, Table
from tests.harness.canaries import Aviary
from tests.harness.caucusing import Drafter

Operation = dict[str, Any]

CAUCUS = {
    "paste": 6,
    "type": 6,
    "strike": 3,
    "restyle": 3,
    "erase": 4,
    "discard": 2,
    "explain": 3,
    "point": 3,
    "read": 3,
    "preview": 2,
    "fail": 3,
    "keep": 1,
}
TABLE = {"write": 5, "cut": 3, "answer": 4, "withdraw": 1, "initial": 1, "reopen": 2}
CROSSING = {"table": 5, "recall": 2}


class RandomCaucus:
    """The union drafts in secret; the district and the union bargain at the table."""

    def __init__(self, table: Table, leads: list[Person], drafter: Person) -> None:
        self.table, self.aviary = table, Aviary()
        self.union, self.district = leads
        self.drafters = [Drafter(self.union), Drafter(drafter)]
        self._numbers: list[int] = []
        self.ids: list[str] = []
        """Every id that a draft ever had."""

    async def do(self, operation: Operation) -> None:
        """Carry out one operation."""
        self._numbers = list(operation["args"])
        step: Callable[[], Awaitable[None]] = getattr(self, f"_{operation['op']}")
        await step()

    def _pick(self, listed: list[Any]) -> Any:
        return listed[self._number() % len(listed)]

    def _number(self) -> int:
        return self._numbers.pop() if self._numbers else 0

    async def _place(self, drafter: Drafter) -> tuple[str, str, int]:
        """Choose an article and where in it (characters), never behind its last paragraph mark."""
        peer, article = await drafter.enter(), self._pick(self.table.articles)
        shown = peer.text(article)
        return article, shown, self._number() % max(len(shown), 1)

    def _new_id(self) -> str:
        draft = f"d-{self.aviary.word('the id of a draft')}"
        self.ids.append(draft)
        return draft

    # In the caucus.

    async def _paste(self) -> None:
        drafter = self._pick(self.drafters)
        article, shown, at = await self._place(drafter)
        word = self.aviary.word("a passage that was pasted")
        await drafter.insert(article, len(shown[:at].encode()), f" {word} ", self._new_id())

    async def _type(self) -> None:
        drafter = self._pick(self.drafters)
        article, shown, at = await self._place(drafter)
        draft = self._new_id()
        for place in range(1 + self._number() % 4):
            letter = self.aviary.letter("keystrokes")
            offset = len(shown[:at].encode()) + 4 * place
            if not letter.isascii():
                await drafter.insert(article, offset, letter, draft)

    async def _strike(self) -> None:
        drafter = self._pick(self.drafters)
        article, shown, at = await self._place(drafter)
        if passage := shown[at : min(at + 1 + self._number() % 9, len(shown) - 1)]:
            await drafter.strike(article, passage, self._new_id())

    async def _restyle(self) -> None:
        drafter = self._pick(self.drafters)
        article, shown, at = await self._place(drafter)
        if passage := shown[at : min(at + 1 + self._number() % 9, len(shown) - 1)]:
            link = f"https://{self.aviary.word('a link that was drafted')}.example"
            await drafter.restyle(article, passage, {"link": link}, self._new_id())

    async def _erase(self) -> None:
        """Delete drafted characters again: what was typed and deleted was never there."""
        drafter = self._pick(self.drafters)
        peer = await drafter.enter()
        standing = [
            (article, canary.word)
            for article in self.table.articles
            for canary in self.aviary.private
            if canary.word in peer.text(article)
        ]
        if standing:
            await drafter.erase(*self._pick(standing))

    async def _discard(self) -> None:
        drafter = self._pick(self.drafters)
        if drafts := await drafter.drafts():
            path = f"/agreements/{self.table.id}/caucus/suggestions/{self._pick(drafts)['id']}"
            answer = await drafter.person.http.delete(path)
            assert answer.status_code in {204, 409}, answer.text

    async def _explain(self) -> None:
        drafter = self._pick(self.drafters)
        if drafts := await drafter.drafts():
            reason = {"reason": f"Because of {self.aviary.word('the reason of a draft')}."}
            path = f"/caucus/suggestions/{self._pick(drafts)['id']}/reason"
            await self._act(drafter.person, "PUT", path, reason)

    async def _point(self) -> None:
        """Be somewhere in the caucus: presence tells where, and what is selected."""
        peer = await self._pick(self.drafters).enter()
        state = json.dumps({"cursor": {"word": self.aviary.word("presence")}}).encode()
        clocks = protocol.var_uint(peer.client) + protocol.var_uint(1 + len(self.aviary.all))
        peer.say(protocol.presence(b"\x01" + clocks + protocol.var_buffer(state)).payload)

    async def _read(self) -> None:
        person = self._pick(self.drafters).person
        await person.call("GET", "/caucus/suggestions")
        await person.call("GET", "/caucus/text", params={"view": self._pick(["agreed", "proposed", "markup"])})
        await person.call("GET", "/caucus/retention")

    async def _preview(self) -> None:
        drafter = self._pick(self.drafters)
        if drafts := await self._chosen(drafter):
            seen = [{"id": draft["id"], "content_hash": draft["content_hash"]} for draft in drafts]
            await self._act(drafter.person, "POST", "/caucus/previews", {"suggestions": seen})

    async def _fail(self) -> None:
        """Try to table what has moved, with a reason that nobody will read."""
        if drafts := await self._chosen(self.drafters[0]):
            seen = [{"id": draft["id"], "content_hash": draft["content_hash"]} for draft in drafts]
            seen[-1]["content_hash"] = "0" * 64
            body = {"suggestions": seen, "reason": self.aviary.word("the reason of a tabling that failed")}
            refused = await self.union.refused(409, "POST", "/caucus/tablings", json=body)
            assert refused in {"stale_suggestion", "article_closed"}, refused

    async def _keep(self) -> None:
        body = {"keep": self._pick(["forever", "until_signature"]), "legal_hold": True}
        await self._act(self.union, "PUT", "/caucus/retention", body)

    # From the caucus to the table, and back.

    async def _table(self) -> None:
        drafter = self.drafters[0]
        if drafts := await self._chosen(drafter):
            seen = [{"id": draft["id"], "content_hash": draft["content_hash"]} for draft in drafts]
            answer = await self.union.http.post(
                f"/agreements/{self.table.id}/caucus/tablings", json={"suggestions": seen, "reason": "It is time."}
            )
            assert answer.status_code in {201, 409}, answer.text
            if answer.status_code == 201:
                self.aviary.table(_words(change) for draft in drafts for change in draft["changes"])

    async def _recall(self) -> None:
        own = [item for item in await self.union.suggestions() if item["party"] == "union"]
        if own:
            await self._act(self.union, "POST", f"/suggestions/{self._pick(own)['id']}/recall", {"reason": None})

    async def _chosen(self, drafter: Drafter) -> list[dict[str, Any]]:
        drafts = await drafter.drafts()
        first = self._number() % max(len(drafts), 1)
        return drafts[first : first + 1 + self._number() % 3]

    # At the table.

    async def _write(self) -> None:
        person = self._pick([self.union, self.district])
        peer, article = await person.peer(), self._pick(self.table.articles)
        shown = peer.text(article)
        peer.insert(article, len(shown[: self._number() % max(len(shown), 1)].encode()), self._pick(["x", "y z", "\n"]))
        await person.settled()

    async def _cut(self) -> None:
        person = self._pick([self.union, self.district])
        peer, article = await person.peer(), self._pick(self.table.articles)
        shown = peer.text(article)
        start = self._number() % max(len(shown), 1)
        stop = min(len(shown) - 1, start + 1 + self._number() % 9)
        if start < stop:
            peer.delete(article, len(shown[:start].encode()), len(shown[:stop].encode()))
            await person.settled()

    async def _answer(self) -> None:
        lead = self._pick([self.union, self.district])
        if items := [item for item in await lead.suggestions() if item["party"] != lead.party]:
            item = self._pick(items)
            body = {"kind": self._pick(["accept", "reject", "question"]), "content_hash": item["content_hash"]}
            await self._act(lead, "POST", f"/suggestions/{item['id']}/responses", body)

    async def _withdraw(self) -> None:
        lead = self._pick([self.union, self.district])
        if items := [item for item in await lead.suggestions() if item["party"] == lead.party]:
            await self._act(lead, "POST", f"/suggestions/{self._pick(items)['id']}/withdrawal", {})

    async def _initial(self) -> None:
        lead, article = self._pick([self.union, self.district]), self._pick(self.table.articles)
        seen = (await lead.call("GET", "/text", params={"article": article}))["content_hash"]
        await self._act(lead, "POST", f"/articles/{article}/initials", {"content_hash": seen})

    async def _reopen(self) -> None:
        article = self._pick(self.table.articles)
        for lead in (self.union, self.district):
            await self._act(lead, "DELETE", f"/articles/{article}/initials")

    async def _act(self, person: Person, method: str, path: str, body: dict[str, Any] | None = None) -> None:
        answer = await person.http.request(method, f"/agreements/{self.table.id}{path}", json=body)
        assert answer.status_code in {200, 403, 409}, (path, answer.status_code, answer.text)

    async def settle(self) -> None:
        """Wait until both layers have taken in what was sent."""
        for drafter in self.drafters:
            await drafter.settled()
        for person in (self.union, self.district):
            await person.settled()


def _words(change: dict[str, Any]) -> str:
    return f"{change['text']} {change.get('set')}" if change["kind"] != "deletion" else ""
