"""The service goes away while somebody types: nothing written is lost, whether the window stays open or is closed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.harness.server import Server
from tests.harness.windows import Table, bargaining, select

pytestmark = pytest.mark.e2e

TEXT = "## Article 1 - Hours\n\n1. The workday is seven hours.\n2. Lunch is free.\n"
MEMBERS = [("ursula", "union", "lead"), ("dana", "district", "lead")]
# Resolves once the browser's own database holds what the service does not have.
UNTIL_KEPT = """async () => {
  const event = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  // Opening a database that is not there yet would make an empty one.
  while (!(await indexedDB.databases()).some(({ name }) => name === "parley")) await frame();
  const database = await event(indexedDB.open("parley"));
  const count = () => event(database.transaction("unsaved").objectStore("unsaved").count());
  while ((await count()) === 0) await frame();
  database.close();
}"""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, registration="open")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def table(service: Server) -> Iterator[Table]:
    with bargaining(service.base, TEXT, MEMBERS) as table:
        yield table


def at_the_table(page: Page) -> Page:
    expect(page.locator(".saving-saved")).to_be_visible()
    return page


def replace(page: Page, words: str, by: str) -> None:
    select(page, words)
    page.keyboard.insert_text(by)


def test_work_done_offline_is_saved_when_the_service_is_back(service: Server, table: Table, browser: Browser) -> None:
    page = at_the_table(table.window(browser, "ursula"))

    service.stop()
    expect(page.locator(".saving-offline")).to_be_visible()
    replace(page, "seven", "six")
    expect(page.locator(".saving-offline")).to_contain_text("1 change kept here")
    service.start()

    expect(page.locator(".saving-saved")).to_be_visible(timeout=30_000)
    expect(page.locator(".toast")).to_contain_text("Your change was saved.")
    expect(page.locator("article.card")).to_contain_text("Replace “seven” with “six”")


def test_a_window_closed_offline_leaves_its_work_on_the_device(service: Server, table: Table, browser: Browser) -> None:
    page = at_the_table(table.window(browser, "ursula"))

    service.stop()
    expect(page.locator(".saving-offline")).to_be_visible()
    replace(page, "free", "duty-free")
    page.evaluate(UNTIL_KEPT)
    page.close()
    service.start()
    page = page.context.new_page()
    page.goto(table.address)
    at_the_table(page)

    expect(page.locator(".toast")).to_contain_text("that you had written offline was saved")
    expect(page.locator("article.card")).to_contain_text("Replace “free” with “duty-free”")
