"""The editor in a real browser: what a keyboard, a mouse, a clipboard and an input method do to the flat text."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page

pytestmark = pytest.mark.e2e


def read(page: Page, article: int = 0) -> str:
    return page.evaluate("article => harness.read(article)", article)


def place(page: Page, anchor: int, head: int | None = None, article: int = 0) -> None:
    """Put the caret, or select, by offsets of the whole text."""
    page.evaluate(
        "([anchor, head, article]) => { harness.editor.focus(); harness.editor.select({article, anchor, head}) }",
        [anchor, anchor if head is None else head, f"article-{article + 1}"],
    )


def caret(page: Page) -> int:
    return page.evaluate("harness.editor.status().selection.head")


@pytest.fixture
def input_method(editor_page: Page) -> Iterator[CDPSession]:
    session = editor_page.context.new_cdp_session(editor_page)
    yield session
    session.detach()


def compose(session: CDPSession, text: str) -> None:
    session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})


def test_typing_in_agreed_text_is_one_suggestion_drawn_in_its_partys_dress(editor_page: Page) -> None:
    place(editor_page, 0, article=1)

    editor_page.keyboard.press("End")
    editor_page.keyboard.type(" of 2026")

    assert read(editor_page, 1).startswith("Schedule+[ of 2026]assoc{¶|style=heading}")
    inserted = editor_page.locator("[data-article='article-2'] ins").first
    assert inserted.inner_text() == " of 2026"
    assert inserted.get_attribute("aria-description") == "Suggested insertion, Association"
    assert inserted.get_attribute("role") == "insertion"


def test_arrow_keys_walk_over_struck_text_one_character_at_a_time(editor_page: Page) -> None:
    place(editor_page, 39)

    stops = []
    for _ in range(6):
        editor_page.keyboard.press("ArrowRight")
        stops.append(caret(editor_page))

    assert stops == [40, 41, 42, 43, 44, 45]


def test_backspace_held_down_strikes_once_and_walks_on(editor_page: Page) -> None:
    place(editor_page, 48)

    for _ in range(10):
        editor_page.keyboard.press("Backspace")

    assert read(editor_page).startswith("The workday is seven hours, including -[a thirty]assoc+[rty-five]assoc")
    assert caret(editor_page) == 38


def test_words_and_lines_are_deleted_as_the_keyboard_says(editor_page: Page) -> None:
    place(editor_page, 8, article=1)

    editor_page.keyboard.press("Control+Backspace")

    assert read(editor_page, 1).startswith("-[Schedule]assoc{¶|style=heading}")


def test_typing_over_a_selection_across_paragraphs_is_one_replacement(editor_page: Page) -> None:
    place(editor_page, 4, 13, article=1)

    editor_page.keyboard.type("X")

    assert read(editor_page, 1).startswith("Sche-[dule]assoc-[{¶|style=heading}]assoc-[The ]assoc+[X]assocsalary")


def test_selecting_all_and_deleting_strikes_inside_each_open_article_or_refuses(editor_page: Page) -> None:
    place(editor_page, 0)

    editor_page.keyboard.press("Control+a")
    editor_page.keyboard.press("Delete")

    assert editor_page.evaluate("harness.refused") == ["tentative"]
    assert "-[Schedule]" not in read(editor_page, 1)


def test_enter_and_backspace_split_and_join_as_suggestions(editor_page: Page) -> None:
    place(editor_page, 4, article=1)

    editor_page.keyboard.press("Enter")
    split = read(editor_page, 1)
    editor_page.keyboard.press("Backspace")

    assert split.startswith("Sche+[{¶|style=heading}]assocdule{¶|style=heading}")
    assert read(editor_page, 1).startswith("Schedule{¶|style=heading}")


def test_undo_takes_back_typing_and_redo_brings_it_again(editor_page: Page) -> None:
    place(editor_page, 8, article=1)
    before = read(editor_page, 1)
    editor_page.keyboard.type("abc")
    typed = read(editor_page, 1)

    editor_page.keyboard.press("Control+z")
    undone = read(editor_page, 1)
    editor_page.keyboard.press("Control+Shift+z")

    assert undone == before
    assert read(editor_page, 1) == typed


def test_copied_text_is_clean_and_pastes_as_one_suggestion(editor_page: Page) -> None:
    place(editor_page, 30, 66)
    editor_page.keyboard.press("Control+c")
    place(editor_page, 8, article=1)

    editor_page.keyboard.press("Control+v")

    pasted = re.match(r"Schedule\+\[(.*?)\]assoc", read(editor_page, 1))
    assert pasted is not None
    assert "forty-five-minute" in pasted[1]
    assert "thirty" not in pasted[1]


def test_cut_strikes_what_it_takes(editor_page: Page) -> None:
    place(editor_page, 0, 5, article=1)

    editor_page.keyboard.press("Control+x")
    editor_page.keyboard.press("End")
    editor_page.keyboard.press("Control+v")

    assert read(editor_page, 1).startswith("-[Sched]assocule+[Sched]assoc")


def test_dragging_a_selection_moves_it_as_one_suggestion(editor_page: Page) -> None:
    place(editor_page, 0, 8, article=1)
    box = editor_page.get_by_text("Schedule", exact=True).bounding_box()
    target = editor_page.get_by_text("department chairs;").bounding_box()
    assert box is not None
    assert target is not None

    editor_page.mouse.move(box["x"] + 30, box["y"] + box["height"] / 2)
    editor_page.mouse.down()
    editor_page.mouse.move(target["x"] + 60, target["y"] + 10, steps=8)
    editor_page.mouse.move(target["x"] + target["width"] - 2, target["y"] + target["height"] / 2, steps=4)
    editor_page.mouse.up()

    text = read(editor_page, 1)
    assert text.startswith("-[Schedule]assoc")
    assert "+[Schedule]assoc" in text


def test_composing_draws_nothing_under_the_writer_and_ends_as_one_suggestion(
    editor_page: Page, input_method: CDPSession
) -> None:
    place(editor_page, 8, article=1)
    before = read(editor_page, 1)

    compose(input_method, "に")
    compose(input_method, "にほ")
    composed_in = editor_page.evaluate("getSelection().focusNode.parentNode.outerHTML")
    during = read(editor_page, 1)
    compose(input_method, "日本")
    input_method.send("Input.insertText", {"text": "日本"})
    editor_page.wait_for_function("before => harness.read(1) !== before", arg=before)

    assert during == before
    assert "にほ" in composed_in
    assert read(editor_page, 1).startswith("Schedule+[日本]assoc")
    assert caret(editor_page) == 10


def test_others_write_elsewhere_during_a_composition_and_beside_it_after(
    editor_page: Page, input_method: CDPSession
) -> None:
    place(editor_page, 8, article=1)
    compose(input_method, "ka")
    node = editor_page.evaluate_handle("getSelection().focusNode")

    editor_page.evaluate(
        "harness.receive([{retain: 13}, {insert: 'AWAY', attributes: {ins: {id: 'r1', party: 'district'}}}], 1)"
    )
    away = editor_page.locator("[data-article='article-2'] p").nth(1).inner_text()
    editor_page.evaluate("harness.receive([{insert: 'NEAR', attributes: {ins: {id: 'r2', party: 'district'}}}], 1)")
    same = editor_page.evaluate("node => node.isConnected && getSelection().focusNode === node", node)
    compose(input_method, "か")
    input_method.send("Input.insertText", {"text": "か"})
    editor_page.wait_for_function("() => harness.read(1).includes('か')")

    assert away.startswith("The AWAY")
    assert same
    assert read(editor_page, 1).startswith("+[NEAR]districtSchedule+[か]assoc")
    assert editor_page.locator("[data-article='article-2'] p").first.inner_text() == "NEARScheduleか"


def test_agreed_letters_composed_over_show_as_written_and_are_struck_when_it_ends(
    editor_page: Page, input_method: CDPSession
) -> None:
    place(editor_page, 4, 8, article=1)

    compose(input_method, "dul")
    during = editor_page.locator("[data-article='article-2'] p").first.inner_text()
    compose(input_method, "dulo")
    before = read(editor_page, 1)
    input_method.send("Input.insertText", {"text": "dulo"})
    editor_page.wait_for_function("before => harness.read(1) !== before", arg=before)

    assert during == "Schedul"
    assert read(editor_page, 1).startswith("Schedul-[e]assoc+[o]assoc{¶|style=heading}")
    assert editor_page.evaluate("harness.editor.suggestions().length") == 11


def test_a_composition_in_a_closed_article_is_refused_and_leaves_no_trace(
    editor_page: Page, input_method: CDPSession
) -> None:
    place(editor_page, 4, article=2)
    before = editor_page.locator("[data-article='article-3'] p").first.inner_text()

    compose(input_method, "か")
    input_method.send("Input.insertText", {"text": "か"})
    editor_page.wait_for_function("() => harness.refused.length > 0")

    assert editor_page.locator("[data-article='article-3'] p").first.inner_text() == before


def test_a_selection_made_by_mouse_across_articles_is_deleted_inside_each(editor_page: Page) -> None:
    start = editor_page.get_by_text("Its recommendation binds").bounding_box()
    end = editor_page.get_by_text("Schedule", exact=True).bounding_box()
    assert start is not None
    assert end is not None

    editor_page.mouse.move(start["x"] + 120, start["y"] + 10)
    editor_page.mouse.down()
    editor_page.mouse.move(end["x"] + 40, end["y"] + end["height"] / 2, steps=6)
    editor_page.mouse.up()
    editor_page.keyboard.press("Backspace")

    assert read(editor_page, 0).endswith("]assoc¶")
    assert read(editor_page, 1).startswith("-[Sch")
    assert (
        len(editor_page.evaluate("[...document.querySelectorAll('section.article')].map(a => a.dataset.article)")) == 3
    )


def test_clicking_a_suggestion_chooses_it_and_lights_all_of_it(editor_page: Page) -> None:
    editor_page.locator("ins[data-suggestion='d1']").click()

    lit = editor_page.evaluate(
        "[...document.querySelectorAll('[data-suggestion=d1]')].map(e => getComputedStyle(e).backgroundColor)"
    )
    assert editor_page.evaluate("harness.selected") == "d1"
    assert len(lit) == 2
    assert "rgba(0, 0, 0, 0)" not in lit


def test_positions_follow_the_text_and_come_in_its_order(editor_page: Page) -> None:
    positions = editor_page.evaluate("[...harness.editor.positions()].map(([id, {top, height}]) => [id, top, height])")
    tops = [top for _, top, _ in positions]

    assert [identifier for identifier, _, _ in positions][:4] == ["mine1", "d1", "mine2", "mine3"]
    assert tops == sorted(tops)
    assert all(height > 10 for _, _, height in positions)


def test_a_remote_caret_keeps_its_place_while_one_types_before_it(editor_page: Page) -> None:
    dana = {"key": "1", "name": "Dana", "party": "district", "article": "article-2", "anchor": 4, "head": 4}
    editor_page.evaluate("cursor => harness.presence.show([cursor])", dana)
    editor_page.wait_for_selector(".remote-cursor.party-square")
    place(editor_page, 0, article=1)

    editor_page.keyboard.type("New ")

    before = editor_page.evaluate(
        """() => { const range = document.createRange(); const cursor = document.querySelector('.remote-cursor');
        range.selectNodeContents(cursor.closest('p')); range.setEndBefore(cursor); return range.toString() }"""
    )
    assert before == "New Sche"


def test_the_readings_switch_and_show_their_own_text(editor_page: Page) -> None:
    first = editor_page.locator("[data-article='article-1'] p").first

    editor_page.evaluate("harness.editor.setView('agreed')")
    agreed = first.inner_text()
    editor_page.evaluate("harness.editor.setView('proposed')")

    assert "including a thirty-minute" in agreed
    assert "including a forty-five-minute" in first.inner_text()
    assert editor_page.locator("[data-suggestion]").count() == 0
