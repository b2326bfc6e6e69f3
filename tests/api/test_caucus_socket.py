"""The socket of a caucus: the caller's own party's, and nobody else hears anything of it, presence included."""

from collections.abc import AsyncIterator

import httpx
import pytest

from app.crdt import protocol
from tests.harness.blackbox import Person
from tests.harness.server import Server
from tests.harness.sockets import Socket


@pytest.fixture
async def ursula(server, parties) -> AsyncIterator[Socket]:
    """The union's lead in caucus."""
    socket = await Socket.open(server.base, parties[2], parties[0].token, "caucus")
    yield await socket.sync()
    await socket.close()


def joined(server: Server, parties: tuple[Person, Person, str, str], name: str, party: int, role: str) -> Person:
    """Bring another person into the union (0) or the district (1)."""
    lead, key = parties[party], ("union", "district")[party]
    body = {"party": key, "role": role}
    invitation = lead.ok(201, "POST", f"/agreements/{parties[2]}/invitations", json=body)
    person = Person(server.base, name).register()
    person.ok(200, "POST", f"/invitations/{invitation['token']}/accept")
    return person


async def test_members_of_one_party_draft_together_and_are_told_what_is_saved(server, parties, ursula, article):
    uwe = await Socket.open(server.base, parties[2], joined(server, parties, "Uwe", 0, "drafter").token, "caucus")
    await uwe.sync()

    await ursula.insert(article, 0, "Drafted. ")
    await uwe.until_text(article, "Drafted. ")
    await ursula.until_saved()

    assert [notice["code"] for notice in ursula.notices] == ["made_draft"]
    await uwe.close()


async def test_another_party_meets_its_own_caucus_and_nothing_of_ours(server, parties, ursula, article):
    await ursula.insert(article, 0, "Canary. ")
    await ursula.until_saved()

    at_table = await (await Socket.open(server.base, parties[2], parties[1].token)).sync()
    in_caucus = await (await Socket.open(server.base, parties[2], parties[1].token, "caucus")).sync()

    assert "Canary" not in at_table.document.get_update().decode(errors="replace")
    assert "Canary" not in in_caucus.document.get_update().decode(errors="replace")
    await at_table.close()
    await in_caucus.close()


async def test_a_stranger_does_not_learn_that_there_is_a_caucus(server, parties):
    stranger = Person(server.base, "Stranger").register()

    there = await Socket.open(server.base, parties[2], stranger.token, "caucus")
    nowhere = await Socket.open(server.base, "agr_nowhere", stranger.token, "caucus")

    assert await there.close_code() == await nowhere.close_code() == 4404


async def test_an_observer_stays_outside(server, parties):
    observer = joined(server, parties, "Olga", 0, "observer")

    socket = await Socket.open(server.base, parties[2], observer.token, "caucus")

    assert await socket.close_code() == 4403


async def test_deleting_the_tables_text_ends_the_connection_and_changes_nothing(server, parties, ursula, article):
    with ursula.document.transaction():
        size = len(ursula.articles[article])
        del ursula.articles[article][size - 8 : size - 1]
    await ursula.say(protocol.update(ursula.unsent()).payload)

    code = await ursula.close_code()
    again = await (await Socket.open(server.base, parties[2], parties[0].token, "caucus")).sync()

    assert code == 4400
    assert str(again.articles[article]).endswith("The workday is seven hours.\n")
    await again.close()


async def test_what_is_counted_of_the_service_tells_nothing_of_caucuses(server, ursula, article):
    await ursula.insert(article, 0, "Counted? ")

    async with httpx.AsyncClient() as anybody:
        told = (await anybody.get(f"{server.base}/metrics")).text

    assert "parley_requests" in told
    assert "caucus" not in told
