"""One service a test, and an agreement with everybody around it; for sockets, one server a file."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.harness.actors import Service, Table, seated, started
from tests.harness.blackbox import Person, agreed_between
from tests.harness.server import Server

MARKDOWN = "# Agreement\n\n## Hours\n\nThe workday is seven hours.\n"


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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server"), registration="open").start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def parties(server: Server) -> tuple[Person, Person, str, str]:
    """The union's lead, the district's, the agreement's id and its one article's."""
    ursula, dana, path = agreed_between(server.base, MARKDOWN)
    article = ursula.ok(200, "GET", path)["articles"][0]["id"]
    return ursula, dana, path.rsplit("/", 1)[1], article


@pytest.fixture
def article(parties: tuple[Person, Person, str, str]) -> str:
    return parties[3]
