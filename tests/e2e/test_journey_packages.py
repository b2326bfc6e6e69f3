"""Two leads trade: an article is proposed, a package accepted whole, another rejected and rolled back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.harness.server import running_server
from tests.harness.windows import Table, bargaining, card, retype

pytestmark = pytest.mark.e2e

TEXT = """## Article 1 - Hours

1. Meetings are limited to two each month.
2. The workday is seven hours.

## Article 2 - Salary

1. Salaries rise by three percent.
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    with running_server(tmp_path_factory.mktemp("packages"), registration="open") as base:
        members = [("ursula", "union", "lead"), ("dana", "district", "lead")]
        with bargaining(base, TEXT, members) as seated:
            yield seated


def propose_article(page: Page) -> None:
    """Suggest an article from the outline."""
    page.get_by_role("button", name="Suggest an article…").click()
    page.get_by_label("Title").fill("Article 3 - Leaves")
    page.get_by_label("Starting text").fill("Each teacher is credited with ten days of sick leave.")
    page.get_by_role("button", name="Suggest it").click()


def offer(page: Page, title: str, *sentences: str) -> None:
    """Tick suggestions and offer them as one."""
    page.get_by_role("button", name="Offer a package…").click()
    for sentence in sentences:
        page.get_by_role("checkbox", name=sentence).check()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Reason").fill("One does not go without the other.")
    page.get_by_role("button", name="Offer it").click()


def answer(page: Page, title: str, button: str) -> None:
    """Answer the package of that title, and confirm."""
    page.get_by_role("article", name=title).get_by_role("button", name=button).click()
    page.get_by_role("dialog").get_by_role("button", name=button).click()


def test_packages_are_accepted_whole_or_rolled_back(browser: Browser, table: Table) -> None:
    union, district = table.window(browser, "ursula"), table.window(browser, "dana")
    for window in (union, district):
        expect(window.locator(".ProseMirror")).to_contain_text("The workday")
    retype(union, "two", ["f", "o", "u", "r"])
    retype(union, "three", ["f", "i", "v", "e"])
    propose_article(union)
    card(union, "Add “Article 3 - Leaves” after “Article 2 - Salary”")

    # The other side sees it proposed, and writes in it.
    outline = district.get_by_role("navigation", name="Outline")
    expect(outline).to_contain_text("Article 3 - Leaves")
    expect(outline).to_contain_text("Proposed · Association")
    expect(district.locator(".ProseMirror")).to_contain_text("ten days of sick leave")

    for window in (union, district):
        window.goto(f"{table.address}/packages")
    offer(union, "Meetings against leaves", "Replace “two”", "Add “Article 3")
    offer(union, "Salary alone", "Replace “three”")

    # A part says where it is answered, and nothing on the page answers it alone.
    district.goto(table.address)
    part = district.locator("article.card").filter(has_text="Replace “two”")
    expect(part.get_by_role("link", name="Part of a package")).to_be_visible()
    expect(part.get_by_role("button", name="Accept")).to_have_count(0)
    expect(district.get_by_role("navigation", name="Outline")).to_contain_text("In a package")
    part.get_by_role("link", name="Part of a package").click()

    answer(district, "Meetings against leaves", "Accept the package")
    answer(district, "Salary alone", "Reject")

    accepted, rejected = (district.get_by_role("article", name=title) for title in ("Meetings", "Salary alone"))
    expect(accepted).to_contain_text("Accepted")
    expect(rejected).to_contain_text("Every part is an ordinary pending suggestion again.")
    union.goto(table.address)
    expect(union.locator(".ProseMirror")).to_contain_text("limited to four each month")
    outline = union.get_by_role("navigation", name="Outline")
    expect(outline).to_contain_text("Article 3 - Leaves")
    expect(outline).not_to_contain_text("Proposed")
    # What was rejected with its package is answered by itself again.
    district.goto(table.address)
    left = district.locator("article.card").filter(has_text="Replace “three”")
    expect(left.get_by_role("button", name="Accept")).to_be_visible()
    assert table.failures == []
