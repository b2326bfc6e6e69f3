"""The promises of a caucus over random histories at a table and in two caucuses over it: honest, late and hostile.

Short by default; `PARLEY_HISTORIES=2000` makes them long, and so does `make soak`. What fails is shrunk and kept under
`traces/`, as at the table, and replayed with the others there.
"""

import os
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.harness import traces
from tests.harness.caucuses import CAUCUS_OPERATIONS, Negotiation
from tests.harness.cohort import OPERATIONS

HISTORIES = int(os.environ.get("PARLEY_HISTORIES", "60"))
SOAK = int(os.environ.get("PARLEY_HISTORIES", "1000"))
HONEST = {"insert": 10, "type": 10, "delete": 8, "format": 6, "take_back": 2, "undo": 4}
MOVING = {"send": 22, "receive": 18, "reconnect": 2, "merge": 2}
HOSTILE = {"forge_insert": 6, "forge_delete": 5, "forge_format": 6, "noise": 2, "craft": 6}
AT_TABLE = {"close": 1, "reload": 1, "enact": 4, "remove": 2, "accept_part": 2, "counter": 2}
IN_CAUCUS = {"follow": 12, "table": 8, "restart": 2, "canary": 4}

numbers = st.lists(st.integers(0, 999), min_size=5, max_size=5)


def everywhere(weights: dict[str, int]) -> dict[str, int]:
    """The same operations at the table and in the caucuses."""
    return {**weights, **in_caucus(weights)}


def in_caucus(weights: dict[str, int]) -> dict[str, int]:
    return {f"caucus:{name}": weight for name, weight in weights.items()}


HONESTLY = {**everywhere(HONEST), **everywhere(MOVING), **AT_TABLE, **in_caucus(IN_CAUCUS)}
ANYHOW = {**HONESTLY, **everywhere(HOSTILE), "caucus:same_id": 1}

several = settings(
    max_examples=HISTORIES,
    deadline=None,
    print_blob=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)


def histories(weights: dict[str, int]) -> st.SearchStrategy[list[dict[str, Any]]]:
    weighted = [name for name, weight in weights.items() for _ in range(weight)]
    operation = st.fixed_dictionaries({"actor": st.integers(0, 999), "op": st.sampled_from(weighted), "args": numbers})
    return st.lists(operation, min_size=20, max_size=80)


def run(name: str, operations: list[dict[str, Any]], parties: int = 2) -> None:
    """Carry out a history; a failing one is kept as a trace, the smallest that hypothesis finds last."""
    try:
        Negotiation(parties).run(operations)
    except Exception:
        traces.write(f"failed-caucus-{name}", operations, parties=parties)
        raise


def test_every_operation_of_a_caucus_is_drawn() -> None:
    drawn = {name.removeprefix("caucus:") for name in ANYHOW}

    assert drawn == OPERATIONS.keys() | CAUCUS_OPERATIONS.keys()


@several
@given(operations=histories(HONESTLY))
def test_honest_drafting_keeps_the_promises_of_a_caucus(operations: list[dict[str, Any]]) -> None:
    run("honest", operations)


@several
@given(operations=histories(ANYHOW))
def test_hostile_clients_break_no_promise_of_a_caucus(operations: list[dict[str, Any]]) -> None:
    run("hostile", operations)


@several
@given(operations=histories(ANYHOW))
def test_a_third_party_breaks_no_promise_of_a_caucus(operations: list[dict[str, Any]]) -> None:
    run("three-parties", operations, parties=3)


@pytest.mark.parametrize("seed", range(6))
def test_an_honest_drafter_who_is_not_late_needs_no_correction(seed: int) -> None:
    """What the browser marks as a draft by itself is right as it comes."""
    rng = random.Random(seed)
    negotiation = Negotiation()
    for _ in range(40):
        side, choice = rng.randrange(2), rng.randrange(2)
        operation = f"caucus:{rng.choice(['insert', 'type', 'delete', 'format', 'take_back'])}"
        args = [rng.randrange(1000) for _ in range(5)]
        negotiation.do({"actor": side + 2 * choice, "op": operation, "args": args})
        drafter = negotiation.sides[side].clients[choice]
        negotiation.sides[side].send(drafter, 99)
        for client in negotiation.sides[side].clients:
            client.receive(99)

    negotiation.settle()

    assert negotiation.caucus_frames > 30
    assert negotiation.caucus_corrected == 0


@pytest.mark.soak
@pytest.mark.parametrize("parties", [2, 3])
def test_thousands_of_long_histories_in_caucus(parties: int) -> None:
    for seed in range(SOAK):
        rng = random.Random(seed)
        operations = [
            {"actor": rng.randrange(1000), "op": op, "args": [rng.randrange(1000) for _ in range(5)]}
            for op in rng.choices(list(ANYHOW), list(ANYHOW.values()), k=120)
        ]
        try:
            Negotiation(parties).run(operations)
        except Exception as error:
            smaller = traces.shrink(operations, parties=parties)
            path = traces.write(f"soak-caucus-{parties}-{seed}", smaller, parties=parties)
            raise AssertionError(f"seed {seed} failed; its history is kept in {path.name}") from error
