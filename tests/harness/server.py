"""The service as an operator starts it: a process of its own on a free port, over a real store."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

READY_SECONDS = 60.0
_POLL_SECONDS = 0.02


class Server:
    """One `parley serve`: it can be stopped, killed, and started again over the same store and port."""

    def __init__(self, folder: Path, **settings: str | int | None) -> None:
        """Take settings by name, as in `registration="open"`, `database_url=…`, `redis_url=…`, `workers=2`."""
        self.folder = folder
        self.port = int(settings.pop("port", None) or free_port())
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"server-{self.port}.log"
        workers = settings.pop("workers", None)
        self._more = ["--workers", str(workers)] if workers else []
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")},
            "PARLEY_DATA_DIR": str(folder),
            "PARLEY_PUBLIC_URL": self.base,
            **{f"PARLEY_{name.upper()}": str(value) for name, value in settings.items() if value is not None},
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        """Start it, and wait until it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self._parley(), "serve", "--host", "127.0.0.1", "--port", str(self.port), *self._more],
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + READY_SECONDS
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"the server did not become ready:\n{self.log.read_text()[-4000:]}")
            time.sleep(_POLL_SECONDS)
        return self

    def migrate(self) -> None:
        """Bring a server database's schema up to date."""
        subprocess.run([*self._parley(), "migrate"], env=self._environment, check=True, capture_output=True)

    def stop(self) -> None:
        """Ask it to end, as an operator would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it between two instructions, workers and all."""
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        if process.poll() is None:
            os.killpg(process.pid, number)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.base}/readyz", timeout=5).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    @staticmethod
    def _parley() -> list[str]:
        return [str(Path(sys.executable).with_name("parley"))]


@contextmanager
def running_server(folder: Path, **settings: str | int | None) -> Iterator[str]:
    """Run the service over a store in a folder (or over `database_url`); yields its address."""
    server = Server(folder, **settings)
    if settings.get("database_url"):
        server.migrate()
    server.start()
    try:
        yield server.base
    finally:
        server.stop()


def free_port() -> int:
    """Find a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
