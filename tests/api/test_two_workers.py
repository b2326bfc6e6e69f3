"""The same over PostgreSQL and Redis with two workers: whichever is asked, the answer is one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from app.services.migrating import migrate
from tests.harness.actors import SECRET, Actor, Service, Settings, Table, founding, seated, started
from tests.harness.database import postgres_address

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


@pytest.fixture
async def workers(tmp_path: Path, postgres_url: str, redis_url: str) -> AsyncIterator[tuple[Service, Service]]:
    async with postgres_address(postgres_url) as url:
        await migrate(Settings(database_url=url, secret_key=SECRET))
        both = {"database_url": url, "redis_url": redis_url}
        async with started(tmp_path, **both) as one, started(tmp_path, **both) as other:
            yield one, other


async def at(service: Service, actor: Actor) -> Actor:
    """The same person, asking another worker."""
    client = await service.client()
    client.cookies = httpx.Cookies(actor.client.cookies)
    return Actor(actor.name, client, actor.account_id)


async def test_a_double_click_that_reaches_both_is_one_click(workers: tuple[Service, Service]) -> None:
    here = await workers[0].person("ursula")
    there = await at(workers[1], here)

    answers = await asyncio.gather(
        *(actor.post("/agreements", founding(), headers=KEY) for actor in (here, there, here, there))
    )

    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert len((await there.get("/agreements")).json()["items"]) == 1


async def test_confirmations_at_both_open_the_table_at_both(workers: tuple[Service, Service]) -> None:
    table: Table = await seated(workers[0])
    dana = await at(workers[1], table["district lead"])
    body = {"content_hash": table.agreement["content_hash"]}
    before = await dana.get(f"{table.path}/text")

    answers = await asyncio.gather(
        table["union lead"].post(f"{table.path}/confirmations", body), dana.post(f"{table.path}/confirmations", body)
    )
    seen = [(await actor.get(table.path)).json() for actor in (table["union lead"], dana)]

    assert before.status_code == 200
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [page["status"] for page in seen] == ["bargaining", "bargaining"]
    assert all("suggest" in page["me"]["may"] for page in seen)


async def test_of_two_who_accept_one_invitation_at_both_one_is_seated(workers: tuple[Service, Service]) -> None:
    table = await seated(workers[0])
    made = (
        await table["union lead"].post(f"{table.path}/invitations", {"party": "district", "role": "drafter"})
    ).json()
    people = [await at(worker, await workers[0].person(f"person {n}")) for n, worker in enumerate(workers * 2)]

    answers = await asyncio.gather(*(one.post(f"/invitations/{made['token']}/accept") for one in people))

    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410]


async def test_a_login_ended_at_one_is_ended_at_the_other(workers: tuple[Service, Service]) -> None:
    here = await workers[0].person("ursula")
    there = await at(workers[1], here)
    before = await there.get("/me")

    await here.delete("/login")

    assert (before.status_code, (await there.get("/me")).status_code) == (200, 401)
