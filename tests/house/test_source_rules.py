"""House rules that no linter expresses, read off the syntax tree. Each says what it keeps from leaking."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.harness.requirements import ROOT

MODULES = sorted(path for path in (ROOT / "app").rglob("*.py"))
TYPESCRIPT = sorted(
    path for path in (ROOT / "frontend" / "src").rglob("*.ts*") if "generated" not in path.relative_to(ROOT).parts
)
HARD_LINES, MEDIAN_LINES, FUNCTION_LINES = 450, 120, 40
# It goes out alone, in every archive, and is to be read in one sitting: it cannot be two files.
ALONE = {"app/verifier/parley_verify.py": 480}
STATEMENTS = {"select", "insert", "update", "delete"}
# The HTTP edge and the peer loop: the two places where an unknown failure is logged once and ends there.
CATCH_ALL = {"app/api/errors.py", "app/api/sync.py"}
HOMELESS = {"utils", "helpers", "common", "core", "managers", "misc", "util"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nodes(kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[tuple[str, ast.AST]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, kind):
                yield name(path), node


TRANSACTIONS = ("app/db.py", "app/embedded.py")


def found(where: str, node: ast.AST) -> str:
    return f"{where}:{getattr(node, 'lineno', 1)}"


def test_only_the_transaction_modules_commit() -> None:
    """A commit elsewhere would show a peer what its ledger entry or its log row has not yet reached."""
    calls = [
        found(where, node)
        for where, node in nodes(ast.Call)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "commit" and where not in TRANSACTIONS
    ]

    assert not calls


def test_only_repositories_build_statements() -> None:
    """A query elsewhere forgets who may see its rows: visibility is applied in repositories alone."""
    imports = [
        found(where, node)
        for where, node in nodes(ast.ImportFrom)
        if (node.module or "").split(".")[0] == "sqlalchemy"
        and STATEMENTS & {alias.name for alias in node.names}
        and not where.startswith("app/repositories/")
    ]

    assert not imports


def test_only_the_configuration_reads_the_environment() -> None:
    """A setting read where it is used can't be seen, documented or changed in a test."""
    reads = [
        found(where, node)
        for where, node in nodes(ast.Attribute)
        if isinstance(node.value, ast.Name)
        and node.value.id == "os"
        and node.attr in {"environ", "getenv"}
        and where != "app/config.py"
    ]

    assert not reads


def test_the_rules_of_the_domain_need_nothing_installed() -> None:
    """A rule that needs a library can't be read, tested in a millisecond, or trusted on its own."""
    foreign = [
        found(where, node)
        for where, node in nodes((ast.Import, ast.ImportFrom))
        if where.startswith("app/domain/")
        for module in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith(("app.domain", "app.errors"))
    ]

    assert not foreign


def test_only_the_http_edge_and_the_peer_loop_catch_everything() -> None:
    """A broad catch elsewhere hides a failed append, and a peer is shown what was never saved."""
    broad = [
        found(where, node)
        for where, node in nodes(ast.ExceptHandler)
        if (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}) and where not in CATCH_ALL
    ]

    assert not broad


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name(path)
        for path in MODULES
        if (text := path.read_text()).strip() and ast.get_docstring(ast.parse(text)) is None
    ]

    assert not silent


def test_no_module_is_named_for_nothing() -> None:
    homeless = [name(path) for path in MODULES if HOMELESS & {*path.relative_to(ROOT).parts[:-1], path.stem}]

    assert not homeless


def test_a_function_fits_one_screen() -> None:
    long = [
        f"{found(where, node)} {node.name} ({lines} lines)"
        for where, node in nodes((ast.FunctionDef, ast.AsyncFunctionDef))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]

    assert not long


@pytest.mark.parametrize("sources", [MODULES, TYPESCRIPT], ids=["python", "typescript"])
def test_a_module_stays_small(sources: list[Path]) -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in sources}

    too_long = {where: lines for where, lines in lengths.items() if lines > ALONE.get(where, HARD_LINES)}

    assert not too_long
    assert median(lengths.values()) <= MEDIAN_LINES
