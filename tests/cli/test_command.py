"""The command as an operator types it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.database import postgres_address

PARLEY = str(Path(sys.executable).with_name("parley"))


def parley(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    environment |= {"PARLEY_DATA_DIR": str(folder), **{f"PARLEY_{name.upper()}": one for name, one in settings.items()}}
    return subprocess.run([PARLEY, *arguments], env=environment, capture_output=True, text=True, check=False)


def test_it_tells_what_it_can_do(tmp_path: Path) -> None:
    told = parley(tmp_path, "--help")

    assert told.returncode == 0
    assert all(command in told.stdout for command in ("serve", "migrate", "demo", "verify", "keys", "mail"))


def test_the_demonstration_prints_the_same_people_and_passwords_again(tmp_path: Path) -> None:
    first, again = parley(tmp_path, "demo"), parley(tmp_path, "demo")

    assert (first.returncode, again.returncode) == (0, 0)
    assert first.stdout == again.stdout
    assert first.stdout.count("@") == 4


def test_migrating_makes_the_store(tmp_path: Path) -> None:
    assert parley(tmp_path, "migrate").returncode == 0
    assert (tmp_path / "parley.db").is_file()


def test_mail_that_could_not_be_sent_is_listed_without_addresses_and_tried_again(tmp_path: Path) -> None:
    parley(tmp_path, "migrate")
    at = "2026-03-02 16:00:00.000000"
    with sqlite3.connect(tmp_path / "parley.db") as store:
        store.execute(
            "INSERT INTO letters (id, purpose, address, status, attempts, due_at, problem, created_at) "
            "VALUES ('let_1', 'invitation', 'dana@district.example', 'dead', 10, ?, 'SMTP 451 4.3.0', ?)",
            (at, at),
        )
    store.close()

    listed = parley(tmp_path, "mail", "list").stdout
    unknown = parley(tmp_path, "mail", "retry", "let_2")
    retried = parley(tmp_path, "mail", "retry", "let_1").stdout
    waiting = parley(tmp_path, "mail", "list").stdout

    assert "let_1  dead     invitation  10" in listed
    assert "SMTP 451 4.3.0" in listed
    assert "dana" not in listed
    assert (unknown.returncode, retried) == (1, "1 will be tried again.\n")
    assert waiting.endswith("1 waiting\n")


def test_rotating_makes_a_new_key_each_time(tmp_path: Path) -> None:
    first, second = parley(tmp_path, "keys", "rotate"), parley(tmp_path, "keys", "rotate")

    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout != second.stdout


@pytest.mark.parametrize(
    ("arguments", "settings", "why"),
    [
        (["serve", "--workers", "2"], {}, "More than one worker needs a server database"),
        (["migrate"], {"database_url": "postgresql://127.0.0.1:1/none"}, "PARLEY_SECRET_KEY is required"),
        (["migrate"], {"public_url": "parley"}, "PARLEY_PUBLIC_URL must begin with"),
        (["migrate"], {"database_url": "postgresql://127.0.0.1:1/none", "secret_key": "x" * 16}, "parley: "),
    ],
    ids=["workers", "secret", "address", "no server"],
)
def test_a_refusal_is_one_sentence_and_no_trace(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], why: str
) -> None:
    refused = parley(tmp_path, *arguments, **settings)

    assert refused.returncode == 1
    assert why in refused.stdout + refused.stderr
    assert "Traceback" not in refused.stderr


async def test_a_server_database_that_is_behind_is_not_served(tmp_path: Path, postgres_url: str) -> None:
    async with postgres_address(postgres_url) as url:
        refused = parley(tmp_path, "serve", database_url=url, secret_key="a secret for tests only")

    assert refused.returncode == 1
    assert "parley migrate" in refused.stderr
