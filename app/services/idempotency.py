"""Asking twice and being answered once: the first request with a key does the work, every other gets its answer.

The claim on a key is committed before the work begins and the answer when it is done. Only answers that changed
something are kept; they are sealed, because one may show a token that is shown once.
"""

import asyncio
import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.exc import IntegrityError

from app.db import Database
from app.errors import Conflict, IdempotencyMismatch
from app.models import IdempotentAnswer, now
from app.repositories.idempotency import IdempotencyRepository

ANYONE = "anyone"
_KEPT = timedelta(hours=24)
_ABANDONED = timedelta(minutes=2)
_PATIENCE_SECONDS, _LOOK_AGAIN_SECONDS = 30.0, 0.05
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """A key as used by its owner for one request."""

    owner: str
    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given before."""

    status: int
    body: bytes


@dataclass(slots=True)
class Answers:
    """Claims keys and keeps answers; two requests with one key at once, on whichever workers, do the work once."""

    database: Database
    secret: bytes
    _sealing_key: bytes = field(init=False)

    def __post_init__(self) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=b"parley idempotent answers")
        self._sealing_key = derived.derive(self.secret)

    def claim_of(self, owner: str, key: str, request: bytes) -> Claim:
        """Name a request by a keyed hash: it may hold a password, which a plain hash would let be guessed."""
        return Claim(owner, key, hmac.new(self.secret, request, hashlib.sha256).hexdigest())

    async def begin(self, claim: Claim) -> Kept | None:
        """Claim the key, or wait for the answer of whoever has; raises `IdempotencyMismatch` for another request."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                while (answer := await self._find(claim)) is None or answer.status is None:
                    if answer is None and await self._claim(claim):
                        return None
                    await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        except TimeoutError as still_at_work:
            raise Conflict("The first request with this Idempotency-Key is still at work.") from still_at_work
        return Kept(answer.status, self._unseal(claim, answer.body or ""))

    async def keep(self, claim: Claim, status: int, body: bytes) -> None:
        """Keep the answer for whoever asks again within a day."""
        async with self.database.transaction() as session:
            await IdempotencyRepository(session).keep(claim.owner, claim.key, status, self._seal(claim, body))

    async def release(self, claim: Claim) -> None:
        """Give the key up: nothing was changed, so asking again may do it."""
        async with self.database.transaction() as session:
            await IdempotencyRepository(session).release(claim.owner, claim.key)

    async def _find(self, claim: Claim) -> IdempotentAnswer | None:
        async with self.database.reading() as session:
            answer = await IdempotencyRepository(session).find(claim.owner, claim.key)
        if answer is None:
            return None
        if answer.status is None and answer.created_at < now() - _ABANDONED:
            # Whoever claimed it died at work; decisions guard themselves against being made twice.
            await self.release(claim)
            return None
        if answer.request_hash != claim.request_hash:
            raise IdempotencyMismatch
        return answer

    async def _claim(self, claim: Claim) -> bool:
        row = IdempotentAnswer(owner=claim.owner, key=claim.key, request_hash=claim.request_hash)
        try:
            async with self.database.transaction() as session:
                repository = IdempotencyRepository(session)
                await repository.forget_older(claim.owner, now() - _KEPT)
                await repository.claim(row)
        except IntegrityError:
            return False
        return True

    def _seal(self, claim: Claim, body: bytes) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self._sealing_key).encrypt(nonce, body, _bound(claim))
        return base64.b64encode(nonce + sealed).decode()

    def _unseal(self, claim: Claim, stored: str) -> bytes:
        sealed = base64.b64decode(stored)
        return AESGCM(self._sealing_key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(claim))


def _bound(claim: Claim) -> bytes:
    return f"{claim.owner}\n{claim.key}".encode()
