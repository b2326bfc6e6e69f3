import hashlib
import json

import pytest
import rfc8785

from app.crdt.document import Document
from app.domain.ids import AgreementId, table_of
from app.repositories.ledger import LedgerRepository
from tests.harness.actors import PARTIES, Service, Table, founding
from tests.harness.requirements import ROOT

REAL = sorted(file for file in (ROOT / "tests" / "data" / "cba").glob("*.md") if file.name != "LICENCE-NOTES.md")


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


async def test_everybody_with_an_account_may_begin_one(table: Table) -> None:
    answered = await table.statuses("POST", "/agreements", founding())

    assert answered.pop("anonymous") == 401
    assert set(answered.values()) == {201}


async def test_articles_begin_at_second_level_headings_and_the_title_is_not_one(service: Service) -> None:
    ursula = await service.person("ursula")
    content = (
        "---\nauthor: me\n---\n# The title\n\nWe, the parties, agree.\n\n## Hours\n\nSeven.\n\n### At noon\n\n## Pay\n"
    )

    created = (await ursula.post("/agreements", founding(content))).json()
    text = (await ursula.get(f"/agreements/{created['id']}/text")).json()

    assert [(article["position"], article["title"], article["standing"]) for article in created["articles"]] == [
        (1, "Preamble", "status_quo"),
        (2, "Hours", "status_quo"),
        (3, "Pay", "status_quo"),
    ]
    assert [[paragraph["style"] for paragraph in article["paragraphs"]] for article in text["articles"]] == [
        ["paragraph"],
        ["paragraph", "heading"],
        ["paragraph"],
    ]


async def test_the_content_hash_is_what_anyone_computes_from_the_text(table: Table) -> None:
    text = (await table["district lead"].get(f"{table.path}/text")).json()

    assert hashlib.sha256(rfc8785.dumps(text["articles"])).hexdigest() == table.agreement["content_hash"]
    assert [hashlib.sha256(rfc8785.dumps(article)).hexdigest() for article in text["articles"]] == [
        article["content_hash"] for article in table.agreement["articles"]
    ]


async def test_the_record_begins_with_the_whole_text(table: Table) -> None:
    agreement = AgreementId(table.agreement["id"])
    async with table.service.app.state.database.reading() as session:
        entries = await LedgerRepository(session).page(agreement, 0, 2)
    text = (await table["union lead"].get(f"{table.path}/text")).json()

    assert [(entry["kind"], entry["party"]) for entry in entries] == [
        ("agreement.created", "union"),
        ("member.joined", "union"),
    ]
    assert entries[0]["payload"]["articles"] == text["articles"]
    assert entries[0]["payload"]["parties"] == PARTIES


async def test_the_table_is_logged_before_anybody_opens_it(table: Table) -> None:
    def pending(document: Document) -> tuple[int, list]:
        return len(document.articles), document.pending()

    rooms = table.service.app.state.rooms

    assert await rooms.read(table_of(AgreementId(table.agreement["id"])), pending) == (2, [])


@pytest.mark.parametrize("file", REAL, ids=lambda file: file.stem)
async def test_a_real_agreement_keeps_every_word(service: Service, file) -> None:
    ursula = await service.person("ursula")
    source = file.read_text(encoding="utf-8")

    created = await ursula.post("/agreements", founding(source))
    text = (await ursula.get(f"/agreements/{created.json()['id']}/text", headers={"Accept": "text/plain"})).text

    assert created.status_code == 201
    _, _, after_front_matter = source.partition("\n---\n")
    title = after_front_matter[after_front_matter.index("\n# ") :].split("\n")[1]
    assert letters(text) == letters("2026-29 Agreement Preamble" + after_front_matter.replace(title, "", 1))


async def test_words_that_look_like_markup_stay_words(service: Service) -> None:
    ursula = await service.person("ursula")
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    content = f"## One {script}\n\n{script} [x](javascript:alert(1)) [y](data:text/html,x) [z](https://a.example/)\n"

    created = (await ursula.post("/agreements", founding(content))).json()
    path = f"/agreements/{created['id']}/text"
    runs = (await ursula.get(path)).json()["articles"][0]["paragraphs"][0]["runs"]
    page = (await ursula.get(path, headers={"Accept": "text/html"})).text

    assert runs == [
        {"text": f"{script} [x](javascript:alert(1)) [y](data:text/html,x) ", "marks": {}},
        {"text": "z", "marks": {"link": "https://a.example/"}},
    ]
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ("", 422, "invalid_content"),
        (" \n\n ", 422, "invalid_content"),
        ("# Only a title", 422, "invalid_content"),
        ("## A\n\nnull \x00 here", 422, "invalid_content"),
        ("## A\n\nbell \x07 here", 422, "invalid_content"),
        ("## A\n\n" + "x" * 60_000, 413, "too_large"),
        ("## A\n\n" + "x" * 5_000_000, 413, "too_large"),
        ("## A\n\n" + "[" * 40_000, 422, "invalid_content"),
        ("## A\n\n" + "> " * 40 + "deep", 422, "invalid_content"),
        ("## A\n\n" * 1_001, 413, "too_large"),
        ("## A\n\n" + "x\n\n" * 100_001, 413, "too_large"),
    ],
    ids=[
        "nothing",
        "blank",
        "title",
        "null",
        "bell",
        "paragraph",
        "text",
        "brackets",
        "deep",
        "articles",
        "paragraphs",
    ],
)
async def test_a_text_that_cannot_be_an_agreement_is_refused_by_name(
    service: Service, content: str, status: int, code: str
) -> None:
    ursula = await service.person("ursula")

    answer = await ursula.post("/agreements", founding(content))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await ursula.get("/agreements")).json()["items"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "a\nb"},
        {"parties": []},
        {"parties": PARTIES[:1]},
        {"parties": [PARTIES[0], PARTIES[2]]},
        {"parties": [PARTIES[0], {**PARTIES[1], "key": "union"}]},
        {"parties": [PARTIES[0], {**PARTIES[1], "key": "No Slug"}]},
        {"parties": [PARTIES[0], {**PARTIES[1], "key": "x" * 33}]},
        {"member": {"party": "nobody", "role": "lead"}},
        {"member": {"party": "union", "role": "owner"}},
        {"member": {"party": "union", "role": "observer"}},
        {"text": {"format": "word", "content": "x"}},
        {"text": None},
        {"unknown": 1},
    ],
    ids=str,
)
async def test_what_could_never_be_agreed_is_refused(service: Service, change: dict) -> None:
    ursula = await service.person("ursula")

    answer = await ursula.post("/agreements", founding(**change))

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [b'{"title": "\\ud800"}', b"\xff\xfe", b"{", b"[" * 200_000, b'{"title": ' + b"9" * 10_000 + b"}", b""],
    ids=["half a pair", "not UTF-8", "cut", "nested", "number", "empty"],
)
async def test_a_body_that_is_no_json_of_ours_is_refused_and_costs_nothing(service: Service, body: bytes) -> None:
    ursula = await service.person("ursula")

    answer = await ursula.post("/agreements", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in {400, 422}
    assert json.loads(answer.content)["code"] in {"invalid_request", "malformed"}
    assert (await ursula.get("/me")).status_code == 200


async def test_a_token_needs_to_be_allowed_to_write(service: Service) -> None:
    ursula = await service.person("ursula")
    reader, writer = await service.bearer(ursula, "agreement:read"), await service.bearer(ursula, "agreement:write")

    assert (await reader.post("/agreements", founding())).json()["code"] == "missing_scope"
    assert (await writer.post("/agreements", founding())).status_code == 201
