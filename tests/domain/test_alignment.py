from hypothesis import given
from hypothesis import strategies as st

from app.domain.alignment import aligned

columns = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), min_size=2, max_size=4)


def test_what_reads_alike_stands_in_one_row() -> None:
    rows = aligned([["a", "b", "c"], ["a", "x", "b", "c"], ["b", "c"]])

    assert rows == [[[0], [0, 1], []], [[1], [2], [0]], [[2], [3], [1]]]


def test_what_stands_before_everything_has_a_row_of_its_own() -> None:
    assert aligned([["a"], ["x", "a"]]) == [[[], [0]], [[0], [1]]]


@given(columns)
def test_nothing_is_left_out_and_nothing_stands_twice(lines: list[list[str]]) -> None:
    rows = aligned(lines)

    for number, column in enumerate(lines):
        assert [one for row in rows for one in row[number]] == list(range(len(column)))
