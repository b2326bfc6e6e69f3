import asyncio

from app.domain.ids import AgreementId, table_of
from app.repositories.ledger import LedgerRepository
from tests.harness.actors import Table

ONLY_SIGNATORY_LEADS = {
    "union drafter": 403,
    "union observer": 403,
    "district drafter": 403,
    "district observer": 403,
    "mediator": 403,
    "stranger": 404,
    "anonymous": 401,
    "union lead": 200,
    "district lead": 200,
}


async def kinds(table: Table) -> list[str]:
    async with table.service.app.state.database.reading() as session:
        entries = await LedgerRepository(session).page(AgreementId(table.agreement["id"]), 0, 100)
    return [entry["kind"] for entry in entries]


async def test_the_leads_of_signatories_confirm_and_nobody_else(table: Table) -> None:
    body = {"content_hash": table.agreement["content_hash"]}

    answered = await table.statuses("POST", f"{table.path}/confirmations", body, order=ONLY_SIGNATORY_LEADS)

    assert answered == ONLY_SIGNATORY_LEADS


async def test_a_drafter_is_told_that_it_takes_a_lead(table: Table) -> None:
    body = {"content_hash": table.agreement["content_hash"]}

    answer = await table["union drafter"].post(f"{table.path}/confirmations", body)

    assert answer.json()["code"] == "not_lead"


async def test_bargaining_begins_after_the_last_signatory_and_the_table_opens(table: Table) -> None:
    body = {"content_hash": table.agreement["content_hash"]}
    rooms, table_id = table.service.app.state.rooms, table_of(AgreementId(table.agreement["id"]))
    before = await rooms.read(table_id, lambda document: document.register.writable)

    first = await table["district lead"].post(f"{table.path}/confirmations", body)
    last = await table["union lead"].post(f"{table.path}/confirmations", body)

    assert [first.json()["status"], last.json()["status"]] == ["preparing", "bargaining"]
    assert set(last.json()["confirmations"]) == {"union", "district"}
    assert before is False
    assert await rooms.read(table_id, lambda document: document.register.writable) is True


async def test_a_hash_of_another_text_is_refused_with_the_current_one(table: Table) -> None:
    answer = await table["union lead"].post(f"{table.path}/confirmations", {"content_hash": "0" * 64})

    assert (answer.status_code, answer.json()["code"]) == (409, "stale_content")
    assert answer.json()["current"] == table.agreement["content_hash"]
    assert "agreement.confirmed" not in await kinds(table)


async def test_said_twice_it_is_recorded_once(table: Table) -> None:
    body = {"content_hash": table.agreement["content_hash"]}

    both = await asyncio.gather(
        table["union lead"].post(f"{table.path}/confirmations", body),
        table["union lead"].post(f"{table.path}/confirmations", body),
    )
    await table.confirm("district lead")
    late = await table["union lead"].post(f"{table.path}/confirmations", body)

    assert [answer.status_code for answer in (*both, late)] == [200, 200, 200]
    assert (await kinds(table)).count("agreement.confirmed") == 2


async def test_a_malformed_hash_is_refused(table: Table) -> None:
    answers = [
        await table["union lead"].post(f"{table.path}/confirmations", body)
        for body in ({}, {"content_hash": "x"}, {"content_hash": "A" * 64}, {"content_hash": None})
    ]

    assert {answer.status_code for answer in answers} == {422}
