"""Who is where in one document, stamped by the server.

A peer says where it is; who it is comes from its connection alone, and nobody speaks for another member.
Unmodified Yjs clients echo what they hear of others: an echo is ignored, news about somebody else is refused.

Clients count their own changes, and start again where they were when they reconnect; peers would take that for
old news. So the server counts for itself what it tells, and only listens to whether a client's count moved.
"""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app.crdt.ports import Peer
from app.crdt.protocol import read_var_uint, var_buffer, var_uint
from app.domain.ids import MemberId
from app.errors import LimitExceeded, ProtocolViolation

GONE = "null"
SILENT = var_uint(0)
"""An awareness update about nobody: it changes nothing, and tells a client that the connection lives."""

_MOST_IN_A_FRAME = 1_000
_MOST_OF_A_PEER = 16
_MOST_REMEMBERED = 10_000
_LARGEST_STATE_BYTES = 16_384
_OUTDATED_SECONDS = 45.0

Spoken = tuple[int, int, str]
"""Yjs client id, clock, state as JSON."""


@dataclass(slots=True)
class _Standing:
    """What is told of one client id. `peer` is None for one that left, or that another worker serves."""

    member: MemberId | None
    peer: Peer | None
    here: bool
    primary: bool
    heard: int
    told: int
    state: str
    at: float


class Presence:
    """The presence of one document's peers, here and on other workers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._standings: dict[int, _Standing] = {}
        self._primary: dict[Peer, int] = {}
        self._changed: set[int] = set()

    def hear(self, peer: Peer, content: bytes) -> None:
        """Take in what a peer says. Raises `ProtocolViolation` if it speaks for somebody else."""
        for client, clock, state in decode(content):
            primary = self._primary.setdefault(peer, client) == client
            if self._is_own(peer, client, clock, primary=primary):
                self._update_own(peer, client, clock, state, primary=primary)

    def leave(self, peer: Peer) -> None:
        """Clear what a connection said that has ended."""
        self._primary.pop(peer, None)
        for client, standing in self._standings.items():
            if standing.peer is peer:
                self._clear(client, standing)

    def hear_elsewhere(self, content: bytes) -> None:
        """Take in what another worker tells of its peers, stamped by it."""
        for client, clock, state in decode(content):
            standing = self._standings.get(client)
            if standing is not None and clock <= standing.told and not (clock == standing.told and state == GONE):
                continue
            member = _member(state) or (standing.member if standing else None)
            self._standings[client] = _Standing(member, None, False, False, clock, clock, state, self._clock())
            self._changed.add(client)

    def expire(self) -> None:
        """Clear whoever has not been heard of for as long as Yjs clients wait, and forget the longest gone."""
        outdated = self._clock() - _OUTDATED_SECONDS
        for client, standing in self._standings.items():
            if standing.state != GONE and standing.at < outdated:
                self._clear(client, standing)
        for client in list(self._standings)[: max(0, len(self._standings) - _MOST_REMEMBERED)]:
            if self._standings[client].state == GONE:
                del self._standings[client]

    def take_changes(self) -> tuple[bytes | None, bytes | None]:
        """Return what to tell peers, and the part of it that other workers do not know; and forget that it changed."""
        changed, self._changed = self._changed, set()
        standings = [(client, self._standings[client]) for client in changed if client in self._standings]
        ours = [(client, standing) for client, standing in standings if standing.here]
        return _encode(standings), _encode(ours)

    def everyone(self) -> bytes | None:
        """Return all who are here, for a peer that has just come."""
        return _encode((client, each) for client, each in self._standings.items() if each.state != GONE)

    def everyone_here(self) -> bytes | None:
        """Return all whom this worker serves, for a worker that has just opened the document."""
        return _encode((client, each) for client, each in self._standings.items() if each.peer is not None)

    def _is_own(self, peer: Peer, client: int, clock: int, *, primary: bool) -> bool:
        """Tell a peer's own news from an echo; raise for news about somebody else."""
        standing = self._standings.get(client)
        if standing is None or standing.peer is peer:
            return True
        same_member = standing.member == peer.member
        if primary and (same_member or not standing.primary):
            return True
        if clock <= standing.told or same_member:
            return False
        raise ProtocolViolation("The frame speaks for somebody else's presence.")

    def _update_own(self, peer: Peer, client: int, clock: int, state: str, *, primary: bool) -> None:
        standing = self._standings.get(client)
        if standing is not None and standing.peer is peer and clock < standing.heard + (state != GONE):
            return
        stamped = _stamp(state, peer)
        told = clock if standing is None else max(standing.told + 1, clock)
        if standing is None and sum(each.peer is peer for each in self._standings.values()) >= _MOST_OF_A_PEER:
            raise LimitExceeded("One connection speaks for too many clients.")
        self._standings[client] = _Standing(peer.member, peer, True, primary, clock, told, stamped, self._clock())
        self._changed.add(client)

    def _clear(self, client: int, standing: _Standing) -> None:
        standing.peer, standing.state, standing.told = None, GONE, standing.told + 1
        self._changed.add(client)


def decode(content: bytes) -> list[Spoken]:
    """Read an awareness update in the y-protocols encoding."""
    count, offset = read_var_uint(content, 0)
    if count > _MOST_IN_A_FRAME:
        raise LimitExceeded("The frame speaks of too many clients.")
    spoken: list[Spoken] = []
    for _ in range(count):
        client, offset = read_var_uint(content, offset)
        clock, offset = read_var_uint(content, offset)
        length, offset = read_var_uint(content, offset)
        if length > _LARGEST_STATE_BYTES:
            raise LimitExceeded("A presence state is too large.")
        end = offset + length
        if end > len(content):
            raise ProtocolViolation("The presence is cut short.")
        spoken.append((client, clock, _text(content[offset:end])))
        offset = end
    if offset != len(content):
        raise ProtocolViolation("The presence has bytes after its end.")
    return spoken


def _encode(standings: Iterable[tuple[int, _Standing]]) -> bytes | None:
    entries = [
        var_uint(client) + var_uint(standing.told) + var_buffer(standing.state.encode())
        for client, standing in standings
    ]
    return var_uint(len(entries)) + b"".join(entries) if entries else None


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise ProtocolViolation("The presence is not text.") from error


def _stamp(state: str, peer: Peer) -> str:
    """Write the connection's identity over whatever the client says about itself."""
    said = _json(state)
    if said is None:
        return GONE
    if not isinstance(said, dict):
        raise ProtocolViolation("A presence state has to be an object.")
    said["user"] = {"name": peer.name, "party": peer.party, "member": peer.member, "role": peer.role}
    try:
        # ASCII carries lone surrogates; no browser reads the infinities that Python would write.
        return json.dumps(said, separators=(",", ":"), allow_nan=False)
    except ValueError as error:
        raise ProtocolViolation("A presence state holds a number that is not JSON.") from error


def _member(state: str) -> MemberId | None:
    said = _json(state)
    return MemberId(said["user"]["member"]) if isinstance(said, dict) else None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolViolation("A presence state is not JSON.") from error
