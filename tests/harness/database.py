"""Real databases for one test: a SQLite file, or a PostgreSQL database of its own that is dropped in the end."""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from app.config import Settings
from app.crdt.document import seed
from app.db import Database
from app.domain.ids import AgreementId, ArticleId, DocumentId, MemberId, PartyKey, table_of
from app.models import Account, Agreement, Article, Base, DocumentHead, Member, Party, Update

AGREEMENT = AgreementId("agr_1")
TABLE = table_of(AGREEMENT)
UNION, DISTRICT = PartyKey("union"), PartyKey("district")
URSULA, DANA = MemberId("mem_ursula"), MemberId("mem_dana")
HOURS = ArticleId("art_1")
PARAGRAPHS = [{"style": "paragraph", "level": 1, "runs": [{"text": "The workday is seven hours.", "marks": {}}]}]


@asynccontextmanager
async def sqlite_database(folder: Path) -> AsyncIterator[Database]:
    """Open a SQLite file with every table."""
    async with _with_tables(Settings(data_dir=folder)) as database:
        yield database


@asynccontextmanager
async def postgres_address(postgres_url: str) -> AsyncIterator[str]:
    """Create an empty PostgreSQL database; yields its SQLAlchemy URL."""
    name = f"parley_test_{secrets.token_hex(6)}"
    server = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    await server.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{postgres_url.rpartition('/')[0]}/{name}"
    finally:
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()


@asynccontextmanager
async def postgres_database(postgres_url: str) -> AsyncIterator[Database]:
    """Open a PostgreSQL database with every table."""
    async with postgres_address(postgres_url) as url, _with_tables(server_settings(url)) as database:
        yield database


def server_settings(url: str) -> Settings:
    """Name a server database in the settings that it needs."""
    return Settings(database_url=url, secret_key="a secret for tests only")


@asynccontextmanager
async def _with_tables(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings)
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        yield database
    finally:
        await database.close()


async def put_agreement(database: Database, articles: Sequence[str], first: bytes) -> DocumentId:
    """Put an agreement of the union (Ursula) and the district (Dana) into the store, bargaining, with its table."""
    async with database.transaction() as session:
        people = {"acc_u": (URSULA, UNION, "Ursula"), "acc_d": (DANA, DISTRICT, "Dana")}
        session.add_all(
            Account(id=account, name=name, email=f"{name.lower()}@example.org", password_hash="-")
            for account, (_, _, name) in people.items()
        )
        await session.flush()
        session.add(Agreement(id=AGREEMENT, title="Agreement", status="bargaining", created_by="acc_u"))
        await session.flush()
        for position, (account, (member, party, _)) in enumerate(people.items()):
            session.add(
                Party(
                    id=f"par_{party}", agreement_id=AGREEMENT, position=position, key=party, name=party, signatory=True
                )
            )
            session.add(Member(id=member, agreement_id=AGREEMENT, account_id=account, party_key=party, role="lead"))
        session.add_all(
            Article(id=article, agreement_id=AGREEMENT, position=position, title=article)
            for position, article in enumerate(articles, 1)
        )
        session.add(DocumentHead(id=TABLE, agreement_id=AGREEMENT, seq=1))
        await session.flush()
        session.add(Update(document_id=TABLE, seq=1, payload=first))
    return TABLE


async def put_hours(database: Database) -> DocumentId:
    """Put an agreement of one short article into the store."""
    return await put_agreement(database, [HOURS], seed([(HOURS, PARAGRAPHS)]))
