from hypothesis import given
from hypothesis import strategies as st

from app.domain.difference import ADDED, REMOVED, SAME, Stretch, differences

texts = st.lists(st.sampled_from(["the ", "workday", " ", "is", "seven", "½", "\n", "é", "🕖", ","]), max_size=30).map(
    "".join
)


def test_a_word_that_changed_is_marked_as_a_word() -> None:
    told = differences("Meetings are limited to two each month.", "Meetings are limited to four each month.")

    assert told == [
        Stretch(SAME, "Meetings are limited to "),
        Stretch(REMOVED, "two"),
        Stretch(ADDED, "four"),
        Stretch(SAME, " each month."),
    ]


def test_words_rewritten_side_by_side_are_one_change() -> None:
    told = differences("two meetings a month", "four sessions a month")

    assert told[:2] == [Stretch(REMOVED, "two meetings"), Stretch(ADDED, "four sessions")]


@given(texts, texts)
def test_both_readings_can_be_taken_from_what_is_told(before: str, after: str) -> None:
    told = differences(before, after)

    assert "".join(stretch.text for stretch in told if stretch.kind != ADDED) == before
    assert "".join(stretch.text for stretch in told if stretch.kind != REMOVED) == after


def test_a_passage_too_long_to_compare_is_told_as_replaced() -> None:
    before, after = ("one two " * 2_000), ("three four " * 2_000)

    assert [stretch.kind for stretch in differences(before, after)][:2] == [REMOVED, ADDED]
