"""One service a test, and an agreement with everybody around it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.actors import Service, Table, seated, started


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with started(tmp_path, registration="invited") as running:
        yield running


@pytest.fixture
async def table(service: Service) -> Table:
    """An agreement in preparation."""
    return await seated(service)


@pytest.fixture
async def bargaining(table: Table) -> Table:
    """An agreement whose starting text is agreed."""
    await table.confirm()
    return table
