"""What the collector may have of a service: all of one that has ended, and nothing of a process that serves."""

import gc
import weakref

from app.api.warming import settled
from tests.harness.actors import started


async def test_a_service_that_has_ended_is_forgotten(tmp_path):
    async with started(tmp_path) as service:
        ended = weakref.ref(service.app)
    del service
    gc.collect()

    assert ended() is None


async def test_a_process_that_serves_keeps_the_collector_from_what_stands():
    async def application(_scope, _receive, send):
        await send({"type": "lifespan.startup.complete"})

    told = []

    async def hear(message):
        told.append((message["type"], gc.get_freeze_count() > 0))

    try:
        await settled(application)({"type": "lifespan"}, None, hear)
    finally:
        gc.unfreeze()

    assert told == [("lifespan.startup.complete", True)]
