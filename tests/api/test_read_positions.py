"""`GET /agreements/{id}/positions`: who stands where, for whoever may read the table."""

import pytest

from tests.harness.actors import Table
from tests.harness.moved import HOSTILE, move, suggest


@pytest.fixture
async def moved(bargaining: Table) -> Table:
    await move(bargaining)
    return bargaining


def words(reading: dict) -> str:
    return "\n".join("".join(run["text"] for run in one["runs"]) for one in reading["paragraphs"])


async def test_members_read_them_and_nobody_else_does(moved: Table) -> None:
    answered = await moved.statuses("GET", f"{moved.path}/positions")

    assert (answered.pop("stranger"), answered.pop("anonymous")) == (404, 401)
    assert set(answered.values()) == {200}


async def test_status_quo_positions_and_agreed_stand_beside_each_other(moved: Table) -> None:
    hours, salary = (await moved["mediator"].get(f"{moved.path}/positions")).json()["articles"]

    assert "limited to two each" in words(hours["status_quo"])
    assert "limited to four each" in words(hours["agreed"])
    assert words(salary["agreed"]) == words(salary["status_quo"]) == "Salaries rise by three percent."
    assert words(salary["positions"]["district"]) == "Salaries rise by two percent."
    assert words(salary["positions"]["union"]) == words(salary["agreed"])
    assert (hours["standing"], salary["standing"]) == ("open", "open")


async def test_who_has_to_answer_is_named(moved: Table) -> None:
    hours, salary = (await moved["mediator"].get(f"{moved.path}/positions")).json()["articles"]

    assert (hours["awaiting"], salary["awaiting"]) == ({}, {"union": ["s-pay"]})
    assert salary["positions"]["district"]["suggestions"] == ["s-pay"]
    assert salary["positions"]["district"]["differs"]


async def test_the_status_quo_hash_is_that_of_the_starting_text(moved: Table) -> None:
    articles = (await moved["mediator"].get(f"{moved.path}/positions", params={"detail": "hashes"})).json()["articles"]

    started = [article["content_hash"] for article in moved.agreement["articles"]]
    assert [article["status_quo"]["content_hash"] for article in articles] == started
    assert articles[0]["agreed"]["paragraphs"] is None


async def test_at_a_moment_they_stand_as_they_stood(bargaining: Table) -> None:
    heads = await move(bargaining)

    then = (await bargaining["mediator"].get(f"{bargaining.path}/positions", params={"at": heads["proposed"]})).json()

    hours, salary = then["articles"]
    assert "limited to four each" in words(hours["positions"]["union"])
    assert "The work day is" in words(hours["positions"]["district"])
    assert hours["awaiting"] == {"district": ["s-four"], "union": ["s-strike"]}
    assert (salary["standing"], salary["awaiting"]) == ("status_quo", {})
    assert then["moment"]["seq"] == heads["proposed"]


async def test_one_article_comes_alone_and_one_of_elsewhere_not_at_all(moved: Table) -> None:
    salary = moved.agreement["articles"][1]["id"]

    alone = (await moved["mediator"].get(f"{moved.path}/positions", params={"article": salary})).json()
    elsewhere = await moved["mediator"].get(f"{moved.path}/positions", params={"article": "art_x"})

    assert [article["id"] for article in alone["articles"]] == [salary]
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "not_found")


async def test_the_exhibit_sets_them_in_columns_and_marks_what_differs(moved: Table) -> None:
    page = await moved["mediator"].get(f"{moved.path}/positions", headers={"Accept": "text/html"})

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    heads = [f'<th scope="col">{one}</th>' for one in ("Status quo", "Teachers&#x27; Association", "School District")]
    assert "".join(heads) + '<th scope="col">Agreed</th>' in page.text
    assert "<del>three</del><ins>two</ins>" in page.text
    assert "limited to <del>four</del><ins>two</ins> each" in page.text


async def test_the_exhibit_in_plain_text_marks_it_by_signs(moved: Table) -> None:
    text = (await moved["mediator"].get(f"{moved.path}/positions", headers={"Accept": "text/plain"})).text

    assert "-- School District --\n\nSalaries rise by [-three-][+two+] percent." in text


async def test_words_that_look_like_markup_come_out_as_words(bargaining: Table) -> None:
    await suggest(bargaining, "union lead", "s-markup", ("two", "<script>alert(1)</script>"))

    page = await bargaining["mediator"].get(f"{bargaining.path}/positions", headers={"Accept": "text/html"})

    assert "&lt;script&gt;" in page.text
    assert "<script" not in page.text
    assert HOSTILE not in page.text


@pytest.mark.parametrize(("at", "status"), [("soon", 422), ("99999", 404)])
async def test_what_is_no_moment_is_refused(bargaining: Table, at: str, status: int) -> None:
    answer = await bargaining["mediator"].get(f"{bargaining.path}/positions", params={"at": at})

    assert answer.status_code == status
