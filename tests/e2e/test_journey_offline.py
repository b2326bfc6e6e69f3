"""The service goes away while somebody types: nothing written is lost, whether the window stays open or is closed."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.harness.requirements import require_chromium
from tests.harness.server import Server

pytestmark = pytest.mark.e2e

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PARTIES = [
    {"key": "union", "name": "Union", "signatory": True},
    {"key": "district", "name": "District", "signatory": True},
]
TEXT = {"format": "markdown", "content": "## Article 1 - Hours\n\n1. The workday is seven hours.\n2. Lunch is free.\n"}
PASSWORD = "a long pass phrase"
# Puts the selection over words of the live text, as a pointer would.
SELECT = """(words) => {
  const root = document.querySelector(".ProseMirror");
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    root.focus();
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    return;
  }
  throw new Error(`The page does not say: ${words}`);
}"""

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
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require_chromium(), args=FLAGS)
        yield browser
        browser.close()


def enter(client: httpx.Client, name: str) -> None:
    account = {"name": name, "email": f"{name}@parley.example", "password": PASSWORD}
    client.post("/accounts", json=account).raise_for_status()
    client.post("/login", json={"email": account["email"], "password": PASSWORD}).raise_for_status()


def bargaining(base: str, browser: Browser) -> tuple[str, BrowserContext]:
    """Begin an agreement; returns its address, and a browser in which the union's lead is logged in."""
    api, headers = f"{base}/api/v1", {"Origin": base}
    context = browser.new_context(locale="en-US")
    with httpx.Client(base_url=api, headers=headers) as union, httpx.Client(base_url=api, headers=headers) as district:
        enter(union, "ursula")
        enter(district, "dana")
        founding = {"title": "2026-29", "parties": PARTIES, "member": {"party": "union", "role": "lead"}, "text": TEXT}
        agreement = union.post("/agreements", json=founding).json()
        path = f"/agreements/{agreement['id']}"
        seat = union.post(f"{path}/invitations", json={"party": "district", "role": "lead"}).json()
        district.post(f"/invitations/{seat['token']}/accept").raise_for_status()
        for lead in (union, district):
            lead.post(f"{path}/confirmations", json={"content_hash": agreement["content_hash"]}).raise_for_status()
        context.add_cookies([{"name": name, "value": value, "url": base} for name, value in union.cookies.items()])
    return base + path, context


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".saving-saved")).to_be_visible()
    return page


def replace(page: Page, words: str, by: str) -> None:
    page.evaluate(SELECT, words)
    page.keyboard.insert_text(by)


def test_work_done_offline_is_saved_when_the_service_is_back(service: Server, browser: Browser) -> None:
    address, context = bargaining(service.base, browser)
    page = opened(context, address)

    service.stop()
    expect(page.locator(".saving-offline")).to_be_visible()
    replace(page, "seven", "six")
    expect(page.locator(".saving-offline")).to_contain_text("1 change kept here")
    service.start()

    expect(page.locator(".saving-saved")).to_be_visible(timeout=30_000)
    expect(page.locator(".toast")).to_contain_text("Your change was saved.")
    expect(page.locator("article.card")).to_contain_text("Replace “seven” with “six”")


def test_a_window_closed_offline_leaves_its_work_on_the_device(service: Server, browser: Browser) -> None:
    address, context = bargaining(service.base, browser)
    page = opened(context, address)

    service.stop()
    expect(page.locator(".saving-offline")).to_be_visible()
    replace(page, "free", "duty-free")
    page.evaluate(UNTIL_KEPT)
    page.close()
    service.start()
    page = opened(context, address)

    expect(page.locator(".toast")).to_contain_text("that you had written offline was saved")
    expect(page.locator("article.card")).to_contain_text("Replace “free” with “duty-free”")
