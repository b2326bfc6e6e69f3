"""An amendment is accepted into the other side's proposal, and a date that passed is told to both."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.harness.server import running_server
from tests.harness.windows import Table, bargaining, retype, select

pytestmark = pytest.mark.e2e

TEXT = """## Article 1 - Hours

1. Meetings are limited to two each month.

## Article 2 - Leaves

1. Each teacher is credited with ten days of sick leave.
"""
MEMBERS = [("ursula", "union", "lead"), ("dana", "district", "lead")]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    with (
        running_server(tmp_path_factory.mktemp("answers"), registration="open") as base,
        bargaining(base, TEXT, MEMBERS) as table,
    ):
        yield table


def of(page: Page, sentence: str) -> Locator:
    found = page.locator("article.card").filter(has=page.locator(".card-sentence", has_text=sentence))
    expect(found).to_have_count(1)
    return found


def accept(page: Page, sentence: str) -> None:
    of(page, sentence).get_by_role("button", name="Accept", exact=True).click()
    page.get_by_role("button", name="Send now").click()


def test_an_amendment_changes_the_proposal_and_nothing_of_the_agreement(browser: Browser, table: Table) -> None:
    ursula, dana = table.window(browser, "ursula"), table.window(browser, "dana")
    expect(dana.locator(".saving-saved")).to_be_visible()
    retype(ursula, "ten", ["t", "w", "e", "l", "v", "e", " ", "p", "a", "i", "d"])
    of(dana, "Replace “ten” with “twelve paid”")
    select(dana, "lve pa")
    dana.keyboard.press("ArrowRight")
    dana.keyboard.press("ArrowLeft")
    dana.keyboard.type("rtly p")
    dana.keyboard.press("Escape")
    amendment = ursula.locator("article.card").filter(has_text="Changes a proposal of Association")
    expect(amendment).to_have_count(1)
    amendment.get_by_role("button", name="Accept", exact=True).click()
    ursula.get_by_role("button", name="Send now").click()
    for page in (ursula, dana):
        expect(page.locator("article.card")).to_have_count(1)
        expect(page.locator(".card-sentence")).to_contain_text("rtly p")
    accept(dana, "Replace “ten” with")
    expect(ursula.locator("article.card")).to_have_count(0)
    expect(ursula.locator(".ProseMirror")).to_contain_text("rtly p")
    assert table.failures == []
    ursula.context.close()
    dana.context.close()


def test_a_date_that_passed_is_told_to_both(browser: Browser, table: Table) -> None:
    passed = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    table.clients["ursula"].post(f"/agreements/{table.id}/sessions", json={"starts_at": passed}).raise_for_status()

    for name in ("ursula", "dana"):
        page = table.window(browser, name)
        expect(page.get_by_text("has passed without a session")).to_be_visible()
        expect(page.get_by_text("The parties agreed to keep meeting.")).to_be_visible()
        page.context.close()
    assert table.failures == []
