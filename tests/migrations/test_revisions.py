"""The revisions make exactly the tables that the models describe, forwards and backwards, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect

from app.config import Settings
from app.models import Base
from app.services import migrating
from app.services.migrating import SchemaBehind, alembic_config
from tests.harness.database import postgres_address, server_settings


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'parley.db'}")
    yield engine
    engine.dispose()


def up_down_up(connection: Connection) -> list[list[str]]:
    """Walk all the way up, down and up again; tell which tables there were at each turn."""
    seen = []
    for step, revision in ((command.upgrade, "head"), (command.downgrade, "base"), (command.upgrade, "head")):
        step(alembic_config(connection), revision)
        seen.append(sorted(set(inspect(connection).get_table_names()) - {"alembic_version"}))
    return seen


def drift(connection: Connection) -> list:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return compare_metadata(context, Base.metadata)


def test_up_down_and_up_again_on_sqlite(sqlite: Engine) -> None:
    with sqlite.begin() as connection:
        first, none, again = up_down_up(connection)

    assert first == again == sorted(Base.metadata.tables)
    assert none == []


def test_the_models_have_not_drifted_on_sqlite(sqlite: Engine) -> None:
    with sqlite.begin() as connection:
        command.upgrade(alembic_config(connection), "head")

        assert drift(connection) == []


async def test_up_down_up_without_drift_on_postgresql(postgres_url: str) -> None:
    async with postgres_address(postgres_url) as url:
        settings = server_settings(url)
        await migrating.migrate(settings)
        engine = migrating.create_async_engine(url, poolclass=migrating.NullPool)
        async with engine.begin() as connection:
            first, none, again = await connection.run_sync(up_down_up)
            drifted = await connection.run_sync(drift)
        await engine.dispose()

    assert first == again == sorted(Base.metadata.tables)
    assert none == []
    assert drifted == []


async def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")

    await migrating.migrate(settings)
    await migrating.migrate(settings)

    assert settings.database_file is not None
    assert settings.database_file.is_file()


async def test_a_server_database_that_is_behind_is_refused_and_an_embedded_one_migrated(
    tmp_path: Path, postgres_url: str
) -> None:
    async with postgres_address(postgres_url) as url:
        with pytest.raises(SchemaBehind, match="parley migrate"):
            await migrating.prepare(server_settings(url))
        await migrating.migrate(server_settings(url))
        await migrating.prepare(server_settings(url))
    await migrating.prepare(Settings(data_dir=tmp_path))

    assert (tmp_path / "parley.db").is_file()
