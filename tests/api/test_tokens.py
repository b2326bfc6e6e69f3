from datetime import UTC, datetime, timedelta

import pytest

from app.repositories.tokens import TokenRepository
from tests.harness.actors import Actor, Service, Table

WISH = {"name": "Website", "scopes": ["final:read"]}


@pytest.fixture
async def ursula(service: Service) -> Actor:
    return await service.person("ursula")


async def test_everybody_with_an_account_may_make_one(table: Table) -> None:
    answered = await table.statuses("POST", "/tokens", WISH)

    assert answered.pop("anonymous") == 401
    assert set(answered.values()) == {201}


async def test_its_secret_is_shown_once_and_stored_nowhere(service: Service, ursula: Actor) -> None:
    made = (await ursula.post("/tokens", WISH)).json()

    listed = (await ursula.get("/tokens")).json()
    async with service.app.state.database.reading() as session:
        [stored] = await TokenRepository(session).of_account(ursula.account_id, None, 10)

    assert made["token"] not in str(listed)
    assert made["token"] not in str(vars(stored))
    assert listed["items"] == [{name: value for name, value in made.items() if name != "token"}]


async def test_it_works_until_it_is_revoked(service: Service, ursula: Actor) -> None:
    program = await service.bearer(ursula, "account:read")
    [token] = (await ursula.get("/tokens")).json()["items"]
    before = await program.get("/me")

    revoked = await ursula.delete(f"/tokens/{token['id']}")

    assert (before.status_code, revoked.status_code) == (200, 204)
    assert (await program.get("/me")).status_code == 401
    assert (await ursula.get("/tokens")).json()["items"] == []


async def test_nobody_else_can_revoke_it(table: Table) -> None:
    made = (await table["mediator"].post("/tokens", WISH)).json()
    others = [name for name in table.actors if name != "mediator"]

    answered = await table.statuses("DELETE", f"/tokens/{made['id']}", order=others)

    assert answered.pop("anonymous") == 401
    assert set(answered.values()) == {404}


async def test_one_that_ran_out_opens_nothing(service: Service, ursula: Actor) -> None:
    soon = datetime.now(UTC) + timedelta(milliseconds=400)
    made = (await ursula.post("/tokens", {**WISH, "scopes": ["account:read"], "expires_at": soon.isoformat()})).json()
    program = await service.client(Authorization=f"Bearer {made['token']}")
    while datetime.now(UTC) < soon:
        await program.get("/me")

    assert (await program.get("/me")).status_code == 401


async def test_a_token_cannot_make_another(service: Service, ursula: Actor) -> None:
    program = await service.bearer(ursula, "account:read", "agreement:write")

    answer = await program.post("/tokens", WISH)

    assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")


async def test_only_a_member_may_bind_one_to_an_agreement(table: Table) -> None:
    answered = await table.statuses("POST", "/tokens", {**WISH, "agreement_id": table.agreement["id"]})

    assert answered.pop("stranger") == 404
    assert answered.pop("anonymous") == 401
    assert set(answered.values()) == {201}


@pytest.mark.parametrize(
    "change",
    [
        {"scopes": []},
        {"scopes": ["everything"]},
        {"name": ""},
        {"expires_at": "tomorrow"},
        {"expires_at": "2031-01-01T00:00:00"},
        {"expires_at": "2001-01-01T00:00:00Z"},
    ],
)
async def test_a_malformed_wish_is_refused(ursula: Actor, change: dict) -> None:
    answer = await ursula.post("/tokens", {**WISH, **change})

    assert answer.status_code == 422


async def test_the_list_comes_in_pages(ursula: Actor) -> None:
    for _ in range(5):
        await ursula.post("/tokens", WISH)

    first = (await ursula.get("/tokens", params={"limit": 3})).json()
    second = (await ursula.get("/tokens", params={"limit": 3, "cursor": first["next"]})).json()

    assert (len(first["items"]), len(second["items"]), second["next"]) == (3, 2, None)
    assert len({token["id"] for token in first["items"] + second["items"]}) == 5


@pytest.mark.parametrize("cursor", ["x", "!!", "W10", "WzFd", "bnVsbA", "é"])
async def test_a_cursor_of_someone_elses_making_is_refused(ursula: Actor, cursor: str) -> None:
    answer = await ursula.get("/tokens", params={"cursor": cursor})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
