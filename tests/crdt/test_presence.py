"""Who is where is the peer's to say; who it is, is the server's. Echoes are harmless, forgeries are refused."""

import json
from dataclasses import dataclass

import pytest

from app.crdt.presence import GONE, Presence, decode
from app.crdt.protocol import var_buffer, var_uint
from app.errors import LimitExceeded, ProtocolViolation


@dataclass(eq=False)
class Someone:
    member: str
    party: str
    name: str
    role: str = "drafter"


@pytest.fixture
def ursula() -> Someone:
    return Someone("mem_ursula", "union", "Ursula")


@pytest.fixture
def dana() -> Someone:
    return Someone("mem_dana", "district", "Dana")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def presence(clock) -> Presence:
    return Presence(clock)


def says(client: int, clock: int, state: object = None) -> bytes:
    text = state if isinstance(state, str) else json.dumps(state)
    return b"\x01" + var_uint(client) + var_uint(clock) + var_buffer(text.encode())


def told(presence: Presence) -> dict[int, tuple[int, object]]:
    changes, _ = presence.take_changes()
    return {client: (clock, json.loads(state)) for client, clock, state in decode(changes)} if changes else {}


def here(presence: Presence) -> set[int]:
    everyone = presence.everyone()
    return {client for client, _, _ in decode(everyone)} if everyone else set()


def test_identity_is_stamped_over_what_a_client_claims(presence, ursula):
    presence.hear(ursula, says(1, 0, {"cursor": 5, "user": {"name": "Dana", "party": "district"}}))

    assert told(presence) == {
        1: (
            0,
            {
                "cursor": 5,
                "user": {"name": "Ursula", "party": "union", "member": "mem_ursula", "role": "drafter"},
            },
        )
    }


def test_nobody_speaks_for_another_member(presence, ursula, dana):
    presence.hear(ursula, says(1, 0, {}))
    presence.hear(dana, says(2, 0, {}))

    with pytest.raises(ProtocolViolation):
        presence.hear(dana, says(1, 1, {"cursor": 9}))


def test_an_echo_of_what_was_told_is_ignored(presence, ursula, dana):
    presence.hear(ursula, says(1, 3, {"cursor": 5}))
    presence.hear(dana, says(2, 0, {}))
    told(presence)

    presence.hear(dana, says(1, 3, {"cursor": 5}))
    presence.hear(dana, says(1, 3, GONE))

    assert told(presence) == {}
    assert here(presence) == {1, 2}


def test_leaving_clears_what_a_connection_said(presence, ursula, dana):
    presence.hear(ursula, says(1, 4, {}))
    presence.hear(dana, says(2, 0, {}))
    told(presence)

    presence.leave(ursula)

    assert told(presence) == {1: (5, None)}
    assert here(presence) == {2}


def test_an_echo_of_somebody_who_left_brings_nobody_back(presence, ursula, dana):
    presence.hear(dana, says(2, 0, {}))
    presence.hear(ursula, says(1, 4, {}))
    presence.leave(ursula)
    told(presence)

    presence.hear(dana, says(1, 4, {}))

    assert told(presence) == {}


def test_a_client_that_reconnects_is_news_although_it_counts_on(presence, ursula):
    presence.hear(ursula, says(1, 4, {}))
    presence.leave(ursula)
    again = Someone("mem_ursula", "union", "Ursula")

    presence.hear(again, says(1, 4, {"cursor": 2}))

    clock, state = told(presence)[1]
    assert clock > 5
    assert state["cursor"] == 2


def test_an_old_count_of_ones_own_is_ignored(presence, ursula):
    presence.hear(ursula, says(1, 4, {"cursor": 2}))
    told(presence)

    presence.hear(ursula, says(1, 3, {"cursor": 1}))

    assert told(presence) == {}


def test_a_second_tab_does_not_take_over_the_first(presence, ursula):
    tab = Someone("mem_ursula", "union", "Ursula")
    presence.hear(ursula, says(1, 0, {}))
    presence.hear(tab, says(2, 0, {}))

    presence.hear(tab, says(1, 0, {}))
    presence.leave(tab)

    assert here(presence) == {1}


def test_a_client_id_is_its_own_clients_before_it_is_an_echoers(presence, ursula, dana):
    """Two unmodified providers in one process hear of each other before the server does."""
    presence.hear(ursula, says(1, 0, {}))
    presence.hear(ursula, says(2, 0, {}))

    presence.hear(dana, says(2, 0, {}))

    changes = told(presence)
    assert changes[2][1]["user"]["member"] == "mem_dana"


def test_presence_from_other_workers_is_told_and_not_shared_again(presence):
    presence.hear_elsewhere(says(7, 2, {"user": {"member": "mem_dana"}}))

    changes, ours = presence.take_changes()

    assert changes is not None
    assert ours is None
    assert presence.everyone_here() is None


def test_nobody_speaks_for_a_member_on_another_worker(presence, ursula):
    presence.hear(ursula, says(1, 0, {}))
    presence.hear_elsewhere(says(7, 2, {"user": {"member": "mem_dana"}}))

    with pytest.raises(ProtocolViolation):
        presence.hear(ursula, says(7, 3, {}))


def test_who_is_not_heard_of_is_cleared(presence, clock, ursula):
    presence.hear_elsewhere(says(7, 2, {"user": {"member": "mem_dana"}}))
    clock.now = 40
    presence.hear(ursula, says(1, 0, {}))
    clock.now = 60

    presence.expire()

    assert here(presence) == {1}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x01",
        b"\x01\x01\x00\x05ab",
        b"\x00\x00",
        says(1, 0, "not json"),
        says(1, 0, "[" * 10_000),
        says(1, 0, "[1]"),
        says(1, 0, '{"x": NaN}'),
        says(1, 0, '{"x": 1e999}'),
        b"\x01\x01\x00\x02\xff\xfe",
    ],
)
def test_presence_that_cannot_be_read_is_a_violation(presence, ursula, content):
    with pytest.raises(ProtocolViolation):
        presence.hear(ursula, content)


def test_half_a_surrogate_pair_harms_nobody(presence, ursula):
    presence.hear(ursula, says(1, 0, '{"x": "\\ud83d"}'))

    assert told(presence)[1][1]["x"] == "\ud83d"


def test_one_connection_speaks_for_few_clients(presence, ursula):
    for client in range(16):
        presence.hear(ursula, says(client, 0, {}))

    with pytest.raises(LimitExceeded):
        presence.hear(ursula, says(16, 0, {}))
