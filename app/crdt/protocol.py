"""The messages of a socket: the Yjs sync and awareness protocols, and two of ours.

One binary frame holds exactly one message. Whatever does not decode, to its last byte, is a
`ProtocolViolation` of the peer that sent it.
"""

import json
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any

from app.errors import ProtocolViolation

EMPTY_UPDATE = b"\x00\x00"
"""A Yjs update without content: what an unmodified client answers when it has nothing that we lack."""

_LONGEST_VAR_UINT = 10
_SMALL, _MEDIUM = 126, 1 << 16


class Kind(IntEnum):
    """What a client may send."""

    STEP_1 = 0
    STEP_2 = 1
    UPDATE = 2
    PRESENCE = 3
    PRESENCE_QUERY = 4


_SYNC_KINDS = {0: Kind.STEP_1, 1: Kind.STEP_2, 2: Kind.UPDATE}
_SYNC, _AWARENESS, _QUERY, _NOTICE, _SAVED = 0, 1, 3, 100, 101


class Message:
    """A message to peers, with the websocket frame that carries it: built once, however many receive it."""

    __slots__ = ("payload", "wire")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self.wire = websocket_frame(payload)


def decode(message: bytes) -> tuple[Kind, bytes]:
    """Read one message of a client; returns its kind and its content (empty for a query)."""
    if not message:
        raise ProtocolViolation("The frame is empty.")
    first = message[0]
    if first == _SYNC:
        kind = _SYNC_KINDS.get(message[1]) if len(message) > 1 else None
        if kind is None:
            raise ProtocolViolation("The frame is not a step of the sync protocol.")
        return kind, _only_buffer(message, 2)
    if first == _AWARENESS:
        return Kind.PRESENCE, _only_buffer(message, 1)
    if first == _QUERY and len(message) == 1:
        return Kind.PRESENCE_QUERY, b""
    raise ProtocolViolation("The frame is of no type that a client may send.")


def step_1(state_vector: bytes) -> Message:
    """Ask a client for what it has beyond `state_vector`."""
    return Message(b"\x00\x00" + var_buffer(state_vector))


def step_2(update: bytes) -> Message:
    """Answer a client's step 1 with what it lacks."""
    return Message(b"\x00\x01" + var_buffer(update))


def update(content: bytes) -> Message:
    """Relay an admitted update."""
    return Message(b"\x00\x02" + var_buffer(content))


def presence(content: bytes) -> Message:
    """Tell who is where: an awareness update in the y-protocols encoding."""
    return Message(b"\x01" + var_buffer(content))


def notice(code: str, detail: str, fields: Mapping[str, Any] | None = None) -> Message:
    """Say why something was corrected or refused; ours, and a client may ignore it."""
    text = json.dumps({"code": code, "detail": detail, **(fields or {})}, ensure_ascii=False)
    return Message(bytes((_NOTICE,)) + var_buffer(text.encode()))


def saved(clocks: Iterable[tuple[int, int]]) -> Message:
    """Say what is committed: a state vector of `(client id, next clock)`; ours, and a client may ignore it."""
    return Message(bytes((_SAVED,)) + var_buffer(state_vector(clocks)))


def state_vector(clocks: Iterable[tuple[int, int]]) -> bytes:
    """Encode a Yjs state vector."""
    entries = [var_uint(client) + var_uint(clock) for client, clock in clocks]
    return var_uint(len(entries)) + b"".join(entries)


def read_state_vector(content: bytes) -> dict[int, int]:
    """Read a Yjs state vector: client id → next clock. Raises `ProtocolViolation` for anything else."""
    count, offset = read_var_uint(content, 0)
    if count > len(content):
        raise ProtocolViolation("The state vector is cut short.")
    clocks: dict[int, int] = {}
    for _ in range(count):
        client, offset = read_var_uint(content, offset)
        clocks[client], offset = read_var_uint(content, offset)
    if offset != len(content):
        raise ProtocolViolation("The state vector has bytes after its end.")
    return clocks


def var_uint(number: int) -> bytes:
    """Encode an unsigned integer as lib0 does: seven bits a byte, the lowest first."""
    if number < 0x80:  # noqa: PLR2004 - the seven bits of one byte.
        return bytes((number,))
    encoded = bytearray()
    while number > 0x7F:  # noqa: PLR2004
        encoded.append(0x80 | (number & 0x7F))
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def var_buffer(content: bytes) -> bytes:
    """Encode bytes with their length before them."""
    return var_uint(len(content)) + content


def read_var_uint(content: bytes, offset: int) -> tuple[int, int]:
    """Read an unsigned integer at `offset`; returns it and the offset after it."""
    number = 0
    for place in range(_LONGEST_VAR_UINT):
        if offset >= len(content):
            raise ProtocolViolation("The frame is cut short.")
        byte = content[offset]
        offset += 1
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:  # noqa: PLR2004
            return number, offset
    raise ProtocolViolation("The frame holds a number that no client writes.")


def websocket_frame(payload: bytes) -> bytes:
    """Wrap a whole message in one unmasked binary frame, as a server sends it (RFC 6455, section 5.2)."""
    length = len(payload)
    if length < _SMALL:
        return bytes((0x82, length)) + payload
    if length < _MEDIUM:
        return b"\x82\x7e" + length.to_bytes(2, "big") + payload
    return b"\x82\x7f" + length.to_bytes(8, "big") + payload


def _only_buffer(message: bytes, offset: int) -> bytes:
    """Read the var-buffer that makes up the rest of a message, nothing after it."""
    length, offset = read_var_uint(message, offset)
    if offset + length != len(message):
        raise ProtocolViolation("The frame is not as long as it says.")
    return message[offset:]
