"""Random bargaining, as a seed has it.

Several people type, strike, format, answer, initial and reopen; add, move, retitle and strike articles; offer and
answer packages. What must hold of packages is watched all the while.
"""

from random import Random
from typing import Any

from app.services.packages import lapse
from app.services.suggestions import Shelf
from tests.harness.bargaining import Person, Table
from tests.harness.packaging import run_out, soon

WORDS = ["and", "four ", "shall—", "½", "été ", "🕖", "👩‍👩‍👧", "\n", "a\nb", "العمل", "e\u0301", "x"]
FORMATS: list[dict[str, Any]] = [
    {"bold": True},
    {"italic": True},
    {"bold": None},
    {"link": "https://example.org"},
    {"underline": True},
]
STYLES: list[dict[str, Any]] = [{"style": "heading", "level": 2}, {"style": "numbered"}, {"level": 3}]


_MOST_ARTICLES = 7


def _accepting(item: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "accept", "content_hash": item["content_hash"]}


class RandomBargaining:
    """Takes one random step after another; what cannot be done at the moment is refused, and that is a step too."""

    def __init__(self, table: Table, people: list[Person], seed: int) -> None:
        self._table, self._people, self._random = table, people, Random(seed)
        self._leads = people[:2]

    async def step(self) -> None:
        steps = [self._type] * 8 + [self._strike] * 4 + [self._format] * 4 + [self._answer] * 5
        steps += [self._answer_many] * 2 + [self._withdraw, self._initial, self._reopen]
        steps += [self._accept_part] * 2 + [self._counter] * 2 + [self._accept_as_amended, self._speak]
        steps += [self._rearrange] * 3 + [self._offer] * 2 + [self._answer_package] * 2 + [self._end_package]
        await self._random.choice(steps)()

    async def settle(self) -> None:
        for person in self._people:
            await person.settled()

    def _article(self) -> str:
        """Choose an article that is there, or was: what was struck is asked for as well."""
        return self._random.choice(self._table.articles)

    async def _written(self, peer: Any) -> str:
        """Choose an article whose text this peer has."""
        return self._random.choice([article for article in self._table.articles if article in peer.articles])

    async def _place(self, longest: int) -> tuple[Any, str, int, int]:
        """Choose a peer and a stretch (bytes) of an article as that peer sees it, never its last paragraph mark."""
        peer = await self._random.choice(self._people).peer()
        article = await self._written(peer)
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

    async def _act(
        self, lead: Person, method: str, path: str, body: dict[str, Any] | None = None, also: tuple[int, ...] = ()
    ) -> dict[str, Any] | None:
        answer = await lead.http.request(method, f"/agreements/{self._table.id}{path}", json=body)
        assert answer.status_code in {200, 201, 403, 409, *also}, (path, answer.status_code, answer.text)
        return answer.json() if answer.status_code < 300 else None

    def _given(self, item: dict[str, Any]) -> dict[str, Any]:
        kind = self._random.choices(["accept", "reject", "question"], [6, 2, 1])[0]
        return {"kind": kind, "content_hash": item["content_hash"], "reason": self._random.choice([None, "So. ½"])}

    async def _answer(self) -> None:
        lead = self._random.choice(self._leads)
        if items := await self._pending(lead):
            # Mostly what may be answered; the rest has to be refused.
            others = [item for item in items if "question" in item["may"]]
            item = self._random.choice(others if others and self._random.random() < 0.8 else items)
            await self._act(lead, "POST", f"/suggestions/{item['id']}/responses", self._given(item))

    async def _answer_many(self) -> None:
        lead = self._random.choice(self._leads)
        items = await self._pending(lead)
        chosen = self._random.sample(items, min(len(items), self._random.randint(1, 6)))
        answers = [{"suggestion": item["id"], **self._given(item)} for item in chosen]
        await self._act(lead, "POST", "/responses", {"items": answers})

    async def _accept_part(self) -> None:
        lead = self._random.choice(self._leads)
        if items := [item for item in await self._pending(lead) if item["changes"]]:
            item = self._random.choice(items)
            total = sum(len(change["text"]) for change in item["changes"])
            start = self._random.randrange(total)
            ranges = [[start, self._random.randint(start + 1, total)]]
            part = {"changes": [0]} if self._random.random() < 0.5 else {"ranges": ranges}
            body = {"kind": "accept", "content_hash": item["content_hash"], "part": part}
            await self._act(lead, "POST", f"/suggestions/{item['id']}/responses", body)

    async def _counter(self) -> None:
        person = self._random.choice(self._people)
        if items := await self._pending(person):
            item = self._random.choice(items)
            own = [one["id"] for one in items if one["party"] == person.party]
            given: dict[str, Any] = {
                "content_hash": item["content_hash"],
                "reason": self._random.choice([None, "No. ½"]),
            }
            if own and self._random.random() < 0.3:
                given["suggestion"] = self._random.choice(own)
            else:
                reads, word = item["after"], self._random.choice(WORDS)
                at = self._random.randint(0, len(reads))
                given["text"] = reads[:at] + word + reads[at + self._random.randint(0, 9) :]
            # What says nothing else than it reads, and what is in another article, is no counter.
            await self._act(person, "POST", f"/suggestions/{item['id']}/counters", given, also=(422,))

    async def _accept_as_amended(self) -> None:
        """Accept with an amendment of one's own; mostly the other side's lead then accepts that."""
        lead, other = self._random.sample(self._leads, 2)
        items = {item["id"]: item for item in await self._pending(lead)}
        amendments = [one for one in items.values() if one["party"] == lead.party and one["amends"] in items]
        if not amendments:
            return
        amendment = self._random.choice(amendments)
        named = {"suggestion": amendment["id"], "content_hash": amendment["content_hash"]}
        seen = items[amendment["amends"]]["content_hash"]
        body = {"kind": "accept_as_amended", "content_hash": seen, "amendment": named}
        await self._act(lead, "POST", f"/suggestions/{amendment['amends']}/responses", body)
        if self._random.random() < 0.8:
            given = {"kind": "accept", "content_hash": amendment["content_hash"]}
            await self._act(other, "POST", f"/suggestions/{amendment['id']}/responses", given)

    async def _speak(self) -> None:
        """Say something about an article, to everyone or within one's party, and now and then settle it."""
        person = self._random.choice(self._people)
        scope = self._random.choice(["table", "party"])
        body = {"scope": scope, "on": {"article": self._article()}, "text": f"So? {self._random.choice(WORDS)}½"}
        # Nobody talks about an article that is no longer there.
        await self._act(person, "POST", "/threads", body, also=(404,))
        found = (await person.call("GET", "/threads", params={"resolved": "false"}))["items"]
        if found and self._random.random() < 0.5:
            await self._act(person, "POST", f"/threads/{self._random.choice(found)['id']}/resolution")

    async def _withdraw(self) -> None:
        lead = self._random.choice(self._leads)
        if items := await self._pending(lead):
            await self._act(lead, "POST", f"/suggestions/{self._random.choice(items)['id']}/withdrawal", {})

    async def _initial(self) -> None:
        lead, article = self._random.choice(self._leads), self._article()
        seen = (await lead.call("GET", f"/articles/{article}/initials"))["content_hash"]
        await self._act(lead, "POST", f"/articles/{article}/initials", {"content_hash": seen})

    async def _reopen(self) -> None:
        article = self._article()
        for lead in self._leads:
            await self._act(lead, "DELETE", f"/articles/{article}/initials")

    async def _rearrange(self) -> None:
        """Suggest something about an article as a whole; what says nothing new is malformed, and refused."""
        person, chance = self._random.choice(self._people), self._random
        title, after = chance.choice(["Leaves", "Article ½", "Workday 🕖"]), chance.choice([None, self._article()])
        body: dict[str, Any] = chance.choice(
            [
                {"op": "add", "title": title, "text": chance.choice(["", "Ten days.\n\n- Sick *leave*\n"])},
                {"op": "add", "title": title, "after": after},
                {"op": "move", "article": self._article(), "after": after},
                {"op": "move", "article": self._article(), "after": after, "title": title},
                {"op": "retitle", "article": self._article(), "title": title},
                {"op": "strike", "article": self._article()},
            ]
        )
        if len(self._table.articles) > _MOST_ARTICLES and body["op"] == "add":
            return
        made = await self._act(person, "POST", "/articles", body, also=(422,))
        if made is not None and made["article_id"] not in self._table.articles:
            self._table.articles.append(made["article_id"])

    async def _packages(self, lead: Person) -> list[dict[str, Any]]:
        return (await lead.call("GET", "/packages", params={"status": "pending"}))["items"]

    async def _offer(self) -> None:
        person = self._random.choice(self._people)
        own = [item for item in await self._pending(person) if item["party"] == person.party]
        chosen = self._random.sample(own, min(len(own), self._random.randint(1, 4)))
        body = {"title": "Deal", "suggestions": [item["id"] for item in chosen], "reason": "So."}
        if self._random.random() < 0.3:
            body["expires_at"] = soon(hours=1)
        if chosen:
            await self._act(person, "POST", "/packages", body)

    async def _answer_package(self) -> None:
        lead = self._random.choice(self._leads)
        if packages := await self._packages(lead):
            package = self._random.choice(packages)
            kind = self._random.choices(["accept", "reject", "question"], [6, 2, 1])[0]
            body = {"kind": kind, "content_hash": package["content_hash"]}
            await self._act(lead, "POST", f"/packages/{package['id']}/responses", body)

    async def _end_package(self) -> None:
        """Take a package back, or let its time run out."""
        lead = self._random.choice(self._leads)
        if packages := await self._packages(lead):
            package = self._random.choice(packages)
            if package["expires_at"] is None:
                await self._act(lead, "POST", f"/packages/{package['id']}/withdrawal", {"reason": "So."})
            else:
                await run_out(self._table, package)
                state = self._table.app.state
                await lapse(Shelf(state.database, state.rooms))

    async def finish(self) -> None:
        """Answer whatever is left, initial every article and sign: it ends in a final text."""
        for package in await self._packages(self._leads[0]):
            owner = next(lead for lead in self._leads if lead.party == package["party"])
            await self._act(owner, "POST", f"/packages/{package['id']}/withdrawal", {"reason": "The end."})
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
        left = (await self._leads[0].call("GET", ""))["articles"]
        if not left:
            # Everything was struck: a table that ends in a signature has something to sign.
            made = await self._act(self._leads[0], "POST", "/articles", {"op": "add", "title": "Peace"})
            await self._act(self._leads[1], "POST", f"/suggestions/{made['id']}/responses", _accepting(made))
            left = (await self._leads[0].call("GET", ""))["articles"]
        for article in [one["id"] for one in left]:
            for lead in self._leads:
                seen = (await lead.call("GET", "/text", params={"article": article}))["content_hash"]
                await self._act(lead, "POST", f"/articles/{article}/initials", {"content_hash": seen})
        for lead in self._leads:
            await lead.sign()
