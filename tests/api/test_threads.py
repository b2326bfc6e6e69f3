"""Threads over HTTP: at the table part of the record, within a party nobody else's to know."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.bargaining import Person, Table, bargaining

PRIVATE = "Our floor is three, never say so"


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Table, Person, Person]]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield table, union, district


async def begin(person: Person, on: dict, text: str, scope: str = "table", status: int = 201) -> dict:
    return await person.call("POST", "/threads", status, json={"scope": scope, "on": on, "text": text})


async def reply(person: Person, thread: dict, text: str, status: int = 201) -> dict:
    return await person.call("POST", f"/threads/{thread['id']}/replies", status, json={"text": text})


async def threads(person: Person, **filters: object) -> list[dict]:
    return (await person.call("GET", "/threads", params=filters))["items"]


async def pending(table: Table, union: Person) -> dict:
    await union.type(table.articles[0], "seven", " and a half")
    return (await union.suggestions())[-1]


async def test_a_thread_on_a_suggestion_is_everybodys_and_in_the_ledger(seated) -> None:
    table, union, district = seated
    item = await pending(table, union)

    made = await begin(district, {"suggestion": item["id"]}, f"Does it hold on Fridays, @{union.member}?")
    await reply(union, made, "It does.")

    [seen] = await threads(union, suggestion=item["id"])
    assert (seen["scope"], seen["party"], seen["on"]["suggestion"]) == ("table", None, item["id"])
    assert [(post["author"]["name"], post["text"]) for post in seen["posts"]] == [
        ("District Lead", f"Does it hold on Fridays, @{union.member}?"),
        ("Union Lead", "It does."),
    ]
    assert seen["posts"][0]["mentions"] == [union.member]
    opened, replied = (await union.ledger())[-2:]
    assert (opened["kind"], opened["party"], replied["kind"]) == ("thread.opened", "district", "thread.replied")
    assert opened["payload"] == {
        "thread": made["id"],
        "on": {"suggestion": item["id"]},
        "article": item["article_id"],
        "suggestion": item["id"],
        "text": f"Does it hold on Fridays, @{union.member}?",
        "mentions": [union.member],
    }
    assert replied["payload"]["text"] == "It does."


async def test_a_thread_on_words_keeps_where_they_stood_and_what_they_were(seated) -> None:
    table, union, district = seated
    on = {"article": table.articles[0], "start": "AQKXBA==", "end": "AQKXCA==", "quote": "seven hours"}

    await begin(union, on, "Since when?")

    [seen] = await threads(district, article=table.articles[0])
    assert {name: value for name, value in seen["on"].items() if value is not None} == on


async def test_a_partys_own_thread_is_known_to_that_party_alone(seated) -> None:
    table, union, district = seated
    drafter = await table.join("Uli", "union", "drafter")
    observer = await table.join("Olga", "union", "observer")
    item = await pending(table, union)
    before = len(await union.ledger())

    made = await begin(union, {"suggestion": item["id"]}, PRIVATE, "party")

    path = f"/threads/{made['id']}"
    assert (made["scope"], made["party"]) == ("party", "union")
    [seen] = await threads(drafter)
    assert (seen["id"], seen["may"]) == (made["id"], ["reply", "resolve"])
    for person in (district, observer):
        assert await threads(person) == []
        assert await person.refused(404, "GET", path) == "not_found"
        assert (await reply(person, made, "What floor?", 404))["code"] == "not_found"
        assert await person.refused(404, "POST", f"{path}/resolution") == "not_found"
        assert await person.refused(404, "DELETE", f"{path}/resolution") == "not_found"
        post = f"{path}/posts/{made['posts'][0]['id']}"
        assert await person.refused(404, "PUT", post, json={"text": "Mine."}) == "not_found"
    assert len(await union.ledger()) == before
    assert PRIVATE not in json.dumps(await district.call("GET", f"/suggestions/{item['id']}"))
    notices = await district.http.get("/notices")
    assert PRIVATE not in notices.text


async def test_a_private_thread_tells_no_peer_at_the_table(seated) -> None:
    table, union, district = seated
    peer = await district.peer()
    await pending(table, union)
    await peer.until(lambda: "seven and a half" in peer.text(table.articles[0]))
    heard = len(peer.sent)

    await begin(union, {"article": table.articles[0]}, PRIVATE, "party")
    await union.settled()

    assert peer.sent[heard:] == []
    await begin(union, {"article": table.articles[0]}, "For all to read.")
    await peer.until(lambda: len(peer.sent) > heard)


async def test_a_mention_within_a_party_is_told_to_that_member_alone(seated) -> None:
    table, union, district = seated
    drafter = await table.join("Uli", "union", "drafter")

    made = await begin(union, {"article": table.articles[0]}, f"@{drafter.member} {PRIVATE}", "party")

    told = (await drafter.http.get("/notices")).json()["items"]
    [notice] = [one for one in told if one["kind"] == "thread.mentioned"]
    assert notice["subject"]["thread"] == made["id"]
    for person in (district, union):
        listed = (await person.http.get("/notices")).json()["items"]
        assert [one for one in listed if one["kind"] == "thread.mentioned"] == []


async def test_who_cannot_read_a_thread_is_not_mentioned_in_it(seated) -> None:
    table, union, district = seated
    observer = await table.join("Olga", "union", "observer")
    on = {"article": table.articles[0]}

    assert (await begin(union, on, "@mem_nobody00 see this", "table", 422))["code"] == "unknown_mention"
    for outsider in (district, observer):
        refused = await begin(union, on, f"@{outsider.member} {PRIVATE}", "party", 422)
        assert refused["code"] == "unknown_mention"
    made = await begin(union, on, "Ours.", "party")
    assert (await reply(union, made, f"@{district.member}", 422))["code"] == "unknown_mention"

    assert [len(one["posts"]) for one in await threads(union)] == [1]


async def test_ones_own_last_words_can_be_put_otherwise_until_somebody_replies(seated) -> None:
    table, union, district = seated
    made = await begin(union, {"article": table.articles[0]}, "Sinse when?")
    first = f"/threads/{made['id']}/posts/{made['posts'][0]['id']}"

    assert await district.refused(403, "PUT", first, json={"text": "Never."}) == "not_permitted"
    edited = await union.call("PUT", first, json={"text": "Since when?"})
    assert (edited["posts"][0]["text"], edited["posts"][0]["edited_at"] is None) == ("Since when?", False)
    assert edited["may"] == ["reply", "edit", "resolve"]
    await reply(district, made, "Since 1998.")
    assert await union.refused(409, "PUT", first, json={"text": "Since what year?"}) == "already_replied"

    kinds = [entry["kind"] for entry in await union.ledger()][-3:]
    assert kinds == ["thread.opened", "thread.edited", "thread.replied"]


async def test_a_thread_is_resolved_once_and_a_reply_opens_it_again(seated) -> None:
    table, union, district = seated
    made = await begin(union, {"article": table.articles[0]}, "Since when?")
    path = f"/threads/{made['id']}/resolution"

    for _ in range(2):
        resolved = await district.call("POST", path)
        assert (resolved["resolved_by"]["id"], resolved["may"]) == (district.member, ["reply", "reopen"])
    assert await threads(union, resolved=False) == []
    reopened = await reply(union, made, "Not quite.")
    assert (reopened["resolved_at"], reopened["resolved_by"]) == (None, None)
    await union.call("POST", path)
    assert (await union.call("DELETE", path))["resolved_at"] is None

    kinds = [entry["kind"] for entry in await union.ledger()]
    assert kinds.count("thread.resolved") == 2
    assert kinds.count("thread.reopened") == 1


async def test_what_vanished_is_not_spoken_of_anew(seated) -> None:
    table, union, district = seated
    item = await pending(table, union)
    made = await begin(district, {"suggestion": item["id"]}, "Why?")
    await union.call("POST", f"/suggestions/{item['id']}/withdrawal", json={})

    refused = await begin(district, {"suggestion": item["id"]}, "Why?", "table", 409)

    assert (refused["code"], refused["suggestion_status"]) == ("already_resolved", "withdrawn")
    assert len((await reply(union, made, "It was a mistake."))["posts"]) == 2
    assert (await begin(union, {"suggestion": "nothing"}, "Why?", "table", 404))["code"] == "not_found"
    assert (await begin(union, {"article": "art_nothing"}, "Why?", "table", 404))["code"] == "not_found"
    assert (await begin(union, {"draft": "d1"}, "Why?", "party", 404))["code"] == "not_found"
    assert (await begin(union, {"draft": "d1"}, "Why?", "table", 404))["code"] == "not_found"


async def test_who_writes_speaks_and_who_looks_on_reads(seated) -> None:
    table, _union, _ = seated
    drafter = await table.join("Dora", "district", "drafter")
    observer = await table.join("Olga", "district", "observer")
    stranger = await table.person("Stranger")
    on = {"article": table.articles[0]}
    made = await begin(drafter, on, "Since when?")

    assert [one["may"] for one in await threads(observer)] == [[]]
    assert (await reply(observer, made, "Since 1998.", 403))["code"] == "not_permitted"
    assert (await begin(observer, on, "Hm.", "party", 403))["code"] == "not_permitted"
    assert await stranger.refused(404, "GET", "/threads") == "not_found"
    assert (await begin(stranger, on, "Hm.", "table", 404))["code"] == "not_found"


async def test_replies_at_once_all_stand_one_after_the_other(seated) -> None:
    table, union, district = seated
    for scope in ("table", "party"):
        made = await begin(union, {"article": table.articles[0]}, "Who is in?", scope)
        people = (union, district) if scope == "table" else (union, await table.join("Uli", "union", "drafter"))

        await asyncio.gather(*(reply(person, made, f"{number}") for number in range(4) for person in people))

        [seen] = await threads(union, scope=scope)
        assert sorted(post["text"] for post in seen["posts"][1:]) == sorted([str(n) for n in range(4)] * 2)


async def test_a_malformed_place_or_nothing_said_is_refused(seated) -> None:
    table, union, _ = seated
    article = table.articles[0]

    for on, text in (
        ({}, "x"),
        ({"article": article, "suggestion": "s"}, "x"),
        ({"article": article, "start": "AQ=="}, "x"),
        ({"suggestion": "s", "start": "AQ==", "end": "AQ=="}, "x"),
        ({"article": article, "start": "<script>", "end": "AQ=="}, "x"),
        ({"article": article}, "  \n "),
        ({"article": article}, "x" * 4_001),
    ):
        assert (await begin(union, on, text, "table", 422))["code"] == "invalid_request"


async def test_threads_come_in_pages(seated) -> None:
    table, union, _ = seated
    for number in range(3):
        await begin(union, {"article": table.articles[0]}, f"{number}", "party")

    first = await union.call("GET", "/threads", params={"limit": 2})
    second = await union.call("GET", "/threads", params={"limit": 2, "cursor": first["next"]})

    assert [one["posts"][0]["text"] for one in [*first["items"], *second["items"]]] == ["0", "1", "2"]
    assert second["next"] is None
