"""A login's cookie counts only where the page that sends it is the service's own."""

import httpx
import pytest

from tests.harness.actors import BASE, Service


@pytest.mark.parametrize(
    "origin",
    [
        "https://elsewhere.example",
        "null",
        "http://parley.test:81",
        "",
        "garbage",
        "http://[",
        "http://parley.test.evil.example",
    ],
)
async def test_no_other_page_may_use_it(service: Service, origin: str) -> None:
    ursula = await service.person("ursula")

    answer = await ursula.post("/tickets", headers={"Origin": origin})

    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


async def test_without_an_origin_it_does_not_count_either(service: Service) -> None:
    ursula = await service.person("ursula")
    del ursula.client.headers["Origin"]

    answer = await ursula.post("/tickets")

    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


@pytest.mark.parametrize("origin", [BASE, "http://PARLEY.test:80"])
async def test_the_services_own_pages_may_use_it(service: Service, origin: str) -> None:
    ursula = await service.person("ursula")

    answer = await ursula.post("/tickets", headers={"Origin": origin})

    assert answer.status_code == 201


async def test_the_page_may_have_been_loaded_from_where_the_request_goes(service: Service) -> None:
    ursula = await service.person("ursula")
    headers = {"Origin": "http://10.1.2.3:9000", "Host": "10.1.2.3:9000"}

    answer = await ursula.post("/tickets", headers=headers)

    assert answer.status_code == 201


async def test_reading_needs_no_origin(service: Service) -> None:
    ursula = await service.person("ursula")

    answer = await ursula.get("/me", headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


async def test_a_token_needs_no_origin(service: Service) -> None:
    program = await service.bearer(await service.person("ursula"), "agreement:read")
    del program.client.headers["Origin"]

    answer = await program.post("/tickets")

    assert answer.status_code == 201


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer wrong", "Bearer ply_tok_x", "Basic dTpw", "é"])
async def test_a_wrong_proof_is_no_proof(service: Service, header: str) -> None:
    transport = httpx.ASGITransport(service.app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as program:
        answer = await program.get("/api/v1/me", headers={"Authorization": header.encode("latin-1")})

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"].startswith("Bearer")
