"""What a service keeps from the collector while it runs, it gives back when it ends."""

import gc
import weakref

from tests.harness.actors import started


async def test_a_service_that_has_ended_is_forgotten(tmp_path):
    async with started(tmp_path) as service:
        ended = weakref.ref(service.app)
    del service
    gc.collect()

    assert ended() is None
