"""The socket of a table: who may come in, what ends a connection and with which code, and that the room lives on."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator

import pytest
from pycrdt import Doc, Map
from websockets.frames import Frame, Opcode

from app.crdt import protocol
from tests.harness.blackbox import Person
from tests.harness.sockets import Socket


@pytest.fixture
async def ursula(server, parties) -> AsyncIterator[Socket]:
    socket = await Socket.open(server.base, parties[2], parties[0].token)
    yield await socket.sync()
    await socket.close()


@pytest.fixture
async def dana(server, parties) -> AsyncIterator[Socket]:
    socket = await Socket.open(server.base, parties[2], parties[1].token)
    yield await socket.sync()
    await socket.close()


@pytest.fixture
async def hostile(server, parties) -> AsyncIterator[Socket]:
    """Another connection of a member of the district."""
    socket = await Socket.open(server.base, parties[2], parties[1].token)
    yield await socket.sync()
    await socket.close()


async def lives_on(ursula: Socket, dana: Socket, article: str) -> None:
    """Whatever somebody else did, two honest members still write together."""
    word = os.urandom(4).hex()
    await ursula.insert(article, 0, word)
    await dana.until_text(article, word)


@pytest.mark.parametrize(("token", "code"), [(None, 4401), ("ply_tok_nonsense", 4401)])
async def test_nobody_comes_in_without_a_login(server, parties, token, code):
    socket = await Socket.open(server.base, parties[2], token)

    assert await socket.close_code() == code


async def test_a_stranger_does_not_learn_that_there_is_an_agreement(server, parties):
    stranger = Person(server.base, "Stranger").register()

    there = await Socket.open(server.base, parties[2], stranger.token)
    nowhere = await Socket.open(server.base, "agr_nowhere", stranger.token)

    assert await there.close_code() == await nowhere.close_code() == 4404


async def test_an_observer_stays_outside_unless_the_parties_let_them_watch(server, parties):
    owner, _, agreement, _ = parties
    body = {"party": "union", "role": "observer"}
    invitation = owner.ok(201, "POST", f"/agreements/{agreement}/invitations", json=body)
    observer = Person(server.base, "Olga").register()
    observer.ok(200, "POST", f"/invitations/{invitation['token']}/accept")

    socket = await Socket.open(server.base, agreement, observer.token)

    assert await socket.close_code() == 4403


async def test_a_cookie_from_a_foreign_page_opens_nothing(server, parties):
    login = parties[0].call(
        "POST",
        "/login",
        {"Origin": server.base},
        json={"email": "ursula@example.org", "password": "correct horse battery"},
    )
    cookie = login.headers["set-cookie"].split(";")[0]

    foreign = await Socket.open(
        server.base, parties[2], None, additional_headers={"Cookie": cookie}, origin="https://elsewhere.example"
    )
    own = await Socket.open(server.base, parties[2], None, additional_headers={"Cookie": cookie}, origin=server.base)

    assert await foreign.close_code() == 4403
    await own.sync()
    await own.close()


def deep(levels: int) -> bytes:
    """Build an update whose format value is nested so deeply that it would overflow a native stack."""
    value = b"[" * levels + b"]" * levels
    content = b"\x06" + protocol.var_buffer(b"bold") + protocol.var_buffer(value)
    return b"\x01\x01\x07\x00" + b"\x86" + b"\x07\x00" + content[1:] + b"\x00"


def deep_any(levels: int) -> bytes:
    """Build an update of an embedded value nested as deeply: arrays of one array each."""
    return b"\x01\x01\x07\x00\x08\x01\x01a\x01" + b"\x75\x01" * levels + b"\x7e\x00"


HOSTILE = {
    "random bytes": os.urandom(300),
    "no type": b"\x09\x09",
    "nothing": b"",
    "no update": protocol.update(os.urandom(200)).payload,
    "cut short": protocol.update(b"\x01\x05\x07\x00\x84").payload,
    "longer than it says": protocol.update(b"\x00\x00").payload + b"\x00",
    "nested 50,000 deep": protocol.update(deep(50_000)).payload,
    "an embed nested 50,000 deep": protocol.update(deep_any(50_000)).payload,
    "a gap": protocol.update(b"\x01\x01\x07\x85\x01\x84\x07\x84\x01\x01x\x00").payload,
    "a step 2 of nonsense": protocol.step_2(b"\x05\x05\x05").payload,
    "a broken state vector": protocol.step_1(b"\xff\xff\xff\xff\x0f").payload,
    "presence of nonsense": protocol.presence(b"\x03\x01\x01").payload,
    "text": "a text frame",
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_frame_ends_its_connection_and_nothing_else(hostile, ursula, dana, article, kind):
    await hostile.say(HOSTILE[kind])

    assert await hostile.close_code() in {4400, 4429}
    await lives_on(ursula, dana, article)


async def test_an_oversized_message_is_over_the_limit(hostile, ursula, dana, article):
    await hostile.say(protocol.update(bytes(12_000_000)).payload)

    assert await hostile.close_code() == 4429
    await lives_on(ursula, dana, article)


async def test_writing_under_anothers_client_id_is_refused(hostile, ursula, dana, article):
    await ursula.insert(article, 0, "Mine. ")
    await dana.until_text(article, "Mine. ")
    forger: Doc = Doc(client_id=ursula.document.client_id)
    forger.apply_update(dana.document.get_update())
    known = forger.get_state()
    with forger.transaction():
        forger.get("articles", type=Map)[article].insert(0, "Forged. ")
    await hostile.say(protocol.update(forger.get_update(known)).payload)

    assert await hostile.close_code() == 4400
    await lives_on(ursula, dana, article)


async def test_a_message_in_fragments_and_one_in_pieces_are_taken_whole(ursula, dana, article):
    with ursula.document.transaction():
        ursula.articles[article].insert(0, "In fragments. " * 5_000)
    message = protocol.update(ursula.unsent()).payload

    await ursula.connection.send([message[:10], message[10:20_000], message[20_000:]])
    await dana.until_text(article, "In fragments. " * 5_000)


async def test_frames_are_taken_however_the_network_cuts_them(ursula, dana, article):
    """Bytes arrive one at a time: headers, masks and contents in pieces, several frames in one."""
    write = ursula.connection.transport.write
    held = bytearray()
    ursula.connection.transport.write = held.extend
    for word in ("one ", "two ", "three "):
        await ursula.insert(article, 0, word)
    await ursula.connection.ping()
    await ursula.insert(article, 0, "four ")
    ursula.connection.transport.write = write

    for byte in held:
        write(bytes((byte,)))
        await asyncio.sleep(0)

    await dana.until_text(article, "four three two one ")


async def test_a_ping_is_answered(ursula):
    waiting = await ursula.connection.ping()

    assert await asyncio.wait_for(waiting, 10) >= 0


async def test_who_does_not_read_is_closed_as_too_slow(server, parties, ursula, article):
    """One who takes nothing of what it is sent is cut off, and costs nobody else anything."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**16)
    plain.connect(("127.0.0.1", server.port))
    reader, writer = await asyncio.open_connection(sock=plain, limit=2**16)
    writer.write(
        f"GET /collab/{parties[2]}/table HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Authorization: Bearer {parties[1].token}\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")
    writer.write(Frame(Opcode.BINARY, protocol.step_1(b"\x00").payload).serialize(mask=True))

    for _ in range(50):
        # One after the other: a message still on its way may be as large as the largest so far.
        await ursula.insert(article, 0, "x" * 250_000, ins={"id": "sug_long", "party": "union"})
        await ursula.until_saved()
    heard = await reader.read(-1)
    writer.close()

    assert heard[-125:].rpartition(b"\x88")[2][1:3] == (4408).to_bytes(2, "big")
    dana = await (await Socket.open(server.base, parties[2], parties[1].token)).sync()
    await lives_on(ursula, dana, article)
    await dana.close()


def test_the_opcode_of_a_binary_frame_is_what_the_short_way_looks_for():
    assert 0x80 | Opcode.BINARY == 0x82
