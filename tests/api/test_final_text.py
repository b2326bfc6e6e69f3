"""Signing and what comes of it: frozen bytes, strong tags, keys and an archive that verify alone."""

import io
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from app.domain.scopes import Scope
from app.services.acting import Identity
from app.services.tokens import TokenWish, mint
from app.verifier.parley_verify import Bad, Verifier
from tests.harness.bargaining import Person, Table, bargaining


@pytest.fixture(params=["sqlite", "postgresql"])
async def seated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Table, Person, Person]]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with bargaining(tmp_path, url) as (table, (union, district)):
        yield table, union, district


async def initialled(table: Table, *leads: Person) -> None:
    for article in table.articles:
        for lead in leads:
            await lead.initial(article)


async def signed(table: Table, *leads: Person) -> None:
    """Reach a signed text by way of an accepted suggestion."""
    await leads[0].type(table.articles[0], "seven", " and a half — “½” 🕢")
    [seen] = await leads[1].suggestions()
    await leads[1].answer(seen)
    await initialled(table, *leads)
    for lead in leads:
        await lead.sign()


async def raw(person: Person, path: str, **headers: str) -> httpx.Response:
    return await person.http.get(f"/agreements/{person.table.id}{path}", headers=headers)


async def keys(person: Person) -> bytes:
    return (await person.http.get("http://127.0.0.1:8000/.well-known/jwks.json")).content


async def test_nobody_signs_before_every_article_is_closed(seated) -> None:
    table, union, district = seated
    for lead in (union, district):
        await lead.initial(table.articles[0])

    refused = await union.sign(409)

    assert (refused["code"], refused["articles"]) == ("open_articles", [table.articles[1]])
    assert await union.refused(409, "GET", "/final") == "not_signed"


async def test_the_last_signature_makes_it_final(seated) -> None:
    table, union, district = seated
    await initialled(table, union, district)

    one = await union.sign()
    both = await district.sign()

    assert (one["status"], one["awaiting"]) == ("bargaining", ["district"])
    assert (both["status"], both["awaiting"]) == ("signed", [])
    assert [name["name"] for name in both["signatures"]] == ["Union Lead", "District Lead"]
    assert [entry["kind"] for entry in await union.ledger()][-3:] == [
        "agreement.signature",
        "agreement.signature",
        "agreement.signed",
    ]
    assert (await union.call("GET", ""))["status"] == "signed"
    assert await union.call("GET", "/signatures") == both


async def test_a_party_signs_once_what_it_saw_and_by_its_lead(seated) -> None:
    table, union, district = seated
    await initialled(table, union, district)
    drafter = await table.join("Uli", "union", "drafter")
    stale = {"content_hash": "0" * 64, "name": "U", "statement": ""}

    assert await union.refused(409, "POST", "/signatures", json=stale) == "stale_content"
    assert (await drafter.sign(403))["code"] == "not_lead"
    await union.sign()
    assert (await union.sign(409))["code"] == "already_exists"


async def test_a_reopened_article_takes_the_signatures_with_it(seated) -> None:
    table, union, district = seated
    await initialled(table, union, district)
    await union.sign()

    for lead in (union, district):
        await lead.call("DELETE", f"/articles/{table.articles[0]}/initials")

    assert (await union.call("GET", "/signatures"))["awaiting"] == ["union", "district"]
    assert (await district.sign(409))["code"] == "open_articles"


async def test_what_is_signed_never_changes_again(seated) -> None:
    table, union, district = seated
    await signed(table, union, district)
    before = (await raw(union, "/final")).content

    await union.type(table.articles[0], "hours", " a week")
    await union.strike(table.articles[1], "Salaries")
    for method, path in (("DELETE", f"/articles/{table.articles[0]}/initials"), ("POST", "/signatures")):
        body = {"content_hash": "0" * 64, "name": "U", "statement": ""} if method == "POST" else None
        assert await union.refused(409, method, path, json=body) == "agreement_signed"

    assert (await raw(union, "/final")).content == before
    assert "a week" not in await union.text()
    assert await union.suggestions() == []


async def test_the_final_text_verifies_offline_and_a_flipped_byte_does_not(seated) -> None:
    table, union, district = seated
    await signed(table, union, district)

    final = (await raw(union, "/final", Accept="application/json")).content

    verifier = Verifier(await keys(union))
    verifier.verify(final, "final")
    assert not verifier.notes
    shown = json.loads(final)
    assert "and a half — “½” 🕢" in json.dumps(shown["articles"], ensure_ascii=False)
    assert shown["content_hash"] == (await union.call("GET", "/text"))["content_hash"]
    for place in range(0, len(final), 7):
        with pytest.raises(Bad):
            Verifier().verify(final[:place] + bytes([final[place] ^ 2]) + final[place + 1 :], "final")


async def test_a_strong_tag_saves_sending_it_again(seated) -> None:
    table, union, district = seated
    await signed(table, union, district)
    forms = ("application/json", "text/markdown", "text/plain", "text/html")

    tags = {}
    for form in forms:
        answer = await raw(union, "/final", Accept=form)
        assert answer.headers["content-type"].startswith(form)
        tags[form] = answer.headers["etag"]
        again = await raw(union, "/final", **{"Accept": form, "If-None-Match": f'"x", {tags[form]}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tags[form])

    assert len(set(tags.values())) == len(forms)
    assert not any(tag.startswith("W/") for tag in tags.values())
    other = await raw(union, "/final", **{"Accept": forms[0], "If-None-Match": tags[forms[1]]})
    assert other.status_code == 200
    refused = await raw(union, "/final", Accept="application/pdf")
    assert (refused.status_code, refused.json()["code"]) == (406, "not_acceptable")
    assert "I sign for my party." in (await raw(union, "/final", Accept="text/plain")).text


async def test_a_token_for_the_final_text_reads_that_and_no_more(seated) -> None:
    table, union, district = seated
    await signed(table, union, district)
    wish = TokenWish("website", [Scope.FINAL_READ], None, None)
    _, token = await mint(table.app.state.database, Identity(union.account, "login"), wish)
    only = {"Authorization": f"Bearer {token}"}

    assert (await raw(union, "/final", **only)).status_code == 200
    for path in ("/ledger", "/archive", "/suggestions", "/text", "/signatures"):
        refused = await raw(union, path, **only)
        assert (refused.status_code, refused.json()["code"]) == (403, "missing_scope")


async def test_the_archive_holds_everything_and_verifies(seated) -> None:
    table, union, district = seated
    early = (await raw(union, "/archive")).content
    await signed(table, union, district)

    late = await raw(district, "/archive")

    for data in (early, late.content):
        verifier = Verifier(await keys(union))
        verifier.verify(data, "archive")
        assert not verifier.notes
    assert late.headers["content-type"] == "application/zip"
    assert late.content == (await raw(union, "/archive")).content
    with zipfile.ZipFile(io.BytesIO(late.content)) as packed:
        assert {"ledger.json", "head.json", "final.json", "keys.json", "parley_verify.py", "README.md"} <= set(
            packed.namelist()
        )


async def test_the_ledger_reads_in_pages_and_exports_whole(seated) -> None:
    table, union, district = seated
    await signed(table, union, district)
    published = await keys(union)

    paged, after = [], "0"
    while after is not None:
        page = await union.call("GET", "/ledger", params={"after": after, "limit": 3})
        paged += page["items"]
        after = page["next"]
    exported = (await raw(union, "/ledger/export")).content
    listed = (await raw(union, "/ledger?limit=1000")).content

    assert paged == json.loads(exported)["entries"]
    assert page["head"]["hash"] == paged[-1]["hash"]
    for data in (exported, listed):
        verifier = Verifier(published)
        verifier.verify(data, "ledger")
        assert not verifier.notes
