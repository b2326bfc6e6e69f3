"""`GET /agreements/{id}/text?at=`: any moment, in every view and form, for whoever may read the text."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.api.test_read_text import suggest
from tests.harness.actors import Table


@pytest.fixture
async def moved(bargaining: Table) -> Table:
    """The union's change was accepted; the district's is pending."""
    await suggest(bargaining, "union drafter", "two", "four")
    lead = bargaining["district lead"]
    seen = (await lead.get(f"{bargaining.path}/suggestions/s-union-drafter")).json()
    answer = {"kind": "accept", "content_hash": seen["content_hash"]}
    await lead.post(f"{bargaining.path}/suggestions/s-union-drafter/responses", answer)
    await suggest(bargaining, "district lead", "workday", "")
    return bargaining


async def head(table: Table) -> int:
    return (await table["mediator"].get(f"{table.path}/ledger")).json()["head"]["seq"]


async def entry(table: Table, kind: str) -> int:
    items = (await table["mediator"].get(f"{table.path}/ledger")).json()["items"]
    return [one["seq"] for one in items if one["kind"] == kind][-1]


async def test_members_read_it_and_nobody_else_does(moved: Table) -> None:
    answered = await moved.statuses("GET", f"{moved.path}/text?at=1")

    assert (answered.pop("stranger"), answered.pop("anonymous")) == (404, 401)
    assert set(answered.values()) == {200}


async def test_before_an_enactment_it_reads_as_it_did(moved: Table) -> None:
    proposed = await entry(moved, "suggestion.accepted") - 1

    then = await moved["mediator"].get(
        f"{moved.path}/text", params={"at": proposed, "view": "markup"}, headers={"Accept": "text/plain"}
    )
    now = await moved["mediator"].get(f"{moved.path}/text", headers={"Accept": "text/plain"})

    assert "limited to [- Teachers' Association: two -][+ Teachers' Association: four +] each" in then.text
    assert "limited to four each" in now.text


async def test_its_content_hash_is_of_the_agreed_text_at_the_moment(moved: Table) -> None:
    started = (await moved["mediator"].get(f"{moved.path}/text", params={"at": 1})).json()
    now = (await moved["mediator"].get(f"{moved.path}/text")).json()
    latest = (await moved["mediator"].get(f"{moved.path}/text", params={"at": await head(moved)})).json()

    assert started["content_hash"] == moved.agreement["content_hash"] != now["content_hash"]
    assert (latest["content_hash"], latest["articles"]) == (now["content_hash"], now["articles"])


async def test_one_article_comes_alone_with_its_own_hash(moved: Table) -> None:
    article = moved.agreement["articles"][0]

    text = (await moved["mediator"].get(f"{moved.path}/text", params={"at": 1, "article": article["id"]})).json()

    assert [one["id"] for one in text["articles"]] == [article["id"]]
    assert text["content_hash"] == article["content_hash"]


async def test_a_time_is_as_good_as_a_number(moved: Table) -> None:
    now = datetime.now(UTC)

    answers = [
        await moved["mediator"].get(f"{moved.path}/text", params={"at": at.isoformat(), "view": "markup"})
        for at in (now, now + timedelta(days=3))
    ]

    live = (await moved["mediator"].get(f"{moved.path}/text", params={"view": "markup"})).json()
    assert [answer.json()["articles"] for answer in answers] == [live["articles"]] * 2
    assert answers[0].json()["moment"]["seq"] == await head(moved)


@pytest.mark.parametrize("at", ["0", "-1", "yesterday", "2026-11-18T16:00:00", "2026-11-18", "1e3", "9" * 40, "¹"])
async def test_what_is_no_moment_is_refused(bargaining: Table, at: str) -> None:
    answer = await bargaining["mediator"].get(f"{bargaining.path}/text", params={"at": at})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["errors"][0]["at"] == ["query", "at"]


@pytest.mark.parametrize("at", ["2020-01-01T00:00:00Z", "100000"])
async def test_a_moment_that_the_record_does_not_reach_is_not_found(bargaining: Table, at: str) -> None:
    answer = await bargaining["mediator"].get(f"{bargaining.path}/text", params={"at": at})

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_an_article_of_elsewhere_is_not_found(bargaining: Table) -> None:
    answer = await bargaining["mediator"].get(f"{bargaining.path}/text", params={"at": 1, "article": "art_x"})

    assert answer.status_code == 404
