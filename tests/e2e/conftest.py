"""One browser for the journeys of a file; every window in it is a profile of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.harness.windows import launched


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser
