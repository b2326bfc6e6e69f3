"""Taking a package back, and packages whose time runs out: every part is pending again, as an ordinary suggestion."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.services import packages
from app.services.suggestions import Shelf
from tests.harness.actors import Table as Actors
from tests.harness.bargaining import Person, Table, bargaining
from tests.harness.packaging import answer, kinds, offer, read, run_out, soon, suggest_in_both

Seat = tuple[Table, Person, Person]


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Seat]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield table, union, district


async def test_a_withdrawn_package_leaves_its_parts_on_the_table(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items)

    done = await union.call("POST", f"/packages/{made['id']}/withdrawal", json={"reason": "Recosted."})
    again = await offer(union, items)

    assert (done["status"], done["ending_reason"]) == ("withdrawn", "Recosted.")
    assert [part["status"] for part in done["parts"]] == ["pending", "pending"]
    assert again["status"] == "pending"
    assert (await answer(district, made, status=409))["code"] == "package_resolved"


async def test_taking_back_needs_a_reason_and_its_own_party(seated: Seat) -> None:
    table, union, district = seated
    uli = await table.join("Uli", "union", "drafter")
    made = await offer(union, await suggest_in_both(table, union))
    path = f"/packages/{made['id']}/withdrawal"

    assert await union.refused(422, "POST", path, json={"reason": " "}) == "invalid_request"
    assert await union.refused(422, "POST", path, json={}) == "invalid_request"
    assert await district.refused(403, "POST", path, json={"reason": "No."}) == "not_permitted"
    assert await uli.refused(403, "POST", path, json={"reason": "No."}) == "not_permitted"


async def test_a_drafter_offers_and_takes_back_its_own_package(seated: Seat) -> None:
    table, union, _ = seated
    uli = await table.join("Uli", "union", "drafter")
    made = await offer(uli, await suggest_in_both(table, union))

    done = await uli.call("POST", f"/packages/{made['id']}/withdrawal", json={"reason": "Mistaken."})

    assert done["status"] == "withdrawn"


async def test_a_package_expires_once_however_many_workers_look(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items, expires_at=soon(hours=1))
    await run_out(table, made)
    shelf = Shelf(table.app.state.database, table.app.state.rooms)

    await packages.lapse(shelf)
    ended_again = await packages.lapse(shelf)

    done = await read(district, made)
    assert (done["status"], ended_again) == ("expired", 0)
    assert [part["package"] for part in done["parts"]] == [None, None]
    assert [part["status"] for part in done["parts"]] == ["pending", "pending"]
    assert (await kinds(union)).count("package.expired") == 1


async def test_a_package_whose_time_has_not_run_out_stays_open(seated: Seat) -> None:
    table, union, district = seated
    made = await offer(union, await suggest_in_both(table, union), expires_at=soon(hours=1))

    ended = await packages.lapse(Shelf(table.app.state.database, table.app.state.rooms))

    assert (ended, (await read(district, made))["status"]) == (0, "pending")


async def test_whom_a_withdrawal_is_open_to(bargaining: Actors) -> None:
    answered = await bargaining.statuses("POST", f"{bargaining.path}/packages/pkg_none/withdrawal", {"reason": "No."})

    assert answered.pop("anonymous") == 401
    assert set(answered.values()) == {404}
