"""The keys that ledger heads and final texts are signed with.

A private key never lies in the store as it is: it is sealed with AES-256-GCM under a key derived (HKDF-SHA-256) from
the service's secret, bound to its key id. Signatures are compact JWS, Ed25519, `alg` EdDSA; a key's id is its RFC 7638
thumbprint. Rotation retires the private half and keeps the public one in the published set for ever.
"""

import secrets
from copy import copy
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jws
from joserfc.jwk import OKPKey

from app.config import Settings
from app.db import Database
from app.errors import Unavailable
from app.models import SigningKey
from app.repositories.keys import KeyRepository

_NONCE_BYTES = 12
_PURPOSE = b"parley signing keys"


class _Registry(jws.JWSRegistry):
    """EdDSA and nothing else. RFC 9864 renames it to Ed25519; verifiers in use know it by this name, so we keep it."""

    algorithms = {"EdDSA": copy(jws.JWSRegistry.algorithms["EdDSA"])}  # noqa: RUF012 - as its base class has it.
    algorithms["EdDSA"].security_warning = None


_REGISTRY = _Registry(algorithms=["EdDSA"])


@dataclass(frozen=True, slots=True)
class Signer:
    """One key, unsealed, ready to sign."""

    key: OKPKey
    public_jwk: dict[str, Any]

    @property
    def kid(self) -> str:
        return str(self.public_jwk["kid"])

    def sign(self, payload: bytes) -> str:
        """Return a compact JWS over the payload."""
        return jws.serialize_compact({"alg": "EdDSA", "kid": self.kid}, payload, self.key, registry=_REGISTRY)


class KeyRing:
    """The service's keys in its store. Ask for a signer before taking a turn in a room, never inside one."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    async def signer(self) -> Signer:
        """Unseal the key that signs now; the first call ever makes one. Raises `Unavailable` under another secret."""
        async with self._database.reading() as session:
            active = await KeyRepository(session).active()
        if active is None:
            async with self._database.transaction() as session:
                active = await KeyRepository(session).active() or await self._make(session)
        return Signer(OKPKey.import_key(self._unseal(active)), active.public_jwk)

    async def rotate(self) -> str:
        """Retire the key in use and make another; returns the new one's id."""
        async with self._database.transaction() as session:
            await KeyRepository(session).retire_all()
            return (await self._make(session)).kid

    async def published(self) -> dict[str, Any]:
        """Return the JWKS of every key that ever signed."""
        async with self._database.reading() as session:
            keys = await KeyRepository(session).published()
        if not keys:
            return {"keys": [(await self.signer()).public_jwk]}
        return {"keys": [key.public_jwk for key in keys]}

    async def _make(self, session: Any) -> SigningKey:
        fresh = OKPKey.generate_key("Ed25519")
        kid = fresh.thumbprint()
        public = {**fresh.as_dict(private=False), "kid": kid, "alg": "EdDSA", "use": "sig"}
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher().encrypt(nonce, fresh.as_pem(private=True), kid.encode())
        key = SigningKey(kid=kid, public_jwk=public, sealed_private=sealed)
        await KeyRepository(session).add(key)
        return key

    def _unseal(self, key: SigningKey) -> bytes:
        nonce, sealed = key.sealed_private[:_NONCE_BYTES], key.sealed_private[_NONCE_BYTES:]
        try:
            return self._cipher().decrypt(nonce, sealed, key.kid.encode())
        except InvalidTag as error:
            raise Unavailable("The signing key was sealed under another PARLEY_SECRET_KEY.") from error

    def _cipher(self) -> AESGCM:
        return AESGCM(HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(self._settings.secret))
