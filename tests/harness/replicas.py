"""A client's replica, in pycrdt or in real Yjs: what it edits, what it would send, what it takes in.

Offsets and lengths count code points; frames that a replica makes collect in `outbox`.
"""

import base64
import json
import shutil
import subprocess
from types import TracebackType
from typing import Any, Protocol, Self

import pycrdt

from tests.harness.honest import Delta, Run, apply_delta
from tests.harness.requirements import ROOT


class Replica(Protocol):
    """One client's copy of the table."""

    outbox: list[bytes]

    def runs(self, article: str) -> list[Run]: ...

    def edit(self, article: str, delta: Delta, *, tracked: bool = True) -> None:
        """Make an edit in one transaction; a tracked one can be undone. An `inherit` step takes the marks it finds."""
        ...

    def back(self, *, redo: bool) -> None: ...

    def receive(self, updates: list[bytes]) -> None: ...

    def missing(self, state_vector: bytes) -> bytes: ...

    def state_vector(self) -> bytes: ...


class Maker(Protocol):
    """Makes replicas."""

    def __call__(self, state: bytes, client_id: int, articles: tuple[str, ...]) -> Replica: ...


class PycrdtReplica:
    """A replica in pycrdt."""

    def __init__(self, state: bytes, client_id: int, articles: tuple[str, ...]) -> None:
        self.outbox: list[bytes] = []
        self.doc: pycrdt.Doc[Any] = pycrdt.Doc(client_id=client_id)
        self.texts: pycrdt.Map[Any] = self.doc.get("articles", type=pycrdt.Map)
        self.doc.apply_update(state)
        self._undo = pycrdt.UndoManager(scopes=[self.texts[one] for one in articles], capture_timeout_millis=0)
        self._undo.include_origin("typing")
        self._heard = self.doc.observe(lambda event: self.outbox.append(event.update))

    def runs(self, article: str) -> list[Run]:
        return [(text, dict(marks or {})) for text, marks in self.texts[article].diff()]

    def edit(self, article: str, delta: Delta, *, tracked: bool = True) -> None:
        with self.doc.transaction(origin="typing" if tracked else "forging"):
            apply_delta(self.texts[article], self.runs(article), delta)

    def back(self, *, redo: bool) -> None:
        if redo:
            self._undo.redo()
        else:
            self._undo.undo()

    def receive(self, updates: list[bytes]) -> None:
        kept = list(self.outbox)
        for update in updates:
            self.doc.apply_update(update)
        self.outbox[:] = kept

    def missing(self, state_vector: bytes) -> bytes:
        return self.doc.get_update(state_vector)

    def state_vector(self) -> bytes:
        return self.doc.get_state()


class YjsProcess:
    """A node process full of Yjs replicas; use it as a context manager, and call it to make a replica."""

    def __init__(self) -> None:
        self._made = 0

    def __enter__(self) -> Self:
        node = shutil.which("node") or "node"
        self._process = subprocess.Popen(
            [node, "yjs_client.mjs"],
            cwd=ROOT / "tests" / "interop",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process as process:
            process.stdin.close()

    def __call__(self, state: bytes, client_id: int, articles: tuple[str, ...]) -> "YjsReplica":
        self._made += 1
        return YjsReplica(self, self._made, state, client_id, articles)

    def call(self, name: str, **given: Any) -> dict[str, Any]:
        """Make one call and wait for its answer."""
        self._process.stdin.write(json.dumps({"call": name, **given}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer


class YjsReplica:
    """A replica in real Yjs."""

    def __init__(
        self, process: YjsProcess, number: int, state: bytes, client_id: int, articles: tuple[str, ...]
    ) -> None:
        self.outbox: list[bytes] = []
        self._process = process
        self._number = number
        self._call("open", state=_text(state), clientId=client_id, articles=list(articles))

    def runs(self, article: str) -> list[Run]:
        return [(text, marks) for text, marks in self._call("runs", article=article)]

    def edit(self, article: str, delta: Delta, *, tracked: bool = True) -> None:
        content = "".join(text for text, _ in self.runs(article))
        done = 0
        counted: Delta = []
        for step in delta:
            units = dict(step)
            for name in ("retain", "delete"):
                if name in units:
                    units[name] = len(content[done : done + step[name]].encode("utf-16-le")) // 2
                    done += step[name]
            counted.append(units)
        self._call("edit", article=article, delta=counted, tracked=tracked)

    def back(self, *, redo: bool) -> None:
        self._call("back", redo=redo)

    def receive(self, updates: list[bytes]) -> None:
        self._call("receive", updates=[_text(update) for update in updates])

    def missing(self, state_vector: bytes) -> bytes:
        return base64.b64decode(self._call("missing", stateVector=_text(state_vector)))

    def state_vector(self) -> bytes:
        return base64.b64decode(self._call("stateVector"))

    def _call(self, name: str, **given: Any) -> Any:
        answer = self._process.call(name, client=self._number, **given)
        self.outbox.extend(base64.b64decode(frame) for frame in answer["frames"])
        return answer["result"]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
