"""Sealing what the store has to keep for a while and nobody may read there: a letter with a token in it."""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES, _MARK_BYTES = 12, 18


class Seal:
    """Seals and marks under keys of its own, derived from the service's secret for one purpose."""

    def __init__(self, secret: bytes, purpose: str) -> None:
        self._key = HKDF(SHA256(), 32, salt=None, info=f"parley {purpose}".encode()).derive(secret)

    def seal(self, text: str, bound_to: str) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return base64.b64encode(nonce + AESGCM(self._key).encrypt(nonce, text.encode(), bound_to.encode())).decode()

    def open(self, sealed: str, bound_to: str) -> str | None:
        """Read a sealed text; None where it was sealed under another secret or for something else."""
        content = base64.b64decode(sealed)
        try:
            return AESGCM(self._key).decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], bound_to.encode()).decode()
        except InvalidTag:
            return None

    def mark(self, name: str) -> str:
        """Write a token that names something and can be made by nobody else: `<name>~<mark>`, fit for any address."""
        digest = hmac.new(self._key, name.encode(), hashlib.sha256).digest()[:_MARK_BYTES]
        return f"{name}~{base64.urlsafe_b64encode(digest).decode()}"

    def named(self, token: str) -> str | None:
        """Read the name off a token of ours; None for any other."""
        name = token.rpartition("~")[0]
        return name if name and hmac.compare_digest(self.mark(name).encode(), token.encode()) else None
