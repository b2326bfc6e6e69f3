"""Writing a counter: the least that has to change, beside the other's words and never in them."""

import pytest

from app.crdt.countering import Writer, prepare, write
from app.crdt.rewording import Reword, reword
from app.domain.ids import MemberId, SuggestionId
from app.errors import InvalidContent, NotPermitted, OverlapsOwn, SuggestionAlreadyResolved
from tests.harness.builders import ASSOCIATION, DISTRICT, agreed_text, paragraph
from tests.harness.desk import Desk, ins

S1, C = SuggestionId("s1"), SuggestionId("c")
DANA = Writer(DISTRICT, MemberId("district-member"), C)


def counter(desk: Desk, text: str, writer: Writer = DANA, to: SuggestionId = S1) -> str:
    """Write a counter; tell what its content says."""
    write(desk.document, prepare(desk.document, to, text, writer))
    content = desk.document.content(writer.suggestion)
    assert content is not None
    return content.after


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("two each month", "three each month", [Reword(0, 3, "three")]),
        ("a b c d", "a x c y", [Reword(2, 3, "x"), Reword(6, 7, "y")]),
        ("two big dogs", "some cats", [Reword(0, 12, "some cats")]),
        ("one", "one two", [Reword(3, 3, " two")]),
        ("one\ntwo", "one", [Reword(3, 7, "")]),
        ("same", "same", []),
    ],
)
def test_the_words_that_change_and_no_others(old: str, new: str, changes: list[Reword]) -> None:
    assert reword(old, new) == changes


def test_a_long_wording_is_replaced_as_a_whole_and_at_once() -> None:
    old, new = "a " * 2_000, "b " * 2_000

    assert reword(old, new) == [Reword(0, 3_999, ("b " * 2_000)[:-1])]


def test_a_counter_says_its_wording_and_leaves_the_other_alone(desk: Desk) -> None:
    desk.format("assoc", 15, 20, del__assoc={"id": "s1"})
    desk.insert("assoc", 20, "six", **ins("s1"))
    before = desk.document.content(S1)

    after = counter(desk, "The workday is eight hours.")

    assert after == "The workday is eight hours."
    assert desk.document.content(S1) == before
    assert desk.document.content(C).amends is None
    assert agreed_text(desk.document) == "The workday is seven hours.\n"


def test_a_counter_to_new_paragraphs_stands_before_or_after_them(desk: Desk) -> None:
    desk.insert("assoc", 28, "No overtime.\n", **ins("s1"))

    assert counter(desk, "Overtime is paid.") == "Overtime is paid."

    desk.enact("c")
    assert agreed_text(desk.document) == "The workday is seven hours.\nOvertime is paid.\n"


def test_the_words_of_a_counter_look_like_those_they_replace() -> None:
    desk = Desk({"assoc": ASSOCIATION, "district": DISTRICT}, paragraph("Seven hours", "heading", bold=True))
    desk.format("assoc", 0, 5, del__assoc={"id": "s1"})

    counter(desk, "Eight\nshort hours")
    desk.enact("c")

    assert desk.runs() == [
        ("Eight", {"bold": True}),
        ("\n", {"style": "heading"}),
        ("short hours", {"bold": True}),
        ("\n", {"style": "heading"}),
    ]


def test_a_counter_to_an_amendment_amends_the_same_proposal() -> None:
    desk = Desk({"assoc": ASSOCIATION, "district": DISTRICT, "mediator": "mediator"})
    desk.insert("assoc", 4, "very long ", **ins("s1"))
    desk.format("mediator", 4, 8, del__mediator={"id": "s2"})

    counter(desk, "The rather long workday is seven hours.", to=SuggestionId("s2"))

    assert desk.document.content(C).amends == S1


def test_what_counters_nothing_is_refused(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.insert("district", 20, "about ", **ins("s2", "district"))
    ursula = Writer(ASSOCIATION, MemberId("assoc-member"), C)

    for text in ("The workday is seven hours.", "The long workday is seven hours."):
        with pytest.raises(InvalidContent):
            prepare(desk.document, S1, text, DANA)
    desk.format("district", 0, 3, del__district={"id": "s3"})
    with pytest.raises(OverlapsOwn):
        prepare(desk.document, S1, "Our workday is seven hours.", DANA)
    desk.format("district", 4, 9, del__district={"id": "s4"})
    with pytest.raises(NotPermitted):
        prepare(desk.document, SuggestionId("s4"), "The short workday is seven hours.", ursula)
    with pytest.raises(SuggestionAlreadyResolved):
        prepare(desk.document, SuggestionId("gone"), "x", DANA)
