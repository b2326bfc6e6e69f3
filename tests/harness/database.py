"""Real databases for one test: a SQLite file, or a PostgreSQL database of its own that is dropped in the end."""

import secrets
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import asyncpg
from alembic import command
from sqlalchemy import create_engine

from app.config import Settings
from app.crdt.document import seed
from app.db import Database
from app.domain.ids import AgreementId, ArticleId, DocumentId, MemberId, PartyKey, table_of
from app.models import Account, Agreement, Article, Base, DocumentHead, Member, Party, Update
from app.services.migrating import alembic_config

AGREEMENT = AgreementId("agr_1")
TABLE = table_of(AGREEMENT)
UNION, DISTRICT = PartyKey("union"), PartyKey("district")
URSULA, DANA = MemberId("mem_ursula"), MemberId("mem_dana")
HOURS = ArticleId("art_1")
PARAGRAPHS = [{"style": "paragraph", "level": 1, "runs": [{"text": "The workday is seven hours.", "marks": {}}]}]

_templates: dict[str, str] = {}
"""The server's own address → the database that those with every table are copied from."""


@lru_cache
def _migrated() -> Path:
    """Migrate one SQLite file, for every store to begin as a copy of it."""
    file = Path(mkdtemp(prefix="parley-tests-")) / "parley.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")
    engine.dispose()
    return file


def embedded_settings(folder: Path, **settings: Any) -> Settings:
    """Put a SQLite file with every table into a folder; give the settings of a service over it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_migrated(), folder / "parley.db")
    return Settings(data_dir=folder, **settings)


@asynccontextmanager
async def sqlite_database(folder: Path) -> AsyncIterator[Database]:
    """Open a SQLite file with every table."""
    async with _opened(embedded_settings(folder)) as database:
        yield database


@asynccontextmanager
async def postgres_address(postgres_url: str, template: str = "template1") -> AsyncIterator[str]:
    """Create a PostgreSQL database, empty or like another; yields its SQLAlchemy URL."""
    name = f"parley_test_{secrets.token_hex(6)}"
    server = await asyncpg.connect(_address(postgres_url))
    await server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _beside(postgres_url, name)
    finally:
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()


@asynccontextmanager
async def postgres_tables(postgres_url: str) -> AsyncIterator[str]:
    """Create a PostgreSQL database with every table; yields its SQLAlchemy URL."""
    async with postgres_address(postgres_url, await _template(postgres_url)) as url:
        yield url


@asynccontextmanager
async def postgres_database(postgres_url: str) -> AsyncIterator[Database]:
    """Open a PostgreSQL database with every table."""
    async with postgres_tables(postgres_url) as url, _opened(server_settings(url)) as database:
        yield database


def server_settings(url: str) -> Settings:
    """Name a server database in the settings that it needs."""
    return Settings(database_url=url, secret_key="a secret for tests only")


async def drop_template(postgres_url: str) -> None:
    """Drop what databases with every table were copied from, where one was made."""
    if (name := _templates.pop(postgres_url, None)) is not None:
        server = await asyncpg.connect(_address(postgres_url))
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()


async def _template(postgres_url: str) -> str:
    """Make all tables once: a copy takes a fifth of the time."""
    if postgres_url not in _templates:
        name = f"parley_template_{secrets.token_hex(6)}"
        server = await asyncpg.connect(_address(postgres_url))
        await server.execute(f"CREATE DATABASE {name}")
        await server.close()
        _templates[postgres_url] = name
        settings = server_settings(_beside(postgres_url, name))
        async with _opened(settings) as database, database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
    return _templates[postgres_url]


def _address(postgres_url: str) -> str:
    return postgres_url.replace("+asyncpg", "")


def _beside(postgres_url: str, name: str) -> str:
    return f"{postgres_url.rpartition('/')[0]}/{name}"


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings)
    try:
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
