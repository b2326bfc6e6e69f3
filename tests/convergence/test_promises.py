"""The promises over random histories of several clients: honest, late and hostile, with decisions between.

Short by default; `PARLEY_HISTORIES=2000` makes them long, and so does `make soak`. What fails is shrunk and kept under
`traces/`, and every trace kept there is replayed here for ever after.
"""

import os
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.harness import traces
from tests.harness.cohort import OPERATIONS, Cohort

HISTORIES = int(os.environ.get("PARLEY_HISTORIES", "120"))
SOAK = int(os.environ.get("PARLEY_HISTORIES", "2000"))
HONEST = {"insert": 10, "type": 10, "delete": 8, "format": 6, "take_back": 2, "undo": 4}
MOVING = {"send": 22, "receive": 18, "reconnect": 2, "merge": 2, "close": 1, "reload": 1}
DECIDING = {"enact": 4, "remove": 2, "accept_part": 3, "counter": 3}
HOSTILE = {"forge_insert": 6, "forge_delete": 5, "forge_format": 6, "noise": 2, "craft": 6}

numbers = st.lists(st.integers(0, 999), min_size=5, max_size=5)


def histories(*kinds: dict[str, int]) -> st.SearchStrategy[list[dict[str, Any]]]:
    weighted = [name for kind in kinds for name, weight in kind.items() for _ in range(weight)]
    operation = st.fixed_dictionaries({"actor": st.integers(0, 999), "op": st.sampled_from(weighted), "args": numbers})
    return st.lists(operation, min_size=10, max_size=60)


several = settings(
    max_examples=HISTORIES,
    deadline=None,
    print_blob=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)


def run(name: str, operations: list[dict[str, Any]], parties: int = 2) -> None:
    """Carry out a history; a failing one is kept as a trace, the smallest that hypothesis finds last."""
    try:
        Cohort(parties).run(operations)
    except Exception:
        traces.write(f"failed-{name}", operations, parties=parties)
        raise


def test_every_operation_is_drawn() -> None:
    assert {*HONEST, *MOVING, *DECIDING, *HOSTILE} == OPERATIONS.keys()


@several
@given(operations=histories(HONEST, MOVING))
def test_honest_clients_that_race_keep_the_promises(operations: list[dict[str, Any]]) -> None:
    run("honest", operations)


@several
@given(operations=histories(HONEST, MOVING, DECIDING))
def test_decisions_between_late_frames_keep_the_promises(operations: list[dict[str, Any]]) -> None:
    run("deciding", operations)


@several
@given(operations=histories(HONEST, MOVING, DECIDING, HOSTILE))
def test_hostile_clients_break_no_promise(operations: list[dict[str, Any]]) -> None:
    run("hostile", operations)


@several
@given(operations=histories(HONEST, MOVING, DECIDING, HOSTILE))
def test_three_signatory_parties_keep_the_promises(operations: list[dict[str, Any]]) -> None:
    run("three-parties", operations, parties=3)


@pytest.mark.parametrize("name", traces.names())
def test_a_history_that_failed_once_holds(name: str) -> None:
    traces.replay(name)


@pytest.mark.parametrize("seed", range(8))
def test_an_honest_history_without_decisions_needs_no_correction(seed: int) -> None:
    """Marks that a client sets by itself are right as they come, as long as it is not late."""
    rng = random.Random(seed)
    cohort = Cohort()
    for _ in range(40):
        op = rng.choice(["insert", "type", "delete", "format", "take_back"])
        actor = rng.choice([0, 1, 2, 3])
        cohort.do({"actor": actor, "op": op, "args": [rng.randrange(1000) for _ in range(5)]})
        cohort.send(cohort.clients[actor], 99)
        for client in cohort.clients:
            client.receive(99)

    cohort.settle()

    assert cohort.frames > 30
    assert cohort.corrected == 0


@pytest.mark.soak
@pytest.mark.parametrize("parties", [2, 3])
def test_thousands_of_long_histories(parties: int) -> None:
    weights = {**HONEST, **MOVING, **DECIDING, **HOSTILE}
    for seed in range(SOAK):
        rng = random.Random(seed)
        operations = [
            {"actor": rng.randrange(1000), "op": op, "args": [rng.randrange(1000) for _ in range(5)]}
            for op in rng.choices(list(weights), list(weights.values()), k=80)
        ]
        try:
            Cohort(parties).run(operations)
        except Exception as error:
            smaller = traces.shrink(operations, parties=parties)
            path = traces.write(f"soak-{parties}-{seed}", smaller, parties=parties)
            raise AssertionError(f"seed {seed} failed; its history is kept in {path.name}") from error
