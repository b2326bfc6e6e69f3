"""Sessions: convened, opened, attended, interrupted by caucuses, closed with a next date or a refusal."""

from datetime import datetime, timedelta
from typing import Any

from app.models import now
from tests.harness.actors import Table


def later(**away: int) -> str:
    return (now() + timedelta(**(away or {"days": 7}))).replace(microsecond=0).isoformat()


async def convened(table: Table, **body: Any) -> dict[str, Any]:
    plan = {"starts_at": later(hours=1), "place": "Room 4", "agenda": "Class size", **body}
    answer = await table["union lead"].post(f"{table.path}/sessions", plan)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def opened(table: Table, **body: Any) -> dict[str, Any]:
    session = await convened(table, **body)
    answer = await table["union lead"].post(f"{table.path}/sessions/{session['id']}/opening")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def outlook(table: Table) -> dict[str, Any]:
    return (await table["district drafter"].get(table.path)).json()["reconvening"]


async def last_entries(table: Table, count: int) -> list[dict[str, Any]]:
    entries = (await table["union lead"].get(f"{table.path}/ledger", params={"limit": 1000})).json()["items"]
    return entries[-count:]


async def test_only_leads_convene(bargaining: Table) -> None:
    answered = {
        name: (await bargaining[name].post(f"{bargaining.path}/sessions", {"starts_at": later(days=day)})).status_code
        for day, name in enumerate(bargaining.actors, start=1)
    }

    assert answered == {
        "union lead": 201,
        "union drafter": 403,
        "union observer": 403,
        "district lead": 201,
        "district drafter": 403,
        "district observer": 403,
        "mediator": 201,
        "stranger": 404,
        "anonymous": 401,
    }


async def test_nobody_meets_before_the_starting_text_is_agreed(table: Table) -> None:
    refused = await table["union lead"].post(f"{table.path}/sessions", {"starts_at": later()})

    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_stage")


async def test_two_sessions_at_about_one_time_are_one_entered_twice(bargaining: Table) -> None:
    first = await convened(bargaining)

    refused = await bargaining["district lead"].post(f"{bargaining.path}/sessions", {"starts_at": later(minutes=80)})

    assert (refused.status_code, refused.json()["code"]) == (409, "session_overlaps")
    assert refused.json()["session"] == first["id"]


async def test_a_session_held_already_is_entered_afterwards_but_no_slip_of_the_pen(bargaining: Table) -> None:
    path = f"{bargaining.path}/sessions"

    assert (await bargaining["union lead"].post(path, {"starts_at": later(days=-3)})).status_code == 201
    for slip in (later(days=-400), later(days=3000), "2026-11-18T16:00:00", "soon"):
        assert (await bargaining["union lead"].post(path, {"starts_at": slip})).status_code == 422


async def test_one_session_is_open_at_a_time(bargaining: Table) -> None:
    first = await opened(bargaining)
    second = await convened(bargaining, starts_at=later(days=2))

    refused = await bargaining["district lead"].post(f"{bargaining.path}/sessions/{second['id']}/opening")

    assert (refused.status_code, refused.json()["session"]) == (409, first["id"])
    assert (await outlook(bargaining))["state"] == "in_session"


async def test_each_side_writes_down_who_is_there(bargaining: Table) -> None:
    session = await opened(bargaining)
    path = f"{bargaining.path}/sessions/{session['id']}/attendance"
    own = (await bargaining["union drafter"].get(bargaining.path)).json()["me"]["member_id"]
    foreign = (await bargaining["district lead"].get(bargaining.path)).json()["me"]["member_id"]

    people = [{"member_id": own}, {"name": "Dr. Ames, actuary"}]
    answer = await bargaining["union drafter"].client.put(path, json={"people": people})
    refused = await bargaining["union drafter"].client.put(path, json={"people": [{"member_id": foreign}]})
    watching = await bargaining["union observer"].client.put(path, json={"people": []})

    assert answer.json()["attendance"]["union"] == [
        {"member_id": own, "name": "Union Drafter"},
        {"member_id": None, "name": "Dr. Ames, actuary"},
    ]
    assert (refused.status_code, watching.status_code) == (422, 403)


async def test_a_caucus_leaves_its_times_and_nothing_else(bargaining: Table) -> None:
    session = await opened(bargaining)
    path = f"{bargaining.path}/sessions/{session['id']}/caucuses"

    out = await bargaining["district lead"].post(path, {"direction": "out"})
    again = await bargaining["district lead"].post(path, {"direction": "out"})
    back = await bargaining["district lead"].post(path, {"direction": "in"})

    assert out.json()["caucuses"] == again.json()["caucuses"]
    [times] = back.json()["caucuses"]
    assert times["party"] == "district"
    assert datetime.fromisoformat(times["out_at"]) <= datetime.fromisoformat(times["in_at"])
    assert [entry["payload"].keys() for entry in await last_entries(bargaining, 2)] == [
        {"session", "number", "out_at", "in_at"}
    ] * 2
    assert (await bargaining["district drafter"].post(path, {"direction": "out"})).status_code == 403


async def test_closing_takes_a_next_date_or_a_refusal(bargaining: Table) -> None:
    session = await opened(bargaining)
    path = f"{bargaining.path}/sessions/{session['id']}/closing"
    bodies = [{}, {"refusal": " "}, {"next_starts_at": later(), "refusal": "No."}, {"next_starts_at": later(days=-1)}]

    for body in bodies:
        assert (await bargaining["union lead"].post(path, body)).status_code == 422

    assert (await outlook(bargaining))["state"] == "in_session"


async def test_closing_with_a_date_convenes_the_next_session(bargaining: Table) -> None:
    session, date = await opened(bargaining), later(days=7)
    await bargaining["union lead"].post(f"{bargaining.path}/sessions/{session['id']}/caucuses", {"direction": "out"})

    closed = await bargaining["district lead"].post(
        f"{bargaining.path}/sessions/{session['id']}/closing", {"next_starts_at": date}
    )

    assert closed.status_code == 200
    assert closed.json()["status"] == "closed"
    assert closed.json()["caucuses"][0]["in_at"] is not None
    ahead = await outlook(bargaining)
    assert (ahead["state"], ahead["current"]["number"], ahead["upcoming"]["number"]) == ("scheduled", 1, 2)
    assert datetime.fromisoformat(ahead["next"]) == datetime.fromisoformat(date)
    assert [entry["kind"] for entry in await last_entries(bargaining, 2)] == ["session.closed", "session.convened"]


async def test_a_refusal_is_on_the_record(bargaining: Table) -> None:
    session = await opened(bargaining)

    closed = await bargaining["district lead"].post(
        f"{bargaining.path}/sessions/{session['id']}/closing", {"refusal": "The board has to meet first."}
    )

    assert (closed.json()["refusal"], closed.json()["refused_by"]) == ("The board has to meet first.", "district")
    [entry] = await last_entries(bargaining, 1)
    assert (entry["kind"], entry["party"]) == ("reconvening.refused", "district")
    assert (await outlook(bargaining))["state"] == "unscheduled"


async def test_what_was_closed_stays_closed(bargaining: Table) -> None:
    session = await opened(bargaining)
    path = f"{bargaining.path}/sessions/{session['id']}"
    await bargaining["union lead"].post(f"{path}/closing", {"refusal": "No."})

    answers = [
        await bargaining["union lead"].post(f"{path}/closing", {"next_starts_at": later()}),
        await bargaining["union lead"].post(f"{path}/opening"),
        await bargaining["union lead"].post(f"{path}/caucuses", {"direction": "out"}),
        await bargaining["union lead"].client.put(f"{path}/attendance", json={"people": []}),
        await bargaining["union lead"].client.put(path, json={"starts_at": later()}),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(409, "session_closed")] * 5


async def test_a_session_is_moved_until_it_opens(bargaining: Table) -> None:
    session = await convened(bargaining)
    path = f"{bargaining.path}/sessions/{session['id']}"

    moved = await bargaining["district lead"].client.put(path, json={"starts_at": later(days=3), "place": "Online"})
    await bargaining["union lead"].post(f"{path}/opening")
    late = await bargaining["district lead"].client.put(path, json={"starts_at": later(days=4)})

    assert (moved.status_code, moved.json()["place"]) == (200, "Online")
    assert (late.status_code, late.json()["code"]) == (409, "wrong_stage")


async def test_minutes_are_initialled_by_both_and_then_frozen(bargaining: Table) -> None:
    session = await opened(bargaining)
    path = f"{bargaining.path}/sessions/{session['id']}/minutes"

    drafted = (await bargaining["union drafter"].client.put(path, json={"content": "We met."})).json()["minutes"]
    seen = {"content_hash": drafted["content_hash"]}
    half = (await bargaining["union lead"].post(f"{path}/initials", seen)).json()["minutes"]
    whole = (await bargaining["district lead"].post(f"{path}/initials", seen)).json()["minutes"]
    late = await bargaining["union lead"].client.put(
        path, json={"content": "We met twice.", "seen": drafted["content_hash"]}
    )

    assert (half["awaiting"], half["frozen"]) == (["district"], False)
    assert (whole["awaiting"], whole["frozen"]) == ([], True)
    assert (late.status_code, late.json()["code"]) == (409, "minutes_frozen")
    assert (await last_entries(bargaining, 1))[0]["payload"]["content"] == "We met."


async def test_minutes_changed_after_one_initial_are_initialled_anew(bargaining: Table) -> None:
    session = await opened(bargaining)
    path = f"{bargaining.path}/sessions/{session['id']}/minutes"
    first = (await bargaining["union lead"].client.put(path, json={"content": "We met."})).json()["minutes"]
    await bargaining["union lead"].post(f"{path}/initials", {"content_hash": first["content_hash"]})

    blind = await bargaining["district drafter"].client.put(path, json={"content": "They came late."})
    second = await bargaining["district drafter"].client.put(
        path, json={"content": "They came late.", "seen": first["content_hash"]}
    )
    stale = await bargaining["district lead"].post(f"{path}/initials", {"content_hash": first["content_hash"]})

    assert (blind.status_code, blind.json()["current"]) == (409, first["content_hash"])
    assert second.json()["minutes"]["awaiting"] == ["union", "district"]
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_content")
    assert (await last_entries(bargaining, 1))[0]["payload"]["voided"] == ["union"]


async def test_a_date_that_passed_is_named_to_both_sides(bargaining: Table) -> None:
    await convened(bargaining, starts_at=later(days=-2))

    for name in ("union drafter", "district lead"):
        assert (await bargaining[name].get(bargaining.path)).json()["reconvening"]["state"] == "date_passed"


async def test_sessions_are_listed_a_page_at_a_time(bargaining: Table) -> None:
    for day in (1, 2, 3):
        await convened(bargaining, starts_at=later(days=day))

    first = (await bargaining["mediator"].get(f"{bargaining.path}/sessions", params={"limit": 2})).json()
    rest = (await bargaining["mediator"].get(f"{bargaining.path}/sessions", params={"cursor": first["next"]})).json()

    assert [one["number"] for one in (*first["items"], *rest["items"])] == [3, 2, 1]
    assert rest["next"] is None
    assert (await bargaining["mediator"].get(f"{bargaining.path}/sessions/ses_none")).status_code == 404
