"""Two parties, two windows, one text: from an empty service to a final text that verifies offline."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.harness.server import running_server
from tests.harness.windows import card, opened, retype

pytestmark = pytest.mark.e2e

STARTING_TEXT = """## Article 1 - Hours

1. Meetings are limited to two each month. Each meeting ends at the close of the day. Attendance is voluntary.
2. The workday is seven hours.

## Article 2 - Leaves

1. Each teacher is credited with ten days of sick leave.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_server(tmp_path_factory.mktemp("journey"), registration="invited") as base:
        yield base


def register(page: Page, name: str, email: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill("a long pass phrase")
    page.locator("button[type=submit]").click()


def start_agreement(page: Page, service: str) -> None:
    page.goto(service)
    page.get_by_role("button", name="Create an account").click()
    register(page, "Ursula Vega", "ursula@association.example")
    page.get_by_role("link", name="Start an agreement").click()
    page.get_by_label("Title").fill("2026-29 Agreement")
    page.get_by_label("Party 1", exact=True).fill("Association")
    page.get_by_label("Party 2", exact=True).fill("District")
    page.get_by_label("The starting text").fill(STARTING_TEXT)
    page.get_by_role("button", name="Start the agreement").click()


def invitation_from(page: Page) -> str:
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_role("textbox", name="Copy the link").input_value()
    page.keyboard.press("Escape")
    return address


def confirm_starting_text(*pages: Page) -> None:
    for page in pages:
        page.reload()
        page.get_by_role("button", name="Confirm the starting text").click()
        expect(page.get_by_role("button", name="Confirm the starting text")).to_be_hidden()
    for page in pages:
        page.reload()
        expect(page.locator(".ProseMirror")).to_contain_text("Meetings are limited")


def answer_of(page: Page, suggestion: str) -> dict[str, object]:
    """Accept a suggestion past the page's own buttons, as somebody determined would."""
    answer: dict[str, object] = page.evaluate(
        """async (id) => {
          const path = `/api/v1${location.pathname}/suggestions/${id}`;
          const { content_hash } = await (await fetch(path)).json();
          const body = JSON.stringify({ kind: "accept", content_hash });
          const headers = { "Content-Type": "application/json" };
          const answer = await fetch(`${path}/responses`, { method: "POST", headers, body });
          return { status: answer.status, code: (await answer.json()).code };
        }""",
        suggestion,
    )
    return answer


def tools_below_header(page: Page) -> float:
    """Scroll down; return the pixels between the header and the tools that stick to it, where text would show."""
    gap: float = page.evaluate(
        """() => {
          document.querySelector(".paper-page").style.minHeight = "300vh";
          scrollTo(0, 400);
          const edge = (name) => document.querySelector(name).getBoundingClientRect();
          return edge(".format-bar").top - edge(".table-header").bottom;
        }"""
    )
    return gap


def initial_everything(page: Page) -> None:
    page.reload()
    for foot in (page.locator(".article-foot").nth(0), page.locator(".article-foot").nth(1)):
        foot.get_by_role("button", name="Initial this article").click()
        page.get_by_role("dialog").get_by_role("button", name="Initial", exact=True).click()
        expect(foot.get_by_role("button", name="Initial this article")).to_be_hidden()


def sign(page: Page, name: str) -> None:
    page.reload()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_label("Type your full name").fill(name)
    page.get_by_role("dialog").get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def download_final_text(page: Page, folder: Path) -> Path:
    with page.expect_download() as downloading:
        page.get_by_role("button", name="JSON, the signed form").click()
    file = folder / downloading.value.suggested_filename
    downloading.value.save_as(file)
    return file


def verdict(file: Path) -> subprocess.CompletedProcess[str]:
    parley = Path(sys.executable).with_name("parley")
    return subprocess.run([str(parley), "verify", str(file)], capture_output=True, text=True, check=False)


def test_two_parties_write_one_agreement_and_sign_it(browser: Browser, service: str, tmp_path: Path) -> None:
    failures: list[str] = []
    ursula, dana = opened(browser, failures), opened(browser, failures)

    start_agreement(ursula, service)
    dana.goto(invitation_from(ursula))
    register(dana, "Dana Ortiz", "dana@district.example")
    expect(dana.get_by_role("heading", name="2026-29 Agreement")).to_be_visible()
    confirm_starting_text(ursula, dana)

    retype(ursula, "two", list("four"))
    own = card(ursula, "Replace “two” with “four”")
    assert answer_of(ursula, own) == {"status": 403, "code": "own_party"}
    expect(ursula.locator(f'[data-card="{own}"]').get_by_role("button", name="Accept")).to_be_hidden()

    # Esc has left the text: a letter walks through the suggestions and writes nothing.
    ursula.keyboard.press("j")
    expect(ursula.locator("article.card.selected")).to_have_count(1)
    expect(ursula.locator(".ProseMirror ins")).to_have_text("four")

    # The other side answers by keyboard; what stands was agreed by both.
    card(dana, "Replace “two” with “four”")
    dana.keyboard.press("j")
    dana.keyboard.press("a")
    expect(dana.get_by_text("You are accepting", exact=True)).to_be_visible()
    dana.get_by_role("button", name="Send now").click()
    expect(ursula.locator("article.card")).to_have_count(0)
    expect(ursula.locator(".ProseMirror")).to_contain_text("limited to four each month")
    expect(ursula.locator("ins, del")).to_have_count(0)

    # A paragraph is split and a sentence deleted, each by one party, and accepted by the other.
    retype(ursula, " Attendance", ["ArrowLeft", "Enter"])
    retype(dana, "The workday is seven hours.", ["Delete"])
    card(dana, "Start a new paragraph")
    dana.locator("article.card").filter(has_text="Start a new paragraph").get_by_role("button", name="Accept").click()
    dana.get_by_role("button", name="Send now").click()
    card(ursula, "Delete “The workday is seven hours.”")
    ursula.locator("article.card").filter(has_text="Delete").get_by_role("button", name="Accept").click()
    # An answer that still waits is sent when its window goes.
    ursula.goto("about:blank")
    expect(dana.locator("article.card")).to_have_count(0)
    ursula.go_back()
    expect(ursula.locator(".ProseMirror")).to_be_visible()
    assert tools_below_header(dana) <= 0

    initial_everything(ursula)
    initial_everything(dana)
    sign(ursula, "Ursula Vega")
    sign(dana, "Dana Ortiz")

    expect(dana.get_by_text("This text never changes again.")).to_be_visible()
    expect(dana.locator(".reading-text")).to_contain_text("limited to four each month")
    expect(dana.locator(".reading-text")).not_to_contain_text("seven hours")
    checked = verdict(download_final_text(dana, tmp_path))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "VALID" in checked.stdout
    assert failures == []
