"""Keystroke to paint in a long agreement (N16), beside plain ProseMirror on the same text in the same run."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.soak

KEYS = 120
LONG = "words=200000&suggestions=2000"
WATCH = """() => {
  window.painted = [];
  addEventListener("keydown", (event) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => painted.push(performance.now() - event.timeStamp);
    channel.port2.postMessage(0);
  }), true);
}"""


def keystrokes(browser: Browser, url: str) -> list[float]:
    """Milliseconds from each key press to the frame that shows its letter, sorted."""
    page = browser.new_page(viewport={"width": 1100, "height": 1000})
    page.goto(url)
    page.wait_for_function("window.harness", timeout=120_000)
    page.evaluate("harness.middle()")
    page.evaluate(WATCH)
    for key in range(KEYS + 20):
        page.keyboard.press("e" if key % 6 else "Space")
        page.wait_for_function("count => painted.length === count", arg=key + 1, polling=20)
    samples = page.evaluate("painted")[20:]
    page.close()
    return sorted(samples)


def quantile(samples: list[float], part: float) -> float:
    return samples[int(len(samples) * part)]


def test_a_keystroke_in_a_caucus_is_painted_as_soon_as_at_the_table(
    browser: Browser, editor_url: str, record_property: Callable[[str, object], None]
) -> None:
    caucus = keystrokes(browser, f"{editor_url}?{LONG}&articles=40&layer=caucus&drafts=400")
    table = keystrokes(browser, f"{editor_url}?{LONG}&articles=40")

    for name, samples in (("caucus", caucus), ("table", table)):
        figures = {part: round(quantile(samples, part), 1) for part in (0.5, 0.95)}
        record_property(name, figures)
    assert quantile(caucus, 0.95) <= max(1.2 * quantile(table, 0.95), 50)


@pytest.mark.parametrize("articles", [40, 1])
def test_a_keystroke_in_a_long_agreement_is_painted_as_soon_as_in_a_plain_editor(
    browser: Browser, editor_url: str, articles: int, record_property: Callable[[str, object], None]
) -> None:
    ours = keystrokes(browser, f"{editor_url}?{LONG}&articles={articles}")
    plain = keystrokes(browser, f"{editor_url}?{LONG}&articles={articles}&peer=plain")

    for name, samples in (("ours", ours), ("plain", plain)):
        figures = {part: round(quantile(samples, part), 1) for part in (0.5, 0.95)}
        record_property(name, figures)
    assert quantile(ours, 0.95) <= max(1.2 * quantile(plain, 0.95), 50)
