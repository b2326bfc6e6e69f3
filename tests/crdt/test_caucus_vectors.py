"""The vectors that the browser's `suggest` reads too, in a caucus: what it makes of an edit is admitted as it comes."""

import json
from pathlib import Path
from typing import Any

import pycrdt
import pytest

from app.crdt.admission import Admitted, admit
from app.crdt.caucus import Caucus
from app.crdt.writer import Writer
from app.domain.ids import ArticleId, MemberId, PartyKey
from app.domain.log import Register
from tests.harness.builders import runs_in, table_of_runs, whole
from tests.harness.honest import Delta, apply_delta

FOLDER = Path(__file__).resolve().parents[1] / "vectors"
VECTORS = [
    pytest.param(vector, id=f"{path.stem}: {vector['name']}")
    for path in sorted(FOLDER.glob("caucus-*.json"))
    for vector in json.loads(path.read_text())
]


class Member:
    """Somebody of the party, with a replica of the caucus's one article."""

    def __init__(self, name: str, party: str) -> None:
        self.writer = Writer(MemberId(name), PartyKey(party))
        self.replica: pycrdt.Doc[Any] = pycrdt.Doc()
        self._frames: list[bytes] = []
        self.replica.observe(lambda event: self._frames.append(event.update))

    def hear(self, update: bytes) -> None:
        self.replica.apply_update(update)
        self._frames.clear()

    def edit(self, delta: Delta) -> list[bytes]:
        """Carry out a delta (code points), and give back the frames that it makes."""
        text = self.replica.get("articles", type=pycrdt.Map)["a"]
        apply_delta(text, [(part, dict(marks or {})) for part, marks in text.diff()], delta)
        frames, self._frames = self._frames, []
        return frames


def is_drafted(run: dict[str, Any]) -> bool:
    return "draft:ins" in run["attributes"]


def drafted_by(run: dict[str, Any], vector: dict[str, Any]) -> str:
    ids = [mark["id"] for name, mark in run["attributes"].items() if name.startswith("draft:")]
    return vector["writer"]["member"] if set(ids) <= set(vector["mine"]) else "colleague"


def in_caucus(vector: dict[str, Any]) -> tuple[Caucus, Member]:
    """The vector's text: its table, and over it the drafts, each made by its author."""
    party = vector["writer"]["party"]
    tabled = [
        (run["text"], {name: mark for name, mark in run["attributes"].items() if not name.startswith("draft:")})
        for run in vector["runs"]
        if not is_drafted(run)
    ]
    table = table_of_runs(tabled)
    caucus = Caucus([table.state()], Register(articles=[ArticleId("a")]), party=PartyKey(party))
    members = {name: Member(name, party) for name in (vector["writer"]["member"], "colleague")}
    for member in members.values():
        member.hear(caucus.state())
    at = 0
    for run in vector["runs"]:
        drafts = {name: mark for name, mark in run["attributes"].items() if name.startswith("draft:")}
        if drafts:
            length = len(run["text"])
            step: dict[str, Any] = (
                {"insert": run["text"], "attributes": run["attributes"]}
                if is_drafted(run)
                else {"retain": length, "attributes": drafts}
            )
            author = members[drafted_by(run, vector)]
            admit(caucus, author.edit([{"retain": at}, step] if at else [step]), author.writer)
            for member in members.values():
                member.hear(caucus.state())
        at += len(run["text"])
    return caucus, members[vector["writer"]["member"]]


def edited(vector: dict[str, Any]) -> tuple[Caucus, Admitted]:
    caucus, author = in_caucus(vector)
    text = "".join(run["text"] for run in vector["runs"])
    return caucus, admit(caucus, author.edit(in_code_points(text, vector["suggested"])), author.writer)


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


@pytest.mark.parametrize("vector", VECTORS)
def test_what_the_browser_makes_of_an_edit_in_a_caucus_stands_as_it_comes(vector: dict[str, Any]) -> None:
    caucus, admitted = edited(vector)

    assert admitted.corrections is None
    assert runs_in(caucus) == whole([(run["text"], run["attributes"]) for run in vector["after"]])
