"""What the linters, type checkers and the web application's own tests say, each as one test."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.requirements import ROOT

BIN = Path(sys.executable).parent
NODE_BIN = ROOT / "node_modules" / ".bin"
FRONTEND = ROOT / "frontend"

PYTHON_TOOLS = {
    "ruff": ["ruff", "check", "--no-cache"],
    "ruff-format": ["ruff", "format", "--check", "--no-cache"],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports", "--no-cache"],
}
NODE_TOOLS = {
    "tsc": ["tsc", "--noEmit"],
    "eslint": ["eslint", "--max-warnings", "0", "."],
    "dependency-cruiser": ["depcruise", "src", "--config", ".dependency-cruiser.cjs"],
    "vitest": ["vitest", "run", "--no-color"],
}


def run(command: list[str], cwd: Path) -> None:
    finished = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)

    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.parametrize("tool", PYTHON_TOOLS)
def test_python_passes(tool: str) -> None:
    program, *arguments = PYTHON_TOOLS[tool]

    run([str(BIN / program), *arguments], ROOT)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("tool", NODE_TOOLS)
def test_frontend_passes(tool: str) -> None:
    program, *arguments = NODE_TOOLS[tool]

    run([str(NODE_BIN / program), *arguments], FRONTEND)


def test_node_finds_exactly_one_yjs() -> None:
    """Two copies of Yjs in one page or one test fail in ways that look like our bugs."""
    copies = [
        path
        for folder in (ROOT / "node_modules", FRONTEND / "node_modules", ROOT / "tests" / "interop" / "node_modules")
        for path in folder.rglob("yjs/package.json")
    ]

    assert copies == [ROOT / "node_modules" / "yjs" / "package.json"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="No bash to read the scripts with")
def test_the_ci_script_is_sound_bash() -> None:
    run(["bash", "-n", str(ROOT / ".ci" / "run")], ROOT)
