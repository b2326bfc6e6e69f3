import asyncio

import pytest
from sqlalchemy import text

from tests.harness.actors import Actor, Service, Table, founding

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


@pytest.fixture
async def ursula(service: Service) -> Actor:
    return await service.person("ursula")


async def test_a_retry_gets_the_same_answer_and_nothing_is_done_twice(ursula: Actor) -> None:
    first = await ursula.post("/agreements", founding(), headers=KEY)
    second = await ursula.post("/agreements", founding(), headers=KEY)

    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)
    assert second.headers["idempotency-replayed"] == "true"
    assert len((await ursula.get("/agreements")).json()["items"]) == 1


async def test_a_double_click_is_one_click(ursula: Actor) -> None:
    answers = await asyncio.gather(*(ursula.post("/agreements", founding(), headers=KEY) for _ in range(6)))

    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert len((await ursula.get("/agreements")).json()["items"]) == 1


async def test_one_key_for_another_request_is_refused(ursula: Actor) -> None:
    await ursula.post("/agreements", founding(), headers=KEY)

    answer = await ursula.post("/agreements", founding(title="Another"), headers=KEY)

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_mismatch")


async def test_a_key_belongs_to_its_account(service: Service, ursula: Actor) -> None:
    dana = await service.person("dana")

    first = await ursula.post("/agreements", founding(), headers=KEY)
    second = await dana.post("/agreements", founding(), headers=KEY)

    assert first.json()["id"] != second.json()["id"]


async def test_a_refusal_is_not_kept_so_that_it_can_be_tried_again(table: Table) -> None:
    path, right = f"{table.path}/confirmations", {"content_hash": table.agreement["content_hash"]}
    await table["union lead"].post(path, {"content_hash": "0" * 64}, headers=KEY)

    answer = await table["union lead"].post(path, right, headers=KEY)

    assert answer.status_code == 200


async def test_a_token_that_is_shown_once_is_shown_to_the_retry_and_kept_sealed(
    service: Service, ursula: Actor
) -> None:
    wish = {"name": "Website", "scopes": ["final:read"]}

    first = await ursula.post("/tokens", wish, headers=KEY)
    second = await ursula.post("/tokens", wish, headers=KEY)
    async with service.app.state.database.reading() as session:
        stored = (await session.execute(text("SELECT body, request_hash FROM idempotent_answers"))).one()

    assert first.json()["token"] == second.json()["token"]
    assert first.json()["token"] not in stored.body
    assert first.json()["id"] not in stored.body


async def test_opening_an_account_is_not_done_twice_either(service: Service) -> None:
    anybody = await service.anybody()
    account = {"name": "Ursula", "email": "u@association.example", "password": "a long pass phrase"}

    first = await anybody.post("/accounts", account, headers=KEY)
    second = await anybody.post("/accounts", account, headers=KEY)

    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)


async def test_nobody_unknown_can_claim_a_key(service: Service, ursula: Actor) -> None:
    refused = await (await service.anybody()).post("/agreements", founding(), headers=KEY)

    answer = await ursula.post("/agreements", founding(), headers=KEY)

    assert (refused.status_code, answer.status_code) == (401, 201)


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "é"])
async def test_a_key_that_is_none_is_refused(ursula: Actor, key: str) -> None:
    answer = await ursula.post("/agreements", founding(), headers={"Idempotency-Key": key.encode("latin-1")})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_a_claim_whose_worker_died_is_given_up_after_a_while(service: Service, ursula: Actor) -> None:
    await ursula.post("/agreements", founding(), headers=KEY)
    async with service.app.state.database.transaction() as session:
        await session.execute(
            text("UPDATE idempotent_answers SET status = NULL, body = NULL, created_at = '2026-01-01 00:00:00.000000'")
        )

    answer = await ursula.post("/agreements", founding(), headers=KEY)

    assert answer.status_code == 201
    assert len((await ursula.get("/agreements")).json()["items"]) == 2


async def test_a_token_with_fewer_scopes_is_not_given_the_answer_of_another(table: Table) -> None:
    author = await table.service.bearer(table["union lead"], "agreement:read", "agreement:write")
    reader = await table.service.bearer(table["union lead"], "final:read")
    body, key = {"party": "union", "role": "observer"}, {"Idempotency-Key": "one"}
    made = await author.post(f"{table.path}/invitations", body, headers=key)

    answer = await reader.post(f"{table.path}/invitations", body, headers=key)

    assert made.status_code == 201
    assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")
