"""Splitting a suggestion: only the id of the part changes, and what is left is another version."""

import pytest

from app.crdt.splitting import Part, choose, split
from app.domain.events import Revised
from app.domain.ids import SuggestionId
from app.errors import NoSuchPart, SuggestionAlreadyResolved
from tests.harness.builders import agreed_text
from tests.harness.desk import Desk, ins

S1, N = SuggestionId("s1"), SuggestionId("n")


def three_changes(desk: Desk) -> None:
    """Insert `long `, strike `workday`, make `seven` bold: `s1`."""
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.format("assoc", 9, 16, del__assoc={"id": "s1"})
    desk.format("assoc", 20, 25, fmt__assoc={"id": "s1", "set": {"bold": True}})


def texts(desk: Desk, suggestion: SuggestionId) -> list[str]:
    content = desk.document.content(suggestion)
    return [change["text"] for change in content.changes] if content is not None else []


def test_a_change_becomes_a_suggestion_of_its_own(desk: Desk) -> None:
    three_changes(desk)
    before = desk.runs()

    done = split(desk.document, choose(desk.document, S1, Part(changes=[1])), N)

    assert (texts(desk, S1), texts(desk, N)) == (["long ", "seven"], ["workday"])
    assert "".join(text for text, _ in desk.runs()) == "".join(text for text, _ in before)
    assert done.facts == [Revised(S1)]
    assert desk.document.register.owners[N] == desk.document.register.owners[S1]
    assert agreed_text(desk.document) == "The workday is seven hours.\n"


def test_a_stretch_is_counted_over_the_changes_one_after_the_other(desk: Desk) -> None:
    three_changes(desk)

    split(desk.document, choose(desk.document, S1, Part(ranges=[(3, 9), (13, 14)])), N)

    assert texts(desk, N) == ["g ", "work", "e"]
    assert texts(desk, S1) == ["lon", "day", "s", "ven"]


def test_an_accepted_part_enters_and_the_rest_stands(desk: Desk) -> None:
    three_changes(desk)
    split(desk.document, choose(desk.document, S1, Part(changes=[0, 2])), N)

    enacted = desk.enact("n")

    assert enacted.agreed["a"] == [
        {"retain": 4},
        {"insert": "long "},
        {"retain": 11},
        {"retain": 5, "attributes": {"bold": True}},
    ]
    assert texts(desk, S1) == ["workday"]


def test_an_amendment_goes_with_the_text_that_it_stands_in(desk: Desk) -> None:
    desk.insert("assoc", 4, "very long or short ", **ins("s1"))
    desk.insert("district", 9, "too ", **ins("s2", "district"))

    done = split(desk.document, choose(desk.document, S1, Part(ranges=[(0, 9)])), N)

    amendment = desk.document.content(SuggestionId("s2"))
    assert amendment is not None
    assert amendment.amends == N
    assert Revised(SuggestionId("s2")) in done.facts


def test_all_of_it_is_known_to_be_all(desk: Desk) -> None:
    three_changes(desk)

    assert choose(desk.document, S1, Part(changes=[2], ranges=[(0, 12)])).is_whole
    assert not choose(desk.document, S1, Part(ranges=[(0, 16)])).is_whole


@pytest.mark.parametrize(
    "part",
    [
        Part(),
        Part(changes=[3]),
        Part(changes=[-1]),
        Part(ranges=[(0, 18)]),
        Part(ranges=[(3, 3)]),
        Part(ranges=[(-1, 2)]),
    ],
)
def test_a_part_that_is_not_there_is_refused(desk: Desk, part: Part) -> None:
    three_changes(desk)

    with pytest.raises(NoSuchPart):
        choose(desk.document, S1, part)


def test_nothing_is_left_to_part_of_what_has_gone(desk: Desk) -> None:
    with pytest.raises(SuggestionAlreadyResolved):
        choose(desk.document, S1, Part(changes=[0]))
