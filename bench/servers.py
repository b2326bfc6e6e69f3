"""The servers that are measured: how each starts, where it answers, and what it costs.

Every server runs on one core in its own process group and its own empty folder; the load has the other core.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
PEERS = BENCH / "peers"
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
SERVER_CORE, LOAD_CORE = "0", "1"


@dataclass(frozen=True)
class Target:
    """A kind of server: its name in the tables, its dialect, and its command for a port and a folder."""

    name: str
    dialect: str
    command: Callable[[int, Path], Sequence[str]]
    environment: Callable[[int, Path], dict[str, str]] = lambda _port, _folder: {}

    def address(self, port: int) -> dict[str, str]:
        return {"dialect": self.dialect, "socket": f"ws://127.0.0.1:{port}", "http": f"http://127.0.0.1:{port}"}


def _parley_environment(port: int, folder: Path) -> dict[str, str]:
    return {
        "PARLEY_DATA_DIR": str(folder),
        "PARLEY_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/parley.sqlite3",
        "PARLEY_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PARLEY_REGISTRATION": "open",
        "PARLEY_SECRET_KEY": "a key for measuring only, long enough to be taken",
    }


PARLEY = Target(
    "parley",
    "parley",
    lambda port, _folder: [str(Path(sys.executable).parent / "parley"), "serve", "--port", str(port)],
    _parley_environment,
)
HOCUSPOCUS = Target(
    "hocuspocus",
    "hocuspocus",
    lambda port, folder: ["node", str(PEERS / "hocuspocus.mjs"), str(port), str(folder)],
)
Y_WEBSOCKET = Target(
    "y-websocket",
    "plain",
    lambda _port, _folder: ["node", str(PEERS / "node_modules/@y/websocket-server/src/server.js")],
    lambda port, folder: {"HOST": "127.0.0.1", "PORT": str(port), "YPERSISTENCE": f"{folder}/leveldb"},
)
PYCRDT = Target(
    "pycrdt-websocket",
    "plain",
    lambda port, folder: [str(PEERS / ".venv/bin/python"), str(PEERS / "pycrdt_server.py"), str(port), str(folder)],
)


def _free_port() -> int:
    """Ask the system for a port: two benchmarks at once must not measure each other's servers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """One running server, and the folder it keeps between its starts."""

    target: Target
    port: int = field(default_factory=_free_port)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="parley-bench-")))
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> dict[str, str]:
        return self.target.address(self.port)

    def start(self) -> "Server":
        output = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, *self.target.command(self.port, self.folder)],
            env={**os.environ, **self.target.environment(self.port, self.folder)},
            stdout=output,
            stderr=output,
            cwd=ROOT,
            start_new_session=True,
        )
        deadline = time.monotonic() + 60
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.target.name} did not start:\n{self.log()[-4000:]}")
            time.sleep(0.02)
        return self

    def stop(self) -> None:
        """End it as its host would: SIGTERM, and time to write."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def discard(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def cpu_seconds(self) -> float:
        """Processor time of all its processes since they started."""
        return sum(sum(map(int, stat[11:13])) for stat in self._stats()) / TICKS

    def memory_mib(self) -> float:
        """Resident memory of all its processes."""
        return sum(int(stat[21]) for stat in self._stats()) * PAGE / 2**20

    def _stats(self) -> list[list[str]]:
        """Read the fields of /proc/PID/stat after the command's name, for each process of the group."""
        if self.process is None:
            return []
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid:
                found.append(fields)
        return found

    def _answers(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(0.2)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.process = None


def prepare_peers() -> list[Target]:
    """Install the peers from their public packages, once, beside the benchmark; they are no part of the set-up."""
    if not (PEERS / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=PEERS, check=True)
    if not (PEERS / ".venv").is_dir():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS / ".venv")], check=True)
        subprocess.run(
            [PEERS / ".venv/bin/pip", "install", "--quiet", "--require-hashes", "-r", PEERS / "requirements.txt"],
            check=True,
        )
    return [HOCUSPOCUS, Y_WEBSOCKET, PYCRDT]
