"""Bringing agreements into being, and telling how one stands.

An agreement, its parties, its first member, its articles, its text and the first two entries of its ledger come
into being in one transaction, or not at all.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.crdt.document import Document, seed
from app.db import Database
from app.domain.agreements import Stage
from app.domain.ids import AccountId, AgreementId, ArticleId, PartyKey, new_id, table_of
from app.domain.ledger import Act, Kind
from app.domain.log import Register, Stored
from app.domain.roles import Role
from app.domain.scopes import Scope
from app.errors import InvalidContent
from app.models import Agreement, Article, Member, Party, now
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.documents import DocumentRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.members import MemberRepository
from app.services.acting import Identity
from app.services.markdown_text import Section, read_markdown

_EMPTY = {"style": "paragraph", "level": 1, "runs": []}


@dataclass(frozen=True, slots=True)
class PartyWish:
    """A side at the table, as the founder names it."""

    key: PartyKey
    name: str
    signatory: bool


@dataclass(frozen=True, slots=True)
class Founding:
    """What an agreement begins with; the founder becomes the first member."""

    title: str
    parties: Sequence[PartyWish]
    party: PartyKey
    role: Role


async def found_from_markdown(database: Database, identity: Identity, founding: Founding, content: str) -> AgreementId:
    """Bring an agreement into being from a Markdown text; raises `InvalidContent` and `TooLarge`."""
    _judge(founding)
    sections = await asyncio.to_thread(read_markdown, content)
    return await found(database, identity, founding, sections)


async def found(database: Database, identity: Identity, founding: Founding, sections: Sequence[Section]) -> AgreementId:
    """Bring an agreement into being from paragraphs of the text model, whatever they were read from."""
    _judge(founding)
    identity.require_account(Scope.AGREEMENT_WRITE)
    agreement = AgreementId(new_id("agr"))
    articles = [
        Article(id=new_id("art"), agreement_id=agreement, position=place, title=section.title)
        for place, section in enumerate(sections, start=1)
    ]
    texts = {
        ArticleId(article.id): section.paragraphs or [_EMPTY]
        for article, section in zip(articles, sections, strict=True)
    }
    update, agreed = await asyncio.to_thread(_seeded, texts)
    member = Member(
        id=new_id("mem"),
        agreement_id=agreement,
        account_id=identity.account.id,
        party_key=founding.party,
        role=founding.role.value,
    )
    async with database.transaction() as session:
        await AgreementRepository(session).add(
            Agreement(id=agreement, title=founding.title, status=Stage.PREPARING, created_by=identity.account.id),
            [_party(agreement, place, wish) for place, wish in enumerate(founding.parties, start=1)],
        )
        await MemberRepository(session).add(member)
        await ArticleRepository(session).add(articles)
        await DocumentRepository(session).create(table_of(agreement), agreement, update)
        written = [
            {"id": article.id, "title": article.title, "paragraphs": agreed[ArticleId(article.id)]}
            for article in articles
        ]
        await LedgerRepository(session).extend(agreement, _first_acts(founding, identity, member, written), now())
    return agreement


def _judge(founding: Founding) -> None:
    """Refuse what could never be agreed."""
    keys = [party.key for party in founding.parties]
    if len(set(keys)) != len(keys):
        raise InvalidContent("Two parties have the same key.")
    if founding.party not in keys:
        raise InvalidContent("The first member's party is none of the parties.")
    if sum(party.signatory for party in founding.parties) < 2:  # noqa: PLR2004 - It takes two to agree.
        raise InvalidContent("An agreement needs at least two signatory parties.")
    if founding.role not in {Role.LEAD, Role.DRAFTER}:
        raise InvalidContent("Whoever begins an agreement is its party's lead or drafter.")


def _party(agreement: AgreementId, position: int, wish: PartyWish) -> Party:
    return Party(
        id=new_id("par"),
        agreement_id=agreement,
        position=position,
        key=wish.key,
        name=wish.name,
        signatory=wish.signatory,
    )


def _seeded(texts: dict[ArticleId, list[dict[str, Any]]]) -> tuple[bytes, dict[ArticleId, list[dict[str, Any]]]]:
    """Build the first update, and read back what it says: the record holds what replicas will read."""
    update = seed(list(texts.items()))
    stored = Stored(checkpoint=None, tail=[update], seq=1, register=Register(articles=list(texts)))
    document = Document.load(stored)
    return update, {article: document.articles[article].agreed() for article in texts}


def _first_acts(founding: Founding, identity: Identity, member: Member, articles: list[dict[str, Any]]) -> list[Act]:
    signature = {"id": member.id, "name": identity.account.name}
    parties = [{"key": party.key, "name": party.name, "signatory": party.signatory} for party in founding.parties]
    created = {"title": founding.title, "parties": parties, "articles": articles}
    return [
        Act(Kind.AGREEMENT_CREATED, founding.party, signature, created),
        Act(Kind.MEMBER_JOINED, founding.party, signature, {"role": founding.role.value}),
    ]


async def visible(
    database: Database, identity: Identity, after: tuple[Any, ...] | None, limit: int
) -> list[tuple[Agreement, Member]]:
    """List a page of the agreements that the caller is a member of, with the caller's place in each."""
    start = (after[0], after[1]) if after is not None else None
    async with database.reading() as session:
        return await AgreementRepository(session).visible_to(
            AccountId(identity.account.id), identity.agreement_id, start, limit
        )
