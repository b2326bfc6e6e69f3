"""Carrying out the answers that hold: text, records and ledger, in one transaction.

What is accepted in part is split first, so that the part is a suggestion like any other. Enactments come before
removals: an amendment joins the proposal it changes, which may itself be rejected in the same act.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.crdt import splitting
from app.crdt.document import Document
from app.crdt.naming import mint
from app.domain.ids import ArticleId, MemberId, SuggestionId, new_id
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.suggestions import Answer, Status
from app.models import now
from app.repositories.ledger import LedgerRepository
from app.repositories.responses import Answered, ResponseRepository
from app.repositories.suggestions import Ending, Opening, SuggestionRepository
from app.repositories.updates import Decision
from app.services import enacting
from app.services.acting import Acting
from app.services.docket import Item, read_contents
from app.services.judging import Verdict, Wish, answered

_KINDS = {
    Answer.ACCEPT: Kind.SUGGESTION_ACCEPTED,
    Answer.ACCEPT_AS_AMENDED: Kind.SUGGESTION_ACCEPTED_AS_AMENDED,
    Answer.REJECT: Kind.SUGGESTION_REJECTED,
    Answer.QUESTION: Kind.SUGGESTION_QUESTIONED,
}


@dataclass(frozen=True, slots=True)
class Carrying:
    """Carries out a verdict for the member whose act it is."""

    acting: Acting

    async def __call__(self, document: Document, turn: Decision, verdict: Verdict) -> Verdict:
        if verdict.held:
            await _Act(self.acting, document, turn, verdict).run()
        return verdict


@dataclass(slots=True)
class _Act:
    """One act on some suggestions, as it is carried out."""

    acting: Acting
    document: Document
    turn: Decision
    verdict: Verdict
    at: datetime = field(default_factory=now)
    answers: list[tuple[SuggestionId, Answered]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    rearranged: list[Entry] = field(default_factory=list)
    """What the last enactment did to articles as units."""

    async def run(self) -> None:
        verdict, items = self.verdict, self.verdict.docket.items
        for wish in verdict.held:
            if wish.suggestion in verdict.portions:
                wish = await self._split(wish)  # noqa: PLW2901 - the part is what is answered from here on.
            self.answers.append((wish.suggestion, answered(items[wish.suggestion], self.acting, wish)))
            self.entries.append(self._told(items[wish.suggestion], wish))
        accepted, overtaken = list(verdict.accepted), list(verdict.overtaken)
        agreed = await self._enact(accepted)
        self.entries += self._enacted([items[key] for key in accepted], agreed)
        self._overtake(overtaken)
        await self._remove([*verdict.rejected, *overtaken])
        if verdict.fulfilled:
            await self._follow(verdict.fulfilled, accepted[0])
        await self._record()

    async def _split(self, wish: Wish) -> Wish:
        """Give the accepted part an id of its own, and answer that; it enters once everyone asked accepts it."""
        verdict, portion, part = self.verdict, self.verdict.portions[wish.suggestion], mint()
        whole = verdict.docket.items[wish.suggestion]
        seen = whole.content
        done = splitting.split(self.document, portion, part, self.acting.member_id)
        self.turn.append(done.update, done.facts, changes_register=True)
        record = whole.record
        opening = Opening(
            part, record.article_id, record.party_key, MemberId(record.author_id), record.reason, split_from=record.id
        )
        await SuggestionRepository(self.turn.session).open(self.acting.agreement_id, opening, self.at)
        fresh = record._replace(id=part, version=1, counters=None, split_from=record.id, created_at=self.at)
        item = verdict.docket.items[part] = Item(fresh, [], whole.signatories, whole.stage, quorum=whole.quorum)
        verdict.docket.add_contents(read_contents(self.document, [part]))
        payload = {
            "suggestion": record.id,
            "into": part,
            "article": record.article_id,
            "content_hash": wish.content_hash,
            "content": seen,
        }
        self._tell(Kind.SUGGESTION_SPLIT, payload)
        accepting = Wish(part, Answer.ACCEPT, item.content["content_hash"], wish.reason)
        item.answers.append(answered(item, self.acting, accepting))
        if item.is_carried:
            verdict.accept(item)
        return accepting

    async def _enact(self, accepted: Sequence[SuggestionId]) -> Mapping[ArticleId, Any]:
        """Enact what everyone asked has accepted; tell the change of each article's agreed text."""
        if not accepted:
            return {}
        carried = await enacting.carry_out(self.document, self.turn, self.acting, accepted)
        self.rearranged = carried.entries
        return carried.agreed

    async def _follow(self, fulfilled: Sequence[Answered], amendment: SuggestionId) -> None:
        """Count the acceptances of a proposal that waited for this amendment; enact it where they were the last."""
        key = fulfilled[0].suggestion_id
        proposal = self.verdict.docket.items[key]
        live = read_contents(self.document, [key]).get(key)
        if live is None or live == proposal.live:
            return
        # The amendment's enactment revised it: that is the version which the acceptances are for.
        proposal.live = live
        proposal.record = proposal.record._replace(version=proposal.record.version + 1)
        for answer in fulfilled:
            self._count(proposal, answer, amendment)
        if not proposal.is_carried:
            return
        before = len(self.verdict.overtaken)
        self.verdict.accept(proposal)
        # Its end keeps it from being counted as revised with the other facts of this act.
        await SuggestionRepository(self.turn.session).revise(self.acting.agreement_id, key)
        agreed = await self._enact([key])
        self.entries += self._enacted([proposal], agreed)
        overtaken = self.verdict.overtaken[before:]
        self._overtake(overtaken)
        await self._remove(overtaken)

    def _count(self, proposal: Item, waited: Answered, amendment: SuggestionId) -> None:
        """Let an acceptance that waited for an amendment be one, by the member who gave it."""
        seen, version = proposal.content["content_hash"], proposal.record.version
        counted = waited._replace(kind=Answer.ACCEPT.value, version=version, content_hash=seen, at=self.at)
        proposal.answers.append(counted)
        self.answers.append((proposal.record.id, counted))
        payload = {
            "suggestion": proposal.record.id,
            "version": version,
            "content_hash": seen,
            "reason": waited.reason,
            "amendment": amendment,
        }
        member = {"id": waited.member_id, "name": waited.member_name}
        self.entries.append(Entry(Kind.SUGGESTION_ACCEPTED, waited.party, member, payload))

    async def _record(self) -> None:
        session, agreement, items = self.turn.session, self.acting.agreement_id, self.verdict.docket.items
        await ResponseRepository(session).add(
            # A moment apart, so that of one party's answers the last one given reads as the last.
            [self._row(key, one, self.at + timedelta(microseconds=n)) for n, (key, one) in enumerate(self.answers)]
        )
        ended = [(key, Status.ACCEPTED) for key in self.verdict.accepted]
        ended += [(key, Status.REJECTED) for key in self.verdict.rejected]
        ended += [(key, Status.WITHDRAWN) for key in self.verdict.overtaken]
        endings = [Ending(key, status, items[key].content, items[key].amends) for key, status in ended]
        await SuggestionRepository(session).end(agreement, endings, self.at)
        await LedgerRepository(session).extend(agreement, self.entries, self.at)

    def _row(self, suggestion: SuggestionId, answer: Answered, at: datetime) -> dict[str, Any]:
        return {
            "id": new_id("res"),
            "agreement_id": self.acting.agreement_id,
            "suggestion_id": suggestion,
            "party_key": answer.party,
            "member_id": answer.member_id,
            "kind": answer.kind,
            "version": answer.version,
            "content_hash": answer.content_hash,
            "reason": answer.reason,
            "at": at,
            "amendment_id": answer.amendment,
            "amendment_hash": answer.amendment_hash,
        }

    def _tell(self, kind: Kind, payload: dict[str, Any]) -> None:
        self.entries.append(Entry(kind, self.acting.party_key, self.acting.signature, payload))

    def _told(self, item: Item, wish: Wish) -> Entry:
        payload: dict[str, Any] = {
            "suggestion": wish.suggestion,
            "version": item.record.version,
            "content_hash": wish.content_hash,
            "reason": wish.reason,
        }
        if wish.kind is Answer.REJECT:
            payload["content"] = item.content
        if wish.amendment is not None:
            payload |= {"amendment": wish.amendment.suggestion, "amendment_hash": wish.amendment.content_hash}
        declined = wish.kind is Answer.REJECT and not item.is_lost
        kind = Kind.SUGGESTION_DECLINED if declined else _KINDS[wish.kind]
        return Entry(kind, self.acting.party_key, self.acting.signature, payload)

    def _enacted(self, items: Sequence[Item], agreed: Mapping[ArticleId, Any]) -> list[Entry]:
        """Tell of every enactment; the act's change of an article's agreed text stands at the last one in it."""
        last = {item.record.article_id: item.record.id for item in items}
        entries = []
        for item in items:
            article = item.record.article_id
            payload = {"suggestion": item.record.id, "article": article, "content": item.content, "amends": item.amends}
            delta = agreed.get(article) if last[article] == item.record.id else None
            entries.append(
                Entry(
                    Kind.SUGGESTION_ENACTED,
                    self.acting.party_key,
                    self.acting.signature,
                    {**payload, "agreed": list(delta) if delta else []},
                )
            )
        return [*entries, *self.rearranged]

    def _overtake(self, overtaken: Sequence[SuggestionId]) -> None:
        """Tell of those that the enacted ones leave no place for; the acts of their own parties brought it about."""
        for key in overtaken:
            content = self.verdict.docket.items[key].content
            self._tell(
                Kind.SUGGESTION_WITHDRAWN,
                {"suggestion": key, "content": content, "reason": None, "overtaken": True},
            )

    async def _remove(self, ids: Sequence[SuggestionId]) -> None:
        await enacting.take_back(self.document, self.turn, self.acting, ids)
