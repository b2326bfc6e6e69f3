"""Suggestions as they stand: the record, the answers, the content, and who still has to answer.

A pending suggestion's content is read from the live table, a resolved one's from the record. Nothing here changes
anything.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.crdt.document import Document
from app.domain import roles, suggestions
from app.domain.agreements import Stage
from app.domain.ids import AgreementId, PartyKey, SuggestionId
from app.domain.roles import Act, Role
from app.domain.suggestions import Given, Status
from app.repositories.agreements import AgreementRepository
from app.repositories.responses import Answered, ResponseRepository
from app.repositories.suggestions import Record, SuggestionRepository
from app.services.acting import Acting


@dataclass(frozen=True, slots=True)
class Live:
    """What a pending suggestion says now, and the party whose proposal it amends, if it does."""

    content: dict[str, Any]
    amends: SuggestionId | None
    amended: PartyKey | None


@dataclass(slots=True)
class Item:
    """One suggestion with all that bears on it."""

    record: Record
    answers: list[Answered]
    signatories: Sequence[PartyKey]
    stage: Stage
    live: Live | None = None

    @property
    def is_pending(self) -> bool:
        return self.record.status == Status.PENDING

    @property
    def content(self) -> Mapping[str, Any]:
        return self.live.content if self.live is not None else self.record.content or {}

    @property
    def amends(self) -> SuggestionId | None:
        return self.live.amends if self.live is not None else self.record.amends

    @property
    def asked(self) -> list[PartyKey]:
        amended = self.live.amended if self.live is not None else None
        return suggestions.asked(self.signatories, self.record.party_key, amended)

    @property
    def awaiting(self) -> list[PartyKey]:
        """Tell which parties have yet to accept it as it stands; nobody, once it is resolved."""
        if not self.is_pending:
            return []
        given = [Given(answer.party, answer.kind, answer.version) for answer in self.answers]
        return suggestions.awaiting(self.asked, given, self.record.version)

    def may(self, acting: Acting) -> list[str]:
        """List what the caller may do about it now: accept, reject, question, withdraw, explain."""
        if not self.is_pending:
            return []
        if self.record.party_key == acting.party_key:
            return [verb for verb, allowed in self._own_verbs(acting) if allowed]
        if roles.refusal(Act.RESPOND, acting.standing_at(self.stage)) is not None:
            return []
        verbs = ["accept"] if acting.party_key in self.awaiting else []
        return [*verbs, *(["reject"] if acting.party_key in self.asked else []), "question"]

    def _own_verbs(self, acting: Acting) -> list[tuple[str, bool]]:
        if roles.refusal(Act.WITHDRAW, acting.standing_at(self.stage)) is not None:
            return []
        is_author = self.record.author_id == acting.member_id
        return [
            ("withdraw", acting.role is Role.LEAD or (is_author and not self.is_accepted_by_anyone)),
            ("explain", (acting.role is Role.LEAD or is_author) and not self.is_judged),
        ]

    @property
    def is_judged(self) -> bool:
        """Whether anybody answered by more than a question, to which the reason is the reply."""
        return any(answer.kind != suggestions.Answer.QUESTION for answer in self.answers)

    @property
    def is_accepted_by_anyone(self) -> bool:
        return any(a.kind == suggestions.Answer.ACCEPT and a.version == self.record.version for a in self.answers)


@dataclass(slots=True)
class Docket:
    """Some suggestions of one agreement, by id."""

    items: dict[SuggestionId, Item]
    stage: Stage

    def add_contents(self, contents: Mapping[SuggestionId, Live]) -> None:
        for suggestion, live in contents.items():
            self.items[suggestion].live = live

    @property
    def pending(self) -> list[SuggestionId]:
        return [suggestion for suggestion, item in self.items.items() if item.is_pending]


async def on_record(session: AsyncSession, agreement: AgreementId, records: Mapping[SuggestionId, Record]) -> Docket:
    """Lay out records with their answers; contents come from the room."""
    answers = await ResponseRepository(session).to(agreement, records.keys())
    parties = (await AgreementRepository(session).parties([agreement]))[agreement]
    signatories = [PartyKey(party.key) for party in parties if party.signatory]
    stage = Stage((await AgreementRepository(session).get(agreement)).status)
    items = {key: Item(record, answers[key], signatories, stage) for key, record in records.items()}
    return Docket(items, stage)


async def in_turn(
    session: AsyncSession, document: Document, agreement: AgreementId, ids: Collection[SuggestionId]
) -> Docket:
    """Lay out suggestions inside a decision, where record and text are of one moment."""
    docket = await on_record(session, agreement, await SuggestionRepository(session).many(agreement, ids))
    docket.add_contents(read_contents(document, docket.pending))
    return docket


def read_contents(document: Document, ids: Collection[SuggestionId]) -> dict[SuggestionId, Live]:
    """Read what pending suggestions say; one that is not in the text is left out."""
    owners = document.register.owners
    found: dict[SuggestionId, Live] = {}
    for suggestion, content in document.contents(ids).items():
        amended = owners.get(content.amends) if content.amends is not None else None
        found[suggestion] = Live(content.as_json(), content.amends, amended.party if amended is not None else None)
    return found
