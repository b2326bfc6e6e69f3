"""What a test may ask of the machine: a server, a browser, the real data.

A missing one skips the test with a plain reason, but fails it when `CI=true`: continuous integration never
passes by not looking. The rule stands here once; no test decides it for itself.
"""

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Coroutine
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import asyncpg
import pytest
import redis.asyncio

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
POSTGRES_URL = os.environ.get("PARLEY_TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("PARLEY_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def on_ci() -> bool:
    """Whether a missing requirement is a failure."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def require_postgres() -> str:
    """Return the SQLAlchemy URL of a PostgreSQL server on which the test may create databases."""
    return _required(_postgres_problem, POSTGRES_URL)


def require_redis() -> str:
    """Return the URL of a Redis database that tests may write to."""
    return _required(_redis_problem, REDIS_URL)


def require_chromium() -> str:
    """Return the path of a Chromium that can run headless."""
    found = os.environ.get("PARLEY_TEST_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return _required(lambda: None if found else "No Chromium on the PATH (PARLEY_TEST_CHROMIUM names one)", found or "")


def require_shared_data() -> Path:
    """Return the folder of real agreements, DOCX files and editing traces."""
    folder = Path(os.environ.get("PARLEY_SHARED_DATA", ROOT.parent / "shared" / "data"))
    problem = None if folder.is_dir() else f"No real test data at {folder} (PARLEY_SHARED_DATA names it)"
    return _required(lambda: problem, folder)


def _required(problem: Callable[[], str | None], value: T) -> T:
    reason = problem()
    if reason is not None:
        _missing(reason)
    return value


def _missing(reason: str) -> NoReturn:
    if on_ci():
        pytest.fail(f"CI=true and a requirement is missing: {reason}", pytrace=False)
    pytest.skip(reason)


@lru_cache
def _postgres_problem() -> str | None:
    async def connect() -> None:
        connection = await asyncpg.connect(POSTGRES_URL.replace("+asyncpg", ""), timeout=5)
        await connection.close()

    return _problem("PostgreSQL", POSTGRES_URL, connect)


@lru_cache
def _redis_problem() -> str | None:
    async def connect() -> None:
        async with redis.asyncio.Redis.from_url(REDIS_URL, socket_connect_timeout=5) as client:
            await client.ping()

    return _problem("Redis", REDIS_URL, connect)


def _problem(name: str, url: str, connect: Callable[[], Coroutine[Any, Any, None]]) -> str | None:
    """Try a connection on a thread of its own: the caller may already stand in a running event loop."""
    failures: list[Exception] = []

    def attempt() -> None:
        try:
            asyncio.run(connect())
        except Exception as error:  # noqa: BLE001 - whatever a client raises, the server is not there for us.
            failures.append(error)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return f"No {name} at {url}: {failures[0]}" if failures else None
