"""The vectors that the browser's `suggest` reads too: what it makes of an edit is what admission lets stand."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycrdt
import pytest

from app.crdt.admission import Admitted, Writer, admit
from app.crdt.document import Document
from app.domain.ids import MemberId, PartyKey
from app.domain.log import Owner
from tests.harness.builders import owner, runs_in, table_of_runs
from tests.harness.honest import Delta, apply_delta, slice_runs

FOLDER = Path(__file__).resolve().parents[1] / "vectors"
VECTORS = [
    pytest.param(vector, id=f"{path.stem}: {vector['name']}")
    for path in sorted(FOLDER.glob("*suggest*.json")) + sorted(FOLDER.glob("*random*.json"))
    for vector in json.loads(path.read_text())
]
FLAT = re.compile(r"ins|del:.*|fmt:.*")


def owners_in(vector: dict[str, Any]) -> dict[str, Owner]:
    """Whose the suggestions in a vector's text are: the writer's where it says so, else another member's."""
    found: dict[str, Owner] = {}
    mine = vector.get("mine")
    for run in vector["runs"]:
        for name, mark in run["attributes"].items():
            if FLAT.fullmatch(name):
                party = mark["party"] if name == "ins" else name[4:]
                is_mine = party == vector["writer"]["party"] and (mine is None or mark["id"] in mine)
                found[mark["id"]] = owner(party, vector["writer"]["member"] if is_mine else f"other-{party}")
    return found


def in_code_points(text: str, delta: Delta) -> Delta:
    """Count a delta's lengths in code points instead of UTF-16 units."""
    units = text.encode("utf-16-le")
    done = 0
    made: Delta = []
    for step in delta:
        counted = dict(step)
        for name in ("retain", "delete"):
            if name in counted:
                counted[name] = len(units[2 * done : 2 * (done + step[name])].decode("utf-16-le"))
                done += step[name]
        made.append(counted)
    return made


def is_plain(vector: dict[str, Any]) -> bool:
    """Whether the same text comes of it when a client without suggestion mode makes that edit.

    Such a client sees nothing of a format that is only suggested, and parts no character; and the server, which is told
    what was deleted and what was inserted but not in which order, puts the old before the new.
    """
    text = "".join(run["text"] for run in vector["runs"])
    try:
        delta = in_code_points(text, vector["delta"])
    except UnicodeDecodeError:
        return False
    if any("insert" in step and "delete" in following for step, following in pairwise(delta)):
        return False
    runs = [(run["text"], run["attributes"]) for run in vector["runs"]]
    at = 0
    for step in delta:
        length = 0 if "insert" in step else step.get("retain") or step["delete"]
        changes = step.get("attributes", {}) if "retain" in step else {}
        for _, marks in slice_runs(runs, at, at + length):
            if any(marks.get(name) == value for name, value in changes.items()) and any(
                "fmt:" in name for name in marks
            ):
                return False
        at += length
    return True


def edited(vector: dict[str, Any], delta: Delta) -> tuple[Document, Admitted]:
    """Let a client make that very edit, and admit it."""
    document = table_of_runs([(run["text"], run["attributes"]) for run in vector["runs"]], owners_in(vector))
    replica: pycrdt.Doc[Any] = pycrdt.Doc()
    replica.apply_update(document.state())
    frames: list[bytes] = []
    replica.observe(lambda event: frames.append(event.update))
    text = replica.get("articles", type=pycrdt.Map)["a"]
    runs = [(part, dict(marks or {})) for part, marks in text.diff()]
    apply_delta(text, runs, in_code_points(text.to_py() or "", delta))
    writer = Writer(MemberId(vector["writer"]["member"]), PartyKey(vector["writer"]["party"]))
    return document, admit(document, frames, writer)


def spelt(runs: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    return [{"text": text, "attributes": marks} for text, marks in runs]


def nameless(runs: list[dict[str, Any]], party: str) -> str:
    """The text without the ids of one party's suggestions: which one a change joins is each side's to choose."""
    own = {"ins", f"del:{party}", f"fmt:{party}"}
    for run in runs:
        for name, mark in run["attributes"].items():
            if name in own and mark.get("party", party) == party:
                mark["id"] = "own"
    joined: list[dict[str, Any]] = []
    for run in runs:
        if joined and joined[-1]["attributes"] == run["attributes"]:
            joined[-1] = {**run, "text": joined[-1]["text"] + run["text"]}
        else:
            joined.append(run)
    return json.dumps(joined, sort_keys=True)


@pytest.mark.parametrize("vector", VECTORS)
def test_what_the_browser_makes_of_an_edit_stands_as_it_comes(vector: dict[str, Any]) -> None:
    document, admitted = edited(vector, vector["suggested"])

    assert admitted.corrections is None
    assert spelt(runs_in(document)) == vector["after"]


@pytest.mark.parametrize("vector", [param for param in VECTORS if is_plain(param.values[0])])
def test_the_plain_edit_becomes_the_same_text(vector: dict[str, Any]) -> None:
    document, _ = edited(vector, vector["delta"])

    party = vector["writer"]["party"]
    assert nameless(spelt(runs_in(document)), party) == nameless(vector["after"], party)
