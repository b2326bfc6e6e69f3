import pytest

from app.domain.numbering import article_number, numbers


def labels(title: str, *paragraphs: tuple[str, int]) -> list[str | None]:
    return [number.label if number else None for number in numbers(title, paragraphs)]


ITEM, UNDER, DEEP = ("numbered", 1), ("numbered", 2), ("numbered", 3)
PLAIN, HEADING = ("paragraph", 1), ("heading", 3)


def test_paragraphs_between_items_end_nothing() -> None:
    assert labels("Hours", ITEM, PLAIN, ("bulleted", 1), ITEM) == ["1.", None, None, "2."]


def test_a_heading_begins_anew() -> None:
    assert labels("Hours", ITEM, HEADING, ITEM) == ["1.", None, "1."]


def test_an_article_with_a_number_numbers_its_first_level_by_it_throughout() -> None:
    assert labels("Article 7 - Hours", ITEM, UNDER, HEADING, ITEM, UNDER) == ["7.1", "(a)", None, "7.2", "(a)"]


def test_an_item_begins_what_is_below_it_anew() -> None:
    assert labels("Hours", ITEM, UNDER, DEEP, UNDER, DEEP) == ["1.", "(a)", "(i)", "(b)", "(i)"]


def test_letters_go_on_after_z_as_agreements_letter_them() -> None:
    found = labels("Hours", *[UNDER] * 28)

    assert (found[25], found[26], found[27]) == ("(z)", "(aa)", "(bb)")


def test_each_level_is_written_in_its_own_way() -> None:
    assert labels("Hours", *[("numbered", level) for level in range(1, 7)]) == ["1.", "(a)", "(i)", "(A)", "(1)", "(I)"]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Article 7 - Hours", "7"),
        ("ARTICLE 12A. Pay", "12A"),
        ("Artículo 3", "3"),
        ("14 Grievances", "14"),
        ("Hours", ""),
        ("Preamble", ""),
        ("Letter of agreement 2", ""),
    ],
)
def test_a_title_bears_its_number_in_front(title: str, number: str) -> None:
    assert article_number(title) == number
