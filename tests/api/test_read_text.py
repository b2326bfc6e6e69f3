import pytest

from app.api.identity import COOKIE
from app.domain.ids import AgreementId, ArticleId, SuggestionId
from app.domain.scopes import Scope
from app.services.acting import Identity, acting_in
from app.services.demo_hand import Edit, Hand
from app.services.logins import by_login
from tests.harness.actors import Table


async def suggest(table: Table, actor: str, old: str, new: str, after: str = "") -> None:
    """Let an actor suggest in the first article, through the room."""
    app = table.service.app
    async with app.state.database.reading() as session:
        identity: Identity = await by_login(session, table[actor].client.cookies[COOKIE])
        acting = await acting_in(session, identity, AgreementId(table.agreement["id"]), Scope.AGREEMENT_WRITE)
    article = ArticleId(table.agreement["articles"][0]["id"])
    await Hand(acting).write(
        app.state.rooms, [Edit(SuggestionId("s-" + actor.replace(" ", "-")), article, old, new, after)]
    )


@pytest.fixture
async def marked(bargaining: Table) -> Table:
    """The union would replace a word, the district would strike one."""
    await suggest(bargaining, "union drafter", "two", "<four>")
    await suggest(bargaining, "district lead", "workday", "")
    return bargaining


async def test_members_read_it_in_every_view_and_nobody_else_does(marked: Table) -> None:
    for view in ("agreed", "proposed", "markup"):
        answered = await marked.statuses("GET", f"{marked.path}/text?view={view}")

        assert (answered.pop("stranger"), answered.pop("anonymous")) == (404, 401)
        assert set(answered.values()) == {200}


@pytest.mark.parametrize(
    ("view", "hours", "meetings"),
    [
        ("agreed", "The workday is seven hours.", "Meetings are limited to two each month."),
        ("proposed", "The  is seven hours.", "Meetings are limited to <four> each month."),
        ("markup", "The workday is seven hours.", "Meetings are limited to two<four> each month."),
    ],
)
async def test_a_view_shows_what_its_name_says(marked: Table, view: str, hours: str, meetings: str) -> None:
    text = (await marked["mediator"].get(f"{marked.path}/text", params={"view": view})).json()

    paragraphs = text["articles"][0]["paragraphs"]
    assert text["view"] == view
    assert ["".join(run["text"] for run in paragraph["runs"]) for paragraph in paragraphs] == [hours, meetings]


async def test_the_content_hash_is_of_the_agreed_text_whatever_the_view(marked: Table) -> None:
    hashes = {
        (await marked["mediator"].get(f"{marked.path}/text", params={"view": view})).json()["content_hash"]
        for view in ("agreed", "proposed", "markup")
    }

    assert hashes == {marked.agreement["content_hash"]}


async def test_markup_names_each_change_and_whose_it_is(marked: Table) -> None:
    text = (await marked["mediator"].get(f"{marked.path}/text", params={"view": "markup"})).json()

    runs = text["articles"][0]["paragraphs"][1]["runs"]
    assert runs[1] == {"text": "two", "marks": {"del:union": {"id": "s-union-drafter"}}}
    assert runs[2] == {"text": "<four>", "marks": {"ins": {"id": "s-union-drafter", "party": "union"}}}


async def test_one_article_comes_alone_with_its_own_hash(marked: Table) -> None:
    salary = marked.agreement["articles"][1]

    text = (await marked["mediator"].get(f"{marked.path}/text", params={"article": salary["id"]})).json()

    assert [article["id"] for article in text["articles"]] == [salary["id"]]
    assert text["content_hash"] == salary["content_hash"]


async def test_an_article_of_elsewhere_is_not_found(marked: Table) -> None:
    answers = [
        await marked["mediator"].get(f"{marked.path}/text", params={"article": article}) for article in ("art_x", "")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


NAME, ESCAPED = "Teachers' Association", "Teachers&#x27; Association"


@pytest.mark.parametrize(
    ("accept", "media_type", "shown"),
    [
        ("text/markdown", "text/markdown", f"{{--two--}}{{>>{NAME}<<}}{{++\\<four\\>++}}{{>>{NAME}<<}}"),
        ("text/plain", "text/plain", f"[- {NAME}: two -][+ {NAME}: <four> +]"),
        ("text/html,*/*;q=0.8", "text/html", f'title="Suggested deletion, {ESCAPED}">two</del>'),
        ("text/html", "text/html", f'title="Suggested insertion, {ESCAPED}">&lt;four&gt;</ins>'),
    ],
)
async def test_other_forms_tell_kind_and_party_in_words(
    marked: Table, accept: str, media_type: str, shown: str
) -> None:
    answer = await marked["mediator"].get(f"{marked.path}/text", params={"view": "markup"}, headers={"Accept": accept})

    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert shown in answer.text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("text/*", "text/markdown"),
        ("text/html;q=0.5, text/plain", "text/plain"),
        ("application/json;q=0, text/*;q=0.1", "text/markdown"),
        ("text/html;q=broken, */*;q=0.1", "application/json"),
    ],
)
async def test_the_client_gets_the_form_it_likes_best(bargaining: Table, accept: str, media_type: str) -> None:
    answer = await bargaining["mediator"].get(f"{bargaining.path}/text", headers={"Accept": accept})

    assert answer.headers["content-type"].partition(";")[0] == media_type


async def test_a_form_that_cannot_be_given_is_named_with_those_that_can(bargaining: Table) -> None:
    answer = await bargaining["mediator"].get(f"{bargaining.path}/text", headers={"Accept": "image/png"})

    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")
    assert "application/json" in answer.json()["available"]


async def test_an_unknown_view_is_refused(bargaining: Table) -> None:
    answer = await bargaining["mediator"].get(f"{bargaining.path}/text", params={"view": "secret"})

    assert answer.status_code == 422


async def test_the_agreement_counts_what_is_pending_by_party_and_article(marked: Table) -> None:
    page = (await marked["mediator"].get(marked.path)).json()

    assert page["pending"] == {"union": 1, "district": 1, "mediation": 0}
    assert [(article["standing"], article["pending"]) for article in page["articles"]] == [
        ("open", {"union": 1, "district": 1}),
        ("status_quo", {}),
    ]
