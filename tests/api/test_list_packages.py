"""Reading packages: open and ended ones, page by page, for every member."""

from pathlib import Path

from tests.harness.actors import Table as Actors
from tests.harness.bargaining import bargaining as a_table
from tests.harness.packaging import answer, offer, suggest_in_both


async def test_packages_are_listed_in_the_order_of_their_offers(tmp_path: Path) -> None:
    async with a_table(tmp_path) as (table, (union, district)):
        items = await suggest_in_both(table, union)
        first = await offer(union, items[:1], title="First")
        await answer(district, first, "reject")
        await offer(union, items, title="Second")

        everything = await district.call("GET", "/packages")
        page = await district.call("GET", "/packages", params={"limit": 1})
        rest = await district.call("GET", "/packages", params={"limit": 1, "cursor": page["next"]})
        pending = await district.call("GET", "/packages", params={"status": "pending"})

    assert [one["title"] for one in everything["items"]] == ["First", "Second"]
    assert [one["title"] for one in (*page["items"], *rest["items"])] == ["First", "Second"]
    assert rest["next"] is None
    assert [one["title"] for one in pending["items"]] == ["Second"]


async def test_whom_the_list_is_open_to(bargaining: Actors) -> None:
    answered = await bargaining.statuses("GET", f"{bargaining.path}/packages")

    assert (answered.pop("stranger"), answered.pop("anonymous")) == (404, 401)
    assert {name: status for name, status in answered.items() if "observer" not in name} == {
        "union lead": 200,
        "union drafter": 200,
        "district lead": 200,
        "district drafter": 200,
        "mediator": 200,
    }


async def test_a_package_of_another_agreement_is_not_found(tmp_path: Path) -> None:
    async with a_table(tmp_path) as (_, (union, _district)):
        assert await union.refused(404, "GET", "/packages/pkg_none") == "not_found"
