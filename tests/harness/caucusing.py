"""A caucus with people in it: they draft through a peer of its room, and act on their drafts over HTTP."""

import asyncio
import secrets
from typing import Any

from app.domain.ids import AgreementId, PartyKey, caucus_of
from tests.harness.bargaining import Person
from tests.harness.peers import Probe


class Drafter:
    """A person in its party's caucus. What it types is marked as the browser would mark it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.peer: Probe | None = None

    async def enter(self) -> Probe:
        """Join the caucus's room, or the one that took its place."""
        if self.peer is None or self.peer.closed is not None:
            document = caucus_of(AgreementId(self.person.table.id), PartyKey(self.person.party))
            room = await self.person.table.app.state.rooms._room(document)
            self.peer = await Probe(self.person.member, self.person.party).enter(room)
        return self.peer

    async def draft(self, article: str, after: str, text: str, draft: str | None = None) -> str:
        """Draft text after a passage, and wait until it is saved; tell the draft's id."""
        peer = await self.enter()
        await peer.until(lambda: after in peer.text(article))
        shown = peer.text(article)
        at = len(shown[: shown.index(after) + len(after)].encode())
        return await self.insert(article, at, text, draft)

    async def insert(self, article: str, at: int, text: str, draft: str | None = None) -> str:
        """Draft text at an offset (bytes), as one insertion, and wait until it is saved."""
        peer, draft = await self.enter(), draft or f"d-{secrets.token_hex(6)}"
        with peer.document.transaction():
            peer.articles[article].insert(at, text, {"draft:ins": {"id": draft, "party": self.person.party}})
        peer.flush()
        await self.settled()
        return draft

    async def strike(self, article: str, passage: str, draft: str | None = None) -> str:
        """Draft the deletion of a passage of the table's text."""
        return await self.mark(article, passage, "draft:del", {}, draft)

    async def restyle(self, article: str, passage: str, wanted: dict[str, Any], draft: str | None = None) -> str:
        """Draft a format of a passage of the table's text."""
        return await self.mark(article, passage, "draft:fmt", {"set": wanted}, draft)

    async def mark(self, article: str, passage: str, name: str, more: dict[str, Any], draft: str | None = None) -> str:
        """Set a draft's mark on a passage, and wait until it is saved."""
        peer, draft = await self.enter(), draft or f"d-{secrets.token_hex(6)}"
        await peer.until(lambda: passage in peer.text(article))
        start = len(peer.text(article).partition(passage)[0].encode())
        with peer.document.transaction():
            peer.articles[article].format(start, start + len(passage.encode()), {name: {"id": draft, **more}})
        peer.flush()
        await self.settled()
        return draft

    async def erase(self, article: str, text: str) -> None:
        """Delete what was drafted before, for good."""
        peer = await self.enter()
        start = len(peer.text(article).partition(text)[0].encode())
        peer.delete(article, start, start + len(text.encode()))
        await self.settled()

    async def settled(self) -> None:
        """Wait until everything sent so far is admitted and committed."""
        room = (await self.enter()).room
        assert room is not None
        while room._sent and room.closed is None:  # noqa: ASYNC110 - a room tells nobody that it is done.
            await asyncio.sleep(0)
        async with room._order:
            return

    async def drafts(self) -> list[dict[str, Any]]:
        """List the drafts as the person sees them."""
        return (await self.person.call("GET", "/caucus/suggestions", params={"limit": 200}))["items"]

    async def table(self, drafts: list[dict[str, Any]], reason: str | None = "As discussed.", status: int = 201) -> Any:
        """Table drafts as they were seen."""
        seen = [{"id": draft["id"], "content_hash": draft["content_hash"]} for draft in drafts]
        return await self.person.call("POST", "/caucus/tablings", status, json={"suggestions": seen, "reason": reason})
