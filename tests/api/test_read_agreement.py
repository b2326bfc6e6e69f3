from tests.harness.actors import Table, founding

EVERY_MEMBER = {
    "union lead": 200,
    "union drafter": 200,
    "union observer": 200,
    "district lead": 200,
    "district drafter": 200,
    "district observer": 200,
    "mediator": 200,
    "stranger": 404,
    "anonymous": 401,
}


async def test_members_read_and_for_everyone_else_there_is_nothing(table: Table) -> None:
    assert await table.statuses("GET", table.path) == EVERY_MEMBER


async def test_an_unknown_agreement_and_a_foreign_one_are_told_alike(table: Table) -> None:
    unknown = await table["stranger"].get("/agreements/agr_none")
    foreign = await table["stranger"].get(table.path)

    assert unknown.status_code == foreign.status_code == 404
    assert unknown.json() == foreign.json()


async def test_it_tells_each_what_they_may_do_now(table: Table) -> None:
    may = {name: (await table[name].get(table.path)).json()["me"]["may"] for name in ("union lead", "union drafter")}

    assert may == {
        "union lead": [
            *["read", "join_table", "join_caucus", "invite", "confirm", "comment", "set_rules", "seat"],
            *["consent", "keep_caucus"],
        ],
        "union drafter": ["read", "join_table", "join_caucus", "comment"],
    }


async def test_after_the_confirmations_parties_suggest_and_leads_answer(bargaining: Table) -> None:
    lead = (await bargaining["district lead"].get(bargaining.path)).json()
    drafter = (await bargaining["district drafter"].get(bargaining.path)).json()
    observer = (await bargaining["district observer"].get(bargaining.path)).json()
    mediator = (await bargaining["mediator"].get(bargaining.path)).json()

    assert lead["status"] == "bargaining"
    assert {"suggest", "respond", "initial", "sign"} <= set(lead["me"]["may"])
    assert "suggest" in drafter["me"]["may"]
    assert "respond" not in drafter["me"]["may"]
    assert observer["me"]["may"] == ["read"]
    assert "suggest" in mediator["me"]["may"]
    assert "respond" not in mediator["me"]["may"]


async def test_it_names_the_members_by_name_and_never_by_email(table: Table) -> None:
    answer = await table["district lead"].get(table.path)

    assert {(member["name"], member["party"], member["role"]) for member in answer.json()["members"]} >= {
        ("Union Lead", "union", "lead"),
        ("Mediator", "mediation", "lead"),
    }
    assert "@" not in answer.text


async def test_a_token_bound_to_another_agreement_finds_nothing(table: Table) -> None:
    other = await table["union lead"].post("/agreements", founding())
    program = await table.service.bearer(table["union lead"], "agreement:read", agreement_id=other.json()["id"])

    answer = await program.get(table.path)

    assert answer.status_code == 404


async def test_a_token_without_the_scope_is_told_which_it_needs(table: Table) -> None:
    program = await table.service.bearer(table["union lead"], "final:read")

    answer = await program.get(table.path)

    assert (answer.status_code, answer.json()["code"], answer.json()["scope"]) == (
        403,
        "missing_scope",
        "agreement:read",
    )
