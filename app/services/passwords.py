"""Passwords, hashed with argon2id on threads of their own, few at a time: each takes memory by design."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's second recommended set: 19 MiB, two passes. Two at a time bound what a burst of logins can take.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = 2
_nobody = _hasher.hash("nobody's password")


class Passwords:
    """Hashes and verifies, without holding up the event loop."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(_hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Tell whether a password is right; without a hash it takes as long and is never right."""
        async with self._turns:
            matches = await asyncio.to_thread(_matches, password_hash or _nobody, password)
        return matches and password_hash is not None


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
