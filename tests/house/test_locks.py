"""The locks install the same everywhere: every package pinned with its hash, and no address of any mirror."""

import json
import re
import tomllib
from typing import Any

import pytest

from tests.harness.requirements import ROOT

PYTHON_LOCKS = ["requirements.txt", "requirements-dev.txt", "bench/peers/requirements.txt"]
NODE_LOCKS = ["package-lock.json", "bench/peers/package-lock.json"]
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def pinned(lock: str) -> set[str]:
    lines = (ROOT / lock).read_text().splitlines()
    return {match.group().lower() for line in lines if "==" in line and (match := NAME.match(line))}


def asked_for() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extra = [name for names in project["optional-dependencies"].values() for name in names]
    return {"requirements.txt": project["dependencies"], "requirements-dev.txt": [*project["dependencies"], *extra]}


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_python_package_is_pinned_with_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()

    requirements = [each for each in re.split(r"\n(?=[A-Za-z0-9])", text) if "==" in each]

    assert requirements
    assert all("--hash=sha256:" in each for each in requirements)
    assert "://" not in text
    assert not re.search(r"^--", text, re.MULTILINE)


@pytest.mark.parametrize("lock", NODE_LOCKS)
def test_every_node_package_is_pinned_with_a_hash_and_no_address(lock: str) -> None:
    packages = json.loads((ROOT / lock).read_text())["packages"]

    installed = [entry for path, entry in packages.items() if "node_modules/" in path and not entry.get("link")]

    assert installed
    assert all(entry["integrity"].startswith("sha512-") for entry in installed)
    assert not any("://" in entry.get("resolved", "") for entry in packages.values())


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_holds_everything_that_is_asked_for(lock: str) -> None:
    wanted = {NAME.match(each).group().lower() for each in asked_for()[lock]}

    assert wanted <= pinned(lock)


def test_the_architecture_page_stays_short() -> None:
    assert len((ROOT / "docs" / "architecture.md").read_text().splitlines()) <= 150
