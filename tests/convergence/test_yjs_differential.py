"""Real Yjs against pycrdt on this text model: the same histories, with Yjs replicas for clients.

The server's side is pycrdt, so every replica that ends up equal to the document is one that Yjs and yrs read alike.
One node process serves all histories of a test.
"""

import os
import random
from collections.abc import Iterator

import pytest

from tests.convergence.test_promises import DECIDING, HONEST, HOSTILE, MOVING
from tests.harness.cohort import ARTICLES, Cohort
from tests.harness.replicas import PycrdtReplica, Replica, YjsProcess

HISTORIES = int(os.environ.get("PARLEY_HISTORIES", "60"))


@pytest.fixture(scope="module")
def yjs() -> Iterator[YjsProcess]:
    with YjsProcess() as process:
        yield process


def history(seed: int, *kinds: dict[str, int], length: int = 50) -> list[dict[str, object]]:
    rng = random.Random(seed)
    weights = {name: weight for kind in kinds for name, weight in kind.items()}
    return [
        {"actor": rng.randrange(1000), "op": op, "args": [rng.randrange(1000) for _ in range(5)]}
        for op in rng.choices(list(weights), list(weights.values()), k=length)
    ]


def test_honest_yjs_clients_keep_the_promises(yjs: YjsProcess) -> None:
    for seed in range(HISTORIES):
        Cohort(make=yjs).run(history(seed, HONEST, MOVING, DECIDING))


def test_hostile_yjs_clients_break_no_promise(yjs: YjsProcess) -> None:
    for seed in range(HISTORIES):
        Cohort(parties=3, make=yjs).run(history(seed, HONEST, MOVING, DECIDING, HOSTILE))


def test_yjs_and_pycrdt_clients_at_one_table_agree(yjs: YjsProcess) -> None:
    for seed in range(HISTORIES // 2):
        made = 0

        def either(state: bytes, client_id: int, articles: tuple[str, ...]) -> Replica:
            nonlocal made
            made += 1
            return (yjs if made % 2 else PycrdtReplica)(state, client_id, articles)

        Cohort(make=either).run(history(seed, HONEST, MOVING, DECIDING, HOSTILE))


def test_a_text_that_yjs_wrote_is_mirrored_as_yjs_reads_it(yjs: YjsProcess) -> None:
    cohort = Cohort(make=yjs)
    cohort.run(history(5, HONEST, MOVING))

    for article in ARTICLES:
        spelt = "".join(text for text, _ in cohort.clients[0].runs(article))
        assert spelt == "".join(piece.text for piece in cohort.document.articles[article].pieces())
