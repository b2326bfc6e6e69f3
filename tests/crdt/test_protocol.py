"""What a client may send is decoded to its last byte; what it may not is refused with a name."""

import json

import pytest
from pycrdt import Doc, Text
from websockets.frames import BINARY, Frame

from app.crdt import protocol
from app.crdt.protocol import Kind, Message
from app.errors import ProtocolViolation


def test_the_messages_of_a_yjs_client_are_decoded():
    assert protocol.decode(b"\x00\x00\x01\x00") == (Kind.STEP_1, b"\x00")
    assert protocol.decode(b"\x00\x01\x02\x00\x00") == (Kind.STEP_2, protocol.EMPTY_UPDATE)
    assert protocol.decode(b"\x00\x02\x03abc") == (Kind.UPDATE, b"abc")
    assert protocol.decode(b"\x01\x02ab") == (Kind.PRESENCE, b"ab")
    assert protocol.decode(b"\x03") == (Kind.PRESENCE_QUERY, b"")


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x00",
        b"\x00\x03\x00",
        b"\x00\x02",
        b"\x00\x02\x05abc",
        b"\x00\x02\x02abc",
        b"\x00\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x02\x00",
        b"\x03\x00",
        b"\x04",
        b"\x64\x00",
        b"\xff\xff",
    ],
)
def test_anything_else_is_a_violation(frame):
    with pytest.raises(ProtocolViolation):
        protocol.decode(frame)


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 2**32, 2**53 - 1])
def test_numbers_are_read_as_they_were_written(number):
    encoded = protocol.var_uint(number)

    assert protocol.read_var_uint(b"x" + encoded, 1) == (number, 1 + len(encoded))


def test_a_state_vector_is_read_as_yjs_writes_it():
    document = Doc(client_id=77)
    document["text"] = text = Text()
    text += "hello"

    clocks = protocol.read_state_vector(document.get_state())

    assert clocks == {77: 5}
    assert protocol.state_vector(clocks.items()) == document.get_state()


@pytest.mark.parametrize("content", [b"", b"\x01", b"\x01\x05", b"\x00\x00", b"\xff\xff\xff\xff\x0f"])
def test_a_broken_state_vector_is_a_violation(content):
    with pytest.raises(ProtocolViolation):
        protocol.read_state_vector(content)


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536, 70_000])
def test_a_message_is_framed_as_the_websocket_library_would(length):
    payload = b"x" * length

    assert Message(payload).wire == Frame(BINARY, payload).serialize(mask=False)


def test_a_notice_says_why_in_words():
    message = protocol.notice("article_closed", "Geschlossen, „zu“.", {"article_id": "art_1"})

    kind, content = message.payload[0], protocol.read_var_uint(message.payload, 1)

    assert kind == 100
    assert json.loads(message.payload[content[1] :]) == {
        "code": "article_closed",
        "detail": "Geschlossen, „zu“.",
        "article_id": "art_1",
    }
