"""The story that the ledger tells stands, at every number, where the ledger stood then."""

from itertools import count
from typing import Any

import pytest

from app.domain.chronicle import Chronicle
from app.domain.lives import Told

PARTIES = ["union", "district", "board"]


class Teller:
    """Tells acts in their order, a minute apart."""

    def __init__(self, parties: int = 2) -> None:
        self.story, self._numbers = Chronicle(), count(1)
        named = [{"key": key, "name": key.title(), "signatory": True} for key in PARTIES[:parties]]
        articles = [{"id": one, "title": one.title(), "paragraphs": []} for one in ("hours", "salary")]
        self.tell("agreement.created", title="A", parties=named, articles=articles)

    def tell(self, kind: str, party: str = "union", **payload: Any) -> int:
        seq = next(self._numbers)
        at = f"2026-03-02T16:{seq:02}:00.000000Z"
        self.story.follow([Told(seq, at, kind, party, f"mem_{party}", party.title(), payload)])
        return seq

    def propose(self, suggestion: str, party: str = "union", article: str = "hours") -> int:
        return self.tell("suggestion.proposed", party, suggestion=suggestion, article=article, version=1)

    def awaiting(self, suggestion: str, seq: int = 10**6) -> list[str]:
        return self.story.awaiting(self.story.lives[suggestion], seq)

    def standing(self, seq: int, article: str = "hours") -> str:
        return self.story.standing(article, seq)

    def owed(self) -> dict[str, int]:
        owed = dict.fromkeys(PARTIES, 0)
        for one in self.story.outstanding:
            owed[one.party] += one.more
        return {party: number for party, number in owed.items() if number}


@pytest.fixture
def teller() -> Teller:
    return Teller()


def test_an_article_is_open_while_something_is_pending_in_it(teller: Teller) -> None:
    proposed = teller.propose("s1")
    withdrawn = teller.tell("suggestion.withdrawn", suggestion="s1", overtaken=False)

    assert [teller.standing(seq) for seq in (1, proposed, withdrawn)] == ["status_quo", "open", "status_quo"]
    assert teller.standing(withdrawn, "salary") == "status_quo"


def test_an_article_that_changed_stays_open_until_it_is_closed(teller: Teller) -> None:
    teller.propose("s1")
    enacted = teller.tell("suggestion.enacted", "district", suggestion="s1", article="hours", amends=None)
    closed = teller.tell("article.tentative", article="hours")
    opened = teller.tell("article.reopened", article="hours")

    assert [teller.standing(seq) for seq in (enacted, closed, opened)] == ["open", "tentative", "open"]


def test_an_enacted_amendment_alone_changes_no_agreed_text(teller: Teller) -> None:
    teller.propose("s1")
    teller.propose("s2", "district")
    teller.tell("suggestion.enacted", suggestion="s2", article="hours", amends="s1")
    ended = teller.tell("suggestion.rejected", "district", suggestion="s1")

    assert teller.standing(ended) == "status_quo"


def test_who_has_to_answer_is_told_for_every_moment(teller: Teller) -> None:
    proposed = teller.propose("s1")
    accepted = teller.tell("suggestion.accepted", "district", suggestion="s1", version=1)
    revised = teller.tell("suggestion.revised", suggestion="s1", version=2)

    assert [teller.awaiting("s1", seq) for seq in (proposed, accepted, revised)] == [["district"], [], ["district"]]


def test_a_question_after_an_acceptance_takes_it_back() -> None:
    teller = Teller(3)
    teller.propose("s1")
    teller.tell("suggestion.accepted", "district", suggestion="s1", version=1)
    teller.tell("suggestion.questioned", "district", suggestion="s1", version=1)

    assert teller.awaiting("s1") == ["district", "board"]
    assert teller.owed() == {"district": 1, "board": 1}


def test_a_refusal_ends_a_suggestion_only_where_too_few_are_left_to_carry_it() -> None:
    teller = Teller(3)
    teller.tell("ground_rules.adopted", settings={"acceptances": 2})
    teller.propose("s1")
    first = teller.tell("suggestion.rejected", "district", suggestion="s1", version=1)
    second = teller.tell("suggestion.rejected", "board", suggestion="s1", version=1)

    life = teller.story.lives["s1"]
    assert [life.status(first), life.status(second)] == ["pending", "rejected"]
    assert teller.owed() == {}


def test_answers_owed_come_to_nothing_once_all_is_decided(teller: Teller) -> None:
    teller.propose("s1")
    teller.propose("s2", "district")
    teller.tell("suggestion.accepted", "district", suggestion="s1", version=1)
    teller.tell("suggestion.enacted", "district", suggestion="s1", article="hours", amends=None)

    assert teller.owed() == {"union": 1}
    teller.tell("suggestion.withdrawn", "district", suggestion="s2", overtaken=False)
    assert teller.owed() == {}


def test_a_part_split_from_a_suggestion_lives_on_its_own(teller: Teller) -> None:
    teller.propose("s1")
    teller.tell("suggestion.split", "district", suggestion="s1", into="p1", article="hours")

    part = teller.story.lives["p1"]
    assert (part.party, part.is_pending, teller.awaiting("p1")) == ("union", True, ["district"])


def test_what_is_withdrawn_and_proposed_again_is_one_life(teller: Teller) -> None:
    first = teller.propose("s1")
    gone = teller.tell("suggestion.withdrawn", suggestion="s1", overtaken=False)
    again = teller.propose("s1")

    life = teller.story.lives["s1"]
    assert [life.status(seq) for seq in (first, gone, again)] == ["pending", "withdrawn", "pending"]
    assert teller.owed() == {"district": 1}


def test_articles_stand_in_the_order_they_had_at_the_moment(teller: Teller) -> None:
    added = teller.tell("article.added", article="leave", title="Leave", after="hours", suggestion="s9")
    moved = teller.tell("article.moved", article="salary", after=None, suggestion="s8")
    retitled = teller.tell("article.retitled", article="leave", title="Leaves", suggestion="s7")
    struck = teller.tell("article.struck", article="hours", suggestion="s6")

    titles = [list(teller.story.outline(seq).titles.values()) for seq in (1, added, moved, retitled, struck)]
    assert titles == [
        ["Hours", "Salary"],
        ["Hours", "Leave", "Salary"],
        ["Salary", "Hours", "Leave"],
        ["Salary", "Hours", "Leaves"],
        ["Salary", "Leaves"],
    ]


def test_a_move_that_renumbers_brings_its_title(teller: Teller) -> None:
    moved = teller.tell("article.moved", article="salary", after=None, title="1 Salary", suggestion="s8")

    assert list(teller.story.outline(moved).titles.values()) == ["1 Salary", "Hours"]


def test_an_article_is_in_a_package_as_long_as_that_is_offered(teller: Teller) -> None:
    teller.propose("s1")
    offered = teller.tell("package.offered", package="p1", suggestions=[{"suggestion": "s1", "version": 1}])
    expired = teller.tell("package.expired", package="p1")

    assert [teller.standing(seq) for seq in (offered, expired)] == ["in_package", "open"]


def test_an_article_proposed_stands_in_its_place_until_it_is_dropped(teller: Teller) -> None:
    told = {"op": "add", "article": "leave", "title": "Leave", "after": {"id": "hours", "title": "Hours"}}
    proposed = teller.tell("suggestion.proposed", suggestion="s1", article="leave", version=1, structure=told)
    rejected = teller.tell("suggestion.rejected", "district", suggestion="s1")

    then, later = teller.story.outline(proposed), teller.story.outline(rejected)
    assert [unit.id for unit in then.units] == ["hours", "leave", "salary"]
    assert list(then.titles) == list(later.titles) == ["hours", "salary"]
    assert list(teller.story.structures(proposed)) == ["s1"]
    assert teller.story.structures(rejected) == {}
