import json
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crdt.document import Document, seed
from app.domain.ids import ArticleId
from app.domain.log import Register, Stored
from app.errors import DraftingError, InvalidContent, TooLarge
from app.services.markdown_text import LONGEST_PARAGRAPH, Section, read_markdown
from app.services.text_forms import markdown
from tests.harness.requirements import ROOT


def plain(content: str) -> list[tuple[str, int, str]]:
    """Read one article's paragraphs as (style, level, text)."""
    [section] = read_markdown(f"## A\n\n{content}")
    return [(p["style"], p["level"], "".join(run["text"] for run in p["runs"])) for p in section.paragraphs]


def test_soft_line_ends_join_and_hard_ones_end_a_paragraph() -> None:
    assert plain("one\ntwo  \nthree\\\nfour") == [
        ("paragraph", 1, "one two"),
        ("paragraph", 1, "three"),
        ("paragraph", 1, "four"),
    ]


def test_indented_text_of_a_pdf_is_no_code() -> None:
    assert plain("       The work day shall\nconsist of eight hours.") == [
        ("paragraph", 1, "The work day shall consist of eight hours.")
    ]


def test_headings_below_the_article_keep_their_rank() -> None:
    assert plain("### Section A.\n\n#### Below\n\n###### Last") == [
        ("heading", 3, "Section A."),
        ("heading", 4, "Below"),
        ("heading", 6, "Last"),
    ]


def test_a_line_of_dashes_starts_no_article() -> None:
    assert plain("Hours\n-----\n\nPay\n===") == [("paragraph", 1, "Hours"), ("paragraph", 1, "Pay ===")]


def test_lists_nest() -> None:
    assert plain("1. one\n2. two\n   - under\n   - more\n3. three\n\n- loose") == [
        ("numbered", 1, "one"),
        ("numbered", 1, "two"),
        ("bulleted", 2, "under"),
        ("bulleted", 2, "more"),
        ("numbered", 1, "three"),
        ("bulleted", 1, "loose"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "7. seven\n8. eight",
        "1. one\n3. three",
        "1. one\n\nbetween\n\n1. once more\n2. two",
        "1. a\n   ### b\n2. c",
    ],
)
def test_a_number_that_counting_would_change_stays_in_the_wording(content: str) -> None:
    written = [line.strip().removeprefix("### ") for line in content.split("\n") if line.strip()]
    shown = [("1. " if style == "numbered" and text == "one" else "") + text for style, _, text in plain(content)]

    assert shown == written


def test_a_list_that_goes_on_after_a_paragraph_is_counted_on() -> None:
    assert plain("1. one\n\n   and more\n\n2. two") == [
        ("numbered", 1, "one"),
        ("paragraph", 1, "and more"),
        ("numbered", 1, "two"),
    ]


def test_a_table_keeps_its_words_a_paragraph_a_row() -> None:
    assert plain("| Step | BA |\n|---|---|\n| 1 | **4,377** |") == [
        ("paragraph", 1, "Step | BA"),
        ("paragraph", 1, "1 | 4,377"),
    ]


def test_marks_are_kept_and_only_links_that_can_be_followed() -> None:
    [section] = read_markdown(
        "## A\n\n**b** *i* ~~s~~ `c` **_x_** [l](mailto:a@b.example) [m](data:x) <https://a.example>"
    )

    marked = [(run["text"], run["marks"]) for run in section.paragraphs[0]["runs"] if run["marks"]]
    assert marked == [
        ("b", {"bold": True}),
        ("i", {"italic": True}),
        ("s", {"strike": True}),
        ("c", {"code": True}),
        ("x", {"bold": True, "italic": True}),
        ("l", {"link": "mailto:a@b.example"}),
        ("https://a.example", {"link": "https://a.example"}),
    ]


def test_front_matter_is_dropped_and_a_rule_at_the_top_is_not_taken_for_it() -> None:
    assert [section.title for section in read_markdown("---\ntitle: x\n---\n## A\n\nb")] == ["A"]
    assert [section.title for section in read_markdown("---\n\nA rule, and no more.\n\n## A\n\nb")] == ["Preamble", "A"]


def test_other_line_ends_are_line_ends() -> None:
    assert plain("a\r\n\r\nb\rc\fd\u2028e\u0085f") == [("paragraph", 1, "a"), ("paragraph", 1, "b c d e f")]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\ud800", "\uffff"])
def test_a_character_that_no_text_can_carry_is_named_with_its_line(character: str) -> None:
    with pytest.raises(InvalidContent) as refused:
        read_markdown(f"## A\n\nhere: {character}")

    assert refused.value.fields == {"line": 3, "character": f"U+{ord(character):04X}"}


NASTY = json.loads((ROOT / "tests" / "data" / "nasty.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", NASTY, ids=lambda case: case["id"])
def test_text_of_every_script_and_malice_is_kept_or_refused_by_name(case: dict) -> None:
    escaped = "".join(f"\\{one}" if one in "\\`*_[]<>&|~" else one for one in case["text"])

    if case["id"] == "controls":
        with pytest.raises(InvalidContent, match=r"U\+0001"):
            plain(escaped)
        return
    [(_, _, text)] = plain(escaped)

    line_ends = str.maketrans("\u2028\u2029\u0085", "   ")
    assert text == case["text"].translate(line_ends).strip()


@pytest.mark.parametrize(
    "content",
    [
        "x" * (LONGEST_PARAGRAPH + 1),
        "```\n" + "x" * (LONGEST_PARAGRAPH + 1) + "\n```",
        "x " * 2_100_000,
        "## A\n" * 1_001,
    ],
)
def test_too_much_is_refused_with_the_limit(content: str) -> None:
    with pytest.raises(TooLarge) as refused:
        read_markdown(content)

    assert refused.value.fields["limit"]


@pytest.mark.parametrize(
    "pattern", ["[", "![", "*a ", "*a_[", "`a", "<a:", "_a ", "~~a", "[a](", "&#x41;", "> ", "- ", "1. ", "|", "\\"]
)
def test_no_pattern_makes_reading_slow(pattern: str) -> None:
    started = time.process_time()

    with suppress(InvalidContent, TooLarge):
        read_markdown(pattern * (LONGEST_PARAGRAPH // len(pattern)))

    assert time.process_time() - started < 3


WORDS = st.text(alphabet="ab *_`[]<>#-+1.)&|~\\!=", min_size=1, max_size=12).map(str.strip).filter(bool)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_what_is_written_as_markdown_reads_back_as_the_same_words(words: list[str]) -> None:
    paragraphs = [{"style": "paragraph", "level": 1, "runs": [{"text": word, "marks": {}}]} for word in words]

    [section] = read_markdown(markdown("Title", [{"id": "a", "title": "A", "paragraphs": paragraphs}], {}))

    assert ["".join(run["text"] for run in p["runs"]) for p in section.paragraphs] == words
    assert {p["style"] for p in section.paragraphs} == {"paragraph"}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_by_name_and_the_table_takes_what_was_read(content: str) -> None:
    try:
        sections = read_markdown(content)
    except DraftingError:
        return

    texts = [(ArticleId(f"a{place}"), section.paragraphs or EMPTY) for place, section in enumerate(sections)]
    document = Document.load(Stored(None, [seed(texts)], 1, Register(articles=[article for article, _ in texts])))
    assert [document.agreed(article) for article, _ in texts] == [paragraphs for _, paragraphs in texts]


EMPTY = [{"style": "paragraph", "level": 1, "runs": []}]


def test_a_section_without_a_word_is_an_article_all_the_same() -> None:
    assert read_markdown("## A\n\n## B\n\nx")[0] == Section("A", [])
