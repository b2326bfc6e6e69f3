"""Two parties at a small table: in memory with a client for each, and over a real log."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.bus import LocalBus
from app.crdt.registry import Rooms
from app.db import Database
from app.repositories.updates import SqlUpdateLog
from tests.harness.builders import ASSOCIATION, DISTRICT
from tests.harness.database import postgres_database, put_hours, sqlite_database
from tests.harness.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A table of one article, `The workday is seven hours.`, with a client of each party."""
    return Desk({"assoc": ASSOCIATION, "district": DISTRICT})


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A store of either kind that holds an agreement of one short article."""
    opened = (
        sqlite_database(tmp_path)
        if request.param == "sqlite"
        else postgres_database(request.getfixturevalue("postgres_url"))
    )
    async with opened as database:
        await put_hours(database)
        yield database


@pytest.fixture
async def rooms(database: Database) -> AsyncIterator[Rooms]:
    opened: Rooms = Rooms(SqlUpdateLog(database), LocalBus())
    yield opened
    await opened.shutdown()
