from tests.harness.actors import Table


async def test_everybody_with_an_account_reads_their_own(table: Table) -> None:
    answered = await table.statuses("GET", "/me")

    assert answered.pop("anonymous") == 401
    assert set(answered.values()) == {200}


async def test_it_lists_ones_own_places_and_nobody_elses(table: Table) -> None:
    mediator = (await table["mediator"].get("/me")).json()
    stranger = (await table["stranger"].get("/me")).json()

    assert stranger["memberships"] == []
    assert [(place["agreement_id"], place["party"], place["role"]) for place in mediator["memberships"]] == [
        (table.agreement["id"], "mediation", "lead")
    ]


async def test_a_token_needs_the_scope_for_it(table: Table) -> None:
    reader = await table.service.bearer(table["mediator"], "account:read")
    writer = await table.service.bearer(table["mediator"], "agreement:write")

    assert (await reader.get("/me")).status_code == 200
    assert (await writer.get("/me")).json()["code"] == "missing_scope"
