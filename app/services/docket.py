"""Suggestions as they stand: the record, the answers, the content, and who still has to answer.

A pending suggestion's content is read from the live table, a resolved one's from the record. Nothing here changes
anything.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.crdt.canonical import content_hash
from app.crdt.content import Content
from app.crdt.document import Document
from app.domain import roles, suggestions
from app.domain.agreements import Stage
from app.domain.counters import Links, connected
from app.domain.ids import AgreementId, PackageId, PartyKey, SuggestionId
from app.domain.roles import Act, Role
from app.domain.suggestions import Given, Status
from app.errors import ArticleProposed, InPackage
from app.repositories.agreements import AgreementRepository
from app.repositories.packages import PackageRepository
from app.repositories.responses import Answered, ResponseRepository
from app.repositories.suggestions import Record, SuggestionRepository
from app.services.acting import Acting
from app.services.ground_rules import in_force


@dataclass(frozen=True, slots=True)
class Live:
    """What a pending suggestion says now, and the party whose proposal it amends, if it does."""

    content: dict[str, Any]
    amends: SuggestionId | None
    amended: PartyKey | None
    proposed_with: SuggestionId | None = None
    """The proposal of an article, of which this text of the same party is a part."""


@dataclass(slots=True)
class Item:
    """One suggestion with all that bears on it."""

    record: Record
    answers: list[Answered]
    signatories: Sequence[PartyKey]
    stage: Stage
    live: Live | None = None
    countered_by: Mapping[SuggestionId, PartyKey] = field(default_factory=dict)
    """The pending counters to it, and whose each is."""
    parts: Sequence[SuggestionId] = ()
    """What was split from it, oldest first."""
    package: PackageId | None = None
    """The pending package that it is a part of."""
    quorum: int | None = None
    """How many signatories, its own party among them, enact it by the ground rules; None: every one."""

    @property
    def is_pending(self) -> bool:
        return self.record.status == Status.PENDING

    @property
    def content(self) -> Mapping[str, Any]:
        """What it says. The hash of a counter also names what it counters: accepting it takes that off the table."""
        if self.live is None:
            return self.record.content or {}
        if self.record.counters is None:
            return self.live.content
        said = {"content": self.live.content["content_hash"], "counters": self.record.counters}
        return {**self.live.content, "content_hash": content_hash(said)}

    @property
    def amends(self) -> SuggestionId | None:
        return self.live.amends if self.live is not None else self.record.amends

    @property
    def asked(self) -> list[PartyKey]:
        amended = self.live.amended if self.live is not None else None
        return suggestions.asked(self.signatories, self.record.party_key, amended)

    @property
    def awaiting(self) -> list[PartyKey]:
        """Tell which parties have yet to accept it as it stands; nobody, once it is resolved or enough have."""
        if not self.is_pending or self.is_carried:
            return []
        return self._unaccepting

    @property
    def _unaccepting(self) -> list[PartyKey]:
        return suggestions.awaiting(self.asked, self._given, self.record.version)

    @property
    def _required(self) -> int:
        return suggestions.required(self.asked, self.signatories, self.record.party_key, self.quorum)

    @property
    def is_carried(self) -> bool:
        """Whether as many parties as it takes accept it as it stands."""
        return len(self.asked) - len(self._unaccepting) >= self._required

    @property
    def is_lost(self) -> bool:
        """Whether so many parties refused it as it stands that too few are left to carry it."""
        refusing = suggestions.refusing(self._given, self.record.version)
        return len(self.asked) - len([party for party in self.asked if party in refusing]) < self._required

    @property
    def may_be_accepted_by(self) -> list[PartyKey]:
        """Tell whose acceptance counts now. Where newer rules ask for fewer than have accepted, any of them enacts."""
        return (self.awaiting or self.asked) if self.is_pending else []

    @property
    def agreeing(self) -> set[PartyKey]:
        """Tell which parties stand behind it as it is: its own, and those whose last answer accepts this version."""
        last = {given.party: given for given in self._given}
        accepting = (party for party, given in last.items() if given.kind == suggestions.Answer.ACCEPT)
        return {self.record.party_key, *(party for party in accepting if last[party].version == self.record.version)}

    @property
    def held_by(self) -> list[PartyKey]:
        """Tell which parties have asked a question and not answered since."""
        return suggestions.holding(self._given) if self.is_pending else []

    @property
    def _given(self) -> list[Given]:
        """The answers. One to an article as a whole holds as long as the outline reads as it did then."""
        said = self.live.content if self.live is not None else {}
        seen = said["content_hash"] if "structure" in said else None
        return [
            Given(answer.party, answer.kind, answer.version)
            for answer in self.answers
            if seen is None or answer.kind == suggestions.Answer.QUESTION or answer.content_hash == seen
        ]

    @property
    def is_structural(self) -> bool:
        """Whether it is about an article as a whole."""
        return "structure" in self.content

    def require_alone(self) -> None:
        """Raise where it may not be decided by itself: it is part of a package, which is decided whole."""
        if self.package is not None:
            raise InPackage(package=self.package)

    def require_acceptable_alone(self) -> None:
        """Raise where it may not be accepted by itself: it is part of a package, or of an article that is proposed."""
        self.require_alone()
        if self.live is not None and self.live.proposed_with is not None:
            raise ArticleProposed(suggestion=self.live.proposed_with)

    def may(self, acting: Acting) -> list[str]:
        """List what the caller may do about it now: accept, reject, question, counter, withdraw, explain."""
        if not self.is_pending:
            return []
        if self.record.party_key == acting.party_key:
            return [verb for verb, allowed in self._own_verbs(acting) if allowed]
        standing = acting.standing_at(self.stage)
        is_free = acting.party_key not in self.countered_by.values() and not self.is_structural
        may_counter = is_free and roles.refusal(Act.SUGGEST, standing) is None
        counter = ["counter"] if may_counter else []
        if roles.refusal(Act.RESPOND, standing) is not None:
            return counter
        if self.package is not None:
            return ["question", *counter]
        may_accept = acting.party_key in self.may_be_accepted_by and not (self.live and self.live.proposed_with)
        verbs = ["accept"] if may_accept else []
        return [*verbs, *(["reject"] if acting.party_key in self.asked else []), "question", *counter]

    def _own_verbs(self, acting: Acting) -> list[tuple[str, bool]]:
        if roles.refusal(Act.WITHDRAW, acting.standing_at(self.stage)) is not None:
            return []
        is_author = self.record.author_id == acting.member_id
        return [
            (
                "withdraw",
                self.package is None and (acting.role is Role.LEAD or (is_author and not self.is_accepted_by_anyone)),
            ),
            ("explain", (acting.role is Role.LEAD or is_author) and not self.is_judged),
        ]

    @property
    def is_judged(self) -> bool:
        """Whether anybody answered by more than a question, to which the reason is the reply."""
        return any(answer.kind != suggestions.Answer.QUESTION for answer in self.answers)

    @property
    def is_accepted_by_anyone(self) -> bool:
        accepting = {suggestions.Answer.ACCEPT, suggestions.Answer.ACCEPT_AS_AMENDED}
        return any(answer.kind in accepting and answer.version == self.record.version for answer in self.answers)


@dataclass(slots=True)
class Docket:
    """Some suggestions of one agreement, by id."""

    items: dict[SuggestionId, Item]
    stage: Stage
    links: Links = field(default_factory=dict)
    """The agreement's pending counters."""

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
    links = await SuggestionRepository(session).links(agreement)
    parts = await SuggestionRepository(session).parts(agreement, records.keys())
    packages = await PackageRepository(session).holding(agreement, records.keys())
    quorum = (await in_force(session, agreement)).acceptances
    items = {
        key: Item(
            record,
            answers[key],
            signatories,
            stage,
            countered_by={link.counter: link.party for link in links if link.countered == key},
            parts=parts.get(key, ()),
            package=packages.get(key),
            quorum=quorum,
        )
        for key, record in records.items()
    }
    return Docket(items, stage, {link.counter: link.countered for link in links})


async def in_turn(
    session: AsyncSession, document: Document, agreement: AgreementId, ids: Collection[SuggestionId]
) -> Docket:
    """Lay out suggestions inside a decision, where record and text are of one moment.

    What hangs together with them by counters, and the proposals that they amend, are laid out beside them.
    """
    docket = await on_record(session, agreement, await SuggestionRepository(session).many(agreement, ids))
    docket.add_contents(read_contents(document, docket.pending))
    amended = {item.amends for item in docket.items.values() if item.is_pending and item.amends is not None}
    more = connected({*docket.items, *amended}, docket.links) - docket.items.keys()
    if more:
        beside = await on_record(session, agreement, await SuggestionRepository(session).many(agreement, more))
        beside.add_contents(read_contents(document, beside.pending))
        docket.items |= beside.items
    return docket


def read_contents(document: Document, ids: Collection[SuggestionId]) -> dict[SuggestionId, Live]:
    """Read what pending suggestions say; one that is not in the text is left out."""
    owners = document.register.owners
    found: dict[SuggestionId, Live] = {}
    for suggestion, content in document.contents(ids).items():
        amended = owners.get(content.amends) if content.amends is not None else None
        found[suggestion] = Live(
            content.as_json(),
            content.amends,
            amended.party if amended is not None else None,
            _proposed_with(document, content),
        )
    return found


def _proposed_with(document: Document, content: Content) -> SuggestionId | None:
    """Name the proposal of an article that takes a suggestion of the same party with it."""
    proposal = document.articles[content.article].proposal if content.structure is None else None
    owner = document.register.owners.get(content.suggestion)
    is_own = proposal is not None and owner is not None and owner.party == proposal.party and content.amends is None
    return proposal.suggestion if proposal is not None and is_own else None
