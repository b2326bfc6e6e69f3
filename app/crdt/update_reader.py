"""Reads the structure of a Yjs update (version 1 encoding) before pycrdt sees a byte of it.

Bounded and without recursion: a 53 kB update whose value is nested 26,000 levels deep overflows the native stack of
pycrdt 0.14.13 and kills the process. Content kinds that no article text holds are refused here, unread; format
values are bounded in length and brackets and must be JSON that every replica reads alike.
Raises `ProtocolViolation` for what cannot be read, `LimitExceeded` for what is too much.
"""

import json
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, NoReturn

from app.errors import LimitExceeded, ProtocolViolation

GC: Final = 0
DELETED: Final = 1
STRING: Final = 4
FORMAT: Final = 6
TYPE: Final = 7
SKIP: Final = 10

_HAS_ORIGIN, _HAS_RIGHT, _HAS_KEY = 0x80, 0x40, 0x20
_TEXT_TYPE: Final = 2
_CLOCK_END: Final = 1 << 31
_CLIENT_END: Final = 1 << 53
_MOST_BRACKETS: Final = 64
_KINDS: Final = {2: "JSON", 3: "binary data", 5: "an embed", 8: "loose values", 9: "a sub-document"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one frame may hold."""

    frame_bytes: int = 2 << 20
    structs: int = 20_000
    deletes: int = 500_000
    """A client that comes back tells all that was ever deleted; how much of it may be new, the intake knows."""
    key_bytes: int = 128
    value_bytes: int = 8192
    trusted: bool = False
    """Whether the values of formats were judged before."""


class Struct(NamedTuple):
    """One struct of an update. `length` counts clock ticks: UTF-16 units of a string."""

    client: int
    clock: int
    length: int
    kind: int
    origin: tuple[int, int] | None
    right: tuple[int, int] | None
    parent: str | tuple[int, int] | None
    key: str | None
    text: str


@dataclass(slots=True)
class Frame:
    """What an update holds: structs by client in the order of their clocks, and ranges that it deletes."""

    structs: dict[int, list[Struct]]
    deletes: list[tuple[int, int, int]]
    """(client, clock, length)"""

    @property
    def is_empty(self) -> bool:
        return not self.structs and not self.deletes


FRAME_LIMITS: Final = Limits()
OWN_LIMITS: Final = Limits(frame_bytes=1 << 40, structs=1 << 40, deletes=1 << 40, value_bytes=1 << 30, trusted=True)
"""For what we wrote ourselves and for what was admitted once."""


def read(update: bytes, limits: Limits = FRAME_LIMITS) -> Frame:
    """Read a whole update, to its last byte."""
    if len(update) > limits.frame_bytes:
        raise LimitExceeded("The frame is larger than this service takes.")
    source = _Source(update, limits)
    try:
        frame = Frame(_read_structs(source), _read_deletes(source))
    except (IndexError, UnicodeDecodeError):
        _undecodable()
    if source.at != len(update):
        _undecodable()
    return frame


def utf16_length(text: str) -> int:
    """Count UTF-16 units, as Yjs clocks do."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _undecodable() -> NoReturn:
    raise ProtocolViolation("The update cannot be decoded.") from None


class _Source:
    """The bytes and how far they are read. Reading past the end is an IndexError."""

    __slots__ = ("at", "data", "limits")

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self.at = 0
        self.limits = limits

    def number(self) -> int:
        data, at = self.data, self.at
        byte = data[at]
        at += 1
        number = byte & 0x7F
        shift = 7
        while byte > 0x7F:  # noqa: PLR2004 - the high bit says that more follows.
            if shift > 56:  # noqa: PLR2004 - nothing that a client counts takes more bits.
                _undecodable()
            byte = data[at]
            at += 1
            number |= (byte & 0x7F) << shift
            shift += 7
        self.at = at
        return number

    def byte(self) -> int:
        value = self.data[self.at]
        self.at += 1
        return value

    def string(self, most: int = 1 << 40) -> str:
        length = self.number()
        start = self.at
        if length > most:
            raise LimitExceeded("The frame holds a name or a value that is too long.")
        if start + length > len(self.data):
            _undecodable()
        self.at = start + length
        return self.data[start : self.at].decode()

    def id(self) -> tuple[int, int]:
        client, clock = self.number(), self.number()
        if client >= _CLIENT_END or clock >= _CLOCK_END:
            _undecodable()
        return client, clock

    def client(self) -> int:
        client = self.number()
        if client >= _CLIENT_END:
            _undecodable()
        return client

    def clock(self) -> int:
        clock = self.number()
        if clock >= _CLOCK_END:
            _undecodable()
        return clock


def _read_structs(source: _Source) -> dict[int, list[Struct]]:
    by_client: dict[int, list[Struct]] = {}
    total = 0
    for _ in range(source.number()):
        count = source.number()
        client, clock = source.id()
        total += count
        if total > source.limits.structs:
            raise LimitExceeded("The frame holds more changes than this service takes at once.")
        if client in by_client:
            # Yjs keeps the last of two blocks of one client, yrs joins them: their replicas would differ.
            _undecodable()
        structs = by_client[client] = []
        for _ in range(count):
            struct = _read_struct(source, client, clock)
            structs.append(struct)
            clock += struct.length
            if clock >= _CLOCK_END:
                _undecodable()
    return {client: structs for client, structs in by_client.items() if structs}


def _read_struct(source: _Source, client: int, clock: int) -> Struct:
    info = source.byte()
    kind = info & 0x1F
    if kind in (GC, SKIP):
        return Struct(client, clock, _positive(source.clock()), kind, None, None, None, None, "")
    origin = source.id() if info & _HAS_ORIGIN else None
    right = source.id() if info & _HAS_RIGHT else None
    parent: str | tuple[int, int] | None = None
    key: str | None = None
    if origin is None and right is None:
        named = source.number()
        if named > 1:
            _undecodable()
        parent = source.string(source.limits.key_bytes) if named else source.id()
        if info & _HAS_KEY:
            key = source.string(source.limits.key_bytes)
    length, text = _read_content(source, kind)
    return Struct(client, clock, length, kind, origin, right, parent, key, text)


def _read_content(source: _Source, kind: int) -> tuple[int, str]:
    """Read a content; returns its length in clock ticks and its text, or the key of a format."""
    if kind == STRING:
        text = source.string()
        return _positive(utf16_length(text)), text
    if kind == FORMAT:
        name = source.string(source.limits.key_bytes)
        value = source.string(source.limits.value_bytes)
        if not source.limits.trusted:
            _check_value(value)
        return 1, name
    if kind == DELETED:
        return _positive(source.clock()), ""
    if kind == TYPE:
        if source.number() != _TEXT_TYPE:
            raise ProtocolViolation("The update holds a type other than text.", content="type")
        return 1, ""
    raise ProtocolViolation(f"The update holds {_KINDS.get(kind, 'an unknown content')}, which no article takes.")


def _positive(length: int) -> int:
    if length == 0:
        _undecodable()
    return length


def _check_value(value: str) -> None:
    """Refuse a format value that is deep, no JSON, or JSON that replicas might read differently."""
    if value in ("null", "true"):
        return
    if value.count("{") + value.count("[") > _MOST_BRACKETS:
        raise LimitExceeded("The frame holds a value that is nested too deeply.")
    try:
        read_value = json.loads(value, parse_constant=_no_constant, parse_float=_finite)
        json.dumps(read_value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        _undecodable()


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(number: str) -> Any:
    value = float(number)
    if value in (float("inf"), float("-inf")):
        raise ValueError(number)
    return value


def _read_deletes(source: _Source) -> list[tuple[int, int, int]]:
    deletes: list[tuple[int, int, int]] = []
    for _ in range(source.number()):
        client = source.client()
        count = source.number()
        if len(deletes) + count > source.limits.deletes:
            raise LimitExceeded("The frame deletes more places than this service takes at once.")
        for _ in range(count):
            clock, length = source.clock(), _positive(source.clock())
            deletes.append((client, clock, length))
    return deletes
