"""Reading the ledger and handing it out: pages, a signed head, and the export that verifies offline.

An export is canonical JSON with one entry a line, so that every byte of it is determined by what it says.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.db import Database
from app.domain.ids import AgreementId
from app.domain.ledger import Head
from app.repositories.chain import canonical
from app.repositories.ledger import LedgerRepository
from app.services.keys import KeyRing, Signer

FORMAT = "parley-ledger/1"
_EXPORT_ROWS = 500


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Some entries, and the head as it stood when they were read."""

    entries: list[Mapping[str, Any]]
    head: dict[str, Any]


async def page(database: Database, ring: KeyRing, agreement: AgreementId, after: int, limit: int) -> LedgerPage:
    """Read entries after a number, oldest first."""
    signer = await ring.signer()
    async with database.reading() as session:
        ledger = LedgerRepository(session)
        head = await ledger.head(agreement)
        entries: list[Mapping[str, Any]] = [dict(row) for row in await ledger.page(agreement, after, limit)]
    return LedgerPage(entries, signed_head(signer, agreement, head))


def signed_head(signer: Signer, agreement: AgreementId, head: Head) -> dict[str, Any]:
    """Sign a head: `{seq, hash, jws}`, the JWS over the canonical form of `{agreement, hash, seq}`."""
    payload = canonical({"agreement": agreement, "hash": head.hash, "seq": head.seq})
    return {"seq": head.seq, "hash": head.hash, "jws": signer.sign(payload)}


async def export(database: Database, ring: KeyRing, agreement: AgreementId) -> AsyncIterator[bytes]:
    """Write the whole ledger up to its present head, piece by piece.

    Each page has a session of its own: a client that reads slowly keeps no connection from anybody.
    """
    signer = await ring.signer()
    async with database.reading() as session:
        head = await LedgerRepository(session).head(agreement)
    yield b'{"agreement":' + canonical(agreement) + b',"entries":[\n'
    for after in range(0, head.seq, _EXPORT_ROWS):
        async with database.reading() as session:
            rows = await LedgerRepository(session).page(agreement, after, min(_EXPORT_ROWS, head.seq - after))
        lines = b",\n".join(canonical(dict(row)) for row in rows)
        yield lines if after == 0 else b",\n" + lines
    closing = {
        "format": FORMAT,
        "head": signed_head(signer, agreement, head),
        "keys": {"keys": [signer.public_jwk]},
    }
    yield b"\n]," + canonical(closing)[1:] + b"\n"
