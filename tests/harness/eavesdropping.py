"""Everything that leaves the service, as one person after another gets it: every GET there is, sockets, logs, mail.

A sweep asks for everything that the description of the interface names, with every id that could be guessed, and in
every form. Two sweeps that differ tell that something has changed for whoever made them.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from typing import Any

import httpx
from fastapi import FastAPI

from tests.harness.canaries import Canary

_PARAMETER = re.compile(r"{(\w+)}")
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
_MOST_VALUES = 3
_FORMS = 4
OWN_CLIENTS = ("httpx", "httpcore", "hypothesis", "websockets.client")
"""Logs of the test's own machinery, which knows what it types."""


@dataclass(frozen=True, slots=True)
class Answer:
    """All that an answer tells."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def whole(self) -> bytes:
        return "\n".join(f"{name}: {value}" for name, value in self.headers).encode() + b"\n\n" + self.body


@dataclass(slots=True)
class Question:
    """One GET: its route, the path with everything filled in, and the form asked for."""

    route: str
    path: str
    accept: str | None

    @property
    def name(self) -> str:
        return f"{self.path} as {self.accept}" if self.accept else self.path


@dataclass(slots=True)
class Interface:
    """What the service says of itself, turned into questions."""

    app: FastAPI
    _reads: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        schema = self.app.openapi()
        self._reads = [(path, item["get"]) for path, item in schema["paths"].items() if "get" in item]
        self._schemas = schema["components"]["schemas"]

    _schemas: dict[str, Any] = field(default_factory=dict)

    def questions(self, known: dict[str, list[str]], *, thorough: bool = True) -> list[Question]:
        """Ask everything: each route with each known id in it, and if thorough each choice of a filter, each form."""
        return [
            question
            for route, operation in self._reads
            for path in self._paths(route, known)
            for question in (self._variants(route, path, operation) if thorough else [Question(route, path, None)])
        ]

    def collections(self) -> list[tuple[str, str]]:
        """List the parameters of routes that a list answers the ids of, each with that list's route."""
        found = []
        listed = {route for route, _ in self._reads}
        for route, _ in self._reads:
            for match in _PARAMETER.finditer(route):
                parent = route[: match.start()].rstrip("/")
                if parent in listed:
                    found.append((match[1], parent))
        return list(dict.fromkeys(found))

    def _paths(self, route: str, known: dict[str, list[str]]) -> Iterator[str]:
        names = _PARAMETER.findall(route)
        for values in product(*(known.get(name, ["unknown"])[-_MOST_VALUES:] for name in names)):
            yield route.format(**dict(zip(names, values, strict=True)))

    def _variants(self, route: str, path: str, operation: dict[str, Any]) -> Iterator[Question]:
        forms = list(operation["responses"].get("200", {}).get("content", {}))[:_FORMS]
        for form in forms if len(forms) > 1 else [None]:
            yield Question(route, path, form)
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                for value in self._choices(parameter.get("schema", {})):
                    yield Question(route, f"{path}?{parameter['name']}={value}", None)

    def _choices(self, schema: dict[str, Any]) -> list[str]:
        reference = schema.get("$ref")
        schema = self._schemas[reference.rpartition("/")[2]] if reference else schema
        return schema.get("enum", []) or [value for part in schema.get("anyOf", []) for value in self._choices(part)]


async def ask(http: httpx.AsyncClient, question: Question) -> Answer:
    """Ask one question, and take the answer whole; a time that is just that of the asking is written as such."""
    headers = {"Accept": question.accept} if question.accept else {}
    asked = datetime.now(UTC)
    answer = await http.get(f"http://127.0.0.1:8000{question.path}", headers=headers)
    answered = datetime.now(UTC)

    def named(match: re.Match[bytes]) -> bytes:
        since = asked if match[1] else asked.replace(microsecond=0)
        return b"<now>" if since <= datetime.fromisoformat(match[0].decode()) <= answered else match[0]

    body = _TIME.sub(named, answer.content)
    return Answer(answer.status_code, tuple(sorted(answer.headers.items())), body)


def ids_in(answer: Answer) -> list[str]:
    """List the ids of what a list holds."""
    if answer.status != httpx.codes.OK or not answer.body.startswith(b"{"):
        return []
    items = json.loads(answer.body).get("items", [])
    return [item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]


@contextmanager
def logs_heard() -> Iterator[list[str]]:
    """Hear everything that is logged, at every level, but by the test's own clients."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if not record.name.startswith(OWN_CLIENTS):
                heard.append(f"{record.name}: {self.format(record)}")

    listener, root = Listener(), logging.getLogger()
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        root.setLevel(level)
        root.removeHandler(listener)


def leaks(heard: Iterable[tuple[str, bytes]], canaries: Iterable[Canary]) -> list[str]:
    """Tell where canaries were heard."""
    canaries = list(canaries)
    return [f"{canary} in {where}" for where, content in heard for canary in canaries if canary.is_in(content)]
