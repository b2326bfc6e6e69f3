"""The final text: what was signed, as bytes that anyone can make again and verify with public keys alone.

Its canonical form (RFC 8785) holds the title, the parties, the articles, the signatures and the ledger's head with
the last signature in it. That form is written once and served from then on; nothing renders it anew.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from joserfc.jws import extract_compact
from sqlalchemy.ext.asyncio import AsyncSession

from app.crdt.canonical import content_hash
from app.db import Database
from app.domain.ids import AgreementId
from app.domain.ledger import Head, timestamp
from app.errors import NotSigned, Unavailable
from app.models import Agreement, FinalText, Party
from app.repositories.chain import canonical
from app.repositories.final_texts import FinalTextRepository
from app.repositories.keys import KeyRepository
from app.repositories.signatures import Signed
from app.services import text_forms
from app.services.keys import Signer

FORMAT = "parley-final/1"


@dataclass(frozen=True, slots=True)
class Frozen:
    """A final text's canonical form, its content hash, and its own SHA-256."""

    canonical: bytes
    content_hash: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.canonical).hexdigest()


@dataclass(frozen=True, slots=True)
class Final:
    """A final text as it is kept, with the public key that verifies it."""

    kept: FinalText
    public_jwk: dict[str, Any]

    @property
    def content(self) -> dict[str, Any]:
        """What was signed, parsed."""
        parsed: dict[str, Any] = json.loads(self.kept.canonical)
        return parsed

    def as_json(self) -> bytes:
        """Lay out all that verification needs: the content's members, `canonical`, `jws` and `keys`, canonically."""
        seal = {
            "canonical": self.kept.canonical.decode(),
            "jws": self.kept.jws,
            "keys": {"keys": [self.public_jwk]},
        }
        return canonical({**self.content, **seal})

    def as_text(self, media_type: str) -> bytes:
        """Write it for people's eyes, signatures included."""
        content = self.content
        names = {party["key"]: party["name"] for party in content["parties"]}
        write = {"text/markdown": text_forms.markdown, "text/plain": text_forms.plain, "text/html": text_forms.page}
        articles = [*content["articles"], _signature_page(content, names)]
        return write[media_type](content["title"], articles, names).encode()


def _signature_page(content: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Lay out the signatures as an article's paragraphs, so that every form shows them in its own way."""
    lines = [
        f"{one['name']}, {names[one['party']]}, {one['at']}: {one['statement']}" for one in content["signatures"]
    ] + [f"Content hash (SHA-256): {content['content_hash']}"]
    paragraphs = [
        {"style": "paragraph", "level": 1, "runs": [{"text": line.replace("\n", " "), "marks": {}}]} for line in lines
    ]
    return {"id": "signatures", "title": "Signatures", "paragraphs": paragraphs}


def id_of(agreement: Agreement) -> AgreementId:
    return AgreementId(agreement.id)


def signature_json(one: Signed) -> dict[str, Any]:
    """Lay out a signature as the final text has it."""
    signature = one.signature
    return {
        "party": signature.party_key,
        "member": {"id": signature.member_id, "name": one.member_name},
        "name": signature.name,
        "statement": signature.statement,
        "content_hash": signature.content_hash,
        "at": timestamp(signature.at),
    }


def freeze(
    agreement: Agreement,
    parties: Sequence[Party],
    articles: Sequence[dict[str, Any]],
    signed: Sequence[Signed],
    head: Head,
) -> Frozen:
    """Make the canonical form; the same agreement always gives the same bytes."""
    digest = content_hash(list(articles))
    content = {
        "format": FORMAT,
        "id": agreement.id,
        "title": agreement.title,
        "parties": [{"key": one.key, "name": one.name, "signatory": one.signatory} for one in parties],
        "articles": list(articles),
        "content_hash": digest,
        "signatures": [signature_json(one) for one in sorted(signed, key=lambda one: one.signature.at)],
        "ledger_head": {"seq": head.seq, "hash": head.hash},
    }
    return Frozen(canonical(content), digest)


async def keep(session: AsyncSession, agreement: Agreement, frozen: Frozen, signer: Signer) -> None:
    """Write the final text, in the transaction of the last signature."""
    await FinalTextRepository(session).add(
        FinalText(
            agreement_id=agreement.id,
            content_hash=frozen.content_hash,
            canonical=frozen.canonical,
            jws=signer.sign(frozen.canonical),
        )
    )


async def read(database: Database, agreement: AgreementId) -> Final:
    """Read the final text; raises `NotSigned` until there is one."""
    async with database.reading() as session:
        kept = await FinalTextRepository(session).of(agreement)
        if kept is None:
            raise NotSigned
        keys = {key.kid: key.public_jwk for key in await KeyRepository(session).published()}
    kid = kid_of(kept.jws)
    if kid not in keys:
        raise Unavailable("The key that this final text was signed with is missing from the store.")
    return Final(kept, keys[kid])


def kid_of(jws: str) -> str:
    """Read the key id off a compact JWS of ours."""
    return str(extract_compact(jws.encode()).headers()["kid"])
