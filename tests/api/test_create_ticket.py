from datetime import timedelta

import pytest

from app.errors import Unauthenticated
from app.models import now
from app.services import logins
from tests.harness.actors import Service, Table


async def test_everybody_with_an_account_gets_one(table: Table) -> None:
    answered = await table.statuses("POST", "/tickets")

    assert answered.pop("anonymous") == 401
    assert set(answered.values()) == {201}


async def test_it_is_spent_by_its_first_use(service: Service) -> None:
    ursula = await service.person("ursula")
    made = (await ursula.post("/tickets")).json()

    async with service.app.state.database.transaction() as session:
        identity = await logins.by_ticket(session, made["ticket"])
    with pytest.raises(Unauthenticated):
        async with service.app.state.database.transaction() as session:
            await logins.by_ticket(session, made["ticket"])

    assert made["expires_in_seconds"] == 60
    assert identity.account.id == ursula.account_id


async def test_it_reaches_no_further_than_what_it_was_got_with(table: Table) -> None:
    bound = table.agreement["id"]
    program = await table.service.bearer(table["mediator"], "agreement:read", agreement_id=bound)
    made = (await program.post("/tickets")).json()

    async with table.service.app.state.database.transaction() as session:
        identity = await logins.by_ticket(session, made["ticket"])

    assert identity.scopes == {"agreement:read"}
    assert identity.agreement_id == bound


async def test_a_token_for_final_texts_gets_none(table: Table) -> None:
    program = await table.service.bearer(table["mediator"], "final:read")

    assert (await program.post("/tickets")).json()["code"] == "missing_scope"


async def test_after_a_minute_it_opens_nothing(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    ursula = await service.person("ursula")
    made = (await ursula.post("/tickets")).json()
    monkeypatch.setattr(logins, "now", lambda: now() + timedelta(seconds=61))

    with pytest.raises(Unauthenticated):
        async with service.app.state.database.transaction() as session:
            await logins.by_ticket(session, made["ticket"])
