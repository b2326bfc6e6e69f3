"""Real stores for tests of the record, and an agreement with two parties in one."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from app.config import Settings
from app.db import Database
from app.domain.ids import AgreementId, ArticleId, MemberId, PartyKey
from app.models import Account, Agreement, Article, Base, Member, Party

AGREEMENT = AgreementId("agr_1")
ARTICLE = ArticleId("art_1")
URSULA, DANA = MemberId("mem_ursula"), MemberId("mem_dana")
UNION, DISTRICT = PartyKey("union"), PartyKey("district")


@asynccontextmanager
async def embedded_store(folder: Path) -> AsyncIterator[Database]:
    """Open a SQLite store with every table."""
    async with _opened(Settings(data_dir=folder)) as database:
        yield database


@asynccontextmanager
async def server_store(postgres_url: str) -> AsyncIterator[Database]:
    """Open a PostgreSQL database of its own with every table, dropped in the end."""
    name = f"parley_record_{secrets.token_hex(6)}"
    address = postgres_url.replace("+asyncpg", "")
    server = await asyncpg.connect(address)
    await server.execute(f"CREATE DATABASE {name}")
    try:
        url = f"{postgres_url.rpartition('/')[0]}/{name}"
        async with _opened(Settings(database_url=url, secret_key="a secret for tests only")) as database:
            yield database
    finally:
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings)
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        yield database
    finally:
        await database.close()


async def seed(session: AsyncSession) -> None:
    """Put an agreement of the union and the district into the store, one article, a lead each."""
    session.add_all(
        [
            Account(id="acc_u", name="Ursula", email="ursula@union.example", password_hash="-"),
            Account(id="acc_d", name="Dana", email="dana@district.example", password_hash="-"),
        ]
    )
    await session.flush()
    session.add(Agreement(id=AGREEMENT, title="Agreement", status="bargaining", created_by="acc_u"))
    await session.flush()
    for position, (key, member, account) in enumerate([(UNION, URSULA, "acc_u"), (DISTRICT, DANA, "acc_d")]):
        session.add(
            Party(id=f"par_{key}", agreement_id=AGREEMENT, position=position, key=key, name=key, signatory=True)
        )
        session.add(Member(id=member, agreement_id=AGREEMENT, account_id=account, party_key=key, role="lead"))
    session.add(Article(id=ARTICLE, agreement_id=AGREEMENT, position=1, title="Hours"))
    await session.flush()
