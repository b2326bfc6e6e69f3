"""Stopping mail from the mail itself, as a mail program does it: without a login, and only with a token of ours."""

import pytest

from tests.harness.actors import ACTORS, Table


@pytest.fixture
async def token(table: Table) -> str:
    member = (await table["union lead"].get(table.path)).json()["me"]["member_id"]
    return table.service.app.state.mail.stopping_seal.mark(member)


async def pace(table: Table, name: str = "union lead") -> str:
    return (await table[name].get(f"{table.path}/notices/preferences")).json()["mail"]


async def test_one_click_stops_it_for_that_member_alone(table: Table, token: str) -> None:
    click = {"data": {"List-Unsubscribe": "One-Click"}, "headers": {"Origin": ""}}

    stopped = await table["anonymous"].client.post(f"/unsubscriptions/{token}", **click)
    again = await table["anonymous"].client.post(f"/unsubscriptions/{token}", **click)

    assert (stopped.status_code, again.status_code) == (204, 204)
    assert await pace(table) == "off"
    assert await pace(table, "union drafter") == "hourly"


async def test_whoever_holds_the_token_may(table: Table, token: str) -> None:
    answered = await table.statuses("POST", f"/unsubscriptions/{token}")

    assert answered == dict.fromkeys(ACTORS, 204)


async def test_following_the_link_stops_nothing_and_leads_to_the_page_that_asks(table: Table, token: str) -> None:
    answer = await table["anonymous"].get(f"/unsubscriptions/{token}", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, f"http://parley.test/unsubscribe/{token}")
    assert await pace(table) == "hourly"


@pytest.mark.parametrize("change", [lambda token: token + "x", lambda token: "mem_other" + token[3:], lambda _: "é.é"])
async def test_a_token_of_ones_own_making_stops_nothing(table: Table, token: str, change) -> None:
    answer = await table["anonymous"].client.post(f"/unsubscriptions/{change(token)}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
