"""What every answer carries, and what no request may cost."""

import json
from pathlib import Path

import pytest

from app.api.metrics import METRICS
from tests.harness.actors import BASE, Service, Table, started


@pytest.mark.parametrize("path", ["/api/v1/me", "/healthz", "/openapi.json", "/", "/api/v1/nothing"])
async def test_every_answer_is_protected(service: Service, path: str) -> None:
    answer = await (await service.anybody()).get(BASE + path)

    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in answer.headers


async def test_what_the_interface_answers_is_stored_nowhere(table: Table) -> None:
    answer = await table["union lead"].get(table.path)

    assert answer.headers["cache-control"] == "no-store"


async def test_a_body_over_the_limit_is_refused_before_it_is_read_to_the_end(tmp_path: Path) -> None:
    async with started(tmp_path, body_limit_bytes=64 * 1024) as service:
        ursula = await service.person("ursula")
        sent = 0

        async def endless():
            nonlocal sent
            while sent < 10_000_000:
                sent += 16 * 1024
                yield b"x" * 16 * 1024

        plain = await ursula.post("/agreements", content=endless(), headers={"Content-Type": "application/json"})
        keyed = await ursula.post(
            "/agreements", content=b"x" * 70_000, headers={"Content-Type": "application/json", "Idempotency-Key": "k"}
        )

    assert (plain.status_code, plain.json()["code"]) == (413, "too_large")
    assert (keyed.status_code, keyed.json()["code"]) == (413, "too_large")
    assert sent < 200_000


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("POST", "/api/v1/nothing", 405, "method_not_allowed"),
        ("PUT", "/api/v1/me", 405, "method_not_allowed"),
        ("GET", "//etc/hosts.conf", 404, "not_found"),
        ("GET", "/secret.key", 404, "not_found"),
        ("GET", "/..%2f..%2fpyproject.toml", 404, "not_found"),
    ],
)
async def test_what_is_not_there_is_a_problem_too(
    service: Service, method: str, path: str, status: int, code: str
) -> None:
    answer = await (await service.anybody()).client.request(method, BASE + path)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_bug_of_ours_is_told_to_nobody_but_the_log(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ursula = await service.person("ursula")
    monkeypatch.setattr(service.app.state, "overviews", None)

    answer = await ursula.get("/agreements")

    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "overviews" not in answer.text
    assert "NoneType" in caplog.text


async def test_the_figures_tell_nothing_of_a_caucus_and_hold_no_ids(table: Table) -> None:
    METRICS.count("POST", "/api/v1/agreements/{agreement_id}/caucus/tablings", 201, 0.01)
    await table["union lead"].get(table.path)

    figures = (await table["anonymous"].get(f"{BASE}/metrics")).text

    assert "parley_requests_total" in figures
    assert "caucus" not in figures
    assert table.agreement["id"] not in figures


async def test_it_is_alive_and_ready(service: Service) -> None:
    anybody = await service.anybody()

    assert (await anybody.get(f"{BASE}/healthz")).json() == {"status": "alive"}
    assert (await anybody.get(f"{BASE}/readyz")).json() == {"status": "ready"}


async def test_with_a_schema_that_is_behind_it_is_alive_and_not_ready(service: Service) -> None:
    async with service.app.state.database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    anybody = await service.anybody()

    assert (await anybody.get(f"{BASE}/healthz")).status_code == 200
    assert (await anybody.get(f"{BASE}/readyz")).json()["code"] == "unavailable"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Parley</title>")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-3f2a.js").write_text("go()")
    return folder


async def test_every_address_of_a_page_gets_the_application(tmp_path: Path, built: Path) -> None:
    async with started(tmp_path, frontend_dir=built) as service:
        anybody = await service.anybody()
        pages = [await anybody.get(BASE + path) for path in ("/", "/agreements/agr_1", "/join/ply_inv_x")]
        icon = await anybody.get(f"{BASE}/favicon.svg")
        script = await anybody.get(f"{BASE}/assets/index-3f2a.js")
        missing = await anybody.get(f"{BASE}/assets/index-old.js")

    assert {(page.status_code, page.headers["cache-control"]) for page in pages} == {(200, "no-cache")}
    assert all("<title>Parley</title>" in page.text for page in pages)
    assert icon.text == "<svg/>"
    assert "immutable" in script.headers["cache-control"]
    assert missing.status_code == 404


async def test_the_description_names_no_page_of_the_application(service: Service) -> None:
    described = (await (await service.anybody()).get(f"{BASE}/openapi.json")).json()

    assert "/{path}" not in json.dumps(described)
