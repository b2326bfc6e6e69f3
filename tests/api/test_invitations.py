import asyncio
from datetime import timedelta

import pytest

from app.models import now
from app.services import invitations
from tests.harness.actors import MEMBERS, Service, Table, founding

SEAT = {"party": "district", "role": "drafter"}


async def invited(table: Table, by: str = "union lead", **seat: str) -> dict:
    answer = await table[by].post(f"{table.path}/invitations", {**SEAT, **seat})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_while_preparing_any_lead_may_invite_into_any_party(table: Table) -> None:
    answered = await table.statuses("POST", f"{table.path}/invitations", SEAT)

    assert answered == {
        "union lead": 201,
        "union drafter": 403,
        "union observer": 403,
        "district lead": 201,
        "district drafter": 403,
        "district observer": 403,
        "mediator": 201,
        "stranger": 404,
        "anonymous": 401,
    }


async def test_while_bargaining_a_signatorys_seats_are_its_own_to_give(bargaining: Table) -> None:
    into_district = await bargaining.statuses("POST", f"{bargaining.path}/invitations", SEAT)
    into_mediation = await bargaining.statuses(
        "POST", f"{bargaining.path}/invitations", {"party": "mediation", "role": "observer"}
    )

    assert {name for name, status in into_district.items() if status == 201} == {"district lead"}
    assert {name for name, status in into_mediation.items() if status == 201} == {
        "union lead",
        "district lead",
        "mediator",
    }


async def test_a_founder_who_is_no_lead_can_still_call_the_others_in(service: Service) -> None:
    ursula = await service.person("ursula")
    created = (await ursula.post("/agreements", founding(member={"party": "union", "role": "drafter"}))).json()

    answer = await ursula.post(f"/agreements/{created['id']}/invitations", {"party": "union", "role": "lead"})

    assert answer.status_code == 201


async def test_the_url_leads_to_the_page_that_asks_whether_to_join(table: Table) -> None:
    made = await invited(table)

    assert made["url"] == f"http://parley.test/join/{made['token']}"


@pytest.mark.parametrize(
    "body", [{**SEAT, "party": "nobody"}, {**SEAT, "role": "owner"}, {**SEAT, "email": "x"}, {"party": "district"}, {}]
)
async def test_a_seat_that_is_none_is_refused(table: Table, body: dict) -> None:
    answer = await table["union lead"].post(f"{table.path}/invitations", body)

    assert answer.status_code == 422


async def test_whoever_holds_the_token_sees_what_it_offers(table: Table) -> None:
    made = await invited(table, email="dana@district.example")

    answered = await table.statuses("GET", f"/invitations/{made['token']}")
    shown = (await table["anonymous"].get(f"/invitations/{made['token']}")).json()

    assert set(answered.values()) == {200}
    assert shown == {
        "agreement_title": "2026-29 Agreement",
        "party": "district",
        "party_name": "School District",
        "role": "drafter",
        "email": "dana@district.example",
        "invited_by": "Union Lead",
        "expires_at": made["expires_at"],
    }


async def test_a_token_of_ones_own_making_offers_nothing(table: Table) -> None:
    answers = [await table["stranger"].get(f"/invitations/{token}") for token in ("x", "ply_inv_guess", "é")]
    accepted = await table["stranger"].post("/invitations/ply_inv_guess/accept")

    assert {answer.status_code for answer in (*answers, accepted)} == {404}


async def test_accepting_takes_the_seat_once(table: Table) -> None:
    made = await invited(table)

    first = await table["stranger"].post(f"/invitations/{made['token']}/accept")
    other = await table.service.person("other")
    second = await other.post(f"/invitations/{made['token']}/accept")

    assert first.status_code == 200
    assert first.json() == {**first.json(), "agreement_id": table.agreement["id"], **SEAT}
    assert (second.status_code, second.json()["code"]) == (410, "gone")
    assert (await table["stranger"].get(table.path)).json()["me"]["role"] == "drafter"


async def test_of_two_who_accept_at_once_one_is_seated(table: Table) -> None:
    made = await invited(table)
    people = [await table.service.person(f"person {number}") for number in range(4)]

    answers = await asyncio.gather(*(one.post(f"/invitations/{made['token']}/accept") for one in people))

    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410]


async def test_whoever_is_seated_stays_where_they_are(table: Table) -> None:
    made = await invited(table)

    answered = await table.statuses("POST", f"/invitations/{made['token']}/accept", order=[*MEMBERS, "anonymous"])

    assert answered.pop("anonymous") == 401
    assert set(answered.values()) == {409}
    assert (await table["stranger"].post(f"/invitations/{made['token']}/accept")).status_code == 200


async def test_one_that_was_sent_to_an_email_is_for_nobody_else(table: Table) -> None:
    made = await invited(table, email="dana@district.example")

    answer = await table["stranger"].post(f"/invitations/{made['token']}/accept")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


async def test_no_party_can_keep_a_key_to_the_others_lead(table: Table) -> None:
    """Else it could seat an account of its own there once bargaining has begun, and answer itself."""
    kept = await invited(table, role="lead")
    own = await invited(table, by="district lead", role="lead")
    await table.confirm()

    refused = await table["stranger"].post(f"/invitations/{kept['token']}/accept")
    accepted = await table["stranger"].post(f"/invitations/{own['token']}/accept")

    assert (refused.status_code, refused.json()["code"]) == (410, "gone")
    assert accepted.status_code == 200


async def test_a_party_sees_and_withdraws_what_leads_into_it(table: Table) -> None:
    made = await invited(table)

    listed = (await table["district lead"].get(f"{table.path}/invitations")).json()["items"]
    mediators = (await table["mediator"].get(f"{table.path}/invitations")).json()["items"]
    withdrawn = await table["district lead"].delete(f"{table.path}/invitations/{made['id']}")
    accepted = await table["stranger"].post(f"/invitations/{made['token']}/accept")

    assert [(one["id"], one["invited_by_party"]) for one in listed] == [(made["id"], "union")]
    assert made["token"] not in str(listed)
    assert mediators == []
    assert withdrawn.status_code == 204
    assert (accepted.status_code, accepted.json()["code"]) == (410, "gone")


async def test_only_leads_see_the_list_and_only_those_concerned_withdraw(table: Table) -> None:
    made = await invited(table)
    others = [name for name in table.actors if name not in {"union lead", "district lead"}]

    listed = await table.statuses("GET", f"{table.path}/invitations")
    withdrawn = await table.statuses("DELETE", f"{table.path}/invitations/{made['id']}", order=others)

    assert {name for name, status in listed.items() if status == 200} == {"union lead", "district lead", "mediator"}
    assert (listed["stranger"], listed["anonymous"]) == (404, 401)
    assert withdrawn == {
        "union drafter": 403,
        "union observer": 403,
        "district drafter": 403,
        "district observer": 403,
        "mediator": 404,
        "stranger": 404,
        "anonymous": 401,
    }


async def test_one_that_ran_out_seats_nobody(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await invited(table)
    later = now() + timedelta(days=15)
    monkeypatch.setattr(invitations, "now", lambda: later)

    shown = await table["stranger"].get(f"/invitations/{made['token']}")
    accepted = await table["stranger"].post(f"/invitations/{made['token']}/accept")

    assert [shown.json()["code"], accepted.json()["code"]] == ["gone", "gone"]
