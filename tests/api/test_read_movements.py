"""`GET /agreements/{id}/movements`: what moved since, told to a party, to the table and to members."""

from typing import Any

import pytest

from tests.harness.actors import Table
from tests.harness.moved import HOSTILE, move


async def movements(table: Table, actor: str, **asked: Any) -> dict[str, Any]:
    answer = await table[actor].get(f"{table.path}/movements", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def told(found: dict[str, Any]) -> list[str]:
    return [
        moved["suggestion"]
        for article in found["articles"]
        for clause in article["clauses"]
        for moved in clause["moved"]
    ]


async def test_members_read_it_and_nobody_else_does(bargaining: Table) -> None:
    answered = await bargaining.statuses("GET", f"{bargaining.path}/movements")

    assert (answered.pop("stranger"), answered.pop("anonymous")) == (404, 401)
    assert set(answered.values()) == {200}


async def test_only_what_moved_since_is_told(bargaining: Table) -> None:
    heads = await move(bargaining)

    since_proposed = await movements(bargaining, "mediator", since=heads["proposed"])
    until_proposed = await movements(bargaining, "mediator", until=heads["proposed"])
    nothing = await movements(bargaining, "mediator", since=heads["now"])

    assert sorted(told(since_proposed)) == ["s-four", "s-pay", "s-strike"]
    assert sorted(told(until_proposed)) == ["s-four", "s-strike"]
    assert nothing["articles"] == []


async def test_an_act_is_told_with_who_why_and_the_difference_word_by_word(bargaining: Table) -> None:
    heads = await move(bargaining)

    found = await movements(bargaining, "mediator", since=heads["began"], until=heads["answered"])

    (hours,) = found["articles"]
    four = next(moved for clause in hours["clauses"] for moved in clause["moved"] if moved["suggestion"] == "s-four")
    assert (four["party"], four["author"], four["status"]) == ("union", "Union Drafter", "accepted")
    assert [deed["kind"] for deed in four["deeds"]] == [
        "suggestion.proposed",
        "suggestion.accepted",
        "suggestion.enacted",
    ]
    assert (four["deeds"][1]["member"], four["deeds"][1]["reason"]) == ("District Lead", "Fair.")
    assert [(one["kind"], one["text"]) for one in four["difference"]][1:3] == [("removed", "two"), ("added", "four")]
    assert (hours["stood"], hours["stands"]) == ("status_quo", "open")


async def test_a_party_hears_what_it_has_to_answer_whether_or_not_it_moved(bargaining: Table) -> None:
    heads = await move(bargaining)

    union = await movements(bargaining, "union drafter", since=heads["now"], **{"for": "party"})
    district = await movements(bargaining, "district lead", since=heads["now"], **{"for": "party"})
    table = await movements(bargaining, "union drafter", since=heads["now"], **{"for": "table"})

    assert (union["to_answer"], district["to_answer"], table["to_answer"]) == (["s-pay"], [], [])


async def test_members_hear_no_names_no_reasons_and_of_no_proposal_that_came_to_nothing(bargaining: Table) -> None:
    await move(bargaining)

    answer = await bargaining["union observer"].get(f"{bargaining.path}/movements", params={"for": "members"})

    assert sorted(told(answer.json())) == ["s-four", "s-pay"]
    for hidden in ("Union", "Dana", "Lead", "Fair.", "Since when?", HOSTILE[:10]):
        assert hidden not in answer.text


async def test_one_article_is_told_alone(bargaining: Table) -> None:
    await move(bargaining)

    found = await movements(bargaining, "mediator", article=bargaining.agreement["articles"][1]["id"])

    assert told(found) == ["s-pay"]


@pytest.mark.parametrize("asked", [{"since": "monday"}, {"until": "0"}, {"for": "press"}])
async def test_what_cannot_be_asked_is_refused(bargaining: Table, asked: dict[str, str]) -> None:
    answer = await bargaining["mediator"].get(f"{bargaining.path}/movements", params=asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
