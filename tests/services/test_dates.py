"""Dates that draw near are told, each once, to those whom they concern."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.db import Database
from app.domain.ids import AccountId
from app.domain.ledger import Act
from app.models import LedgerHead, Member, Package, Session, now
from app.repositories.ledger import LedgerRepository
from app.repositories.notices import NoticeRepository, Reader
from app.services import dates
from tests.harness.database import AGREEMENT, DANA, UNION, URSULA, put_agreement, sqlite_database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with sqlite_database(tmp_path) as opened:
        await put_agreement(opened, ["art_1"], b"\0\0")
        yield opened


async def told(database: Database, account: str = "acc_d") -> list[str]:
    async with database.reading() as session:
        reader = Reader(AccountId(account))
        found = await NoticeRepository(session).page(reader, unread=False, after=None, limit=50)
    return [one.notice.kind for one in found]


async def put(database: Database, row: object) -> None:
    async with database.transaction() as session:
        session.add(row)


def meeting(hours: int) -> Session:
    starts = now() + timedelta(hours=hours)
    return Session(id="ses_1", agreement_id=AGREEMENT, number=1, starts_at=starts, convened_by=URSULA)


async def test_a_session_is_told_within_a_day_of_it_once_and_again_when_it_is_moved(database: Database) -> None:
    await put(database, meeting(30))
    await dates.tell_of_dates(database, now())
    early = await told(database)
    for _ in range(2):
        await dates.tell_of_dates(database, now() + timedelta(hours=10))
    near = await told(database)
    async with database.transaction() as session:
        (await session.get_one(Session, "ses_1")).starts_at = now() + timedelta(hours=50)

    await dates.tell_of_dates(database, now() + timedelta(hours=30))

    assert (early, near) == ([], ["session.near"])
    assert await told(database) == ["session.near", "session.near"]


async def test_a_package_that_runs_out_is_told_to_those_who_bargain(database: Database) -> None:
    expires = now() + timedelta(hours=5)
    async with database.transaction() as session:
        (await session.get_one(Member, DANA)).role = "observer"
    await put(
        database,
        Package(
            id="pkg_1", agreement_id=AGREEMENT, party_key=UNION, author_id=URSULA, title="Offer", expires_at=expires
        ),
    )

    await dates.tell_of_dates(database, now())

    assert await told(database, "acc_u") == ["package.expiring"]
    assert await told(database) == []


async def test_a_table_that_does_not_move_says_so_to_both_sides_once(database: Database) -> None:
    async with database.transaction() as session:
        moved = Act("agreement.confirmed", UNION, {"id": URSULA, "name": "Ursula"}, {})
        long_ago = now() - timedelta(days=20)
        session.add(LedgerHead(agreement_id=AGREEMENT, seq=0, hash=""))
        await LedgerRepository(session).extend(AGREEMENT, [moved], long_ago)

    for _ in range(2):
        await dates.tell_of_stalls(database)

    assert await told(database, "acc_u") == await told(database) == ["table.stalled"]
