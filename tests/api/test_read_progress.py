"""`GET /agreements/{id}/progress`: articles by standing, answers outstanding, and the pace."""

from tests.harness.actors import Table
from tests.harness.moved import move


async def test_members_read_it_and_nobody_else_does(bargaining: Table) -> None:
    answered = await bargaining.statuses("GET", f"{bargaining.path}/progress")

    assert (answered.pop("stranger"), answered.pop("anonymous")) == (404, 401)
    assert set(answered.values()) == {200}


async def test_it_tells_how_articles_stand_and_who_owes_answers(bargaining: Table) -> None:
    await move(bargaining)

    progress = (await bargaining["mediator"].get(f"{bargaining.path}/progress")).json()

    assert progress["counts"] == {"status_quo": 0, "open": 2, "in_package": 0, "tentative": 0}
    assert {one["party"]: one["answers"] for one in progress["outstanding"]} == {"union": 1, "district": 0}
    assert progress["over_time"][0]["counts"]["status_quo"] == 2
    assert progress["over_time"][-1]["counts"] == progress["counts"]
    assert progress["outstanding_over_time"][-1]["counts"] == {"union": 1, "district": 0}
    assert progress["pace"]["enacted_in_7_days"] == 1


async def test_at_a_moment_it_tells_what_was_so_then(bargaining: Table) -> None:
    heads = await move(bargaining)

    progress = (
        await bargaining["mediator"].get(f"{bargaining.path}/progress", params={"at": heads["proposed"]})
    ).json()

    assert progress["counts"]["status_quo"] == 1
    assert {one["party"]: one["answers"] for one in progress["outstanding"]} == {"union": 1, "district": 1}


async def test_a_closed_article_counts_as_tentative(bargaining: Table) -> None:
    article = bargaining.agreement["articles"][0]
    for lead in ("union lead", "district lead"):
        path = f"{bargaining.path}/articles/{article['id']}/initials"
        await bargaining[lead].post(path, {"content_hash": article["content_hash"]})

    progress = (await bargaining["union observer"].get(f"{bargaining.path}/progress")).json()

    assert progress["counts"]["tentative"] == 1
    assert progress["pace"]["closed_in_7_days"] == 1


async def test_before_bargaining_everything_is_status_quo(table: Table) -> None:
    progress = (await table["mediator"].get(f"{table.path}/progress")).json()

    assert progress["counts"] == {"status_quo": 2, "open": 0, "in_package": 0, "tentative": 0}
