"""Each row of the table of admission, and what belongs to it."""

import pytest

from app.crdt.admission import check_window
from app.crdt.document import Broken
from app.crdt.judgement import Window
from app.domain.events import Proposed, Revised, Vanished
from tests.harness.builders import ASSOCIATION, DISTRICT, agreed_text, paragraph
from tests.harness.desk import Desk, ins

AGREED = "The workday is seven hours.\n"


def only_id(desk: Desk) -> str:
    (suggestion,) = desk.document.pending()
    return suggestion


def test_an_unmarked_insertion_becomes_a_suggestion_of_its_sender(desk: Desk) -> None:
    admitted = desk.insert("assoc", 4, "long ")

    suggestion = only_id(desk)
    assert desk.runs() == [("The ", {}), ("long ", ins(suggestion)), ("workday is seven hours.\n", {})]
    assert admitted.facts == [Proposed(suggestion, "a", "assoc", "assoc-member")]
    assert admitted.changes_register
    assert [notice.code for notice in admitted.notices] == ["made_suggestion"]
    assert agreed_text(desk.document) == AGREED


def test_a_marked_insertion_stands_as_it_came(desk: Desk) -> None:
    admitted = desk.insert("assoc", 4, "long ", **ins("mine"))

    assert desk.runs()[1] == ("long ", ins("mine"))
    assert admitted.corrections is None
    assert admitted.notices == []


def test_an_insertion_under_another_partys_mark_is_the_senders(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("theirs"))

    desk.insert("district", 6, "XX", **ins("theirs"))

    (mark,) = [marks["ins"] for text, marks in desk.runs() if text == "XX"]
    assert mark["party"] == "district"
    assert mark["id"] != "theirs"
    assert desk.author(mark["id"]) == "district-member"


def test_inserted_text_takes_no_marks_of_others_over(desk: Desk) -> None:
    desk.format("district", 4, 11, del__district={"id": "gone"}, fmt__district={"id": "bold", "set": {"bold": True}})

    desk.text("assoc").insert(6, "XX")
    desk.send("assoc")

    (marks,) = [marks for text, marks in desk.runs() if text == "XX"]
    assert marks.keys() == {"ins"}


def test_ones_own_pending_text_may_be_deleted(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("mine"))

    admitted = desk.delete("assoc", 4, 9)

    assert desk.runs() == [(AGREED, {})]
    assert admitted.corrections is None
    (fact,) = admitted.facts
    assert isinstance(fact, Vanished)
    assert (fact.suggestion, fact.by, fact.overtaken) == ("mine", "assoc-member", False)
    assert fact.content["after"] == "The long workday is seven hours."


def test_deleted_agreed_text_stands_and_is_marked(desk: Desk) -> None:
    desk.delete("assoc", 4, 12)

    assert desk.runs() == [
        ("The ", {}),
        ("workday ", {"del:assoc": {"id": only_id(desk)}}),
        ("is seven hours.\n", {}),
    ]
    assert agreed_text(desk.document) == AGREED


def test_another_partys_pending_text_stands_and_is_marked(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("theirs"))

    desk.delete("district", 4, 9)

    (suggestion,) = set(desk.document.pending()) - {"theirs"}
    assert desk.runs()[1] == ("long ", {**ins("theirs"), "del:district": {"id": suggestion}})
    assert desk.document.content(suggestion).amends == "theirs"


def test_ones_own_marks_may_be_set_and_cleared(desk: Desk) -> None:
    admitted = desk.format("assoc", 4, 11, del__assoc={"id": "gone"})
    assert admitted.corrections is None

    taken_back = desk.format("assoc", 4, 11, del__assoc=None)

    assert taken_back.corrections is None
    assert desk.runs() == [(AGREED, {})]
    assert [type(fact) for fact in taken_back.facts] == [Vanished]


@pytest.mark.parametrize(
    "forged",
    [
        {"ins": None},
        {"del__assoc": None},
        {"fmt__assoc": None},
        {"del__assoc": {"id": "x"}},
        {"ins": {"id": "x", "party": "district"}},
    ],
)
def test_another_partys_marks_are_restored(desk: Desk, forged: dict) -> None:
    desk.insert("assoc", 4, "long ", **ins("theirs"))
    desk.format("assoc", 10, 17, del__assoc={"id": "gone"}, fmt__assoc={"id": "bold", "set": {"bold": True}})
    before = desk.runs()

    desk.format("district", 0, 20, **forged)

    assert desk.runs() == before


def test_ones_own_insertion_mark_can_not_be_taken_off(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("mine"))

    desk.format("assoc", 4, 9, ins=None)

    assert desk.runs()[1] == ("long ", ins("mine"))
    assert agreed_text(desk.document) == AGREED


def test_a_format_on_agreed_text_becomes_a_suggested_one(desk: Desk) -> None:
    desk.format("assoc", 4, 11, bold=True)

    assert desk.runs()[1] == ("workday", {"fmt:assoc": {"id": only_id(desk), "set": {"bold": True}}})


def test_a_format_over_several_runs_is_one_suggestion(desk: Desk) -> None:
    desk.format("district", 6, 8, del__district={"id": "gone"})

    desk.format("assoc", 4, 11, bold=True)

    assert len(set(desk.document.pending()) - {"gone"}) == 1


def test_a_format_on_ones_own_pending_text_is_the_format(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("mine"))

    admitted = desk.format("assoc", 4, 9, bold=True)

    assert desk.runs()[1] == ("long ", {**ins("mine"), "bold": True})
    assert admitted.facts == [Revised("mine")]


def test_a_paragraph_style_on_an_agreed_mark_becomes_a_suggested_one(desk: Desk) -> None:
    desk.format("assoc", 27, 28, style="heading", level=2)

    mark = {"fmt:assoc": {"id": only_id(desk), "set": {"style": "heading", "level": 2}}}
    assert desk.runs()[-1] == ("\n", mark)


def test_what_no_text_carries_is_taken_off(desk: Desk) -> None:
    desk.insert("assoc", 4, "x\ny", **ins("mine"), bold=True, style="heading", colour="red", link="javascript:alert(1)")

    assert desk.runs()[1:4] == [
        ("x", {**ins("mine"), "bold": True}),
        ("\n", {**ins("mine"), "style": "heading"}),
        ("y", {**ins("mine"), "bold": True}),
    ]


@pytest.mark.parametrize(
    ("inserted", "kept"),
    [("a\x00b\x07c", "abc"), ("a\r\nb", "a\nb"), ("\u2028x\x9f", "x"), ("a\u202eb", "a\u202eb"), ("a\tb", "a\tb")],
)
def test_control_characters_are_taken_out_and_bidirectional_ones_stay(desk: Desk, inserted: str, kept: str) -> None:
    desk.insert("assoc", 4, inserted, **ins("mine"))

    assert "".join(text for text, marks in desk.runs() if "ins" in marks) == kept


def test_text_typed_beside_ones_own_open_suggestion_joins_it(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("mine"))

    desk.text("assoc").insert(9, "and hard ", {})
    desk.send("assoc")

    assert desk.runs()[1] == ("long and hard ", ins("mine"))


def test_a_plain_replacement_is_one_suggestion(desk: Desk) -> None:
    text = desk.text("assoc")
    with desk.clients["assoc"].replica.doc.transaction():
        del text[15:20]
        text.insert(15, "eight", {})
    desk.send("assoc")

    content = desk.document.content(only_id(desk))
    assert content.kind == "replacement"
    assert (content.before, content.after) == ("The workday is seven hours.", "The workday is eight hours.")


def test_an_id_of_someone_else_is_replaced_and_goes_on_as_one(desk: Desk) -> None:
    desk.insert("assoc", 0, "A", **ins("s1"))

    desk.insert("district", 28, "B", **ins("s1", "district"))
    admitted = desk.insert("district", 10, "C", **ins("s1", "district"))

    ids = {marks["ins"]["id"] for text, marks in desk.runs() if text in ("B", "C")}
    assert len(ids) == 1
    assert "s1" not in ids
    assert "suggestion_renamed" in [notice.code for notice in admitted.notices]


def test_an_id_is_replaced_in_another_article(desk: Desk) -> None:
    desk.insert("assoc", 0, "A", **ins("s1"))

    desk.text("assoc", "b").insert(0, "B", ins("s1"))
    desk.send("assoc")

    assert desk.runs("b")[0][1]["ins"]["id"] != "s1"


def test_a_colleagues_suggestion_does_not_grow_by_ones_typing(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.join("colleague", ASSOCIATION, 300)

    desk.text("colleague").insert(6, "XX")
    desk.send("colleague")

    (mark,) = [marks["ins"] for text, marks in desk.runs() if text == "XX"]
    assert desk.author(mark["id"]) == "colleague-member"


def test_an_acceptance_while_its_author_types_inside_leaves_no_unmarked_character(desk: Desk) -> None:
    """The ordinary race: the frame was made before the enactment arrived."""
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.text("assoc").insert(6, "X")

    desk.enact("s1")
    desk.send("assoc")

    assert agreed_text(desk.document) == "The long workday is seven hours.\n"
    assert desk.document.content(only_id(desk)).changes == [{"kind": "insertion", "text": "X", "offset": 6}]


def test_what_is_typed_on_after_that_race_stays_one_suggestion(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    for place, character in enumerate("abc", 6):
        desk.text("assoc").insert(place, character)
    frames = desk.clients["assoc"].unsent(99)

    desk.enact("s1")
    for frame in frames:
        desk.admit("assoc", frame)

    assert [change["text"] for change in desk.document.content(only_id(desk)).changes] == ["abc"]


def test_undoing_ones_own_deletion_reopens_the_suggestion(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.delete("assoc", 4, 9)

    admitted = desk.insert("assoc", 4, "long ", **ins("s1"))

    assert desk.runs()[1] == ("long ", ins("s1"))
    assert admitted.facts == [Proposed("s1", "a", "assoc", "assoc-member")]


def test_a_decided_suggestion_is_not_reopened_by_its_id(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.remove("s1")

    desk.insert("assoc", 4, "long ", **ins("s1"))

    assert only_id(desk) != "s1"


def test_a_closed_article_is_put_back_and_the_sender_told_why(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.close()
    before = desk.runs()

    inserted = desk.insert("assoc", 6, "XX", **ins("s1"))
    deleted = desk.delete("assoc", 0, 20)
    formatted = desk.format("assoc", 0, 20, bold=True, ins=None)

    assert desk.runs() == before
    assert desk.text("assoc").to_py() == "The long workday is seven hours.\n"
    for admitted in (inserted, deleted, formatted):
        (notice,) = admitted.notices
        assert (notice.code, notice.fields) == ("article_closed", {"article_id": "a"})


def test_a_readers_frame_is_dropped_with_a_notice(desk: Desk) -> None:
    desk.join("watcher", DISTRICT, 400, may_write=False)

    admitted = desk.insert("watcher", 4, "XX")

    assert admitted.update is None
    assert [notice.code for notice in admitted.notices] == ["read_only"]
    assert desk.runs() == [(AGREED, {})]


def test_a_readers_deletion_is_dropped_with_a_notice(desk: Desk) -> None:
    desk.join("watcher", DISTRICT, 400, may_write=False)

    admitted = desk.delete("watcher", 0, 3)

    assert admitted.update is None
    assert [notice.code for notice in admitted.notices] == ["read_only"]


def test_a_readers_empty_answer_is_no_offence(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.delete("assoc", 4, 6)
    watcher = desk.join("watcher", DISTRICT, 400, may_write=False)

    admitted = desk.admit("watcher", watcher.replica.doc.get_update(desk.document.state_vector()), b"\x00\x00")

    assert admitted.update is None
    assert admitted.notices == []


def test_a_clean_up_of_format_items_is_admitted_from_members_and_dropped_silently_from_readers(desk: Desk) -> None:
    """A passive Yjs client now and then deletes redundant format items; nobody sees any of it."""
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.join("watcher", DISTRICT, 400, may_write=False)
    redundant = b"\x00\x01\x64\x01\x00\x01"  # Client 100's first item is the format that opens its insertion.

    dropped = desk.admit("watcher", redundant)

    assert (dropped.update, dropped.notices) == (None, [])


@pytest.mark.parametrize(("stage", "code"), [("preparing", "wrong_stage"), ("signed", "agreement_signed")])
def test_a_text_that_takes_no_changes_takes_none_from_anybody(desk: Desk, stage: str, code: str) -> None:
    desk.document.register.writable = False
    desk.document.register.stage = stage

    admitted = desk.insert("assoc", 4, "XX", **ins("s1"))

    assert admitted.update is None
    assert [notice.code for notice in admitted.notices] == [code]


def test_a_frame_that_was_admitted_before_changes_nothing(desk: Desk) -> None:
    desk.text("assoc").insert(4, "long ", ins("s1"))
    (frame,) = desk.clients["assoc"].outbox
    desk.send("assoc")

    admitted = desk.admit("assoc", frame)

    assert admitted.update is None
    assert admitted.facts == []


def test_amending_and_deleting_a_proposal_overtakes_the_amendment(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.format("district", 4, 9, del__district={"id": "s2"})

    admitted = desk.delete("assoc", 4, 9)

    overtaken = {fact.suggestion: fact.overtaken for fact in admitted.facts if isinstance(fact, Vanished)}
    assert overtaken == {"s1": False, "s2": True}


def test_a_change_of_the_agreed_text_is_never_let_pass(desk: Desk) -> None:
    """The check that stands behind the table: were a verdict wrong, the frame would not be relayed."""
    text = desk.document.articles["a"]
    window = Window(text.slice(0, 3), 0, 3)
    text.apply([{"delete": 1}, {"insert": "X"}])

    with pytest.raises(Broken):
        check_window(text, window)


def test_several_articles_in_one_frame_are_judged_each(desk: Desk) -> None:
    client = desk.clients["assoc"]
    with client.replica.doc.transaction():
        desk.text("assoc").insert(0, "A")
        desk.text("assoc", "b").insert(0, "B")

    admitted = desk.send("assoc")

    assert {fact.article for fact in admitted.facts if isinstance(fact, Proposed)} == {"a", "b"}


def test_a_paragraph_is_split_by_one_suggested_mark() -> None:
    desk = Desk({"assoc": ASSOCIATION}, paragraph("One two", "heading", 2))

    desk.insert("assoc", 3, "\n", **ins("s1"))

    assert [one["style"] for one in desk.document.articles["a"].proposed()] == ["paragraph", "heading"]
    assert desk.document.content("s1").after == "One\n two"
