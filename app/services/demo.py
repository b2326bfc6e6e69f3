"""A demonstration to begin with: a real agreement, four people, and suggestions that wait for an answer.

Everything is done the way people would do it, through the services that they use. Done again, nothing is done.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from app.config import Settings
from app.crdt.registry import Rooms
from app.db import Database
from app.domain.ids import AgreementId, ArticleId, PartyKey, SuggestionId, new_id
from app.domain.roles import Role
from app.domain.scopes import Scope
from app.domain.suggestions import Answer
from app.models import Account, Article
from app.repositories.accounts import AccountRepository
from app.repositories.articles import ArticleRepository
from app.repositories.members import MemberRepository
from app.repositories.updates import Decision
from app.services.accounts import Applicant, Registrar
from app.services.acting import Acting, Identity, acting_in
from app.services.agreements import Founding, PartyWish, found_from_markdown
from app.services.confirmations import confirm
from app.services.demo_hand import Edit, Hand
from app.services.invitations import Call, accept, invite
from app.services.judging import Wish
from app.services.overviews import hashes_of
from app.services.passwords import Passwords
from app.services.responding import respond
from app.services.suggestions import Shelf, explain, one

TITLE = "STEA Agreement, successor to 2023-2025"
_TEXT = Path(__file__).resolve().parents[1] / "demo" / "agreement.md"
_PASSWORD_BYTES = 10
_PARTIES = (
    PartyWish(PartyKey("association"), "State Teachers Education Association", signatory=True),
    PartyWish(PartyKey("district"), "School for the Deaf", signatory=True),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the demonstration."""

    name: str
    email: str
    party: PartyKey
    role: Role


URSULA = Person("Ursula Vega", "ursula@association.example", PartyKey("association"), Role.LEAD)
TOMAS = Person("Tomás Ibarra", "tomas@association.example", PartyKey("association"), Role.DRAFTER)
DANA = Person("Dana Whitfield", "dana@district.example", PartyKey("district"), Role.LEAD)
RUTH = Person("Ruth Okafor", "ruth@district.example", PartyKey("district"), Role.DRAFTER)
PEOPLE = (URSULA, TOMAS, DANA, RUTH)


@dataclass(frozen=True, slots=True)
class Line:
    """A suggestion of the story: who writes it where, why, and what the other side's lead says to it."""

    who: Person
    article: str
    old: str
    new: str
    reason: str
    after: str = ""
    answer: Answer | None = None
    remark: str | None = None


_STORY = (
    Line(
        TOMAS,
        "Article 1 ",
        " substitute,",
        "",
        "Long-term substitutes teach the same days and should be in the unit.",
    ),
    Line(
        URSULA,
        "Article 17 ",
        "one-half (1/2) hour",
        "forty-five (45) minutes",
        "Thirty minutes is not enough to eat and set up the afternoon; the survey put this first.",
        answer=Answer.QUESTION,
        remark="Within the eight hours, or on top of them?",
    ),
    Line(
        TOMAS,
        "Article 25 ",
        "six and five tenths percent (6.5%)",
        "eight percent (8%)",
        "Inflation since the last increase was 7.9 percent.",
    ),
    Line(
        RUTH,
        "Article 17 ",
        "",
        ", given in writing,",
        "So that payroll can rely on it.",
        after="With mutual consent",
    ),
    Line(DANA, "Article 31 ", "three ($3.00) dollars", "four ($4.00) dollars", "What the other agencies pay."),
    Line(
        RUTH,
        "Article 18 ",
        "five (5) working days",
        "ten (10) working days",
        "Five days were too few to find substitutes.",
        answer=Answer.ACCEPT,
    ),
    Line(
        URSULA,
        "Article 2 ",
        "1. Direct teachers.",
        "1. Direct the work of teachers.",
        "It is the work that is directed.",
    ),
    Line(
        TOMAS,
        "Article 21 ",
        "",
        " Classrooms above eighty-five (85) degrees Fahrenheit shall not be used for instruction.",
        "Three rooms reached that last September.",
        after="Such equipment, where provided, must be used.",
    ),
)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Makes the demonstration in a database."""

    database: Database
    rooms: Rooms[Decision]
    settings: Settings

    def password_of(self, person: Person) -> str:
        """Derive a person's password from the service's secret: it can be told again, and nobody can guess it."""
        digest = hmac.new(self.settings.secret, f"demonstration {person.email}".encode(), hashlib.sha256).digest()
        letters = base64.b32encode(digest[:_PASSWORD_BYTES]).decode().lower()
        return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))

    async def make(self) -> AgreementId:
        """Make what is not there yet; returns the agreement."""
        identities = {person: Identity(await self._account(person), "login") for person in PEOPLE}
        agreement = await self._existing(identities[URSULA])
        if agreement is None:
            agreement = await self._found(identities[URSULA])
        for person in PEOPLE:
            await self._seat(agreement, person, identities)
        acting = {person: await self._acting(agreement, identities[person]) for person in PEOPLE}
        if acting[URSULA].agreement.status == "preparing":
            await self._begin(agreement, acting)
            await self._bargain(agreement, {p: await self._acting(agreement, identities[p]) for p in PEOPLE})
        return agreement

    async def _account(self, person: Person) -> Account:
        async with self.database.reading() as session:
            account = await AccountRepository(session).by_email(person.email)
        registrar = Registrar(self.database, Passwords(), "open")
        return account or await registrar.register(Applicant(person.name, person.email, self.password_of(person)))

    async def _existing(self, identity: Identity) -> AgreementId | None:
        async with self.database.reading() as session:
            places = await MemberRepository(session).memberships(identity.account_id)
        return next((AgreementId(one.agreement.id) for one in places if one.agreement.title == TITLE), None)

    async def _found(self, identity: Identity) -> AgreementId:
        founding = Founding(TITLE, _PARTIES, URSULA.party, URSULA.role)
        return await found_from_markdown(self.database, identity, founding, _TEXT.read_text(encoding="utf-8"))

    async def _seat(self, agreement: AgreementId, person: Person, identities: dict[Person, Identity]) -> None:
        async with self.database.reading() as session:
            seated = await MemberRepository(session).membership(agreement, identities[person].account_id)
        if seated is None:
            host = await self._acting(agreement, identities[URSULA])
            _, token = await invite(self.database, host, Call(person.party, person.role, person.email), days=1)
            await accept(self.database, identities[person], token)

    async def _acting(self, agreement: AgreementId, identity: Identity) -> Acting:
        async with self.database.reading() as session:
            return await acting_in(session, identity, agreement, Scope.AGREEMENT_WRITE)

    async def _articles(self, agreement: AgreementId) -> list[Article]:
        async with self.database.reading() as session:
            return await ArticleRepository(session).of_agreement(agreement)

    async def _begin(self, agreement: AgreementId, acting: dict[Person, Acting]) -> None:
        hashes = await hashes_of(self.rooms, agreement, await self._articles(agreement))
        for lead in (URSULA, DANA):
            await confirm(self.rooms, acting[lead], hashes.whole)

    async def _bargain(self, agreement: AgreementId, acting: dict[Person, Acting]) -> None:
        articles = await self._articles(agreement)
        shelf = Shelf(self.database, self.rooms)
        for line in _STORY:
            suggestion = SuggestionId(new_id("sug"))
            article = next(one for one in articles if one.title.startswith(line.article))
            edit = Edit(suggestion, ArticleId(article.id), line.old, line.new, line.after)
            await Hand(acting[line.who]).write(self.rooms, [edit])
            await explain(shelf, acting[line.who], suggestion, line.reason)
            if line.answer is not None:
                other = DANA if line.who.party == URSULA.party else URSULA
                item = await one(shelf, acting[other], suggestion)
                wish = Wish(suggestion, line.answer, str(item.content["content_hash"]), line.remark)
                await respond(shelf, acting[other], wish)
