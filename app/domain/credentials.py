"""Secrets that prove who someone is: minted with 256 random bits, kept only as their SHA-256."""

import hashlib
import secrets


def new_secret(prefix: str) -> str:
    """Mint a secret such as `ply_tok_…`; the prefix lets scanners find a leaked one."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def hash_secret(secret: str) -> str:
    """Hash a secret for storing and finding. It is random, so no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
