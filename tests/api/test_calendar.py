"""The calendar feed: one member's, for one agreement, until it is revoked or the seat ends."""

from tests.api.test_sessions import convened
from tests.harness.actors import Table


async def test_a_feed_is_read_with_its_token_alone_and_opens_nothing_else(bargaining: Table) -> None:
    await convened(bargaining)
    made = await bargaining["union drafter"].post(f"{bargaining.path}/calendar-feeds")
    token, anybody = made.json()["token"], bargaining["anonymous"]

    read = await anybody.get(f"{bargaining.path}/calendar.ics", params={"token": token})

    assert (made.status_code, read.status_code) == (201, 200)
    assert read.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "LOCATION:Room 4" in read.text
    assert "DESCRIPTION:Class size" in read.text
    assert (await anybody.get(bargaining.path, headers={"Authorization": f"Bearer {token}"})).status_code == 401
    other = await bargaining["stranger"].get("/agreements/agr_other/calendar.ics", params={"token": token})
    assert other.status_code == 404


async def test_members_read_it_with_a_login_and_nobody_else_does(bargaining: Table) -> None:
    answered = await bargaining.statuses("GET", f"{bargaining.path}/calendar.ics")

    assert {name for name, status in answered.items() if status == 200} == set(answered) - {"stranger", "anonymous"}
    assert (answered["stranger"], answered["anonymous"]) == (404, 401)


async def test_a_revoked_feed_opens_nothing(bargaining: Table) -> None:
    lead = bargaining["union lead"]
    made = (await lead.post(f"{bargaining.path}/calendar-feeds")).json()

    foreign = await bargaining["union drafter"].delete(f"{bargaining.path}/calendar-feeds/{made['id']}")
    revoked = await lead.delete(f"{bargaining.path}/calendar-feeds/{made['id']}")

    assert (foreign.status_code, revoked.status_code) == (404, 204)
    assert (await lead.get(f"{bargaining.path}/calendar-feeds")).json()["items"] == []
    read = await bargaining["anonymous"].get(f"{bargaining.path}/calendar.ics", params={"token": made["token"]})
    assert read.status_code == 404


async def test_a_feed_ends_with_its_members_seat(bargaining: Table) -> None:
    drafter = bargaining["union drafter"]
    token = (await drafter.post(f"{bargaining.path}/calendar-feeds")).json()["token"]
    member = (await drafter.get(bargaining.path)).json()["me"]["member_id"]

    await bargaining["union lead"].delete(f"{bargaining.path}/members/{member}")

    read = await bargaining["anonymous"].get(f"{bargaining.path}/calendar.ics", params={"token": token})
    assert read.status_code == 404
