"""A mediator: let in by everybody, in confidence with each, proposing to all."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.ids import AgreementId
from app.domain.scopes import Scope
from app.models import Account, now
from app.services import mediation_proposals
from app.services.acting import Identity, acting_in
from tests.harness.actors import ACTORS, Table, founding
from tests.harness.mediating import let_in, proposed

SEAT = {"party": "mediation", "role": "mediator"}
OUTSIDE = {"union observer", "district observer", "mediator", "stranger", "anonymous"}
"""Who takes no part; the actor named mediator is the neutral party's lead, and was let in by nobody."""


@pytest.fixture
async def mediated(bargaining: Table) -> Table:
    await let_in(bargaining)
    return bargaining


async def invited(table: Table, by: str = "union lead") -> dict[str, Any]:
    answer = await table[by].post(f"{table.path}/invitations", SEAT)
    assert answer.status_code == 201, answer.text
    return answer.json()


def denied(*allowed: str) -> dict[str, int]:
    return {name: 200 if name in allowed else {"anonymous": 401}.get(name, 404) for name in ACTORS}


async def answered(table: Table, proposal: dict, *said: tuple[str, str]) -> dict:
    shown = proposal
    for name, answer in said:
        path = f"{table.path}/mediation/proposals/{proposal['id']}/answer"
        given = await table[name].client.put(path, json={"answer": answer})
        assert given.status_code == 200, given.text
        shown = given.json()
    return shown


async def test_no_mediator_is_let_in_before_every_signatory_has_agreed(bargaining: Table) -> None:
    made = await invited(bargaining)

    early = await bargaining["stranger"].post(f"/invitations/{made['token']}/accept")
    consented = await bargaining["district lead"].post(
        f"{bargaining.path}/mediation/consents", {"invitation": made["id"]}
    )
    late = await bargaining["stranger"].post(f"/invitations/{made['token']}/accept")

    assert (early.status_code, early.json()["code"], early.json()["awaiting"]) == (403, "consent_missing", ["district"])
    assert consented.json()["called"][0]["awaiting"] == []
    assert (late.status_code, late.json()["role"]) == (200, "mediator")


async def test_a_neutral_partys_own_lead_lets_nobody_in_by_itself(bargaining: Table) -> None:
    made = await invited(bargaining, by="mediator")

    refused = await bargaining["stranger"].post(f"/invitations/{made['token']}/accept")

    assert refused.json()["awaiting"] == ["union", "district"]


async def test_a_consent_can_be_taken_back_until_the_mediator_is_in(bargaining: Table) -> None:
    made = await invited(bargaining)
    path = f"{bargaining.path}/mediation/consents"
    await bargaining["district lead"].post(path, {"invitation": made["id"]})

    taken = await bargaining["union lead"].delete(f"{path}/{made['id']}")
    refused = await bargaining["stranger"].post(f"/invitations/{made['token']}/accept")

    assert taken.json()["called"][0]["awaiting"] == ["union"]
    assert refused.json()["awaiting"] == ["union"]


async def test_only_the_leads_of_signatories_consent(bargaining: Table) -> None:
    made = await invited(bargaining)

    answers = await bargaining.statuses("POST", f"{bargaining.path}/mediation/consents", {"invitation": made["id"]})

    assert answers == {
        **denied("union lead", "district lead"),
        "union drafter": 403,
        "district drafter": 403,
    }


@pytest.mark.parametrize("party", ["union", "district"])
async def test_a_mediator_is_of_no_party_that_signs(bargaining: Table, party: str) -> None:
    answer = await bargaining[f"{party} lead"].post(f"{bargaining.path}/invitations", {**SEAT, "party": party})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_content")


async def test_nobody_becomes_a_mediator_by_founding_or_by_a_change_of_seats(mediated: Table) -> None:
    founded = await mediated["stranger"].post("/agreements", founding(member=SEAT))
    members = (await mediated["union lead"].get(mediated.path)).json()["members"]
    drafter = next(one["id"] for one in members if one["name"] == "Union Drafter")
    maya = next(one["id"] for one in members if one["name"] == "Maya")
    path = f"{mediated.path}/members"

    made = await mediated["union lead"].client.patch(f"{path}/{drafter}", json={"role": "mediator"})
    moved = await mediated["union lead"].client.patch(f"{path}/{maya}", json={"party": "union", "role": "drafter"})

    assert founded.status_code == 422
    assert (made.status_code, moved.status_code) == (403, 403)


async def test_either_side_ends_the_mediation_by_taking_the_mediator_from_the_table(mediated: Table) -> None:
    members = (await mediated["union lead"].get(mediated.path)).json()["members"]
    maya = next(one["id"] for one in members if one["name"] == "Maya")

    removed = await mediated["district lead"].delete(f"{mediated.path}/members/{maya}")

    assert removed.status_code == 204, removed.text
    assert (await mediated["maya"].get(f"{mediated.path}/mediation")).status_code == 404


async def test_the_mediation_is_there_for_those_who_bargain_and_mediate(mediated: Table) -> None:
    bargainers = [f"{party} {role}" for party in ("union", "district") for role in ("lead", "drafter")]

    answers = await mediated.statuses("GET", f"{mediated.path}/mediation")
    maya = (await mediated["maya"].get(f"{mediated.path}/mediation")).json()
    union = (await mediated["union drafter"].get(f"{mediated.path}/mediation")).json()

    assert answers == denied(*bargainers)
    assert (maya["rooms"], union["rooms"]) == (["union", "district"], ["union"])
    assert [one["name"] for one in union["mediators"]] == ["Maya"]


async def test_a_sealed_note_is_between_one_party_and_the_mediator(mediated: Table) -> None:
    path = f"{mediated.path}/mediation/notes/union"
    written = await mediated["maya"].post(path, {"text": "CANARY one"})
    replied = await mediated["union drafter"].post(path, {"text": "CANARY two"})

    listed = (await mediated["union lead"].get(path)).json()["items"]
    answers = await mediated.statuses("GET", path)
    writes = await mediated.statuses("POST", path, {"text": "x"}, order=[*OUTSIDE, "district lead", "district drafter"])

    assert (written.status_code, replied.status_code) == (201, 201)
    assert [(one["text"], one["author_party"]) for one in listed] == [
        ("CANARY two", "union"),
        ("CANARY one", "mediation"),
    ]
    assert answers == denied("union lead", "union drafter")
    assert set(writes.values()) == {404, 401}


async def test_a_sealed_note_leaves_no_trace_with_anybody_else(mediated: Table) -> None:
    others = ["union observer", "district lead", "district drafter", "district observer", "mediator"]
    await mediated.service.app.state.errands.run()
    before = {name: await told(mediated, name) for name in others}

    await mediated["maya"].post(f"{mediated.path}/mediation/notes/union", {"text": "CANARY"})

    assert {name: await told(mediated, name) for name in others} == before
    kinds = {one["kind"] for one in (await mediated["union drafter"].get("/notices")).json()["items"]}
    assert "mediation.noted" in kinds


async def told(table: Table, name: str) -> tuple[str, str]:
    return (await table[name].get(f"{table.path}/ledger")).text, (await table[name].get("/notices")).text


async def test_a_note_to_a_party_that_is_none_is_to_nobody(mediated: Table) -> None:
    answers = [
        await mediated["maya"].post(f"{mediated.path}/mediation/notes/{party}", {"text": "x"})
        for party in ("mediation", "nobody")
    ]

    assert {answer.status_code for answer in answers} == {404}


async def test_a_mediator_has_no_caucus_and_writes_nothing_at_the_table(mediated: Table) -> None:
    caucus = await mediated["maya"].get(f"{mediated.path}/caucus/suggestions")
    may = (await mediated["maya"].get(mediated.path)).json()["me"]["may"]

    assert caucus.status_code in {403, 404}
    assert set(may) == {"read", "mediate"}


async def test_only_a_mediator_proposes(mediated: Table) -> None:
    body = {"title": "x", "closes_at": (now() + timedelta(days=1)).isoformat()}

    answers = await mediated.statuses("POST", f"{mediated.path}/mediation/proposals", body)

    bargainers = [f"{party} {role}" for party in ("union", "district") for role in ("lead", "drafter")]
    assert answers == {**denied(), **dict.fromkeys(bargainers, 403)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_at": "2020-01-01T00:00:00Z"},
        {"closes_at": "2999-01-01T00:00:00Z"},
        {"changes": [{"article_id": "art_none", "before": "a", "after": "b"}]},
        {"changes": [{"article_id": "x", "before": "", "after": "b"}]},
        {"changes": [{"article_id": "x", "before": "a\nb", "after": "b"}]},
        {"title": ""},
    ],
)
async def test_a_proposal_that_could_never_be_answered_is_refused(mediated: Table, wrong: dict) -> None:
    body = {"title": "x", "closes_at": (now() + timedelta(days=1)).isoformat(), **wrong}

    assert (await mediated["maya"].post(f"{mediated.path}/mediation/proposals", body)).status_code == 422


async def test_the_last_yes_reveals_it_to_all_and_brings_its_changes_to_the_table(mediated: Table) -> None:
    proposal = await proposed(mediated)

    shown = await answered(mediated, proposal, ("union lead", "yes"), ("district lead", "yes"))

    [suggestion] = (await mediated["union lead"].get(f"{mediated.path}/suggestions")).json()["items"]
    entries = (await mediated["union lead"].get(f"{mediated.path}/ledger?limit=1000")).json()["items"]
    [agreed] = [one for one in entries if one["kind"] == "mediation.agreed"]
    assert shown["status"] == "agreed"
    assert shown["tabled"] == [{"article_id": suggestion["article_id"], "suggestion": suggestion["id"], "code": None}]
    assert (suggestion["party"], suggestion["status"], suggestion["awaiting"]) == (
        "mediation",
        "pending",
        ["union", "district"],
    )
    assert suggestion["after"] == "Salaries rise by four percent."
    assert [change["text"] for change in suggestion["changes"]] == ["three", "four"]
    assert (agreed["party"], agreed["member"]) == (None, None)
    assert agreed["payload"]["proposal"] == proposal["id"]


async def test_what_all_agreed_on_enters_the_text_only_when_each_accepts_it_there(mediated: Table) -> None:
    await answered(mediated, await proposed(mediated), ("union lead", "yes"), ("district lead", "yes"))
    texts = []
    for name in ("union lead", "district lead"):
        [item] = (await mediated[name].get(f"{mediated.path}/suggestions?status=pending")).json()["items"]
        accepted = await mediated[name].post(
            f"{mediated.path}/suggestions/{item['id']}/responses",
            {"kind": "accept", "content_hash": item["content_hash"]},
        )
        assert accepted.status_code == 200, accepted.text
        text = await mediated[name].get(f"{mediated.path}/text?view=agreed", headers={"Accept": "text/plain"})
        texts.append("four percent" in text.text)

    assert texts == [False, True]


async def test_a_change_whose_passage_has_moved_is_not_forced_in(mediated: Table) -> None:
    article = mediated.agreement["articles"][1]["id"]
    gone = [{"article_id": article, "before": "rise by nine percent", "after": "fall"}]

    shown = await answered(
        mediated, await proposed(mediated, changes=gone), ("union lead", "yes"), ("district lead", "yes")
    )

    assert shown["tabled"] == [{"article_id": article, "suggestion": None, "code": "text_moved"}]


async def test_begun_again_after_a_crash_each_change_comes_once(mediated: Table) -> None:
    proposal, state = await proposed(mediated), mediated.service.app.state
    path = f"{mediated.path}/mediation/proposals/{proposal['id']}"
    async with state.database.reading() as session:
        leads = [
            await acting_in(
                session,
                Identity(await session.get_one(Account, mediated[name].account_id), "login"),
                AgreementId(mediated.agreement["id"]),
                Scope.AGREEMENT_WRITE,
            )
            for name in ("union lead", "district lead")
        ]
    for lead in leads:
        await mediation_proposals.answer(state.database, lead, proposal["id"], "yes")

    before = (await mediated["maya"].get(path)).json()
    await state.errands.run()
    await state.errands.run()

    after = (await mediated["maya"].get(path)).json()
    assert (before["status"], after["status"], len(after["tabled"])) == ("agreed", "agreed", 1)
    assert len((await mediated["maya"].get(f"{mediated.path}/suggestions")).json()["items"]) == 1


async def test_only_leads_of_signatories_answer(mediated: Table) -> None:
    proposal = await proposed(mediated)
    path = f"{mediated.path}/mediation/proposals/{proposal['id']}/answer"

    answers = await mediated.statuses("PUT", path, {"answer": "no"})
    maya = await mediated["maya"].client.put(path, json={"answer": "yes"})

    assert answers == {**denied("union lead", "district lead"), "union drafter": 403, "district drafter": 403}
    assert maya.status_code == 403


async def test_at_its_end_a_proposal_takes_no_answer_and_tells_nobody_whose_was_missing(
    mediated: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = await proposed(mediated)
    await answered(mediated, proposal, ("union lead", "yes"), ("district lead", "no"))
    later = now() + timedelta(days=8)
    monkeypatch.setattr(mediation_proposals, "now", lambda: later)

    path = f"{mediated.path}/mediation/proposals/{proposal['id']}"
    shown = {name: (await mediated[name].get(path)).json() for name in ("union drafter", "district drafter", "maya")}
    late = await mediated["district lead"].client.put(f"{path}/answer", json={"answer": "yes"})

    assert {one["status"] for one in shown.values()} == {"ended"}
    assert {one["ended_at"] for one in shown.values()} == {proposal["closes_at"]}
    assert {name: one["own_answer"] for name, one in shown.items()} == {
        "union drafter": "yes",
        "district drafter": "no",
        "maya": None,
    }
    assert (late.status_code, late.json()["code"]) == (409, "proposal_closed")


async def test_only_its_mediator_takes_a_proposal_back(mediated: Table) -> None:
    proposal = await proposed(mediated)
    path = f"{mediated.path}/mediation/proposals/{proposal['id']}/withdrawal"

    answers = await mediated.statuses("POST", path)
    taken = await mediated["maya"].post(path)
    again = await mediated["maya"].post(path)

    bargainers = [f"{party} {role}" for party in ("union", "district") for role in ("lead", "drafter")]
    assert answers == {**denied(), **dict.fromkeys(bargainers, 403)}
    assert (taken.json()["status"], again.json()["code"]) == ("withdrawn", "proposal_closed")
