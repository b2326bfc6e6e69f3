"""The reader of updates: what it tells, and what it refuses before pycrdt sees it."""

import json
import time

import pycrdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crdt.protocol import var_uint
from app.crdt.update_reader import DELETED, FORMAT, STRING, TYPE, Limits, read
from app.errors import DraftingError, LimitExceeded, ProtocolViolation


def string(text: str) -> bytes:
    encoded = text.encode()
    return var_uint(len(encoded)) + encoded


def update(*structs: bytes, client: int = 5, clock: int = 0, deletes: bytes = b"\x00") -> bytes:
    return b"\x01" + var_uint(len(structs)) + var_uint(client) + var_uint(clock) + b"".join(structs) + deletes


def after(origin: tuple[int, int], kind: int, content: bytes) -> bytes:
    return bytes((0x80 | kind,)) + var_uint(origin[0]) + var_uint(origin[1]) + content


def made_by_pycrdt() -> tuple[bytes, pycrdt.Doc]:
    doc = pycrdt.Doc(client_id=7)
    root = doc.get("articles", type=pycrdt.Map)
    root["a"] = text = pycrdt.Text()
    text.insert(0, "Äh 😀 plain")
    text.format(0, 2, {"bold": True})
    del text[8:10]
    return doc.get_update(), doc


def test_everything_that_pycrdt_writes_is_read() -> None:
    content, doc = made_by_pycrdt()

    frame = read(content)

    kinds = {struct.kind for struct in frame.structs[7]}
    assert {TYPE, STRING, FORMAT, DELETED} >= kinds >= {TYPE, STRING, FORMAT}
    last = frame.structs[7][-1]
    assert doc.get_state() == b"\x01\x07" + var_uint(last.clock + last.length)
    assert [length for _, _, length in frame.deletes] == [2]


def test_lengths_count_utf16_units() -> None:
    frame = read(update(after((1, 0), STRING, string("a😀b"))))

    assert frame.structs[5][0].length == 4


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\x00\x00\x00",
        b"\x01",
        update(after((1, 0), STRING, string("abc")))[:-2],
        update(after((1, 0), STRING, string(""))),
        update(after((1, 0), STRING, b"\x02\xff\xfe")),
        update(after((1, 0), STRING, b"\x03\xed\xa0\xbd")),
        update(after((1, 0), DELETED, b"\x00")),
        update(after((1, 0), FORMAT, string("bold") + string("{"))),
        update(after((1, 0), FORMAT, string("bold") + string("NaN"))),
        update(after((1, 0), FORMAT, string("bold") + string("1e999"))),
        update(after((1, 0), FORMAT, string("bold") + string('"\\ud800"'))),
        update(after((1, 0), STRING, string("a")), clock=(1 << 31) - 1),
        b"\x02" + update(after((1, 0), STRING, string("a")))[1:-1] + update(after((1, 0), STRING, string("a")))[1:],
        b"\xff" * 12,
    ],
)
def test_what_no_client_writes_is_refused(content: bytes) -> None:
    with pytest.raises(ProtocolViolation):
        read(content)


@pytest.mark.parametrize("kind", [2, 3, 5, 8, 9, 11, 31])
def test_content_that_no_article_holds_is_refused_unread(kind: int) -> None:
    with pytest.raises(ProtocolViolation):
        read(update(after((1, 0), kind, b"\x01" + b"\x75" * 40)))


def test_a_bomb_of_nested_values_is_refused_before_it_is_parsed() -> None:
    """Such a value, nested 26,000 levels deep, overflows pycrdt's native stack and kills the process."""
    nested = '{"a":' * 26_000 + "1" + "}" * 26_000
    in_format = update(after((1, 0), FORMAT, string("bold") + string(nested)))
    in_any = update(after((1, 0), 8, b"\x01" + b"\x75\x01" * 26_000 + b"\x7e"))
    in_embed = update(after((1, 0), 5, string(nested)))

    for bomb in (in_format, in_any, in_embed):
        with pytest.raises((ProtocolViolation, LimitExceeded)):
            read(bomb)


def test_brackets_are_counted_and_not_followed() -> None:
    value = json.dumps({"set": {str(n): [] for n in range(80)}})

    with pytest.raises(LimitExceeded):
        read(update(after((1, 0), FORMAT, string("fmt:assoc") + string(value))))


def test_an_oversized_frame_is_refused_by_its_size_alone() -> None:
    with pytest.raises(LimitExceeded):
        read(bytes(101), Limits(frame_bytes=100))


def test_a_count_that_the_bytes_do_not_bear_out_costs_nothing() -> None:
    claimed = b"\x01" + var_uint(1 << 40) + b"\x05\x00"

    started = time.process_time()
    with pytest.raises(LimitExceeded):
        read(claimed)

    assert time.process_time() - started < 0.1


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        read(content)
    except DraftingError:
        return


@settings(max_examples=300, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_what_is_read_pycrdt_can_apply(changes: list[tuple[int, int]]) -> None:
    """A frame that passes the reader never makes pycrdt raise: it would leave half of it applied."""
    content = bytearray(made_by_pycrdt()[0])
    for place, byte in changes:
        content[place % len(content)] = byte
    try:
        read(bytes(content))
    except DraftingError:
        return

    pycrdt.Doc().apply_update(bytes(content))
