"""Decisions: what enters the agreed text, what leaves the table, and what that does to other suggestions."""

import pytest

from app.crdt.enactment import enact
from app.domain.events import Revised, Vanished
from app.errors import SuggestionAlreadyResolved
from tests.harness.builders import ASSOCIATION, DISTRICT, agreed_text, paragraph
from tests.harness.desk import Desk, ins


def test_an_enacted_insertion_is_agreed_text(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"), bold=True)

    enacted = desk.enact("s1")

    assert desk.runs() == [("The ", {}), ("long ", {"bold": True}), ("workday is seven hours.\n", {})]
    assert enacted.agreed == {"a": [{"retain": 4}, {"insert": "long ", "attributes": {"bold": True}}]}
    assert desk.document.pending() == []


def test_an_enacted_deletion_is_gone(desk: Desk) -> None:
    desk.format("assoc", 4, 12, del__assoc={"id": "s1"})

    enacted = desk.enact("s1")

    assert agreed_text(desk.document) == "The is seven hours.\n"
    assert enacted.agreed == {"a": [{"retain": 4}, {"delete": 8}]}


def test_an_enacted_format_is_the_format(desk: Desk) -> None:
    desk.format("assoc", 4, 11, fmt__assoc={"id": "s1", "set": {"bold": True}})
    desk.format("assoc", 27, 28, fmt__assoc={"id": "s1", "set": {"style": "heading", "level": 2}})

    enacted = desk.enact("s1")

    assert desk.runs() == [
        ("The ", {}),
        ("workday", {"bold": True}),
        (" is seven hours.", {}),
        ("\n", {"style": "heading", "level": 2}),
    ]
    assert enacted.agreed["a"][1] == {"retain": 7, "attributes": {"bold": True}}
    assert enacted.agreed["a"][3] == {"retain": 1, "attributes": {"level": 2, "style": "heading"}}


def test_offsets_of_the_agreed_delta_count_code_points_of_agreed_text() -> None:
    desk = Desk({"assoc": ASSOCIATION, "district": DISTRICT}, paragraph("Ä😀 one"))
    desk.insert("district", 2, "not yet ", **ins("s2", "district"))
    desk.insert("assoc", 14, "é", **ins("s1"))

    enacted = desk.enact("s1")

    assert enacted.agreed == {"a": [{"retain": 2}, {"insert": "é"}]}


def test_a_removed_suggestion_leaves_nothing(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.format("assoc", 0, 3, del__assoc={"id": "s1"})
    desk.format("assoc", 10, 12, fmt__assoc={"id": "s1", "set": {"bold": True}})

    removed = desk.remove("s1")

    assert desk.runs() == [("The workday is seven hours.\n", {})]
    assert removed.agreed == {}


def test_an_accepted_amendment_changes_the_proposal_and_not_the_agreement(desk: Desk) -> None:
    desk.insert("assoc", 4, "very long ", **ins("s1"))
    desk.format("district", 4, 9, del__district={"id": "s2"})
    desk.insert("district", 9, "too ", **ins("s2", "district"))
    assert desk.document.content("s2").amends == "s1"

    enacted = desk.enact("s2")

    assert desk.runs()[1] == ("too long ", ins("s1"))
    assert enacted.agreed == {}
    assert Revised("s1") in enacted.facts


def test_an_amendment_of_an_enacted_proposal_becomes_an_ordinary_suggestion(desk: Desk) -> None:
    desk.insert("assoc", 4, "very long ", **ins("s1"))
    desk.insert("district", 9, "too ", **ins("s2", "district"))
    before = desk.document.content("s2")

    enacted = desk.enact("s1")

    after = desk.document.content("s2")
    assert (before.amends, after.amends) == ("s1", None)
    assert before.content_hash != after.content_hash
    assert Revised("s2") in enacted.facts
    assert agreed_text(desk.document) == "The very long workday is seven hours.\n"


def test_an_amendment_falls_with_the_proposal(desk: Desk) -> None:
    desk.insert("assoc", 4, "very long ", **ins("s1"))
    desk.insert("district", 9, "too ", **ins("s2", "district"))

    removed = desk.remove("s1")

    assert desk.runs() == [("The workday is seven hours.\n", {})]
    (fact,) = removed.facts
    assert isinstance(fact, Vanished)
    assert (fact.suggestion, fact.overtaken) == ("s2", True)
    assert fact.content["after"] == "The very too long workday is seven hours."


def test_an_insertion_beside_a_removed_proposal_stays(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.insert("district", 9, "hard ", **ins("s2", "district"))

    desk.remove("s1")

    assert desk.runs()[1] == ("hard ", ins("s2", "district"))


def test_a_suggestion_overtaken_by_an_enactment_vanishes(desk: Desk) -> None:
    desk.format("assoc", 4, 12, del__assoc={"id": "s1"})
    desk.format("district", 5, 7, fmt__district={"id": "s2", "set": {"bold": True}})

    enacted = desk.enact("s1")

    (fact,) = enacted.facts
    assert isinstance(fact, Vanished)
    assert (fact.suggestion, fact.overtaken) == ("s2", True)
    assert not desk.document.register.owners["s2"].pending


def test_a_suggestion_overtaken_in_the_same_act_is_told_so(desk: Desk) -> None:
    desk.format("assoc", 4, 12, del__assoc={"id": "s1"})
    desk.format("district", 5, 7, fmt__district={"id": "s2", "set": {"bold": True}})

    enacted = desk.enact("s1", "s2")

    assert [(fact.suggestion, fact.overtaken) for fact in enacted.facts] == [("s2", True)]


def test_two_deletions_of_the_same_words_are_both_carried_out(desk: Desk) -> None:
    desk.format("assoc", 4, 12, del__assoc={"id": "s1"})
    desk.format("district", 4, 12, del__district={"id": "s2"})

    enacted = desk.enact("s1", "s2")

    assert enacted.facts == []
    assert enacted.agreed == {"a": [{"retain": 4}, {"delete": 8}]}


def test_a_suggestion_in_the_same_paragraph_is_revised_by_an_enactment(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.insert("district", 32, " X", **ins("s2", "district"))
    before = desk.document.content("s2").content_hash

    enacted = desk.enact("s1")

    assert enacted.facts == [Revised("s2")]
    assert desk.document.content("s2").content_hash != before


def test_a_suggestion_in_another_paragraph_stands_as_it_was() -> None:
    desk = Desk({"assoc": ASSOCIATION}, paragraph("One."), paragraph("Two."))
    desk.insert("assoc", 3, " and a half", **ins("s1"))
    desk.insert("assoc", 19, " more", **ins("s2"))
    before = desk.document.content("s2").content_hash

    enacted = desk.enact("s1")

    assert enacted.facts == []
    assert desk.document.content("s2").content_hash == before


def test_an_article_always_ends_in_a_paragraph_mark() -> None:
    desk = Desk({"assoc": ASSOCIATION}, paragraph("One."))
    desk.format("assoc", 0, 5, del__assoc={"id": "s1"})
    desk.insert("assoc", 5, "Two.", **ins("s2"))

    everything = desk.enact("s1")
    appended = desk.enact("s2")

    assert everything.agreed == {"a": [{"delete": 5}, {"insert": "\n"}]}
    assert appended.agreed == {"a": [{"insert": "Two."}]}
    assert desk.runs() == [("Two.\n", {})]


def test_deciding_what_is_no_longer_there_is_refused_with_nothing_done(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    before = desk.runs()

    with pytest.raises(SuggestionAlreadyResolved):
        enact(desk.document, ["s1", "s9"])

    assert desk.runs() == before


def test_everybody_has_the_same_text_after_a_decision(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.format("district", 9, 16, del__district={"id": "s2"})

    desk.enact("s1", "s2")

    assert desk.text("assoc").to_py() == desk.text("district").to_py() == "The long  is seven hours.\n"


def test_a_thousand_suggestions_are_enacted_in_one_act() -> None:
    desk = Desk({"assoc": ASSOCIATION}, *[paragraph("A sentence of the agreement.") for _ in range(200)])
    text = desk.text("assoc")
    with desk.clients["assoc"].replica.doc.transaction():
        for number in range(1000):
            text.insert(28 * (number // 5) + number % 5, "x", ins(f"s{number}"))
    desk.send("assoc")
    assert len(desk.document.pending()) == 1000

    desk.enact(*desk.document.pending())

    assert desk.document.pending() == []
    assert agreed_text(desk.document).count("x") == 1000
