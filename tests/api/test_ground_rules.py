"""Ground rules: proposed by a lead, signed by every signatory's lead, in force from then on."""

from typing import Any

from tests.harness.actors import Actor, Table

RULES = {"observers_see": "tentative", "public_sees": "tentative", "stall_days": 7, "further": "No *phones*."}


async def proposed(table: Table, lead: str = "union lead", **rules: Any) -> dict[str, Any]:
    answer = await table[lead].post(f"{table.path}/ground-rules", {**RULES, **rules})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def signed(actor: Actor, table: Table, version: dict[str, Any]) -> dict[str, Any]:
    path = f"{table.path}/ground-rules/{version['version']}/signatures"
    answer = await actor.post(path, {"content_hash": version["content_hash"]})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def adopt(table: Table, **rules: Any) -> dict[str, Any]:
    version = await proposed(table, **rules)
    await signed(table["union lead"], table, version)
    return await signed(table["district lead"], table, version)


async def kinds(table: Table) -> list[str]:
    entries = (await table["union lead"].get(f"{table.path}/ledger", params={"limit": 1000})).json()["items"]
    return [entry["kind"] for entry in entries]


async def test_the_defaults_hold_where_nobody_signed_anything(bargaining: Table) -> None:
    rules = (await bargaining["union observer"].get(f"{bargaining.path}/ground-rules")).json()

    assert (rules["in_force"]["version"], rules["proposed"], rules["versions"]) == (0, None, [])
    assert rules["in_force"]["settings"]["observers_see"] == "tabled"


async def test_every_member_reads_them_and_only_leads_who_sign_propose(bargaining: Table) -> None:
    path = f"{bargaining.path}/ground-rules"

    assert set((await bargaining.statuses("GET", path)).values()) == {200, 404, 401}
    assert await bargaining.statuses("POST", path, RULES) == {
        "union lead": 201,
        "union drafter": 403,
        "union observer": 403,
        "district lead": 201,
        "district drafter": 403,
        "district observer": 403,
        "mediator": 403,
        "stranger": 404,
        "anonymous": 401,
    }


async def test_a_version_holds_once_every_signatory_has_signed_it(bargaining: Table) -> None:
    version = await proposed(bargaining)

    half = await signed(bargaining["union lead"], bargaining, version)
    again = await signed(bargaining["union lead"], bargaining, version)
    whole = await signed(bargaining["district lead"], bargaining, version)

    assert (half["in_force"]["version"], half["proposed"]["awaiting"]) == (0, ["district"])
    assert again == half
    assert (whole["in_force"]["version"], whole["proposed"]) == (1, None)
    assert whole["in_force"]["settings"]["stall_days"] == 7
    assert whole["in_force"]["further"] == "No *phones*."
    assert (await kinds(bargaining))[-5:] == [
        "ground_rules.proposed",
        "ground_rules.signed",
        "ground_rules.signed",
        "ground_rules.adopted",
        "publication.made",
    ]


async def test_a_newer_proposal_takes_the_place_of_one_that_not_all_have_signed(bargaining: Table) -> None:
    first = await proposed(bargaining)
    await signed(bargaining["union lead"], bargaining, first)

    second = await proposed(bargaining, "district lead", stall_days=21)
    late = await bargaining["district lead"].post(
        f"{bargaining.path}/ground-rules/1/signatures", {"content_hash": first["content_hash"]}
    )

    assert (late.status_code, late.json()["code"], late.json()["current"]) == (409, "rules_replaced", 2)
    rules = (await bargaining["union lead"].get(f"{bargaining.path}/ground-rules")).json()
    assert [(one["version"], one["status"]) for one in rules["versions"]] == [(2, "proposed"), (1, "replaced")]
    assert second["awaiting"] == ["union", "district"]
    assert len(rules["versions"][1]["signatures"]) == 1


async def test_one_signs_what_one_saw(bargaining: Table) -> None:
    version = await proposed(bargaining)
    path = f"{bargaining.path}/ground-rules/1/signatures"

    stale = await bargaining["union lead"].post(path, {"content_hash": "0" * 64})

    assert (stale.status_code, stale.json()["code"], stale.json()["current"]) == (
        409,
        "stale_content",
        version["content_hash"],
    )
    assert (
        await bargaining["union lead"].post(
            f"{bargaining.path}/ground-rules/9/signatures", {"content_hash": version["content_hash"]}
        )
    ).status_code == 404


async def test_rules_that_cannot_hold_here_are_refused(bargaining: Table) -> None:
    path = f"{bargaining.path}/ground-rules"
    bad = [
        {"acceptances": 1},
        {"acceptances": 3},
        {"observers_see": "everything"},
        {"stall_days": 0},
        {"initial_proposals_on": "tomorrow"},
        {"unknown": True},
        {},
    ]

    answers = [await bargaining["union lead"].post(path, body) for body in bad]

    assert [answer.status_code for answer in answers] == [422] * len(bad)
    assert (await bargaining["union lead"].get(path)).json()["versions"] == []


async def test_a_signed_version_is_superseded_by_the_next_and_stays_on_record(bargaining: Table) -> None:
    await adopt(bargaining)

    rules = await adopt(bargaining, stall_days=30, public_sees="nothing")

    assert [(one["version"], one["status"]) for one in rules["versions"]] == [(2, "in_force"), (1, "superseded")]
    assert [len(one["signatures"]) for one in rules["versions"]] == [2, 2]
