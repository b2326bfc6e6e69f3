"""The editor's own page, served by Vite on a free port and opened afresh for every test."""

import os
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.harness.requirements import ROOT, require_chromium
from tests.harness.server import free_port

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FRONTEND = ROOT / "frontend"


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server on the loopback.
            return True
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="module")
def editor_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    vite = ROOT / "node_modules" / "vite" / "bin" / "vite.js"
    log: Path = tmp_path_factory.mktemp("vite") / "vite.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            ["node", str(vite), "--port", str(port), "--strictPort", "--host", "127.0.0.1"],
            cwd=FRONTEND,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}/dev/editor.html"
    try:
        while not _answers(url):
            assert server.poll() is None, log.read_text()
        yield url
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def editor_page(browser: Browser, editor_url: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 1300})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(editor_url)
    page.wait_for_function("window.harness")
    yield page
    context.close()
    assert errors == []
