"""The vectors of the browser's `suggest` in a caucus: what it drafts stands as it comes."""

import json
from pathlib import Path
from typing import Any

import pycrdt
import pytest

from app.crdt.admission import Writer, admit
from app.crdt.caucus import Caucus
from app.crdt.intake import CAUCUS_CLIENTS
from app.crdt.yjs import first_update
from app.domain.ids import ArticleId, MemberId, PartyKey
from app.domain.log import Owner, Register
from tests.crdt.test_vectors import in_code_points, spelt
from tests.harness.builders import owner, runs_in
from tests.harness.honest import apply_delta

FOLDER = Path(__file__).resolve().parents[1] / "vectors"
VECTORS = [
    pytest.param(vector, id=f"{path.stem}: {vector['name']}")
    for path in sorted(FOLDER.glob("caucus-*.json"))
    for vector in json.loads(path.read_text())
]
DRAFTS = ("draft:ins", "draft:del", "draft:fmt")


def owners_in(vector: dict[str, Any]) -> dict[str, Owner]:
    """Whose the drafts in a vector's text are: the writer's where it says so, else a colleague's."""
    party, member = vector["writer"]["party"], vector["writer"]["member"]
    named = {run["attributes"][name]["id"] for run in vector["runs"] for name in DRAFTS if name in run["attributes"]}
    return {draft: owner(party, member if draft in vector["mine"] else "colleague") for draft in named}


@pytest.mark.parametrize("vector", VECTORS)
def test_what_the_browser_drafts_stands_as_it_comes(vector: dict[str, Any]) -> None:
    party = PartyKey(vector["writer"]["party"])
    runs = [(run["text"], run["attributes"]) for run in vector["runs"]]
    begun = first_update([(ArticleId("a"), runs)], CAUCUS_CLIENTS.start)
    caucus = Caucus([begun], Register(owners=owners_in(vector), articles=[ArticleId("a")]), party=party)
    replica: pycrdt.Doc[Any] = pycrdt.Doc()
    replica.apply_update(caucus.state())
    frames: list[bytes] = []
    replica.observe(lambda event: frames.append(event.update))
    text = replica.get("articles", type=pycrdt.Map)["a"]
    made = in_code_points(text.to_py() or "", vector["suggested"])

    apply_delta(text, [(part, dict(marks or {})) for part, marks in text.diff()], made)
    admitted = admit(caucus, frames, Writer(MemberId(vector["writer"]["member"]), party))

    assert admitted.corrections is None
    assert spelt(runs_in(caucus)) == vector["after"]
