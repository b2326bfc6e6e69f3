from app.api.identity import COOKIE
from tests.harness.actors import Service, Table


async def test_the_login_ends_on_the_server_too(service: Service) -> None:
    person = await service.person("ursula")
    secret = person.client.cookies[COOKIE]

    answer = await person.delete("/login")

    person.client.cookies.set(COOKIE, secret)
    assert answer.status_code == 204
    assert (await person.get("/me")).status_code == 401


async def test_other_logins_of_the_same_person_go_on(service: Service) -> None:
    anybody, elsewhere = await service.anybody(), await service.anybody()
    account = {"email": "ursula@association.example", "password": "a long pass phrase"}
    await anybody.post("/accounts", {**account, "name": "Ursula"})
    await anybody.post("/login", account)
    await elsewhere.post("/login", account)

    await anybody.delete("/login")

    assert (await anybody.get("/me")).status_code == 401
    assert (await elsewhere.get("/me")).status_code == 200


async def test_everybody_may_log_out_who_is_logged_in(table: Table) -> None:
    answered = await table.statuses("DELETE", "/login")

    assert answered.pop("anonymous") == 401
    assert set(answered.values()) == {204}


async def test_another_site_cannot_log_one_out(service: Service) -> None:
    person = await service.person("ursula")

    answer = await person.delete("/login", headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert (await person.get("/me")).status_code == 200
