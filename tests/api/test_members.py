"""Changing who sits where: at once, on every path, and never the last lead."""

import asyncio
from typing import Any

import pytest

from app.domain.ids import AgreementId
from app.domain.scopes import Scope
from app.errors import SeatChanged
from app.models import Account
from app.services import initials
from app.services.acting import Identity, acting_in
from app.services.suggestions import Shelf
from tests.harness.actors import Table


async def member_of(table: Table, name: str) -> str:
    return (await table[name].get(table.path)).json()["me"]["member_id"]


async def patch(table: Table, by: str, member: str, **body: Any) -> Any:
    return await table[by].client.patch(f"{table.path}/members/{member}", json=body)


async def test_leads_change_their_own_party_alone(bargaining: Table) -> None:
    member = await member_of(bargaining, "union observer")
    path = f"{bargaining.path}/members/{member}"

    assert await bargaining.statuses("PATCH", path, {"role": "drafter"}) == {
        "union lead": 200,
        "union drafter": 403,
        "union observer": 403,
        "district lead": 403,
        "district drafter": 403,
        "district observer": 403,
        "mediator": 403,
        "stranger": 404,
        "anonymous": 401,
    }
    assert (await bargaining["union observer"].get(bargaining.path)).json()["me"]["role"] == "drafter"


async def test_a_wish_for_nothing_and_an_unknown_member_are_refused(bargaining: Table) -> None:
    member = await member_of(bargaining, "union drafter")

    assert (await patch(bargaining, "union lead", member)).status_code == 422
    assert (await patch(bargaining, "union lead", member, party="nobody")).status_code == 422
    assert (await patch(bargaining, "union lead", "mem_none", role="lead")).status_code == 404


async def test_a_party_never_loses_its_last_lead(bargaining: Table) -> None:
    lead = await member_of(bargaining, "union lead")

    answers = [
        await patch(bargaining, "union lead", lead, role="drafter"),
        await patch(bargaining, "union lead", lead, party="district"),
        await bargaining["union lead"].delete(f"{bargaining.path}/members/{lead}"),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "last_lead")] * 3


async def test_whoever_is_removed_finds_nothing_any_more(bargaining: Table) -> None:
    drafter, member = bargaining["union drafter"], await member_of(bargaining, "union drafter")
    program = await bargaining.service.bearer(drafter, "agreement:write", agreement_id=bargaining.agreement["id"])

    removed = await bargaining["union lead"].delete(f"{bargaining.path}/members/{member}")

    assert removed.status_code == 204
    for who in (drafter, program):
        for path in ("", "/text", "/suggestions", "/ledger", "/caucus/text", "/caucus/suggestions", "/sessions"):
            assert (await who.get(bargaining.path + path)).status_code == 404
    assert bargaining.agreement["id"] not in (await drafter.get("/agreements")).text
    assert member not in (await bargaining["union lead"].get(bargaining.path)).text
    entries = (await bargaining["union lead"].get(f"{bargaining.path}/ledger", params={"limit": 1000})).json()["items"]
    assert entries[-1]["kind"] == "member.removed"
    assert entries[-1]["payload"] == {"member": {"id": member, "name": "Union Drafter"}, "role": "drafter"}


async def test_an_invitation_that_somebody_sent_is_no_way_back_in(bargaining: Table) -> None:
    second = await member_of(bargaining, "union drafter")
    await patch(bargaining, "union lead", second, role="lead")
    kept = await bargaining["union drafter"].post(f"{bargaining.path}/invitations", {"party": "union", "role": "lead"})

    await bargaining["union lead"].delete(f"{bargaining.path}/members/{second}")

    back = await bargaining["union drafter"].post(f"/invitations/{kept.json()['token']}/accept")
    assert (back.status_code, back.json()["code"]) == (410, "gone")


async def test_whoever_was_removed_may_be_invited_again(bargaining: Table) -> None:
    member = await member_of(bargaining, "union drafter")
    await bargaining["union lead"].delete(f"{bargaining.path}/members/{member}")
    invited = await bargaining["union lead"].post(
        f"{bargaining.path}/invitations", {"party": "union", "role": "observer"}
    )

    accepted = await bargaining["union drafter"].post(f"/invitations/{invited.json()['token']}/accept")

    assert accepted.status_code == 200
    assert await member_of(bargaining, "union drafter") != member


async def test_a_move_takes_a_lead_of_each_side(bargaining: Table) -> None:
    member = await member_of(bargaining, "union drafter")

    proposed = await patch(bargaining, "union lead", member, party="district")
    again = await patch(bargaining, "union lead", member, party="district")
    outside = await patch(bargaining, "mediator", member, party="district")
    [waiting] = (await bargaining["district lead"].get(f"{bargaining.path}/moves")).json()["items"]
    confirmed = await patch(bargaining, "district lead", member, party="district")

    assert proposed.json()["party"] == again.json()["party"] == "union"
    assert outside.status_code == 403
    assert (waiting["member_id"], waiting["party"], waiting["proposed_by"]) == (member, "district", "union")
    assert confirmed.json()["party"] == "district"
    assert confirmed.json()["id"] != member
    assert (await bargaining["union drafter"].get(bargaining.path)).json()["me"]["party"] == "district"
    assert (await bargaining["mediator"].get(f"{bargaining.path}/moves")).json()["items"] == []


async def test_a_move_is_taken_back_or_refused(bargaining: Table) -> None:
    member = await member_of(bargaining, "union drafter")
    await patch(bargaining, "union lead", member, party="district")
    path = f"{bargaining.path}/members/{member}/move"

    assert (await bargaining["mediator"].delete(path)).status_code == 403
    assert (await bargaining["district lead"].delete(path)).status_code == 204
    assert (await bargaining["district lead"].delete(path)).status_code == 404
    assert (await patch(bargaining, "district lead", member, party="district")).json()["party"] == "union"


async def test_a_lead_removed_in_mid_act_decides_nothing(bargaining: Table) -> None:
    """Both requests begin while the second lead is seated; what is decided after the removal is refused."""
    second = await member_of(bargaining, "union drafter")
    await patch(bargaining, "union lead", second, role="lead")
    article = bargaining.agreement["articles"][0]
    body = {"content_hash": article["content_hash"]}
    path = f"{bargaining.path}/articles/{article['id']}/initials"

    removal, late = await asyncio.gather(
        bargaining["union lead"].delete(f"{bargaining.path}/members/{second}"),
        bargaining["union drafter"].post(path, body),
    )

    entries = (await bargaining["union lead"].get(f"{bargaining.path}/ledger", params={"limit": 1000})).json()["items"]
    kinds = [entry["kind"] for entry in entries]
    assert removal.status_code == 204
    if late.status_code == 200:
        assert kinds.index("article.initialled") < kinds.index("member.removed")
    else:
        assert late.status_code == 404
        assert "article.initialled" not in kinds


async def test_a_request_that_began_in_another_role_is_refused(bargaining: Table) -> None:
    second = await member_of(bargaining, "union drafter")
    await patch(bargaining, "union lead", second, role="lead")
    state = bargaining.service.app.state
    async with state.database.reading() as session:
        account = await session.get(Account, bargaining["union drafter"].account_id)
        begun = await acting_in(
            session, Identity(account, "login"), AgreementId(bargaining.agreement["id"]), Scope.AGREEMENT_WRITE
        )
    await patch(bargaining, "union lead", second, role="drafter")
    article = bargaining.agreement["articles"][0]

    with pytest.raises(SeatChanged):
        await initials.initial(Shelf(state.database, state.rooms), begun, article["id"], article["content_hash"])
