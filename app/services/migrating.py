"""Bringing the database's schema to what this version needs, and telling whether it is there.

The revisions lie in `migrations/`, beside the package in a checkout and inside it where it was installed.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from app.config import Settings

_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = (_PACKAGE.parent / "migrations", _PACKAGE / "migrations")
_LOCK = 7_265_539


class SchemaBehind(Exception):
    """The database is not at the revision that this version needs."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Configure alembic in memory; no file is needed where the service is installed."""
    config = Config()
    config.set_main_option("script_location", str(next(place for place in _PLACES if place.is_dir())))
    config.attributes["connection"] = connection
    return config


async def migrate(settings: Settings, revision: str = "head") -> None:
    """Upgrade the database to a revision. Several who start at once on a server wait for one another."""
    if (file := settings.database_file) is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(settings.database_url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            if not settings.embedded:
                await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), revision))
    finally:
        await engine.dispose()


async def is_current(engine: AsyncEngine) -> bool:
    """Tell whether the database is at the newest revision."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    async with engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision()) == head


async def prepare(settings: Settings) -> None:
    """Migrate an embedded database; raise `SchemaBehind` where a server's is behind, for its operator decides when."""
    if settings.embedded:
        await migrate(settings)
        return
    engine = create_async_engine(settings.database_url, poolclass=NullPool)
    try:
        if not await is_current(engine):
            raise SchemaBehind("The database is behind this version of Parley. Run `parley migrate` first.")
    finally:
        await engine.dispose()
