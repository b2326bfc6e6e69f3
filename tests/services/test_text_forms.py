from app.services.text_forms import markdown, page, plain

NAMES = {"union": "Union", "district": "District"}


def article(*paragraphs: dict, title: str = "Hours") -> list[dict]:
    return [{"id": "art_1", "title": title, "paragraphs": list(paragraphs)}]


def paragraph(*runs: tuple[str, dict], style: str = "paragraph", level: int = 1, **more: dict) -> dict:
    return {"style": style, "level": level, "runs": [{"text": text, "marks": marks} for text, marks in runs], **more}


def test_numbers_are_counted_and_written_as_the_article_has_them() -> None:
    items = [paragraph(("one", {}), style="numbered"), paragraph(("under", {}), style="numbered", level=2)]

    assert "7.1 one\n\n   (a) under" in plain("T", article(*items, title="Article 7"), NAMES)
    assert "1. one\n\n   1. under" in markdown("T", article(*items, title="Article 7"), NAMES)
    assert "<span>7.1</span> one" in page("T", article(*items, title="Article 7"), NAMES)


def test_the_end_of_a_paragraph_is_shown_where_it_is_what_changes() -> None:
    split = paragraph(("before", {}), marks={"ins": {"id": "s", "party": "union"}})

    assert "before[+ Union: ¶ +]" in plain("T", article(split), NAMES)
    assert 'title="Suggested insertion, Union">¶</ins>' in page("T", article(split), NAMES)


def test_a_change_of_format_is_told_as_one() -> None:
    bold = paragraph(("shall", {"fmt:district": {"id": "s", "set": {"bold": True}}}))

    assert "[~ District: shall ~]" in plain("T", article(bold), NAMES)
    assert '<mark data-party="District" title="Suggested format, District">shall</mark>' in page(
        "T", article(bold), NAMES
    )


def test_both_parties_may_strike_the_same_words() -> None:
    struck = paragraph(("all", {"del:district": {"id": "a"}, "del:union": {"id": "b"}}))

    assert "[- Union: [- District: all -] -]" in plain("T", article(struck), NAMES)


def test_marks_of_the_text_survive_in_every_form() -> None:
    marked = paragraph(("bold", {"bold": True}), (" plain ", {}), ("link", {"link": "https://a.example/?a=1&b=2"}))

    assert markdown("T", article(marked), NAMES).endswith("**bold** plain [link](<https://a.example/?a=1&b=2>)\n")
    assert '<strong>bold</strong> plain <a href="https://a.example/?a=1&amp;b=2"' in page("T", article(marked), NAMES)


def test_nothing_of_a_text_becomes_markup() -> None:
    evil = "\"><script>alert('x')</script>"
    everywhere = [{"id": evil, "title": evil, "paragraphs": [paragraph((evil, {"ins": {"id": evil, "party": evil}}))]}]

    shown = page(evil, everywhere, {evil: evil})

    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 7
