"""A test file that yields no test is worse than none: it is read as proof."""

import subprocess
import sys

from tests.harness.requirements import ROOT

TESTS = ROOT / "tests"
NO_TESTS_EXPECTED = {"harness"}


def test_every_python_file_under_tests_yields_a_test() -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for path in TESTS.rglob("*.py")
        if path.name not in {"conftest.py", "__init__.py"}
        and not NO_TESTS_EXPECTED & set(path.relative_to(TESTS).parts)
        and "node_modules" not in path.parts
    }

    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "", "-p", "no:cacheprovider"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert listed.returncode == 0, listed.stdout + listed.stderr
    assert files == {line.partition("::")[0] for line in listed.stdout.splitlines() if "::" in line}
