"""Two parties at a small table, and a client for each."""

import pytest

from tests.harness.builders import ASSOCIATION, DISTRICT
from tests.harness.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A table of one article, `The workday is seven hours.`, with a client of each party."""
    return Desk({"assoc": ASSOCIATION, "district": DISTRICT})
