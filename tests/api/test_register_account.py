import asyncio
from pathlib import Path

from tests.harness.actors import Service, Table, started

URSULA = {"name": "Ursula Vega", "email": "Ursula@Association.example", "password": "a long pass phrase"}
DANA = {"name": "Dana", "email": "dana@district.example", "password": "another pass phrase"}


async def test_the_first_account_of_an_empty_service_is_welcome(service: Service) -> None:
    answer = await (await service.anybody()).post("/accounts", URSULA)

    assert answer.status_code == 201
    assert answer.json() == {
        "id": answer.json()["id"],
        "name": "Ursula Vega",
        "email": "ursula@association.example",
    }


async def test_of_two_first_accounts_at_once_one_is_opened(service: Service) -> None:
    one, other = await service.anybody(), await service.anybody()

    answers = await asyncio.gather(one.post("/accounts", URSULA), other.post("/accounts", DANA))

    assert sorted(answer.status_code for answer in answers) == [201, 403]


async def test_the_second_needs_an_invitation(service: Service) -> None:
    anybody = await service.anybody()
    await anybody.post("/accounts", URSULA)

    answer = await anybody.post("/accounts", DANA)

    assert (answer.status_code, answer.json()["code"]) == (403, "registration_closed")


async def test_whoever_holds_an_open_invitation_may_register(table: Table) -> None:
    invited = await table["union lead"].post(f"{table.path}/invitations", {"party": "district", "role": "drafter"})

    answer = await table["anonymous"].post("/accounts", {**DANA, "invitation": invited.json()["token"]})

    assert answer.status_code == 201


async def test_whoever_was_invited_by_email_may_register_with_it_and_no_other(table: Table) -> None:
    call = {"party": "district", "role": "drafter", "email": "DANA@district.example"}
    invited = await table["union lead"].post(f"{table.path}/invitations", call)
    token = invited.json()["token"]

    other = await table["anonymous"].post("/accounts", {**DANA, "email": "eve@elsewhere.example", "invitation": token})
    answer = await table["anonymous"].post("/accounts", DANA)

    assert other.status_code == 403
    assert answer.status_code == 201


async def test_a_spent_invitation_opens_no_account(table: Table) -> None:
    invited = await table["union lead"].post(f"{table.path}/invitations", {"party": "district", "role": "drafter"})
    await table["stranger"].post(f"/invitations/{invited.json()['token']}/accept")

    answer = await table["anonymous"].post("/accounts", {**DANA, "invitation": invited.json()["token"]})

    assert answer.status_code == 403


async def test_where_registration_is_open_anybody_may_register_once_with_an_email(tmp_path: Path) -> None:
    async with started(tmp_path, registration="open") as service:
        anybody = await service.anybody()
        await anybody.post("/accounts", URSULA)

        second = await anybody.post("/accounts", DANA)
        again = await anybody.post("/accounts", {**DANA, "email": " DANA@District.Example "})

    assert second.status_code == 201
    assert (again.status_code, again.json()["code"]) == (409, "already_exists")


async def test_a_malformed_account_is_refused_and_its_password_never_echoed(service: Service) -> None:
    anybody = await service.anybody()
    wrong = [
        {**URSULA, "email": "nobody"},
        {**URSULA, "email": "two@at@signs.example"},
        {**URSULA, "email": "line\n@break.example"},
        {**URSULA, "name": " "},
        {**URSULA, "name": "bell\x07"},
        {**URSULA, "password": "secret7"},
        {**URSULA, "role": "admin"},
        {"name": "Ursula"},
        [],
    ]

    answers = [await anybody.post("/accounts", body) for body in wrong]

    assert {answer.status_code for answer in answers} == {422}
    assert all("secret7" not in answer.text and "pass phrase" not in answer.text for answer in answers)
