"""Two parties, two people each: drafted in caucus, tabled in one act, seen by the other side, and taken back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.harness.server import running_server
from tests.harness.windows import Table, bargaining, card, retype, select

pytestmark = pytest.mark.e2e

TEXT = """## Article 1 - Hours

1. Meetings are limited to two each month.
2. The workday is seven hours.

## Article 2 - Leaves

1. Each teacher is credited with ten days of sick leave.
"""
MEMBERS = [
    ("ursula", "union", "lead"),
    ("uma", "union", "drafter"),
    ("dana", "district", "lead"),
    ("dirk", "district", "drafter"),
]
# What the other side's page holds in any form: its text, its markup, and what its scripts asked for.
HOLDS = """(words) => {
  const asked = performance.getEntriesByType("resource").map(({ name }) => name).join(" ");
  return (document.documentElement.outerHTML + asked).includes(words);
}"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    with (
        running_server(tmp_path_factory.mktemp("caucus"), registration="open") as base,
        bargaining(base, TEXT, MEMBERS) as table,
    ):
        yield table


def into_caucus(page: Page) -> None:
    """Change by the keyboard, from within the text."""
    select(page, "Meetings")
    page.keyboard.press("Control+.")
    expect(page.locator(".caucus-band")).to_have_text(re.compile("Caucus of the Association. Nobody else sees this."))
    expect(page).to_have_title(re.compile("^🔒 Caucus · 2026-29 Agreement"))
    expect(page.locator(".ProseMirror.in-caucus")).to_be_focused()


def draft(page: Page, sentence: str) -> Locator:
    found = page.locator("article.draft-card").filter(has_text=sentence)
    expect(found).to_be_visible()
    return found


def test_drafts_of_a_caucus_reach_the_other_side_when_they_are_tabled(browser: Browser, table: Table) -> None:
    ursula, uma = table.window(browser, "ursula"), table.window(browser, "uma")
    dana, dirk = table.window(browser, "dana"), table.window(browser, "dirk")
    expect(dirk.locator(".saving-saved")).to_be_visible()
    retype(dana, "ten", list("nine"))

    # Drafted over the text and over what lies on the table; the colleague sees it, and may not table it.
    into_caucus(ursula)
    retype(ursula, "two", list("four"))
    retype(ursula, "nine", list("twelve"))
    into_caucus(uma)
    draft(uma, "Replace “two” with “four”")
    expect(uma.locator(".tabled-card")).to_have_count(1)
    expect(uma.get_by_role("button", name="Table…")).to_have_count(0)
    retype(uma, "seven", list("six"))
    expect(ursula.locator(".ProseMirror ins.draft")).to_have_count(3)

    # Not a word of it on the other side, nor on a page loaded anew.
    dirk.reload()
    expect(dirk.locator(".ProseMirror")).to_contain_text("limited to two each month")
    for page in (dana, dirk):
        expect(page.locator("article.card")).to_have_count(1)
        for words in ("four", "twelve", "draft:"):
            assert not page.evaluate(HOLDS, words)
    # A page loaded again comes back to the caucus, not to where everybody reads.
    ursula.reload()
    expect(ursula.locator(".caucus-band")).to_be_visible()
    own = draft(ursula, "Replace “two” with “four”").get_attribute("data-card") or ""

    # All of one article, as the other side will see it, and tabled in one act.
    ursula.get_by_role("button", name="Table drafts…").click()
    ursula.get_by_label("All of Article 1 - Hours").check()
    expect(ursula.get_by_text("2 of 3 chosen")).to_be_visible()
    ursula.get_by_role("button", name="Preview as the other side will see it").click()
    preview = ursula.get_by_role("region", name="What the other side will see")
    expect(preview.locator("ins.lit")).to_have_text(["four", "six"])
    expect(preview).not_to_contain_text("twelve")
    ursula.get_by_role("textbox", name="Reason").fill("Six preparation periods.")
    ursula.get_by_role("button", name="Table 2 drafts").click()

    expect(ursula.locator(".caucus-band")).to_be_hidden()
    expect(ursula.locator("article.card.news")).to_have_count(2)
    expect(ursula).to_have_title(re.compile("^2026-29 Agreement"))
    suggestion = card(dana, "Replace “two” with “four”")
    assert suggestion != own
    expect(dirk.locator("article.card").filter(has_text="Six preparation periods.")).to_have_count(2)
    expect(uma.locator("article.draft-card")).to_have_count(1)
    for page in (dana, dirk):
        for words in ("twelve", own):
            assert not page.evaluate(HOLDS, words)

    # Taken back: withdrawn for everybody, and a draft again.
    tabled = ursula.locator(f'[data-card="{suggestion}"]')
    tabled.get_by_role("button", name="More").click()
    tabled.get_by_role("button", name="Take back into caucus").click()
    ursula.get_by_role("dialog").get_by_role("button", name="Take back", exact=True).click()
    expect(dana.locator(f'[data-card="{suggestion}"]')).to_have_count(0)
    expect(dana.locator(".ProseMirror")).not_to_contain_text("four")
    draft(uma, "Replace “two” with “four”")

    assert table.failures == []
