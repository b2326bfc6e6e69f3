"""Two workers over one PostgreSQL and one Redis serve one document, and either may die at any moment."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from app.crdt import protocol
from tests.harness.blackbox import agreed_between
from tests.harness.database import postgres_address
from tests.harness.server import Server
from tests.harness.sockets import Socket
from tests.harness.storm import Clocks, Seat, lost, sit_down

MARKDOWN = "# Agreement\n\n## Hours\n\nThe workday is seven hours.\n"
SECRET = "a secret for tests only"


@pytest.fixture(scope="module")
def database_url(postgres_url) -> Iterator[str]:
    with asyncio.Runner() as runner:
        address = postgres_address(postgres_url)
        yield runner.run(address.__aenter__())
        runner.run(address.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def workers(tmp_path_factory, database_url, redis_url) -> Iterator[tuple[Server, Server]]:
    folder = tmp_path_factory.mktemp("workers")
    settings = {"database_url": database_url, "secret_key": SECRET, "registration": "open", "redis_url": redis_url}
    first, second = (Server(folder, **settings) for _ in range(2))
    first.migrate()
    first.start()
    second.start()
    yield first, second
    first.kill()
    second.kill()


@pytest.fixture(scope="module")
def table(workers) -> tuple[list[Seat], str]:
    """A seat of the union at the first worker, one of the district at the second, and the article."""
    ursula, dana, path = agreed_between(workers[0].base, MARKDOWN)
    article = ursula.ok(200, "GET", path)["articles"][0]["id"]
    agreement = path.rsplit("/", 1)[1]
    return [Seat(workers[0].base, agreement, ursula.token), Seat(workers[1].base, agreement, dana.token)], article


@pytest.fixture
async def take() -> AsyncIterator[Callable[[Seat], Awaitable[Socket]]]:
    """Take a seat for as long as the test lasts."""
    taken: list[Socket] = []

    async def one(seat: Seat) -> Socket:
        taken.append(await seat.take())
        return taken[-1]

    yield one
    for socket in taken:
        await socket.close()


async def hear_until(socket: Socket, article: str, text: str) -> None:
    await asyncio.wait_for(socket.until_text(article, text), 20)


def clocks(socket: Socket) -> Clocks:
    return protocol.read_state_vector(socket.document.get_state())


async def until_equal(*replicas: Socket) -> None:
    """Hear what is still on its way, until all know the same."""
    hearing = {asyncio.create_task(each.hear()): each for each in replicas}
    async with asyncio.timeout(30):
        while any(clocks(each) != clocks(replicas[0]) for each in replicas):
            heard, _ = await asyncio.wait(hearing, return_when=asyncio.FIRST_COMPLETED)
            for task in heard:
                task.result()
                each = hearing.pop(task)
                hearing[asyncio.create_task(each.hear())] = each
    for task in hearing:
        task.cancel()


async def test_what_is_typed_at_one_worker_is_seen_at_the_other(table, take):
    seats, article = table
    ursula, dana = [await take(seat) for seat in seats]

    await ursula.insert(article, 0, "From the first. ")
    await hear_until(dana, article, "From the first. ")
    await dana.insert(article, 0, "From the second. ")
    await hear_until(ursula, article, "From the second. ")

    assert str(ursula.articles[article]) == str(dana.articles[article])


async def test_without_redis_the_other_worker_hears_from_the_log(tmp_path, table, take, database_url):
    """Word between workers is only a hint: a worker that gets none is late, and misses nothing."""
    seats, article = table
    settings = {"database_url": database_url, "secret_key": SECRET, "redis_url": "redis://127.0.0.1:1/0"}
    deaf = Server(tmp_path, **settings).start()
    try:
        reader = await take(Seat(deaf.base, seats[1].agreement, seats[1].token))
        writer = await take(seats[0])

        await writer.insert(article, 0, "Late but whole. ")
        await hear_until(reader, article, "Late but whole. ")
    finally:
        deaf.kill()


async def test_a_read_at_one_worker_shows_what_was_saved_at_the_other(table, take):
    seats, article = table
    dana = await take(seats[1])

    for number in range(5):
        await dana.insert(article, 0, f"Number {number}. ")
        await dana.until_saved()
        reader = await take(seats[0])
        assert f"Number {number}. " in str(reader.articles[article])


async def test_one_worker_dies_and_nothing_that_was_promised_is_lost(workers, table, take):
    seats, article = table
    typists = await sit_down([*seats, *seats], article)
    await asyncio.sleep(1.0)

    workers[0].kill()
    await asyncio.sleep(0.5)
    for typist in typists:
        await typist.end()
    promised = [typist.promised() for typist in typists]
    fresh = await take(seats[1])
    kept = clocks(fresh)

    assert lost(promised, kept) == []
    assert sum(kept.values()) > 500
    workers[0].start()
    again = await take(seats[0])
    await until_equal(again, fresh)
    assert str(again.articles[article]) == str(fresh.articles[article])


async def test_typing_at_both_at_once_converges(table, take):
    seats, article = table
    typists = await sit_down([*seats, *seats], article)
    await asyncio.sleep(1.0)
    for typist in typists:
        await typist.end()

    replicas = [await take(seat) for seat in seats]
    await until_equal(*replicas)

    assert str(replicas[0].articles[article]) == str(replicas[1].articles[article])
    assert replicas[0].articles[article].diff() == replicas[1].articles[article].diff()
    assert lost([typist.promised() for typist in typists], clocks(replicas[0])) == []
