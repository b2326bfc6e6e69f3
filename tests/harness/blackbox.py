"""People who know the service by its contract alone: plain HTTP, and an unmodified Yjs provider in node."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Self

import httpx

SCRIPTS = Path(__file__).parents[1] / "acceptance"
PARTIES = [
    {"key": "union", "name": "Teachers' Association", "signatory": True},
    {"key": "district", "name": "School District", "signatory": True},
]


class YjsClient:
    """One node process with one Yjs document behind an unmodified provider."""

    def __init__(self, base: str, agreement: str, token: str) -> None:
        node = shutil.which("node")
        assert node is not None
        url = base.replace("http", "ws", 1) + f"/collab/{agreement}"
        self.process = subprocess.Popen(
            [node, str(SCRIPTS / "yjs_client.mjs"), url, "table", token],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __call__(self, op: str, **fields):
        self.process.stdin.write(json.dumps({"op": op, **fields}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer
        return answer["ok"]

    def __enter__(self) -> Self:
        self("synced")
        return self

    def __exit__(self, *_) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=10)


class Person:
    """An account that speaks HTTP with a bearer token."""

    def __init__(self, base: str, name: str) -> None:
        self.base = base
        self.name = name
        self.headers = {"Origin": base}

    def register(self, invitation: str | None = None) -> "Person":
        email = f"{self.name.lower()}@example.org"
        body = {"name": self.name, "email": email, "password": "correct horse battery"}
        self.ok(201, "POST", "/accounts", json=body | ({"invitation": invitation} if invitation else {}))
        login = self.call("POST", "/login", json={"email": email, "password": body["password"]})
        self.headers["Cookie"] = login.headers["set-cookie"].split(";")[0]
        scopes = ["agreement:read", "agreement:write", "final:read"]
        self.token = self.ok(201, "POST", "/tokens", json={"name": "client", "scopes": scopes})["token"]
        self.headers = {"Authorization": f"Bearer {self.token}"}
        return self

    def call(self, method: str, path: str, headers: dict[str, str] | None = None, **request) -> httpx.Response:
        url = f"{self.base}/api/v1{path}"
        return httpx.request(method, url, headers=self.headers | (headers or {}), timeout=60, **request)

    def ok(self, status: int, method: str, path: str, **request):
        answer = self.call(method, path, **request)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text)
        return answer.json() if answer.content and "json" in answer.headers["content-type"] else answer.text


def agreed_between(server: str, markdown: str) -> tuple[Person, Person, str]:
    ursula, dana = Person(server, "Ursula").register(), Person(server, "Dana").register()
    agreement = ursula.ok(
        201,
        "POST",
        "/agreements",
        json={
            "title": "2026-29 Agreement",
            "parties": PARTIES,
            "member": {"party": "union", "role": "lead"},
            "text": {"format": "markdown", "content": markdown},
        },
    )
    path = f"/agreements/{agreement['id']}"
    invitation = ursula.ok(201, "POST", f"{path}/invitations", json={"party": "district", "role": "lead"})
    dana.ok(200, "POST", f"/invitations/{invitation['token']}/accept")
    confirmation = {"content_hash": agreement["content_hash"]}
    ursula.ok(200, "POST", f"{path}/confirmations", json=confirmation)
    dana.ok(200, "POST", f"{path}/confirmations", json=confirmation)
    assert dana.ok(200, "GET", path)["status"] == "bargaining"
    return ursula, dana, path


def pending(person: Person, path: str) -> list[dict]:
    return person.ok(200, "GET", f"{path}/suggestions", params={"status": "pending"})["items"]
