"""The mirror of a text: it follows deltas, at any place, and costs no more in a long text."""

import random
from itertools import pairwise
from typing import Any

import pycrdt
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crdt.marks import PLAIN, marks_of
from app.crdt.pieces import LONGEST, pieces_of, runs_of
from app.crdt.ranges import Ranges
from app.crdt.runs import FULL, ArticleText
from app.domain.ids import ArticleId
from tests.harness.builders import whole

MARKS: tuple[dict[str, Any], ...] = ({}, {"bold": True}, {"ins": {"id": "s1", "party": "assoc"}}, {"level": 2.0})
WORDS = ("a", "Ä", "😀 ", "one\ntwo", "\n", "long " * 300)

edits = st.lists(
    st.tuples(st.sampled_from("idf"), st.integers(0, 10_000), st.integers(1, 400), st.integers(0, 5)), max_size=30
)


@settings(max_examples=150, deadline=None)
@given(edits=edits)
def test_the_mirror_follows_every_delta(edits: list[tuple[str, int, int, int]]) -> None:
    doc: pycrdt.Doc[Any] = pycrdt.Doc()
    text = doc.get("text", type=pycrdt.Text)
    mirror = ArticleText(ArticleId("a"))
    heard = text.observe(lambda event: mirror.apply(event.delta))

    for kind, place, size, which in edits:
        content = str(text)
        at = len(content[: place % (len(content) + 1)].encode())
        end = at + len(content.encode()[at:].decode(errors="ignore")[:size].encode())
        if kind == "i":
            text.insert(at, WORDS[which], MARKS[which % 4])
        elif kind == "d" and end > at:
            del text[at:end]
        elif kind == "f" and end > at:
            text.format(at, end, MARKS[which % 4] or {"bold": None})

    assert whole((part, marks.attributes) for part, marks in runs_of(mirror.pieces())) == whole(text.diff())
    assert mirror.size == len(text)
    assert sum(leaf.size for leaf in mirror.leaves) == mirror.size
    assert all(len(leaf.pieces) <= FULL for leaf in mirror.leaves)
    counted: dict[str, int] = {}
    for piece in mirror.pieces():
        for suggestion in piece.marks.suggestions:
            counted[suggestion] = counted.get(suggestion, 0) + piece.size
    assert mirror.marked == counted
    text.unobserve(heard)


def test_a_piece_holds_one_paragraph_mark_or_none_and_is_never_long() -> None:
    pieces = list(pieces_of("One\ntwo\n\n" + "é" * 5000, PLAIN))

    assert [piece.text for piece in pieces[:5]] == ["One", "\n", "two", "\n", "\n"]
    assert all(piece.size <= LONGEST for piece in pieces)
    assert all("\n" not in piece.text or piece.text == "\n" for piece in pieces)
    assert "".join(piece.text for piece in pieces) == "One\ntwo\n\n" + "é" * 5000


def test_pieces_are_read_forwards_and_backwards_from_any_place() -> None:
    text = ArticleText(
        ArticleId("a"), [(f"{number:03} ", {"bold": True} if number % 2 else {}) for number in range(500)]
    )
    content = "".join(piece.text for piece in text.pieces())

    for place in random.Random(3).sample(range(0, 2000, 4), 60):
        assert "".join(piece.text for piece in text.forwards(place)) == content[place:]
        before = [piece.text for piece in text.backwards(place)]
        assert "".join(reversed(before)) == content[:place]
        assert "".join(piece.text for piece in text.slice(place, place + 9)) == content[place : place + 9]


def test_equal_marks_are_one_object_however_they_are_spelt() -> None:
    assert marks_of({"level": 2.0, "bold": True}) is marks_of({"bold": True, "level": 2})
    assert marks_of({}) is marks_of(None) is PLAIN


def test_the_three_readings_of_a_text() -> None:
    text = ArticleText(
        ArticleId("a"),
        [
            ("The ", {}),
            ("long ", {"ins": {"id": "s1", "party": "assoc"}, "bold": True}),
            ("work", {"del:district": {"id": "s2"}}),
            (
                "day",
                {
                    "fmt:assoc": {"id": "s3", "set": {"italic": True}},
                    "fmt:district": {"id": "s4", "set": {"italic": None}},
                },
            ),
            ("\n", {"style": "heading", "level": 2, "ins": {"id": "s5", "party": "assoc"}}),
            ("\n", {}),
        ],
    )

    agreed, proposed, markup = text.agreed(), text.proposed(), text.markup()

    assert agreed == [{"style": "paragraph", "level": 1, "runs": [{"text": "The workday", "marks": {}}]}]
    assert proposed[0] == {
        "style": "heading",
        "level": 2,
        "runs": [
            {"text": "The ", "marks": {}},
            {"text": "long ", "marks": {"bold": True}},
            {"text": "day", "marks": {}},
        ],
    }
    assert markup[0]["marks"] == {"ins": {"id": "s5", "party": "assoc"}}
    assert [run["text"] for run in markup[0]["runs"]] == ["The ", "long ", "work", "day"]
    assert "marks" not in markup[1]


def test_a_reading_is_kept_until_the_text_changes() -> None:
    text = ArticleText(ArticleId("a"), [("One.\n", {})])
    first = text.agreed()

    again = text.agreed()
    text.apply([{"insert": "x"}])

    assert first is again
    assert text.agreed() is not first


@given(
    parts=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=20),
    asked=st.tuples(st.integers(0, 60), st.integers(1, 9)),
)
def test_ranges_are_a_set_of_integers(parts: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    ranges, numbers = Ranges(), set()
    for start, length in parts:
        ranges.add(start, start + length)
        numbers |= set(range(start, start + length))

    wanted = set(range(asked[0], sum(asked)))

    assert {number for start, end in ranges for number in range(start, end)} == numbers
    assert all(left[1] < right[0] for left, right in pairwise(ranges))
    assert ranges.covers(asked[0], sum(asked)) == (wanted <= numbers)
    assert {
        number for start, end in ranges.gaps(asked[0], sum(asked)) for number in range(start, end)
    } == wanted - numbers
