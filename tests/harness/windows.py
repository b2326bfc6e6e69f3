"""Browser windows as people use them: opened, logged in, typed into.

Accounts and agreements are made over HTTP, as any client may; what a journey is about, it does in the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import httpx
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.harness.requirements import require_chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "a long pass phrase"
PATIENCE_SECONDS = 20
PARTIES = [
    {"key": "union", "name": "Association", "signatory": True},
    {"key": "district", "name": "District", "signatory": True},
]
# Puts the selection over words of the live text, as a pointer would.
_SELECT = """(words) => {
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


@contextmanager
def launched() -> Iterator[Browser]:
    """Start a browser, or skip where none is installed."""
    # A busy machine paints late; what never comes is late enough.
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require_chromium(), args=FLAGS)
        yield browser
        browser.close()


@dataclass(slots=True)
class Table:
    """An agreement that is being bargained, and everybody's logged-in client by first name."""

    base: str
    id: str
    clients: Mapping[str, httpx.Client]
    failures: list[str] = field(default_factory=list)
    """What scripts threw in any window; a journey ends by finding it empty."""

    @property
    def address(self) -> str:
        return f"{self.base}/agreements/{self.id}"

    def window(self, browser: Browser, name: str, **options: object) -> Page:
        """Open the agreement in a window of its own, in which that person is logged in."""
        page = opened(browser, self.failures, **options)
        cookies = self.clients[name].cookies
        page.context.add_cookies([{"name": key, "value": value, "url": self.base} for key, value in cookies.items()])
        page.goto(self.address)
        return page


def opened(browser: Browser, failures: list[str], **options: object) -> Page:
    """Open an empty window that tells of every error its scripts meet."""
    page = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "en-US", **options}).new_page()
    page.on("pageerror", lambda error: failures.append(str(error)))
    return page


@contextmanager
def bargaining(base: str, text: str, members: Sequence[tuple[str, str, str]]) -> Iterator[Table]:
    """Begin to bargain: `(first name, party key, role)` of everybody, a lead of each party among them.

    The first one founds the agreement, and so has to be a lead of the first party.
    """
    api, headers = f"{base}/api/v1", {"Origin": base}
    with ExitStack() as stack:
        clients = {name: stack.enter_context(httpx.Client(base_url=api, headers=headers)) for name, _, _ in members}
        yield Table(base, _begun(clients, text, members), clients)


def _begun(clients: Mapping[str, httpx.Client], text: str, members: Sequence[tuple[str, str, str]]) -> str:
    for name, client in clients.items():
        account = {"name": name.capitalize(), "email": f"{name}@parley.example", "password": PASSWORD}
        client.post("/accounts", json=account).raise_for_status()
        client.post("/login", json={"email": account["email"], "password": PASSWORD}).raise_for_status()
    (founder, party, _), *others = members
    founding = {
        "title": "2026-29 Agreement",
        "parties": PARTIES,
        "member": {"party": party, "role": "lead"},
        "text": {"format": "markdown", "content": text},
    }
    agreement = clients[founder].post("/agreements", json=founding).raise_for_status().json()
    path = f"/agreements/{agreement['id']}"
    for name, key, role in others:
        seat = clients[founder].post(f"{path}/invitations", json={"party": key, "role": role}).raise_for_status().json()
        clients[name].post(f"/invitations/{seat['token']}/accept").raise_for_status()
    first_leads = {key: name for name, key, role in reversed(members) if role == "lead"}
    for name in first_leads.values():
        seen = {"content_hash": agreement["content_hash"]}
        clients[name].post(f"{path}/confirmations", json=seen).raise_for_status()
    return str(agreement["id"])


def select(page: Page, words: str) -> None:
    """Select words of the live text."""
    page.evaluate(_SELECT, words)


def retype(page: Page, words: str, keys: Sequence[str]) -> None:
    """Select words, press keys, leave the text, and wait until it is saved."""
    select(page, words)
    for key in keys:
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    expect(page.locator(".saving-saved")).to_be_visible()


def card(page: Page, sentence: str) -> str:
    """Wait for a card that says so, and return its suggestion's id."""
    found = page.locator("article.card").filter(has_text=sentence)
    expect(found).to_be_visible()
    return found.get_attribute("data-card") or ""
