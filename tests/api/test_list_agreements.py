from tests.harness.actors import Service, Table, founding


async def test_each_sees_their_own_and_no_others(table: Table) -> None:
    seen = {}
    for name in table.actors:
        answer = await table[name].get("/agreements")
        seen[name] = (
            [item["id"] for item in answer.json()["items"]] if answer.status_code == 200 else answer.status_code
        )

    assert seen.pop("anonymous") == 401
    assert seen.pop("stranger") == []
    assert all(found == [table.agreement["id"]] for found in seen.values())


async def test_an_item_is_what_its_own_page_begins_with(bargaining: Table) -> None:
    [item] = (await bargaining["mediator"].get("/agreements")).json()["items"]
    page = (await bargaining["mediator"].get(bargaining.path)).json()

    assert item == {name: page[name] for name in item}
    assert item["pending"] == {"union": 0, "district": 0, "mediation": 0}


async def test_the_newest_comes_first_and_pages_hold_each_once(service: Service) -> None:
    ursula = await service.person("ursula")
    made = [(await ursula.post("/agreements", founding())).json()["id"] for _ in range(5)]

    found, cursor = [], None
    while True:
        page = (await ursula.get("/agreements", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        found += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert found == made[::-1]


async def test_a_bound_token_lists_the_agreement_it_is_bound_to(service: Service) -> None:
    ursula = await service.person("ursula")
    made = [(await ursula.post("/agreements", founding())).json()["id"] for _ in range(2)]
    program = await service.bearer(ursula, "agreement:read", agreement_id=made[0])

    found = (await program.get("/agreements")).json()["items"]

    assert [item["id"] for item in found] == made[:1]
