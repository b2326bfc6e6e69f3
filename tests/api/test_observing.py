"""What observers and the public read under each ground rule, over every operation that reads; and nothing else.

One table, with a word of its own in everything that somebody might not be meant to see. Each reading operation is
asked as an observer under each rule, and no answer, header or refusal may hold a word that the rule keeps back.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.config import Settings
from app.main import create_app
from app.models import now
from tests.api.test_sessions import later
from tests.harness.bargaining import Person, Table, bargaining

SCHEMA = create_app(Settings(data_dir=Path("unused"), secret_key="a secret for tests only")).openapi()
READING = {
    item["get"]["operationId"]: path
    for path, item in SCHEMA["paths"].items()
    if "get" in item and "{agreement_id}" in path
}
SIGHTS = ["nothing", "tentative", "tabled", "live"]
NEVER = 4
# Under which rule an observer is answered at all, as an index of SIGHTS. A new operation needs a line of its own.
ANSWERED_FROM = {
    "read_agreement": 0,
    "read_agreement_text": 1,
    "read_initials": 1,
    "list_sessions": 0,
    "read_session": 0,
    "read_calendar": 0,
    "read_ground_rules": 0,
    "list_calendar_feeds": 0,
    "list_publications": 0,
    "list_notices": 0,
    "read_notice_preferences": 0,
    "list_suggestions": 2,
    "read_suggestion": 2,
    "list_threads": 2,
    "read_thread": 2,
    "list_packages": 2,
    "read_package": 2,
    "read_signatures": 2,
    "list_clocks": 2,
    "read_positions": 2,
    "read_movements": 2,
    "read_progress": 2,
    "read_history": 2,
    "read_ledger": 3,
    "export_ledger": 3,
    "read_archive": 3,
    "list_invitations": NEVER,
    "list_moves": NEVER,
    "read_final_text": NEVER,
    "list_drafts": NEVER,
    "read_draft": NEVER,
    "read_caucus_text": NEVER,
    "read_caucus_retention": NEVER,
    "read_mediation": NEVER,
    "list_sealed_notes": NEVER,
    "list_mediation_proposals": NEVER,
    "read_mediation_proposal": NEVER,
}
# The word in each thing, and from which rule on an observer may meet it.
WORDS = {
    "thirty-minute": 1,  # the article under tentative agreement
    "Salaries": 2,  # an article that is open
    "Zinnia": 2,  # pending text in it
    "Quokka": 2,  # why it was proposed
    "Wombat": 2,  # text that was rejected
    "Narwhal": 2,  # a session's agenda
    "Axolotl": 2,  # a guest at it
    "Tapir": 3,  # minutes that are a draft yet
}


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[tuple[Table, dict[str, str]]]:
    async with bargaining(tmp_path) as (table, (union, district)):
        ids = await laid_out(table, union, district)
        yield table, ids


async def laid_out(table: Table, union: Person, district: Person) -> dict[str, str]:
    """Close one article; propose, have rejected, meet and draft minutes about the other."""
    closed, opened = table.articles[0], table.articles[1]
    for lead in (union, district):
        await lead.initial(closed)
    await union.type(opened, "three", " Wombat")
    [rejected] = await union.suggestions()
    await district.answer(rejected, "reject", reason="Not now.")
    await union.type(opened, "percent", " Zinnia")
    [pending] = await union.suggestions()
    await union.call("POST", f"/suggestions/{pending['id']}/reason", json={"reason": "Quokka."})
    plan = {"starts_at": later(hours=2), "agenda": "Narwhal"}
    session = await union.call("POST", "/sessions", 201, json=plan)
    await union.call("POST", f"/sessions/{session['id']}/opening")
    await union.call("PUT", f"/sessions/{session['id']}/attendance", json={"people": [{"name": "Axolotl"}]})
    await union.call("PUT", f"/sessions/{session['id']}/minutes", json={"content": "Tapir."})
    return {
        "agreement_id": table.id,
        "article_id": closed,
        "suggestion_id": pending["id"],
        "session_id": session["id"],
        "party": "union",
    }


async def rule(union: Person, district: Person, **rules: Any) -> None:
    """Put rules in force."""
    version = await union.call("POST", "/ground-rules", 201, json=rules)
    seen = {"content_hash": version["content_hash"]}
    for lead in (union, district):
        await lead.call("POST", f"/ground-rules/{version['version']}/signatures", json=seen)


def asked(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: ids.get(name[1], "none"), path)


def everything(answer: httpx.Response) -> str:
    return answer.text + " ".join(f"{name}: {value}" for name, value in answer.headers.items())


def test_every_reading_operation_was_thought_of() -> None:
    assert set(READING) == set(ANSWERED_FROM)


async def test_an_observer_reads_what_the_rule_shows_and_nothing_else(place: tuple[Table, dict[str, str]]) -> None:
    table, ids = place
    union, district = table.people[:2]
    observer = await table.join("Olga", "union", "observer")
    met: dict[str, set[str]] = {}
    for level, sight in enumerate(SIGHTS):
        await rule(union, district, observers_see=sight, stall_days=20 + level)
        met[sight] = set()
        for operation, path in READING.items():
            for variant in variants(operation):
                answer = await observer.http.get(
                    "http://127.0.0.1:8000" + asked(path, ids), params=variant, headers={"Accept": "*/*"}
                )
                unnamed = "none" in asked(path, ids)
                if ANSWERED_FROM[operation] > level:
                    assert answer.status_code in {403, 404, 409}, (operation, sight, answer.text[:300])
                elif not unnamed:
                    assert answer.status_code == 200, (operation, sight, answer.text[:300])
                said = everything(answer)
                met[sight] |= {word for word in WORDS if word in said}
                for word, least in WORDS.items():
                    assert least <= level or word not in said, (operation, sight, word)
    assert met == {
        sight: {word for word, least in WORDS.items() if least <= level} for level, sight in enumerate(SIGHTS)
    }


def variants(operation: str) -> list[dict[str, str]]:
    if operation != "read_agreement_text":
        return [{}]
    return [{}, {"view": "markup"}, {"view": "proposed"}]


async def test_an_observers_agreement_counts_nothing_that_it_does_not_show(
    place: tuple[Table, dict[str, str]],
) -> None:
    table, ids = place
    union, district = table.people[:2]
    observer = await table.join("Olga", "district", "observer")

    await rule(union, district, observers_see="tentative")
    detail = await observer.call("GET", "")
    [listed] = (await observer.http.get("/agreements")).json()["items"]
    text = await observer.call("GET", "/text")

    for seen in (detail, listed):
        assert [article["id"] for article in seen["articles"]] == [ids["article_id"]]
        assert seen["pending"] == {"union": 0, "district": 0}
        assert seen["content_hash"] == text["content_hash"]
        assert seen["me"]["sees"] == "tentative"
    assert detail["confirmations"] == {}
    before = detail["content_hash"]
    await union.type(table.articles[1], "percent", " more")
    assert (await observer.call("GET", ""))["content_hash"] == before
    await rule(union, district, observers_see="nothing")
    assert (await observer.call("GET", ""))["articles"] == []
    assert await observer.refused(404, "GET", "/text", params={"article": ids["article_id"]}) == "not_found"


async def test_an_observer_does_nothing_by_any_unsafe_operation(place: tuple[Table, dict[str, str]]) -> None:
    table, ids = place
    union, district = table.people[:2]
    observer = await table.join("Olga", "union", "observer")
    await rule(union, district, observers_see="live")
    own = {
        "make_calendar_feed",
        "revoke_calendar_feed",
        "choose_notice_preferences",
        "read_notices",
        "mark_notices_read",
    }
    done = []
    for path, item in SCHEMA["paths"].items():
        for method, operation in item.items():
            if method == "get" or "{agreement_id}" not in path or operation["operationId"] in own:
                continue
            example = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            body = example_of(example.get("schema", {}))
            answer = await observer.http.request(
                method, "http://127.0.0.1:8000" + asked(path, ids), json=body, headers={"Accept": "*/*"}
            )
            if answer.status_code < 400 and not refuses_each(answer):
                done.append((operation["operationId"], answer.status_code))

    assert done == []


def refuses_each(answer: httpx.Response) -> bool:
    """Whether an act of many, which answers for each, refused them all."""
    items = answer.json().get("items", []) if answer.status_code == 200 else []
    return bool(items) and all(item.get("code") for item in items)


def example_of(schema: dict[str, Any]) -> Any:
    name = schema.get("$ref", "").rpartition("/")[2]
    return SCHEMA["components"]["schemas"].get(name, {}).get("example", {})


async def test_the_public_reads_what_the_rule_shows_and_nothing_else(place: tuple[Table, dict[str, str]]) -> None:
    table, _ = place
    union, district = table.people[:2]
    anybody = httpx.AsyncClient(transport=union.http._transport, base_url="http://127.0.0.1:8000/api/v1/public")
    path = f"/agreements/{table.id}"
    at_first = await anybody.get(path)

    await rule(union, district, public_sees="tentative")
    tentative = await anybody.get(path)
    again = await anybody.get(path, headers={"If-None-Match": tentative.headers["etag"]})
    await rule(union, district, public_sees="tabled")
    tabled = await anybody.get(path)
    await rule(union, district, public_sees="tabled", blackout=True)
    silent = await anybody.get(path)

    unknown = await anybody.get("/agreements/agr_none")
    assert at_first.status_code == silent.status_code == unknown.status_code == 404
    assert at_first.content == silent.content == unknown.content
    assert {word for word in WORDS if word in everything(tentative)} == {"thirty-minute"}
    assert (again.status_code, again.content) == (304, b"")
    assert {word for word in WORDS if word in everything(tabled)} == {"thirty-minute", "Salaries", "Zinnia", "Quokka"}
    for page in (tentative, tabled):
        assert not any(person.name in page.text or person.member in page.text for person in table.people)
    await anybody.aclose()


async def test_notices_to_the_public_stay_readable_and_stop_their_clocks(place: tuple[Table, dict[str, str]]) -> None:
    table, _ = place
    union, district = table.people[:2]
    anybody = httpx.AsyncClient(transport=union.http._transport, base_url="http://127.0.0.1:8000/api/v1/public")
    path = f"/agreements/{table.id}/notices"
    await rule(union, district, notice_clock="eera", initial_proposals_on=now().date().isoformat(), blackout=True)

    running = (await district.call("GET", "/clocks"))["items"]
    subject = next(one for one in running if one["kind"] == "new_subjects")
    none_yet = await anybody.get(path)
    body = {"kind": "new_subjects", "articles": subject["articles"], "content": subject["notice"]}
    await district.call("POST", "/publications", 201, json=body)
    left = (await district.call("GET", "/clocks"))["items"]
    posted = (await anybody.get(path)).json()

    assert {one["kind"] for one in running} == {"new_subjects", "initial_proposals"}
    assert (subject["articles"], subject["overdue"]) == ([table.articles[1]], False)
    assert none_yet.status_code == 404
    assert [one["kind"] for one in left] == ["initial_proposals"]
    assert [one["content"] for one in posted["items"]] == [subject["notice"]]
    assert "Zinnia" not in subject["notice"]
    assert await (await table.join("Uli", "union", "drafter")).refused(403, "POST", "/publications", json=body)
    await anybody.aclose()
