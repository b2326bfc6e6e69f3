from app.api.identity import COOKIE
from app.api.vigil import Vigil
from app.domain.credentials import hash_secret
from app.errors import Unauthenticated
from tests.harness.actors import Service


class Socket:
    """A connection that only notes how it was ended."""

    def __init__(self):
        self.closed = None

    def close(self, error):
        self.closed = error


async def test_a_socket_ends_with_its_login_and_no_other_does(service: Service):
    vigil: Vigil = service.app.state.vigil
    ursula, dana = await service.person("ursula"), await service.person("dana")
    hers, his = Socket(), Socket()

    with (
        vigil.over(hash_secret(ursula.client.cookies[COOKIE]), hers),
        vigil.over(hash_secret(dana.client.cookies[COOKIE]), his),
    ):
        await vigil.look()
        open_while_logged_in = hers.closed is None
        await ursula.delete("/login")
        await vigil.look()

    assert open_while_logged_in
    assert isinstance(hers.closed, Unauthenticated)
    assert his.closed is None


async def test_a_socket_ends_with_its_token(service: Service):
    vigil: Vigil = service.app.state.vigil
    ursula, socket = await service.person("ursula"), Socket()
    token = (await ursula.post("/tokens", {"name": "script", "scopes": ["agreement:read"]})).json()

    with vigil.over(hash_secret(token["token"]), socket):
        await vigil.look()
        open_while_it_lived = socket.closed is None
        await ursula.delete(f"/tokens/{token['id']}")
        await vigil.look()

    assert open_while_it_lived
    assert isinstance(socket.closed, Unauthenticated)
