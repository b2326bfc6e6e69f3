"""How a member chooses to be told, over HTTP: its own alone, and the party's choice by its lead."""

import pytest

from tests.harness.actors import ACTORS, Table

WISHES = {
    "mail": "daily",
    "daily_hour": 18,
    "quiet_from": 20,
    "quiet_until": 7,
    "time_zone": "America/Los_Angeles",
    "language": "es",
    "muted": ["people"],
}


@pytest.fixture
def path(table: Table) -> str:
    return f"{table.path}/notices/preferences"


async def test_whoever_never_chose_gets_an_hourly_digest(table: Table, path: str) -> None:
    chosen = (await table["union drafter"].get(path)).json()

    assert (chosen["mail"], chosen["quiet_from"], chosen["language"]) == ("hourly", None, "en")
    assert chosen["address"] == "union.drafter@example.org"
    assert (chosen["address_refused_at"], chosen["mail_available"]) == (None, False)
    assert (chosen["carries_text"], chosen["may_choose_text"]) == (False, False)


async def test_every_member_chooses_for_itself(table: Table, path: str) -> None:
    chosen = (await table["union drafter"].client.put(path, json=WISHES)).json()
    again = (await table["union drafter"].get(path)).json()
    others = (await table["union lead"].get(path)).json()

    assert {name: chosen[name] for name in WISHES} == WISHES
    assert again == chosen
    assert others["mail"] == "hourly"


async def test_only_members_choose(table: Table, path: str) -> None:
    read = await table.statuses("GET", path)
    chosen = await table.statuses("PUT", path, WISHES)

    assert read == chosen == {name: {"stranger": 404, "anonymous": 401}.get(name, 200) for name in ACTORS}


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail": "weekly"},
        {"daily_hour": 24},
        {"quiet_until": None},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"time_zone": ""},
        {"language": "de"},
        {"muted": ["weather"]},
    ],
)
async def test_what_nobody_could_keep_to_is_refused(table: Table, path: str, wrong: dict) -> None:
    answer = await table["union lead"].client.put(path, json={**WISHES, **wrong})

    assert answer.status_code == 422, answer.text


async def test_a_lead_alone_lets_mail_carry_the_partys_private_text(table: Table, path: str) -> None:
    answered = await table.statuses("PUT", f"{table.path}/notices/party-mail", {"carries_text": True})
    colleague = (await table["union drafter"].get(path)).json()

    assert {name for name, status in answered.items() if status == 200} == {"union lead", "district lead", "mediator"}
    assert (answered["union drafter"], answered["stranger"], answered["anonymous"]) == (403, 404, 401)
    assert colleague["carries_text"]


async def test_one_partys_choice_is_not_the_others(table: Table, path: str) -> None:
    await table["union lead"].client.put(f"{table.path}/notices/party-mail", json={"carries_text": True})

    assert not (await table["district lead"].get(path)).json()["carries_text"]
