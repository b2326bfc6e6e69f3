"""What a suggestion says, and its hash."""

from time import process_time
from typing import Any

# Hypothesis loads this at first use: better now than inside a test, where other threads run. CPython 3.11 cannot
# parse in two threads at once (https://github.com/python/cpython/issues/106905).
import hypothesis.strategies._internal.regex  # noqa: F401
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.crdt.canonical import agreement_hash, article_bytes, canonical, content_hash
from app.domain.ids import ArticleId, SuggestionId
from tests.harness.builders import ASSOCIATION, DISTRICT, paragraph, table, table_of_runs
from tests.harness.desk import Desk, ins

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z:_-]{1,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(value=json_values)
def test_the_canonical_form_is_that_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_the_hash_of_an_agreement_is_that_of_the_list_of_its_articles() -> None:
    document = table({"a": [paragraph("One.")], "b": [paragraph("Two.", "heading")]})
    titles = {ArticleId("a"): "First", ArticleId("b"): "Secönd"}
    articles = [{"id": key, "title": title, "paragraphs": document.agreed(key)} for key, title in titles.items()]

    assert document.content_hash(titles) == content_hash(articles)
    assert document.article_hash(ArticleId("b"), "Secönd") == content_hash(articles[1])
    assert agreement_hash([article_bytes(*articles[0].values())]) == content_hash(articles[:1])


def test_before_and_after_are_the_paragraphs_without_and_with_it(desk: Desk) -> None:
    desk.format("assoc", 15, 20, del__assoc={"id": "s1"})
    desk.insert("assoc", 20, "eight", **ins("s1"))
    desk.insert("district", 0, "Not: ", **ins("s2", "district"))

    content = desk.document.content("s1")

    assert content.kind == "replacement"
    assert content.before == "The workday is seven hours."
    assert content.after == "The workday is eight hours."
    assert content.changes == [
        {"kind": "deletion", "text": "seven", "offset": 15},
        {"kind": "insertion", "text": "eight", "offset": 20},
    ]


def test_a_split_tells_both_halves() -> None:
    desk = Desk({"assoc": ASSOCIATION}, paragraph("One two."), paragraph("Three."))
    desk.insert("assoc", 3, "\n", **ins("s1"))

    content = desk.document.content("s1")

    assert (content.before, content.after) == ("One two.", "One\n two.")


def test_a_join_tells_both_paragraphs() -> None:
    desk = Desk({"assoc": ASSOCIATION}, paragraph("One."), paragraph("Two."), paragraph("Three."))
    desk.format("assoc", 4, 5, del__assoc={"id": "s1"})

    content = desk.document.content("s1")

    assert (content.kind, content.before, content.after) == ("deletion", "One.\nTwo.", "One.Two.")


def test_a_format_tells_what_it_sets(desk: Desk) -> None:
    desk.format("assoc", 4, 11, fmt__assoc={"id": "s1", "set": {"bold": True, "italic": None}})

    content = desk.document.content("s1")

    assert content.kind == "format"
    assert content.changes == [
        {"kind": "format", "text": "workday", "offset": 4, "set": {"bold": True, "italic": None}}
    ]


@pytest.mark.parametrize("other", ["insertion", "deletion", "format"])
def test_another_suggestion_in_the_same_words_does_not_move_the_hash(desk: Desk, other: str) -> None:
    desk.format("assoc", 4, 11, del__assoc={"id": "s1"})
    before = desk.document.content("s1")

    if other == "insertion":
        desk.insert("district", 6, "XX", **ins("s2", "district"))
    elif other == "deletion":
        desk.format("district", 2, 9, del__district={"id": "s2"})
    else:
        desk.format("district", 2, 9, fmt__district={"id": "s2", "set": {"bold": True}})

    assert desk.document.content("s1") == before


def test_the_hash_moves_with_the_agreed_text_of_its_paragraph(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.insert("district", 32, "!", **ins("s2", "district"))
    before = desk.document.content("s2").content_hash

    desk.enact("s1")

    assert desk.document.content("s2").content_hash != before


def test_the_hash_of_an_amendment_moves_with_the_proposal(desk: Desk) -> None:
    desk.insert("assoc", 4, "very long ", **ins("s1"))
    desk.format("district", 4, 9, del__district={"id": "s2"})
    before = desk.document.content("s2").content_hash

    desk.insert("assoc", 13, "and hard ", **ins("s1"))

    assert desk.document.content("s2").content_hash != before


def test_what_inserts_at_the_edge_of_a_proposal_does_not_amend_it(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.insert("district", 4, "A", **ins("s2", "district"))
    desk.insert("district", 10, "B", **ins("s3", "district"))

    assert desk.document.content("s2").amends is None
    assert desk.document.content("s3").amends is None


def test_what_changes_a_proposal_and_agreed_text_at_once_amends_neither(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.format("district", 2, 6, del__district={"id": "s2"})

    content = desk.document.content("s2")

    assert content.amends is None
    assert content.before == "The loworkday is seven hours."


def test_pending_suggestions_are_listed_in_text_order() -> None:
    desk = Desk({"assoc": ASSOCIATION, "district": DISTRICT}, paragraph("One two three."))
    desk.text("district", "b").insert(0, "X", ins("s4", "district"))
    desk.send("district")
    desk.insert("assoc", 8, "X", **ins("s3"))
    desk.insert("district", 4, "X", **ins("s2", "district"))
    desk.format("assoc", 0, 2, del__assoc={"id": "s1"})

    assert desk.document.pending() == ["s1", "s2", "s3", "s4"]


def test_a_suggestion_of_which_nothing_is_left_has_no_content(desk: Desk) -> None:
    assert desk.document.content("s1") is None
    assert desk.document.contents(["s1"]) == {}


def test_a_paragraph_of_megabytes_is_read_in_time_linear_in_its_length() -> None:
    """Whoever may write could otherwise make every reading of the table take minutes."""
    document = table_of_runs([("x" * (8 << 20), {"ins": {"id": "s1", "party": "assoc"}}), ("\n", {})])
    began = process_time()

    content = document.content(SuggestionId("s1"))
    paragraphs = document.articles[ArticleId("a")].proposed()

    assert process_time() - began < 2
    assert content is not None
    assert len(content.after) == len(paragraphs[0]["runs"][0]["text"]) == 8 << 20
