"""An unmodified y-websocket provider against the real service: it syncs, types, and comes back by itself."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness.blackbox import Person, agreed_between
from tests.harness.server import Server

HERE = Path(__file__).parent
MARKDOWN = "# Agreement\n\n## Hours\n\nThe workday is seven hours.\n"


class Provider:
    """One node process with one provider."""

    def __init__(self, base: str, agreement: str, proof: str, layer: str = "table") -> None:
        node = shutil.which("node")
        assert node is not None
        url = base.replace("http", "ws", 1) + f"/collab/{agreement}"
        self.process = subprocess.Popen(
            [node, str(HERE / "provider.mjs"), url, layer, proof],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __call__(self, op: str, **fields):
        self.process.stdin.write(json.dumps({"op": op, **fields}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer
        return answer["ok"]

    def end(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=10)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("interop"), registration="open").start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def parties(server) -> tuple[Person, Person, str]:
    ursula, dana, path = agreed_between(server.base, MARKDOWN)
    return ursula, dana, path.rsplit("/", 1)[1]


@pytest.fixture
def provider(server, parties) -> Iterator[Callable[..., Provider]]:
    """Start a provider for a member; it ends with the test."""
    started: list[Provider] = []

    def start(proof: str, layer: str = "table") -> Provider:
        started.append(Provider(server.base, parties[2], proof, layer))
        return started[-1]

    yield start
    for each in started:
        each.end()


@pytest.fixture
def ursula(provider, parties) -> Provider:
    return provider(parties[0].token)


@pytest.fixture
def dana(provider, parties) -> Provider:
    return provider(parties[1].token)


def test_two_providers_sync_type_and_converge(ursula, dana):
    ursula("synced"), dana("synced")
    article = ursula("first")

    ursula("insert", article=article, at=0, text="From the union. ")
    dana("contains", article=article, text="From the union. ")
    dana("insert", article=article, at=0, text="From the district. ")
    ursula("contains", article=article, text="From the district. ")

    assert ursula("text", article=article) == dana("text", article=article)
    assert ursula("delta", article=article) == dana("delta", article=article)


def test_what_it_deletes_of_the_agreed_text_stands_as_its_suggestion(ursula, dana):
    ursula("synced"), dana("synced")
    article = ursula("first")
    agreed = dana("text", article=article)

    ursula("remove", article=article, at=0, length=4)
    ursula("contains", article=article, text="The workday")

    assert dana("text", article=article) == agreed


def test_it_reconnects_after_a_restart_and_brings_what_was_typed_meanwhile(server, ursula, dana):
    ursula("synced"), dana("synced")
    article = ursula("first")
    ursula("insert", article=article, at=0, text="Before. ")
    dana("contains", article=article, text="Before. ")

    server.kill()
    ursula("lost")
    ursula("insert", article=article, at=0, text="Meanwhile. ")
    server.start()
    dana("contains", article=article, text="Meanwhile. ")

    assert ursula("text", article=article) == dana("text", article=article)


def test_a_shutdown_says_that_it_will_be_back_and_the_provider_waits_for_it(server, ursula):
    ursula("synced")

    server.stop()
    code = ursula("closed")[0]
    server.start()
    ursula("synced")

    assert code == 4503


def test_who_was_offline_catches_up_and_brings_its_own(ursula, dana):
    ursula("synced"), dana("synced")
    article = ursula("first")
    dana("disconnect")
    ursula("insert", article=article, at=0, text="While away. ")
    dana("insert", article=article, at=0, text="Written away. ")

    dana("connect")
    ursula("contains", article=article, text="Written away. ")
    dana("contains", article=article, text="While away. ")

    assert ursula("text", article=article) == dana("text", article=article)


def test_presence_shows_who_the_server_knows_them_to_be(ursula, dana):
    ursula("synced"), dana("synced")

    ursula("here", state={"cursor": 7, "user": {"name": "Somebody Else", "party": "district"}})
    [seen] = dana("sees", name="Ursula")

    assert seen["cursor"] == 7
    assert seen["user"]["party"] == "union"


def test_presence_goes_with_its_connection_and_comes_back_with_it(ursula, dana):
    ursula("synced"), dana("synced")
    ursula("here", state={"cursor": 7})
    dana("sees", name="Ursula")

    ursula("disconnect")
    dana("alone")
    ursula("connect")

    dana("sees", name="Ursula")


def test_a_provider_that_hears_of_others_is_not_taken_for_a_forger(provider, parties, ursula, dana):
    """Unmodified providers echo whatever presence they hear."""
    ursula("synced"), dana("synced")
    third = provider(parties[0].token)
    third("synced")
    for number in range(5):
        ursula("here", state={"cursor": number})
        dana("here", state={"cursor": number})
    third("sees", name="Dana")

    article = ursula("first")
    third("insert", article=article, at=0, text="Still in. ")
    dana("contains", article=article, text="Still in. ")


def test_news_of_somebody_elses_presence_is_refused(ursula, dana):
    ursula("synced"), dana("synced")
    ursula("here", state={"cursor": 7})
    dana("here", state={"cursor": 3})
    dana("sees", name="Ursula")

    dana("forge", client=ursula("client"))

    assert dana("closed") == [4400]


def test_a_ticket_opens_one_socket(provider, parties):
    ticket = parties[0].ok(201, "POST", "/tickets")["ticket"]

    first = provider(f"?{ticket}")
    first("synced")
    second = provider(f"?{ticket}")

    assert second("closed") == [4401]
