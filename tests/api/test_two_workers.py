"""Two workers over one server database: a decision on one is the only decision."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from app.config import Settings
from app.main import create_app
from tests.harness.bargaining import Person, Table, bargaining


@pytest.fixture
async def seated(tmp_path: Path, postgres_url: str) -> AsyncIterator[tuple[Table, Person, Person, httpx.AsyncClient]]:
    """The district's lead also speaks to a second worker over the same database."""
    async with bargaining(tmp_path, postgres_url) as (table, (union, district)):
        settings: Settings = table.app.state.settings
        second = create_app(settings)
        async with (
            second.router.lifespan_context(second),
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app=second),
                base_url=district.http.base_url,
                headers=district.http.headers,
            ) as elsewhere,
        ):
            yield table, union, district, elsewhere


async def test_leads_accepting_on_two_workers_decide_each_suggestion_once(seated) -> None:
    table, union, district, elsewhere = seated
    for _ in range(5):
        await union.type(table.articles[0], "seven", " (and more)")
        [seen] = await district.suggestions()
        path = f"/agreements/{table.id}/suggestions/{seen['id']}/responses"
        body = {"kind": "accept", "content_hash": seen["content_hash"]}

        answers = await asyncio.gather(elsewhere.post(path, json=body), district.http.post(path, json=body))

        assert sorted(answer.status_code for answer in answers) == [200, 409]
    kinds = [entry["kind"] for entry in await union.ledger()]
    assert kinds.count("suggestion.enacted") == 5
    assert (await union.text()).count(" (and more)") == 5


async def test_an_article_closed_on_one_worker_is_closed_on_the_other(seated) -> None:
    table, union, _, elsewhere = seated
    article = table.articles[0]
    await union.type(table.articles[1], "three", " or four")
    path = f"/agreements/{table.id}/articles/{article}/initials"
    seen = {"content_hash": (await union.initial(article))["content_hash"]}

    closed = await elsewhere.post(path, json=seen)

    assert closed.json()["standing"] == "tentative"
    await union.type(article, "seven", " and a half")
    assert [item["article_id"] for item in await union.suggestions()] == [table.articles[1]]


async def test_answers_and_typing_on_two_workers_keep_one_chain(seated) -> None:
    table, union, _, elsewhere = seated

    async def type_on() -> None:
        for number in range(12):
            await union.type(table.articles[0], "seven", f" ({number})")
            await union.strike(table.articles[0], f" ({number})")

    async def read_on() -> None:
        for _ in range(12):
            page = await elsewhere.get(f"/agreements/{table.id}/suggestions", params={"status": "pending"})
            for item in page.json()["items"]:
                body = {"kind": "question", "content_hash": item["content_hash"]}
                await elsewhere.post(f"/agreements/{table.id}/suggestions/{item['id']}/responses", json=body)

    await asyncio.gather(type_on(), read_on())

    entries = await union.ledger()
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry["previous_hash"] for entry in entries[1:]] == [entry["hash"] for entry in entries[:-1]]
