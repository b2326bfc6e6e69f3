"""What is refused for its structure: nothing of such a frame is applied."""

from collections.abc import Callable

import pycrdt
import pytest

from app.crdt.admission import Writer, admit
from app.crdt.intake import SERVER_CLIENTS
from app.crdt.items import Items
from app.crdt.limits import LONGEST_TEXT
from app.crdt.protocol import var_uint
from app.crdt.sequence import Sequence
from app.crdt.update_reader import FORMAT, STRING, read
from app.domain.ids import ArticleId, MemberId
from app.errors import LimitExceeded, ProtocolViolation
from tests.crdt.test_update_reader import after, string, update
from tests.harness.builders import ASSOCIATION, paragraph
from tests.harness.desk import Desk, ins

OWN = 900


def refuse(desk: Desk, frame: bytes, match: str) -> None:
    before, clocks = desk.runs(), {client: strand.end for client, strand in desk.document.items.strands.items()}
    state = desk.document.state_vector()

    with pytest.raises((ProtocolViolation, LimitExceeded), match=match):
        admit(desk.document, [frame], Writer(MemberId("m"), "assoc"))

    assert desk.runs() == before
    assert desk.document.state_vector() == state
    assert {client: strand.end for client, strand in desk.document.items.strands.items()} == clocks


def first_character(desk: Desk) -> tuple[int, int]:
    """The id of the article's first character: the one after its `Y.Text`."""
    ((client, clock),) = [place for place, article in desk.document.items.texts.items() if article == "a"]
    return client, clock + 1


def text_id(desk: Desk, article: str) -> tuple[int, int]:
    return next(place for place, named in desk.document.items.texts.items() if named == article)


def root_item(parent: bytes, content: bytes, kind: int = STRING, *, key: bytes = b"") -> bytes:
    return bytes((kind | (0x20 if key else 0),)) + parent + key + content


FRAMES: dict[str, tuple[Callable[[Desk], bytes], str]] = {
    "a gap in one's own clock": (
        lambda desk: update(after(first_character(desk), STRING, string("x")), client=OWN, clock=5),
        "does not follow",
    ),
    "a neighbour that is not here": (
        lambda _: update(after((OWN + 1, 3), STRING, string("x")), client=OWN),
        "does not follow",
    ),
    "a deletion of what is not here": (
        lambda _: b"\x00\x01" + var_uint(OWN) + b"\x01\x00\x05",
        "deletes what is not here",
    ),
    "a new root type": (
        lambda _: update(root_item(b"\x01" + string("elsewhere"), string("x")), client=OWN),
        "outside the texts",
    ),
    "a new article": (
        lambda _: update(root_item(b"\x01" + string("articles"), b"\x02", 7, key=string("c")), client=OWN),
        "no article takes",
    ),
    "text instead of an article": (
        lambda _: update(root_item(b"\x01" + string("articles"), string("x"), key=string("a")), client=OWN),
        "outside the texts",
    ),
    "an item beside an article itself": (
        lambda desk: update(after(text_id(desk, "a"), STRING, string("x")), client=OWN),
        "outside the texts",
    ),
    "a parent that is no text": (
        lambda desk: update(
            root_item(b"\x00" + b"".join(map(var_uint, first_character(desk))), string("x")), client=OWN
        ),
        "outside the texts",
    ),
    "a key inside a text": (
        lambda desk: update(
            root_item(b"\x00" + b"".join(map(var_uint, text_id(desk, "a"))), string("x"), key=string("k")), client=OWN
        ),
        "outside the texts",
    ),
    "a deleted article": (
        lambda desk: (
            b"\x00\x01" + var_uint(text_id(desk, "a")[0]) + b"\x01" + var_uint(text_id(desk, "a")[1]) + b"\x01"
        ),
        "deletes an article",
    ),
    "garbage instead of items": (
        lambda _: update(b"\x00\x05", client=OWN),
        "no article takes",
    ),
    "a nested text": (
        lambda desk: update(after(first_character(desk), 7, b"\x02"), client=OWN),
        "no article takes",
    ),
    "the service's own client id": (
        lambda desk: update(after(first_character(desk), STRING, string("x")), client=SERVER_CLIENTS.start + 99),
        "client id",
    ),
    "items that wait for each other": (
        lambda _: (
            b"\x02\x01"
            + var_uint(OWN)
            + b"\x00"
            + after((OWN + 1, 0), STRING, string("x"))
            + b"\x01"
            + var_uint(OWN + 1)
            + b"\x00"
            + after((OWN, 0), STRING, string("x"))
            + b"\x00"
        ),
        "refers to what it does not hold",
    ),
}


@pytest.mark.parametrize("named", FRAMES)
def test_a_frame_that_no_honest_client_sends_is_refused_whole(desk: Desk, named: str) -> None:
    make, match = FRAMES[named]

    refuse(desk, make(desk), match)


def test_a_client_id_of_another_member_is_refused(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    client = desk.clients["assoc"].replica.doc.client_id
    clock = desk.document.items.clock(client)

    refuse(desk, update(after((client, clock - 1), STRING, string("x")), client=client, clock=clock), "another member")


def test_a_client_id_that_others_used_before_the_restart_is_refused(desk: Desk) -> None:
    desk.insert("assoc", 4, "long ", **ins("s1"))
    desk.document.writers.clear()
    client = desk.clients["assoc"].replica.doc.client_id
    clock = desk.document.items.clock(client)

    refuse(
        desk, update(after((client, clock - 1), STRING, string("x")), client=client, clock=clock), "not the sender's"
    )


def test_neighbours_in_two_articles_are_refused(desk: Desk) -> None:
    left, right = first_character(desk), (text_id(desk, "b")[0], text_id(desk, "b")[1] + 1)
    struct = bytes((0xC0 | STRING,)) + b"".join(map(var_uint, (*left, *right))) + string("x")

    refuse(desk, update(struct, client=OWN), "outside the texts")


def test_neighbours_the_wrong_way_round_are_refused(desk: Desk) -> None:
    client, clock = first_character(desk)
    struct = bytes((0xC0 | STRING,)) + b"".join(map(var_uint, (client, clock + 3, client, clock + 2))) + string("x")

    refuse(desk, update(struct, client=OWN), "wrong way round")


def between(left: tuple[int, int], right: tuple[int, int], text: str = "x") -> bytes:
    return bytes((0xC0 | STRING,)) + b"".join(map(var_uint, (*left, *right))) + string(text)


def test_neighbours_that_never_stood_side_by_side_are_refused(desk: Desk) -> None:
    """Replicas would place such an item by the order in which they hear of it and its like, and differ for ever."""
    client, clock = first_character(desk)

    refuse(desk, update(between((client, clock), (client, clock + 4)), client=OWN), "side by side")


def test_neighbours_that_the_writer_has_put_something_between_are_refused(desk: Desk) -> None:
    client, clock = first_character(desk)
    place = (client, clock), (client, clock + 1)
    admit(desk.document, [update(between(*place), client=OWN)], Writer(MemberId("m"), "assoc"))

    refuse(desk, update(between(*place), client=OWN, clock=1), "side by side")


def test_neighbours_that_others_have_written_between_meanwhile_are_admitted(desk: Desk) -> None:
    desk.text("district").insert(1, "!", ins("s2", "district"))
    desk.insert("assoc", 1, "xyz", **ins("s1"))

    desk.send("district")

    assert {text for text, marks in desk.runs() if marks} == {"xyz", "!"}


def test_a_refused_frame_leaves_no_trace_in_the_order_of_items(desk: Desk) -> None:
    client, clock = first_character(desk)
    first, then = between((client, clock), (client, clock + 1)), after((OWN + 1, 0), STRING, string("y"))
    head = b"\x01\x02" + var_uint(OWN) + b"\x00"
    refuse(desk, head + first + then + b"\x00", "does not follow")
    elsewhere = between((client, clock + 4), (client, clock + 5))
    admit(desk.document, [update(elsewhere, client=OWN)], Writer(MemberId("m"), "assoc"))

    assert desk.document.items.precedes((client, clock + 2), (OWN, 0))


def every_second(client: int, start: int, count: int) -> bytes:
    ranges = b"".join(var_uint(start + 2 * index) + b"\x01" for index in range(count))
    return b"\x00\x01" + var_uint(client) + var_uint(count) + ranges


def test_whoever_comes_back_may_tell_all_that_was_ever_deleted(desk: Desk) -> None:
    """A Yjs client answers step 1 with its whole delete set: a long history must not lock everybody out."""
    client, clock = first_character(desk)
    typed = update(between((client, clock), (client, clock + 1), "ab" * 24_000))
    for frame in (typed, every_second(5, 0, 8_000), every_second(5, 16_000, 8_000), every_second(5, 32_000, 8_000)):
        admit(desk.document, [frame], Writer(MemberId("m"), "assoc"))
    returning = pycrdt.Doc()
    returning.apply_update(desk.document.state())

    admitted = admit(
        desk.document, [returning.get_update(desk.document.state_vector())], Writer(MemberId("d"), "district")
    )

    assert admitted.update is None
    assert admitted.notices == []


def test_a_text_does_not_grow_without_end() -> None:
    """Whoever may write could otherwise fill the service's memory, and make every reading take minutes."""
    desk = Desk({"assoc": ASSOCIATION}, paragraph("x" * (LONGEST_TEXT - 100)))
    client, clock = first_character(desk)
    writer = Writer(MemberId("m"), "assoc")
    admit(desk.document, [update(between((client, clock), (client, clock + 1), "y" * 50))], writer)

    with pytest.raises(LimitExceeded, match="as long as"):
        admit(desk.document, [update(after((5, 49), STRING, string("y" * 99)), clock=50)], writer)


def test_too_many_new_deletions_at_once_are_refused(desk: Desk) -> None:
    """Each costs everyone a search for its place; a small frame could hold up a room for seconds."""
    client, clock = first_character(desk)
    frame = update(between((client, clock), (client, clock + 1), "ab" * 12_000))
    admit(desk.document, [frame], Writer(MemberId("m"), "assoc"))

    refuse(desk, every_second(5, 0, 11_000), "deletes more places")


@pytest.mark.parametrize("where", ["after", "before", "deleting the first half", "deleting the second half"])
def test_nothing_is_put_inside_a_surrogate_pair(desk: Desk, where: str) -> None:
    """Yjs and yrs both destroy a character that is parted; nobody would see it as a change."""
    desk.insert("assoc", 4, "😀", **ins("s1"))
    strand = desk.document.items.strands[100]
    (high,) = strand.high_halves
    place = b"".join(map(var_uint, (100, high)))
    low = b"".join(map(var_uint, (100, high + 1)))
    frame = {
        "after": update(bytes((0x80 | STRING,)) + place + string("x"), client=OWN),
        "before": update(bytes((0x40 | STRING,)) + low + string("x"), client=OWN),
        "deleting the first half": b"\x00\x01" + var_uint(100) + b"\x01" + var_uint(high) + b"\x01",
        "deleting the second half": b"\x00\x01" + var_uint(100) + b"\x01" + var_uint(high + 1) + b"\x01",
    }[where]

    refuse(desk, frame, "character")


def test_a_good_frame_before_a_bad_one_is_not_applied_either(desk: Desk) -> None:
    good = update(after(first_character(desk), STRING, string("x")), client=OWN)
    bad = update(after((OWN, 0), FORMAT, string("bold") + string("true")), client=OWN, clock=7)
    before, state = desk.runs(), desk.document.state_vector()

    with pytest.raises(ProtocolViolation):
        admit(desk.document, [good, bad], Writer(MemberId("m"), "assoc"))

    assert (desk.runs(), desk.document.state_vector()) == (before, state)
    assert desk.document.items.clock(OWN) == 0


def test_a_frame_that_repeats_and_goes_on_is_admitted(desk: Desk) -> None:
    text = desk.text("assoc")
    text.insert(4, "lo", ins("s1"))
    desk.send("assoc")
    text.insert(6, "ng ", None)
    whole = desk.clients["assoc"].replica.doc.get_update()
    desk.clients["assoc"].outbox.clear()

    desk.admit("assoc", whole)

    assert desk.runs()[1] == ("long ", ins("s1"))


def test_the_order_of_items_is_that_of_the_text() -> None:
    """The order that the sequence tells, of visible characters, spells what pycrdt spells."""
    documents = [pycrdt.Doc(client_id=number) for number in (3, 1, 2)]
    documents[0].get("articles", type=pycrdt.Map)["a"] = pycrdt.Text()
    for document in documents[1:]:
        document.apply_update(documents[0].get_update())
    for turn in range(60):
        document = documents[turn % 3]
        text = document.get("articles", type=pycrdt.Map)["a"]
        place = turn * 7 % (len(text) + 1)
        text.insert(place, "abc"[turn % 3] * (turn % 4 + 1), {"bold": True} if turn % 5 == 0 else None)
        if turn % 3 == 1 and len(text) > 4:
            del text[place // 2 : place // 2 + 2]
        if turn % 8 == 0:
            other = documents[(turn + 1) % 3]
            other.apply_update(document.get_update())

    merged = pycrdt.Doc()
    for document in documents:
        merged.apply_update(document.get_update())
    state = merged.get_update()
    items = Items()
    frame = read(state)
    items.learn(frame)
    sequence = Sequence(ArticleId("a"))
    characters = [
        ((struct.client, struct.clock + index), character)
        for structs in frame.structs.values()
        for struct in structs
        if struct.kind == STRING
        for index, character in enumerate(struct.text)
    ]
    sequence.precedes(characters[0][0], characters[1][0], items.strands)
    ordered = sorted(characters, key=lambda entry: (sequence._node(entry[0]).label, entry[0][1]))

    assert "".join(character for _, character in ordered) == str(merged.get("articles", type=pycrdt.Map)["a"])
