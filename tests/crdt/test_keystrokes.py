"""Typing on takes the short way, and comes out as the long way would have it."""

import random

import pytest

from app.crdt.keystrokes import admit_typing
from app.crdt.pieces import runs_of
from app.crdt.update_reader import read
from app.crdt.writer import Writer
from app.domain.events import Revised
from tests.harness.builders import whole
from tests.harness.desk import Desk, ins


def typed(desk: Desk, name: str, at: int, text: str) -> list[bytes]:
    """The frames of someone who types on, one a character."""
    for place, character in enumerate(text, at):
        desk.text(name).insert(place, character)
    return desk.clients[name].unsent(len(text))


def short_way(desk: Desk, name: str, *frames: bytes) -> bool:
    """Whether frames take the short way; they are admitted if they do."""
    client = desk.clients[name]
    return admit_typing(desk.document, frames, Writer(client.member, client.party)) is not None


def mirrored(desk: Desk) -> list:
    return whole((text, marks.attributes) for text, marks in runs_of(desk.document.articles["a"].pieces()))


def test_typing_on_takes_the_short_way_alone_and_in_batches(desk: Desk) -> None:
    desk.insert("assoc", 4, "l", **ins("s1"))
    frames = typed(desk, "assoc", 5, "ong and weary ")

    assert short_way(desk, "assoc", frames[0])
    assert short_way(desk, "assoc", *frames[1:9])
    assert short_way(desk, "assoc", *frames[9:])

    assert desk.runs()[1] == ("long and weary ", ins("s1"))
    assert mirrored(desk) == desk.runs()
    learnt = {client: strand.end for client, strand in desk.document.items.strands.items()}
    stored = {
        client: blocks[-1].clock + blocks[-1].length for client, blocks in read(desk.document.state()).structs.items()
    }
    assert learnt == stored


def test_typing_on_tells_that_the_suggestion_was_revised(desk: Desk) -> None:
    desk.insert("assoc", 4, "l", **ins("s1"))

    admitted = desk.admit("assoc", *typed(desk, "assoc", 5, "ong"))

    assert admitted.facts == [Revised("s1")]
    assert admitted.corrections is None


def test_two_who_type_in_one_article_both_keep_the_short_way(desk: Desk) -> None:
    desk.insert("assoc", 4, "l", **ins("s1"))
    desk.insert("district", 20, "m", **ins("s2", "district"))

    for place, character in enumerate("ong "):
        assert short_way(desk, "assoc", *typed(desk, "assoc", 5 + place, character))
        assert short_way(desk, "district", *typed(desk, "district", 21 + place, character))

    assert mirrored(desk) == desk.runs()
    assert {text for text, marks in desk.runs() if marks} == {"long ", "mong "}


@pytest.mark.parametrize(
    "between", ["enacted", "removed", "struck", "closed", "typed over", "placed beside", "restarted"]
)
def test_the_short_way_is_left_at_the_first_doubt(desk: Desk, between: str) -> None:
    desk.insert("assoc", 4, "l", **ins("s1"))
    (frame,) = typed(desk, "assoc", 5, "o")

    if between == "enacted":
        desk.enact("s1")
    elif between == "removed":
        desk.remove("s1")
    elif between == "struck":
        desk.format("district", 4, 5, del__district={"id": "s2"})
    elif between == "closed":
        desk.close()
    elif between == "typed over":
        desk.insert("district", 5, "X", **ins("s2", "district"))
    elif between == "placed beside":
        desk.text("district").insert(5, "X", {})
        desk.send("district")
    else:
        desk.document.articles["a"].cursors.clear()

    assert not short_way(desk, "assoc", frame)
    desk.admit("assoc", frame)
    assert mirrored(desk) == desk.runs()


@pytest.mark.parametrize("text", ["\n", "\x07", "😀", "\u200b"])
def test_what_needs_a_second_look_takes_the_long_way(desk: Desk, text: str) -> None:
    desk.insert("assoc", 4, "l", **ins("s1"))

    assert not short_way(desk, "assoc", *typed(desk, "assoc", 5, text))


def test_any_interleaving_of_typists_is_mirrored() -> None:
    for seed in range(30):
        rng = random.Random(seed)
        desk = Desk({"assoc": "assoc", "district": "district", "third": "assoc"})
        carets = {"assoc": 4, "district": 8, "third": 8}
        for name, at in carets.items():
            desk.insert(name, at, name[0], **ins(f"by-{name}", desk.clients[name].party))
        for _ in range(40):
            name = rng.choice(list(carets))
            text = desk.text(name).to_py()
            place = text.index(name[0]) + 1 if rng.random() < 0.8 else rng.randrange(len(text) + 1)
            for frame in typed(desk, name, place, rng.choice(["q", "w", "zz"])):
                desk.admit(name, frame)

        assert mirrored(desk) == desk.runs()
        assert desk.text("assoc").to_py() == desk.text("third").to_py()
