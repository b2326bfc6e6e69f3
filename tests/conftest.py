"""Rules for every test: what the machine must offer is asked for by fixture, and nothing skips on CI."""

import asyncio
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.harness import requirements
from tests.harness.database import drop_template


@pytest.fixture(scope="session")
def postgres_url() -> Generator[str, None, None]:
    url = requirements.require_postgres()
    yield url
    asyncio.run(drop_template(url))


@pytest.fixture(scope="session")
def redis_url() -> str:
    return requirements.require_redis()


@pytest.fixture(scope="session")
def chromium() -> str:
    return requirements.require_chromium()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    return requirements.require_shared_data()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On CI a skipped test is a failed one, however it came to skip."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and requirements.on_ci():
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} skipped although CI=true: {call.excinfo and call.excinfo.value}"
    return report
