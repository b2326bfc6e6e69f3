"""How agreements stand: their articles, what is pending, what each party has confirmed, initialled and signed.

The agreed text changes only where a suggestion is accepted, so the content hashes are computed once for each number
of accepted suggestions and remembered; everything else is read afresh.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import Row

from app.crdt.document import Document
from app.crdt.registry import Rooms
from app.db import Database
from app.domain.agreements import Standing
from app.domain.ground_rules import GroundRules
from app.domain.ids import AgreementId, ArticleId, table_of
from app.models import Account, Agreement, Article, Confirmation, Initial, Member, Party, Signature
from app.repositories.agreements import AgreementRepository, Tally
from app.repositories.articles import ArticleRepository
from app.repositories.members import MemberRepository
from app.repositories.standings import StandingRepository, Units
from app.repositories.updates import Decision
from app.services.ground_rules import in_force
from app.services.reconvening import Outlook, outlook

_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Hashes:
    """The content hashes of an agreed text: the whole, and each article."""

    whole: str
    articles: dict[str, str]


@dataclass(frozen=True, slots=True)
class Overview:
    """An agreement as a list shows it."""

    agreement: Agreement
    parties: Sequence[Party]
    articles: Sequence[Article]
    initials: Sequence[Initial]
    tally: Tally
    hashes: Hashes
    units: Units = field(default_factory=Units)

    def standing(self, article: Article) -> Standing:
        """Tell an article's standing: a tentative agreement before all, then packages, then what is pending."""
        kept = Standing(article.standing)
        if kept is Standing.TENTATIVE:
            return kept
        if article.id in self.units.packaged:
            return Standing.IN_PACKAGE
        if self.tally.of_article(article.id):
            return Standing.OPEN
        if kept is Standing.STATUS_QUO and article.id in self.units.taken_back:
            return Standing.WITHDRAWN
        return kept


@dataclass(frozen=True, slots=True)
class Detail:
    """An agreement as its own page shows it."""

    overview: Overview
    members: Sequence[Row[Member, Account]]
    confirmations: Sequence[Confirmation]
    signatures: Sequence[Signature]
    outlook: Outlook | None
    """How it stands with meeting again, while the parties bargain."""
    rules: GroundRules


@dataclass(slots=True)
class Overviews:
    """Reads overviews; remembers content hashes of at most some thousand agreements."""

    database: Database
    rooms: Rooms[Decision]
    _remembered: OrderedDict[tuple[Any, ...], Hashes] = field(default_factory=OrderedDict)

    async def of(self, agreements: Sequence[Agreement]) -> list[Overview]:
        """Tell how some agreements stand, in their order."""
        ids = [AgreementId(agreement.id) for agreement in agreements]
        async with self.database.reading() as session:
            repository = AgreementRepository(session)
            parties = await repository.parties(ids)
            articles = await ArticleRepository(session).of_agreements(ids)
            initials = await ArticleRepository(session).initials(ids)
            tallies = await repository.tallies(ids)
            units = await StandingRepository(session).units(ids)
        return [
            Overview(
                one,
                parties[one.id],
                articles[one.id],
                initials[one.id],
                tallies[one.id],
                await self._hashes(one, articles[one.id], tallies[one.id]),
                units[one.id],
            )
            for one in agreements
        ]

    async def detail(self, agreement: AgreementId) -> Detail:
        """Tell all about how one agreement stands."""
        async with self.database.reading() as session:
            repository = AgreementRepository(session)
            row = await repository.get(agreement)
            members = await MemberRepository(session).of_agreement(agreement)
            confirmations = await repository.confirmations(agreement)
            signatures = await repository.signatures(agreement)
            ahead = await outlook(session, row)
            rules = await in_force(session, agreement)
        overview = (await self.of([row]))[0]
        return Detail(overview, members, confirmations, signatures, ahead, rules)

    async def _hashes(self, agreement: Agreement, articles: Sequence[Article], tally: Tally) -> Hashes:
        # Articles and count are read one after the other: what was enacted between has made another key of them.
        key = (agreement.id, tally.accepted, tuple((article.id, article.title) for article in articles))
        if (known := self._remembered.get(key)) is not None:
            self._remembered.move_to_end(key)
            return known
        hashes = await hashes_of(self.rooms, AgreementId(agreement.id), articles)
        async with self.database.reading() as session:
            now = (await AgreementRepository(session).tallies([AgreementId(agreement.id)]))[agreement.id]
        if now.accepted == tally.accepted:
            # Nothing was enacted between the count and the reading, so they belong together.
            self._remembered[key] = hashes
        while len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)
        return hashes


async def hashes_of(rooms: Rooms[Decision], agreement: AgreementId, articles: Sequence[Article]) -> Hashes:
    """Read the content hashes of an agreed text as it stands."""
    return await rooms.read(table_of(agreement), partial(hash_agreed, articles=articles))


def hash_agreed(document: Document, articles: Sequence[Article]) -> Hashes:
    """Hash the agreed text of a document under its articles' titles, in their order."""
    titles = {ArticleId(article.id): article.title for article in articles}
    return Hashes(
        document.content_hash(titles),
        {str(article): document.article_hash(article, title) for article, title in titles.items()},
    )
