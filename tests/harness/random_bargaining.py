"""Random bargaining: several people type, strike, format, answer, initial and reopen, as a seed has it."""

from random import Random
from typing import Any

from tests.harness.bargaining import Person, Table

WORDS = ["and", "four ", "shall—", "½", "été ", "🕖", "👩‍👩‍👧", "\n", "a\nb", "العمل", "e\u0301", "x"]
FORMATS: list[dict[str, Any]] = [
    {"bold": True},
    {"italic": True},
    {"bold": None},
    {"link": "https://example.org"},
    {"underline": True},
]
STYLES: list[dict[str, Any]] = [{"style": "heading", "level": 2}, {"style": "numbered"}, {"level": 3}]


class RandomBargaining:
    """Takes one random step after another; what cannot be done at the moment is refused, and that is a step too."""

    def __init__(self, table: Table, people: list[Person], seed: int) -> None:
        self._table, self._people, self._random = table, people, Random(seed)
        self._leads = people[:2]

    async def step(self) -> None:
        steps = [self._type] * 8 + [self._strike] * 4 + [self._format] * 4 + [self._answer] * 5
        steps += [self._answer_many] * 2 + [self._withdraw, self._initial, self._reopen]
        await self._random.choice(steps)()

    async def settle(self) -> None:
        for person in self._people:
            await person.settled()

    def _article(self) -> str:
        return self._random.choice(self._table.articles)

    async def _place(self, longest: int) -> tuple[Any, str, int, int]:
        """Choose a peer and a stretch (bytes) of an article as that peer sees it, never its last paragraph mark."""
        peer = await self._random.choice(self._people).peer()
        article = self._article()
        shown = peer.text(article)
        start = self._random.randrange(max(len(shown), 1))
        stop = min(len(shown) - 1, start + self._random.randint(1, longest))
        return peer, article, len(shown[:start].encode()), len(shown[: max(start, stop)].encode())

    async def _type(self) -> None:
        peer, article, at, _ = await self._place(1)
        peer.insert(article, at, self._random.choice(WORDS))

    async def _strike(self) -> None:
        peer, article, start, stop = await self._place(9)
        if start < stop:
            peer.delete(article, start, stop)

    async def _format(self) -> None:
        peer, article, start, stop = await self._place(9)
        if start == stop:
            return
        if self._random.random() < 0.3:
            mark = peer.text(article).encode().find(b"\n", start)
            start, stop, wanted = mark, mark + 1, self._random.choice(STYLES)
        else:
            wanted = self._random.choice(FORMATS)
        with peer.document.transaction():
            peer.articles[article].format(start, stop, wanted)
        peer.flush()

    async def _pending(self, lead: Person) -> list[dict[str, Any]]:
        return (await lead.call("GET", "/suggestions", params={"status": "pending", "limit": 200}))["items"]

    async def _act(self, lead: Person, method: str, path: str, body: dict[str, Any] | None = None) -> None:
        answer = await lead.http.request(method, f"/agreements/{self._table.id}{path}", json=body)
        assert answer.status_code in {200, 403, 409}, (path, answer.status_code, answer.text)

    def _given(self, item: dict[str, Any]) -> dict[str, Any]:
        kind = self._random.choices(["accept", "reject", "question"], [6, 2, 1])[0]
        return {"kind": kind, "content_hash": item["content_hash"], "reason": self._random.choice([None, "So. ½"])}

    async def _answer(self) -> None:
        lead = self._random.choice(self._leads)
        if items := await self._pending(lead):
            # Mostly what may be answered; the rest has to be refused.
            others = [item for item in items if item["may"] != ["withdraw", "explain"]]
            item = self._random.choice(others if others and self._random.random() < 0.8 else items)
            await self._act(lead, "POST", f"/suggestions/{item['id']}/responses", self._given(item))

    async def _answer_many(self) -> None:
        lead = self._random.choice(self._leads)
        items = await self._pending(lead)
        chosen = self._random.sample(items, min(len(items), self._random.randint(1, 6)))
        answers = [{"suggestion": item["id"], **self._given(item)} for item in chosen]
        await self._act(lead, "POST", "/responses", {"items": answers})

    async def _withdraw(self) -> None:
        lead = self._random.choice(self._leads)
        if items := await self._pending(lead):
            await self._act(lead, "POST", f"/suggestions/{self._random.choice(items)['id']}/withdrawal", {})

    async def _initial(self) -> None:
        lead, article = self._random.choice(self._leads), self._article()
        seen = (await lead.call("GET", "/text", params={"article": article}))["content_hash"]
        await self._act(lead, "POST", f"/articles/{article}/initials", {"content_hash": seen})

    async def _reopen(self) -> None:
        article = self._article()
        for lead in self._leads:
            await self._act(lead, "DELETE", f"/articles/{article}/initials")

    async def finish(self) -> None:
        """Answer whatever is left, initial every article and sign: it ends in a final text."""
        for lead in self._leads:
            for _ in range(20):
                given = [
                    {"suggestion": item["id"], "kind": "accept", "content_hash": item["content_hash"]}
                    for item in await self._pending(lead)
                    if "accept" in item["may"]
                ]
                if not given:
                    break
                await self._act(lead, "POST", "/responses", {"items": given})
        for item in await self._pending(self._leads[0]):
            owner = next(lead for lead in self._leads if lead.party == item["party"])
            await self._act(owner, "POST", f"/suggestions/{item['id']}/withdrawal", {})
        for article in self._table.articles:
            for lead in self._leads:
                seen = (await lead.call("GET", "/text", params={"article": article}))["content_hash"]
                await self._act(lead, "POST", f"/articles/{article}/initials", {"content_hash": seen})
        for lead in self._leads:
            await lead.sign()
