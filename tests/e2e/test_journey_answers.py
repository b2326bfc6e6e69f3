"""Two parties answer each other: a counter by its key, a question that holds, a part, and words for one party alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.harness.server import running_server
from tests.harness.windows import Table, bargaining, retype, select

pytestmark = pytest.mark.e2e

TEXT = """## Article 1 - Hours

1. Meetings are limited to two each month.
2. The workday is seven hours.
"""
MEMBERS = [("ursula", "union", "lead"), ("dana", "district", "lead"), ("dora", "district", "drafter")]
FLOOR = "Our floor is six and a half"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    with (
        running_server(tmp_path_factory.mktemp("answers"), registration="open") as base,
        bargaining(base, TEXT, MEMBERS) as table,
    ):
        yield table


def of(page: Page, sentence: str):
    return page.locator("article.card").filter(has=page.locator(".card-sentence", has_text=sentence))


def test_parties_counter_hold_part_and_talk(table: Table, browser: Browser) -> None:
    union, district = table.window(browser, "ursula"), table.window(browser, "dana")
    expect(union.locator(".saving-saved")).to_be_visible()
    retype(union, "two", [*"four"])
    retype(union, "seven", [*"six"])

    counter_by_key(district)
    hold_with_a_question(district, union)
    whisper(district)
    hear_it_within_the_party_alone(table.window(browser, "dora"), union)
    talk_at_the_table(union, district)
    accept_the_counter(union)
    accept_a_part(union, district)

    assert FLOOR not in union.content()
    assert table.failures == []


def counter_by_key(district: Page) -> None:
    of(district, "“four”").locator(".card-sentence").click()
    district.keyboard.press("c")
    wording = district.get_by_label("It should read instead")
    expect(wording).to_have_value("Meetings are limited to four each month.")
    wording.fill("Meetings are limited to three each month.")
    district.locator("dialog").get_by_role("button", name="Counter", exact=True).click()
    expect(of(district, "“three”")).to_contain_text("Counter to Association:")
    expect(of(district, "“four”")).to_contain_text("Countered by District:")
    expect(of(district, "“four”").get_by_role("button", name="Counter…")).to_have_count(0)


def hold_with_a_question(district: Page, union: Page) -> None:
    of(district, "“six”").get_by_role("button", name="Question").click()
    district.get_by_label("Your question").fill("Including lunch?")
    district.get_by_role("button", name="Ask", exact=True).click()
    expect(of(union, "“six”")).to_contain_text("On hold: District asked a question")
    expect(of(union, "“six”")).to_contain_text("Including lunch?")


def whisper(district: Page) -> None:
    card = of(district, "“six”")
    card.get_by_role("button", name="Comment").click()
    card.get_by_text("Only District").click()
    words = card.get_by_role("combobox")
    words.press_sequentially(f"{FLOOR}, @do")
    words.press("Enter")
    card.locator(".composer").get_by_role("button", name="Comment").click()
    expect(card.locator(".thread.private")).to_contain_text(f"{FLOOR}, @Dora")


def hear_it_within_the_party_alone(drafter: Page, union: Page) -> None:
    of(drafter, "“six”").get_by_role("button", name="1 comment").click()
    expect(of(drafter, "“six”").locator(".thread.private")).to_contain_text("Only District sees this")
    expect(of(drafter, "“six”").get_by_role("button", name="Accept")).to_have_count(0)
    expect(of(union, "“six”").get_by_role("button", name="Comment")).to_be_visible()


def talk_at_the_table(union: Page, district: Page) -> None:
    select(union, "Meetings")
    union.get_by_role("button", name="Comment on the selected words").click()
    union.locator("dialog").get_by_role("combobox").fill("All of them, @Dana?")
    union.locator("dialog").get_by_role("button", name="Comment", exact=True).click()
    expect(district.locator(".thread-card")).to_contain_text("About “Meetings”")
    expect(district.locator(".thread-card .mention.me")).to_have_text("@Dana")


def accept_the_counter(union: Page) -> None:
    of(union, "“three”").get_by_role("button", name="Accept").click()
    expect(of(union, "“three”")).to_contain_text("Off the table with it: Replace “two” with “four”")
    of(union, "“three”").get_by_role("button", name="Send now").click()
    expect(of(union, "“four”")).to_have_count(0)
    expect(union.locator(".ProseMirror")).to_contain_text("limited to three each")


def accept_a_part(union: Page, district: Page) -> None:
    select(union, "hours")
    union.keyboard.press("End")
    union.keyboard.press("Enter")
    union.keyboard.type("Lunch is paid.")
    union.keyboard.press("Enter")
    union.keyboard.type("Overtime is double.")
    union.keyboard.press("Escape")
    card = of(district, "Overtime")
    card.get_by_role("button", name="More").click()
    card.get_by_role("button", name="Accept part…").click()
    district.locator("dialog").get_by_role("checkbox").first.check()
    expect(district.locator("dialog .will-stand")).to_be_visible()
    district.get_by_role("button", name="Accept what is ticked").click()
    expect(district.locator("article.card").filter(has_text="1 part of it has been accepted")).to_be_visible()
