from pathlib import Path

import httpx

from app.api.identity import COOKIE
from tests.harness.actors import BASE, Service, started

URSULA = {"name": "Ursula Vega", "email": "ursula@association.example", "password": "a long pass phrase"}
RIGHT = {"email": URSULA["email"], "password": URSULA["password"]}


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(service: Service) -> None:
    anybody = await service.anybody()
    await anybody.post("/accounts", URSULA)

    answer = await anybody.post("/login", {**RIGHT, "email": "URSULA@association.example"})

    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 200
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert (await anybody.get("/me")).json()["email"] == URSULA["email"]


async def test_behind_https_the_cookie_is_sent_over_nothing_else(tmp_path: Path) -> None:
    async with started(tmp_path, registration="open") as service:
        service.settings.public_url = "https://parley.test"
        anybody = await service.anybody()
        await anybody.post("/accounts", URSULA)

        answer = await anybody.post("/login", RIGHT)

    assert "Secure" in answer.headers["set-cookie"]


async def test_a_wrong_password_and_an_unknown_email_are_refused_in_the_same_words(service: Service) -> None:
    anybody = await service.anybody()
    await anybody.post("/accounts", URSULA)

    wrong = await anybody.post("/login", {**RIGHT, "password": "not this one"})
    unknown = await anybody.post("/login", {**RIGHT, "email": "nobody@association.example"})

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


async def test_guessing_is_stopped_after_twenty_failures(service: Service) -> None:
    anybody = await service.anybody()
    await anybody.post("/accounts", URSULA)
    for _ in range(20):
        await anybody.post("/login", {**RIGHT, "password": "guess"})

    answer = await anybody.post("/login", RIGHT)

    assert (answer.status_code, answer.json()["code"]) == (429, "limit_exceeded")
    assert answer.headers["retry-after"]


async def test_another_site_cannot_log_its_visitors_in(service: Service) -> None:
    anybody = await service.anybody()
    await anybody.post("/accounts", URSULA)

    foreign = await anybody.post("/login", RIGHT, headers={"Origin": "https://elsewhere.example"})

    assert (foreign.status_code, foreign.json()["code"]) == (403, "foreign_origin")
    assert "set-cookie" not in foreign.headers


async def test_a_program_without_an_origin_may_log_in(service: Service) -> None:
    await (await service.anybody()).post("/accounts", URSULA)
    transport = httpx.ASGITransport(service.app)

    async with httpx.AsyncClient(transport=transport, base_url=BASE) as program:
        answer = await program.post("/api/v1/login", json=RIGHT)

    assert answer.status_code == 200
