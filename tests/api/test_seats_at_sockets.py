"""Sockets follow the seat: whoever is removed, moved or no longer let watch is out at once, and stays out."""

from collections.abc import Iterator

import pytest

from tests.harness.blackbox import Person, agreed_between
from tests.harness.server import Server
from tests.harness.sockets import Socket

MARKDOWN = "# Agreement\n\n## Hours\n\nThe workday is seven hours.\n"


class Place:
    """An agreement of two leads on a server, and whoever else is seated at it."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.ursula, self.dana, self.path = agreed_between(base, MARKDOWN)
        self.agreement = self.path.rsplit("/", 1)[1]
        self.article = self.ursula.ok(200, "GET", self.path)["articles"][0]["id"]

    def seat(self, name: str, role: str) -> Person:
        """Seat somebody with the union."""
        body = {"party": "union", "role": role}
        invitation = self.ursula.ok(201, "POST", f"{self.path}/invitations", json=body)
        person = Person(self.base, name).register()
        person.ok(200, "POST", f"/invitations/{invitation['token']}/accept")
        return person

    def member(self, person: Person) -> str:
        found: str = person.ok(200, "GET", self.path)["me"]["member_id"]
        return found

    def rule(self, **rules: object) -> None:
        version = self.ursula.ok(201, "POST", f"{self.path}/ground-rules", json=rules)
        for lead in (self.ursula, self.dana):
            seen = {"content_hash": version["content_hash"]}
            lead.ok(200, "POST", f"{self.path}/ground-rules/{version['version']}/signatures", json=seen)

    async def socket(self, person: Person, layer: str = "table") -> Socket:
        return await Socket.open(self.base, self.agreement, person.token, layer)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Place]:
    running = Server(tmp_path_factory.mktemp("seats"), registration="open").start()
    yield Place(running.base)
    running.stop()


async def test_whoever_is_removed_is_out_of_every_room_and_stays_out(place: Place) -> None:
    uli = place.seat("Uli", "drafter")
    rooms = [await (await place.socket(uli, layer)).sync() for layer in ("table", "caucus")]

    place.ursula.call("DELETE", f"{place.path}/members/{place.member(uli)}")

    assert {await room.close_code() for room in rooms} <= {4404, 4503}
    for layer in ("table", "caucus"):
        assert await (await place.socket(uli, layer)).close_code() == 4404


async def test_whoever_moved_leaves_the_old_caucus_and_enters_the_new_one(place: Place) -> None:
    vera = place.seat("Vera", "drafter")
    caucus = await (await place.socket(vera, "caucus")).sync()
    await caucus.insert(place.article, 0, "Canary")
    await caucus.until_saved()
    member = place.member(vera)

    for lead in (place.ursula, place.dana):
        lead.ok(200, "PATCH", f"{place.path}/members/{member}", json={"party": "district"})

    assert await caucus.close_code() in {4404, 4503}
    again = await (await place.socket(vera, "caucus")).sync()
    assert "Canary" not in str(again.articles[place.article])
    assert "Canary" not in vera.call("GET", f"{place.path}/caucus/suggestions").text
    await again.close()


async def test_observers_watch_while_a_rule_lets_them_and_write_nothing(place: Place) -> None:
    olga = place.seat("Olga", "observer")
    before = await (await place.socket(olga)).close_code()
    place.rule(observers_see="live")

    watching = await (await place.socket(olga)).sync()
    ursula = await (await place.socket(place.ursula)).sync()
    await ursula.insert(place.article, 0, "Look: ")
    await watching.until_text(place.article, "Look: ")
    await watching.insert(place.article, 0, "Mine")
    notice = await watching.until_notice()
    place.rule(observers_see="tabled")

    assert before == 4403
    assert notice["code"] == "read_only"
    assert "Mine" not in place.ursula.call("GET", f"{place.path}/text?view=markup").text
    assert await watching.close_code() == 4403
    assert await (await place.socket(olga)).close_code() == 4403
    await ursula.close()
