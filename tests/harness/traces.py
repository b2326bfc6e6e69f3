"""Histories as data: a failing one is written down, and is replayed for ever after."""

import json
from collections.abc import Sequence
from pathlib import Path

from tests.harness.caucuses import Negotiation
from tests.harness.cohort import Cohort, Operation

FOLDER = Path(__file__).resolve().parents[1] / "convergence" / "traces"


def write(name: str, operations: Sequence[Operation], *, parties: int = 2) -> Path:
    """Write a history down, one operation a line."""
    FOLDER.mkdir(exist_ok=True)
    lines = ",\n    ".join(json.dumps(operation) for operation in operations)
    path = FOLDER / f"{name}.json"
    path.write_text(f'{{\n  "parties": {parties},\n  "operations": [\n    {lines}\n  ]\n}}\n')
    return path


def names() -> list[str]:
    """Every history that was written down."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def replay(name: str) -> Cohort:
    """Carry out a history again; raises what it raises."""
    trace = json.loads((FOLDER / f"{name}.json").read_text())
    cohort = gathered(trace["operations"], trace["parties"])
    cohort.run(trace["operations"])
    return cohort


def gathered(operations: Sequence[Operation], parties: int) -> Cohort:
    """Gather whoever a history needs: a table, and the caucuses over it where it goes into them."""
    drafts = any(operation["op"].startswith("caucus:") for operation in operations)
    return Negotiation(parties) if drafts else Cohort(parties)


def shrink(operations: list[Operation], *, parties: int = 2) -> list[Operation]:
    """Leave out of a failing history whatever it fails without."""
    size = max(len(operations) // 2, 1)
    while size:
        start = 0
        while start < len(operations):
            fewer = operations[:start] + operations[start + size :]
            if fails(fewer, parties=parties):
                operations = fewer
            else:
                start += size
        size //= 2
    return operations


def fails(operations: Sequence[Operation], *, parties: int = 2) -> bool:
    """Whether a history breaks a promise."""
    try:
        gathered(operations, parties).run(operations)
    except Exception:  # noqa: BLE001 - whatever a history raises is its failure.
        return True
    return False
