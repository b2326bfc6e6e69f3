"""What the editor suggests is what the service would have made of the edit: it admits it as it came."""

import json
from typing import Any

import pycrdt
import pytest

from app.crdt.admission import admit
from app.crdt.writer import Writer
from app.domain.ids import MemberId, PartyKey
from tests.harness.builders import owner, runs_in, table_of_runs, whole
from tests.harness.requirements import ROOT

Vector = dict[str, Any]


def vectors() -> list[Vector]:
    files = sorted((ROOT / "tests" / "vectors").glob("editor-*.json"))
    return [vector for file in files for vector in json.loads(file.read_text())]


def owners_in(vector: Vector) -> dict[str, Any]:
    """Who opened each suggestion of the text: the writer its own, somebody of its party every other mark's."""
    found = {}
    for run in vector["runs"]:
        for name, mark in run["attributes"].items():
            if isinstance(mark, dict):
                party = mark["party"] if name == "ins" else name.partition(":")[2]
                mine = party == vector["writer"]["party"] and mark["id"] in vector.get("mine", [])
                found[mark["id"]] = owner(party, vector["writer"]["member"] if mine else f"another of {party}")
    return found


def write(text: pycrdt.Text, delta: list[dict[str, Any]]) -> None:
    """Carry out a delta of UTF-16 units on a text of bytes."""
    at = 0
    for op in delta:
        if "insert" in op:
            text.insert(at, op["insert"], op.get("attributes") or {})
            at += len(op["insert"].encode())
            continue
        rest = str(text).encode()[at:].decode().encode("utf-16-le")
        size = len(rest[: 2 * op.get("delete", op.get("retain"))].decode("utf-16-le").encode())
        if "delete" in op:
            del text[at : at + size]
            continue
        if op.get("attributes"):
            text.format(at, at + size, op["attributes"])
        at += size


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["name"])
def test_a_suggestion_of_the_editor_is_admitted_as_it_came(vector: Vector) -> None:
    document = table_of_runs([(run["text"], run["attributes"]) for run in vector["runs"]], owners_in(vector))
    client: pycrdt.Doc[Any] = pycrdt.Doc()
    client.apply_update(document.state())
    before = client.get_state()
    write(client.get("articles", type=pycrdt.Map)["a"], vector["suggested"])
    frame = client.get_update(before)
    member, party = MemberId(vector["writer"]["member"]), PartyKey(vector["writer"]["party"])

    admitted = admit(document, [frame], Writer(member, party, may_write=True, client_ids={client.client_id}))

    assert admitted.corrections is None
    assert runs_in(document) == whole([(run["text"], run["attributes"]) for run in vector["after"]])
