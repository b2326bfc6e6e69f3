"""Where each article stands: status quo, open, in a package, withdrawn, tentative; proposed and struck beside them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.bargaining import Person, Table, bargaining
from tests.harness.packaging import answer, offer, run_out, soon, suggest_in_both

Seat = tuple[Table, Person, Person]


@pytest.fixture
async def seated(tmp_path: Path) -> AsyncIterator[Seat]:
    async with bargaining(tmp_path) as (table, (union, district)):
        yield table, union, district


async def standings(person: Person) -> list[str]:
    return [article["standing"] for article in (await person.call("GET", ""))["articles"]]


async def test_an_article_is_in_package_as_long_as_the_package_is_open(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items[:1], expires_at=soon(hours=1))

    packaged = await standings(district)
    await run_out(table, made)
    due = await standings(district)

    assert packaged == ["in_package", "open"]
    assert due == ["open", "open"]


async def test_an_article_is_withdrawn_when_its_last_proposal_was_taken_back(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)

    await union.call("POST", f"/suggestions/{items[0]['id']}/withdrawal", json={})
    await district.answer(items[1], "reject")

    assert await standings(district) == ["withdrawn", "status_quo"]
    await district.type(table.articles[0], "seven", " or six")
    assert await standings(district) == ["open", "status_quo"]


async def test_what_its_author_erases_while_typing_leaves_the_status_quo(seated: Seat) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " x")
    await union.strike(table.articles[0], " x")

    assert await standings(district) == ["status_quo", "status_quo"]


async def test_a_changed_article_stays_open_when_a_later_proposal_is_taken_back(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    await district.answer(items[0])
    await union.type(table.articles[0], "half", " hour")
    [later] = await union.suggestions(article=table.articles[0])

    await union.call("POST", f"/suggestions/{later['id']}/withdrawal", json={})

    assert await standings(union) == ["open", "open"]


async def test_a_tentative_agreement_stands_before_all(seated: Seat) -> None:
    table, union, district = seated
    items = await suggest_in_both(table, union)
    made = await offer(union, items)
    await answer(district, made)
    for lead in (union, district):
        await lead.initial(table.articles[0])

    assert await standings(union) == ["tentative", "open"]


async def test_proposed_and_struck_articles_stand_beside_those_of_the_agreement(seated: Seat) -> None:
    table, union, district = seated
    hours, salary = table.articles
    added = await union.call("POST", "/articles", 201, json={"op": "add", "title": "Leaves", "after": hours})
    strike = await union.call("POST", "/articles", 201, json={"op": "strike", "article": hours})

    before = await district.call("GET", "")
    await district.answer(strike)
    after = await district.call("GET", "")

    proposed = {"id": added["article_id"], "title": "Leaves", "party": "union", "suggestion": added["id"]}
    assert before["proposed"] == [{**proposed, "after": hours}]
    assert [one["standing"] for one in before["articles"]] == ["open", "status_quo"]
    assert after["proposed"] == [{**proposed, "after": None}]
    assert after["struck"] == [{"id": hours, "title": "Hours of work"}]
    assert [one["id"] for one in after["articles"]] == [salary]


async def test_the_views_show_articles_as_they_are_and_as_they_would_be(seated: Seat) -> None:
    table, union, _ = seated
    hours, salary = table.articles
    for body in (
        {"op": "add", "title": "Leaves", "text": "Ten days.", "after": hours},
        {"op": "retitle", "article": hours, "title": "Workday"},
        {"op": "strike", "article": salary},
    ):
        await union.call("POST", "/articles", 201, json=body)

    views = {
        view: [one["title"] for one in (await union.call("GET", "/text", params={"view": view}))["articles"]]
        for view in ("agreed", "proposed", "markup")
    }

    assert views == {
        "agreed": ["Hours of work", "Salary"],
        "proposed": ["Workday", "Leaves"],
        "markup": ["Hours of work", "Leaves", "Salary"],
    }


async def test_nobody_signs_while_an_article_is_proposed(seated: Seat) -> None:
    table, union, district = seated
    for article in table.articles:
        for lead in (union, district):
            await lead.initial(article)
    await union.sign()
    made = await union.call("POST", "/articles", 201, json={"op": "add", "title": "Leaves"})

    refused = await district.sign(409)
    await district.answer(made)

    assert (refused["code"], refused["pending"]) == ("open_suggestions", 1)
    assert (await district.sign(409))["code"] == "open_articles"
    assert (await union.call("GET", ""))["signatures"] == {}
