"""What a member is told, read over HTTP: by whom, of what, once, and never of its own acts."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.ids import AgreementId, MemberId, PartyKey
from app.services import notices
from tests.harness.actors import ACTORS, Table
from tests.harness.bargaining import Person, bargaining
from tests.harness.bargaining import Table as Bargaining


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Bargaining, Person, Person]]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield table, union, district


async def told(person: Person, **query: str) -> list[dict]:
    return (await person.call("GET", "/notices", params=query))["items"]


async def test_the_other_party_is_told_of_a_proposal_and_its_author_is_not(seated) -> None:
    table, union, district = seated

    await union.type(table.articles[0], "seven", " and a half")

    [notice] = [one for one in await told(district) if one["kind"] == "suggestion.proposed"]
    assert notice["topic"] == "proposals"
    assert notice["subject"]["by"] == {"id": union.member, "name": "Union Lead", "party": "union"}
    assert notice["subject"]["article"] == table.articles[0]
    assert notice["article_title"]
    assert (notice["read"], notice["private"]) == (False, False)
    assert "suggestion.proposed" not in {one["kind"] for one in await told(union)}


async def test_what_somebody_proposes_in_one_article_is_one_notice_as_long_as_it_is_unread(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    await told(district)
    await union.strike(table.articles[0], "lunch")

    [notice] = [one for one in await told(district) if one["kind"] == "suggestion.proposed"]

    assert notice["subject"]["count"] == 2
    assert len(notice["subject"]["suggestions"]) == 2


async def test_an_acceptance_that_enacts_is_told_once_to_the_proposers_party(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")
    [seen] = await district.suggestions()

    await district.answer(seen)

    kinds = [one["kind"] for one in await told(union)]
    assert kinds.count("suggestion.enacted") == 1
    assert "suggestion.accepted" not in kinds
    assert "suggestion.enacted" not in {one["kind"] for one in await told(district)}


async def test_however_many_ask_at_once_each_is_told_once(seated) -> None:
    table, union, district = seated
    await union.type(table.articles[0], "seven", " and a half")

    pages = await asyncio.gather(*(told(district) for _ in range(6)))

    assert all(page == pages[0] for page in pages)
    assert len({one["id"] for one in pages[0]}) == len(pages[0])


async def test_reading_marks_ones_own_and_counts_what_is_left(bargaining: Table) -> None:
    lead, drafter = bargaining["district lead"], bargaining["district drafter"]
    before = (await lead.get(f"{bargaining.path}/notices")).json()
    theirs = (await drafter.get(f"{bargaining.path}/notices")).json()

    one = (await lead.post("/notices/read", {"ids": [before["items"][0]["id"], theirs["items"][0]["id"]]})).json()
    unread = (await lead.get(f"{bargaining.path}/notices?unread=true")).json()
    all_read = (await lead.post("/notices/read", {"all": True, "agreement_id": bargaining.agreement["id"]})).json()

    assert before["unread"] == len(before["items"])
    assert one == {"unread": before["unread"] - 1}
    assert len(unread["items"]) == before["unread"] - 1
    assert all_read == {"unread": 0}
    assert (await drafter.get(f"{bargaining.path}/notices")).json()["unread"] == theirs["unread"]


async def test_only_members_have_notices_of_an_agreement(bargaining: Table) -> None:
    answered = await bargaining.statuses("GET", f"{bargaining.path}/notices")

    assert answered == {name: {"stranger": 404, "anonymous": 401}.get(name, 200) for name in ACTORS}
    assert (await bargaining["stranger"].get("/notices")).json() == {"items": [], "next": None, "unread": 0}


@pytest.mark.parametrize("body", [{}, {"all": True, "ids": []}, {"ids": "x"}, {"all": False}])
async def test_marking_read_names_some_or_all(bargaining: Table, body: dict) -> None:
    assert (await bargaining["union lead"].post("/notices/read", body)).status_code == 422


async def test_pages_follow_one_another_without_gap_or_double(bargaining: Table) -> None:
    lead = bargaining["district lead"]
    whole = (await lead.get(f"{bargaining.path}/notices")).json()["items"]
    read, cursor = [], None
    while True:
        page = (await lead.get("/notices", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        read += page["items"]
        if (cursor := page["next"]) is None:
            break

    assert len(whole) > 2
    assert read == whole


async def test_a_private_notice_reaches_its_party_alone_however_it_is_addressed(bargaining: Table) -> None:
    details = (await bargaining["union lead"].get(bargaining.path)).json()
    everyone = [MemberId(member["id"]) for member in details["members"]]
    async with bargaining.service.app.state.database.transaction() as session:
        await notices.post(
            session,
            AgreementId(bargaining.agreement["id"]),
            "thread.mentioned",
            to=everyone,
            subject={"thread": "thr_1", "text": "CANARY"},
            private_to=PartyKey("union"),
        )

    seen = {
        name: [one for one in (await bargaining[name].get("/notices")).json()["items"] if one["private"]]
        for name in ACTORS
        if name != "anonymous"
    }

    assert {name for name, found in seen.items() if found} == {"union lead", "union drafter", "union observer"}


async def test_what_is_posted_under_one_name_is_told_once(bargaining: Table) -> None:
    member = MemberId((await bargaining["union lead"].get(bargaining.path)).json()["me"]["member_id"])
    for _ in range(2):
        async with bargaining.service.app.state.database.transaction() as session:
            await notices.post(
                session,
                AgreementId(bargaining.agreement["id"]),
                "session.near",
                to=[member],
                subject={"session": "ses_1"},
                once="session/ses_1/near",
            )

    found = (await bargaining["union lead"].get("/notices")).json()["items"]

    assert [one["kind"] for one in found].count("session.near") == 1


async def test_a_notice_of_what_was_undone_is_undone_with_it(bargaining: Table) -> None:
    member = MemberId((await bargaining["union lead"].get(bargaining.path)).json()["me"]["member_id"])

    async def post_and_fail() -> None:
        async with bargaining.service.app.state.database.transaction() as session:
            await notices.post(
                session, AgreementId(bargaining.agreement["id"]), "table.stalled", to=[member], subject={}
            )
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        await post_and_fail()

    found = (await bargaining["union lead"].get("/notices")).json()["items"]

    assert "table.stalled" not in {one["kind"] for one in found}
