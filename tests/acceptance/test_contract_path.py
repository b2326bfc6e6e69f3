"""The whole path through contract.md alone: plain HTTP, an unmodified Yjs provider, and the verifier offline."""

import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.harness.blackbox import YjsClient, agreed_between, pending
from tests.harness.server import running_server


@pytest.fixture
def server(tmp_path):
    with running_server(tmp_path, registration="open") as base:
        yield base


def verify(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("parley")
    return subprocess.run([str(command), "verify", str(path), *more], capture_output=True, text=True, check=False)


MARKDOWN = """# 2026-29 Agreement

## Hours of work

The workday is seven hours, including a thirty-minute duty-free lunch.

Meetings are limited to two each month. Meetings may not be held on Fridays.

## Salary

Salaries rise by three percent.
"""


def test_two_parties_reach_a_signed_text_through_the_contract_alone(server, tmp_path):
    ursula, dana, path = agreed_between(server, MARKDOWN)
    agreement_id = path.rsplit("/", 1)[1]
    with (
        YjsClient(server, agreement_id, ursula.token) as union,
        YjsClient(server, agreement_id, dana.token) as district,
    ):
        they_bargain(server, tmp_path, path, (ursula, dana), (union, district))


def they_bargain(server, tmp_path, path, people, clients):
    (ursula, dana), (union, district) = people, clients
    hours, salary = (article["id"] for article in ursula.ok(200, "GET", path)["articles"])
    start = ursula.ok(200, "GET", f"{path}/text", headers={"Accept": "text/plain"})

    # Typed without a mark, by a client that knows nothing of suggestions: the server makes it one.
    at = union("find", article=hours, text="thirty-minute")
    union("insert", article=hours, at=at, text="forty-five-minute or ")
    district("untilMarked", article=hours, key="ins", text="forty-five-minute or ")
    assert ursula.ok(200, "GET", f"{path}/text", headers={"Accept": "text/plain"}) == start

    [suggestion] = pending(dana, path)
    answers = f"{path}/suggestions/{suggestion['id']}/responses"
    accept = {"kind": "accept", "content_hash": suggestion["content_hash"]}
    assert suggestion["party"] == "union"
    assert suggestion["author"]["name"] == "Ursula"
    assert ursula.ok(403, "POST", answers, json=accept)["code"] == "own_party"

    # What moved since it was seen is refused, with the current content.
    union("insert", article=hours, at=at + len("forty-five-minute or "), text="a ")
    district("until", article=hours, contains="or a thirty")
    stale = dana.ok(409, "POST", answers, json=accept)
    assert stale["code"] == "stale_suggestion"
    accept["content_hash"] = stale["current"]["content_hash"]
    assert dana.ok(200, "POST", answers, json=accept)["status"] == "accepted"
    assert dana.ok(409, "POST", answers, json=accept)["code"] == "already_resolved"
    assert "forty-five-minute or a thirty-minute" in ursula.ok(
        200, "GET", f"{path}/text", headers={"Accept": "text/plain"}
    )

    # A split paragraph from one side, a deleted sentence and a format from the other; answered at once.
    split = union("find", article=hours, text=" Meetings may not")
    union("insert", article=hours, at=split, text="\n")
    union("until", article=hours, contains="month.\n")
    rise = district("find", article=salary, text="Salaries rise by three percent.")
    district("remove", article=salary, at=rise, length=len("Salaries rise by three percent."))
    union("untilMarked", article=salary, key="del:district", text="three percent")
    union(
        "format", article=hours, at=union("find", article=hours, text="two each"), length=3, attributes={"bold": True}
    )
    district("untilMarked", article=hours, key="fmt:union", text="two")
    items = pending(ursula, path)
    assert {(item["party"], item["kind"]) for item in items} == {
        ("union", "insertion"),
        ("district", "deletion"),
        ("union", "format"),
    }
    unions = [item for item in items if item["party"] == "union"]
    bulk = [{"suggestion": item["id"], "kind": "accept", "content_hash": item["content_hash"]} for item in items]
    results = dana.ok(200, "POST", f"{path}/responses", json={"items": bulk})["items"]
    assert {result.get("status") or result["code"] for result in results} == {"accepted", "own_party"}
    [deletion] = pending(ursula, path)
    reject = {"kind": "reject", "content_hash": deletion["content_hash"], "reason": "We need the raise."}
    assert ursula.ok(200, "POST", f"{path}/suggestions/{deletion['id']}/responses", json=reject)["status"] == "rejected"
    assert len(unions) == 2

    text = ursula.ok(200, "GET", f"{path}/text")
    assert [len(article["paragraphs"]) for article in text["articles"]] == [3, 1]
    assert union("all") == district("all")
    they_initial_and_sign(server, path, people, union, salary)
    final_text_and_ledger_verify_and_a_flipped_byte_is_named(server, ursula, path, tmp_path)


def they_initial_and_sign(server, path, people, union, salary):
    ursula, dana = people
    text = ursula.ok(200, "GET", f"{path}/text")

    # Initials close an article on every path; signatures follow, and the final text verifies offline.
    for article in text["articles"]:
        current = ursula.ok(200, "GET", f"{path}/text", params={"article": article["id"]})
        for person in (ursula, dana):
            person.ok(
                200, "POST", f"{path}/articles/{article['id']}/initials", json={"content_hash": current["content_hash"]}
            )
    closed = union("text", article=salary)
    union("insert", article=salary, at=0, text="Nobody agreed to this. ")
    union("until", article=salary, contains=closed)
    assert dana.ok(409, "GET", f"{path}/final")["code"] == "not_signed"
    signed = {"content_hash": text["content_hash"], "statement": "I sign for my party."}
    for person in (ursula, dana):
        person.ok(200, "POST", f"{path}/signatures", json=signed | {"name": person.name})
    assert dana.ok(200, "GET", path)["status"] == "signed"


def final_text_and_ledger_verify_and_a_flipped_byte_is_named(server, person, path, tmp_path):
    final = person.call("GET", f"{path}/final", headers={"Accept": "application/json"})
    etag = final.headers["etag"]
    assert not etag.startswith("W/")
    assert person.call("GET", f"{path}/final", headers={"If-None-Match": etag}).status_code == 304
    keys = tmp_path / "jwks.json"
    keys.write_bytes(httpx.get(f"{server}/.well-known/jwks.json").content)
    final_file = tmp_path / "final.json"
    final_file.write_bytes(final.content)
    archive = person.call("GET", f"{path}/archive")
    (tmp_path / "archive.zip").write_bytes(archive.content)
    with zipfile.ZipFile(tmp_path / "archive.zip") as opened:
        [ledger_name] = [name for name in opened.namelist() if "ledger" in name and name.endswith(".json")]
        ledger_file = tmp_path / "ledger.json"
        ledger_file.write_bytes(opened.read(ledger_name))
    for file in (final_file, ledger_file):
        good = verify(file, "--keys", str(keys))
        assert good.returncode == 0, good.stdout + good.stderr
        content = bytearray(file.read_bytes())
        content[content.index(b"month") + 2] ^= 1
        file.write_bytes(content)
        bad = verify(file, "--keys", str(keys))
        assert bad.returncode == 1
        assert "first" in (bad.stdout + bad.stderr).lower()
