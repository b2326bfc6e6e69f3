"""A killed server loses nothing that anybody was shown or told is saved."""

import asyncio
import os
import random

import pytest

from tests.harness.blackbox import agreed_between
from tests.harness.server import Server
from tests.harness.storm import Seat, kept_by, lost, sit_down

MARKDOWN = "# Agreement\n\n## Hours\n\nThe workday is seven hours.\n"


async def survive(folder, kills: int, seed: int) -> int:
    """Kill a server under load again and again; returns how many promised clock ticks were looked for."""
    chance = random.Random(seed)
    server = Server(folder, registration="open").start()
    looked_for = 0
    try:
        ursula, dana, path = agreed_between(server.base, MARKDOWN)
        article = ursula.ok(200, "GET", path)["articles"][0]["id"]
        seats = [Seat(server.base, path.rsplit("/", 1)[1], person.token) for person in (ursula, dana, ursula)]
        for _ in range(kills):
            typists = await sit_down(seats, article)
            await asyncio.sleep(0.2 + chance.random() * 0.6)
            server.kill()
            for typist in typists:
                await typist.end()
            promised = [typist.promised() for typist in typists]
            server.start()
            kept, fresh = await kept_by(seats[0])
            await fresh.close()

            assert lost(promised, kept) == []
            looked_for += sum(sum(each.values()) for each in promised)
    finally:
        server.kill()
    return looked_for


async def test_nothing_shown_or_saved_is_lost_when_the_server_is_killed(tmp_path):
    looked_for = await survive(tmp_path, kills=3, seed=1)

    assert looked_for > 1_000


@pytest.mark.soak
async def test_nothing_is_lost_in_many_kills(tmp_path):
    """`PARLEY_SOAK_KILLS=1000` does what the aim of the table asks for."""
    looked_for = await survive(tmp_path, kills=int(os.environ.get("PARLEY_SOAK_KILLS", "20")), seed=2)

    assert looked_for > 10_000
