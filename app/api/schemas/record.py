"""The ledger, initials, signatures and the final text, as they go over HTTP."""

from typing import Any

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_HASH, EXAMPLE_TIME, Body, ContentHash, Line, Moment, Passage, Shape
from app.api.schemas.suggestions import PersonShape
from app.api.schemas.texts import ArticleText
from app.domain.agreements import Stage, Standing

_JWS = "eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.eyJhZ3JlZW1lbnQiOiIuLi4ifQ.c2lnbmF0dXJl"
_MEMBER: Any = {"id": "mem_91xd", "name": "Ursula Vega"}
_SIGNATURE: Any = {
    "party": "union",
    "member": _MEMBER,
    "name": "Ursula Vega, President",
    "statement": "Signed for the Association, subject to ratification.",
    "content_hash": EXAMPLE_HASH,
    "at": EXAMPLE_TIME,
}
_JWK: Any = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKx…", "kid": "kPrK_q…", "alg": "EdDSA", "use": "sig"}


class EntryShape(Shape):
    """One act. `hash` is the SHA-256 of the RFC 8785 form of the entry without `hash`."""

    seq: int
    at: str = Field(description="RFC 3339, UTC, exactly as hashed.")
    kind: str
    party: str | None
    member: dict[str, Any] | None = Field(description="`{id, name}` as they were at the time.")
    payload: dict[str, Any]
    previous_hash: str
    hash: str


class HeadShape(Shape):
    """The newest entry; `jws` signs the RFC 8785 form of `{agreement, hash, seq}`."""

    seq: int
    hash: str
    jws: str


class LedgerShape(Shape):
    """A page of the ledger; `next` goes into `after`."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "items": [
                    {
                        "seq": 7,
                        "at": "2026-03-02T16:00:00.000000Z",
                        "kind": "suggestion.accepted",
                        "party": "district",
                        "member": _MEMBER,
                        "payload": {"suggestion": "s-4kq0", "version": 3, "content_hash": EXAMPLE_HASH, "reason": None},
                        "previous_hash": EXAMPLE_HASH,
                        "hash": EXAMPLE_HASH,
                    }
                ],
                "next": None,
                "head": {"seq": 7, "hash": EXAMPLE_HASH, "jws": _JWS},
            }
        }
    )

    items: list[EntryShape]
    next: str | None
    head: HeadShape


class SeenContent(Body):
    """The content hash that the caller sees."""

    model_config = ConfigDict(json_schema_extra={"example": {"content_hash": EXAMPLE_HASH}})

    content_hash: ContentHash


class MarkShape(Shape):
    """A party's initials, or its wish to reopen."""

    party: str
    member: PersonShape
    content_hash: str
    at: Moment


class StandingShape(Shape):
    """An article and what the parties have put under it as it reads now."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "article_id": "art_3c",
                "standing": "open",
                "content_hash": EXAMPLE_HASH,
                "initials": [{"party": "union", "member": _MEMBER, "content_hash": EXAMPLE_HASH, "at": EXAMPLE_TIME}],
                "reopening": [],
                "awaiting": ["district"],
            }
        }
    )

    article_id: str
    standing: Standing
    content_hash: str
    initials: list[MarkShape]
    reopening: list[MarkShape]
    awaiting: list[str] = Field(description="The parties that have yet to initial it.")


class SignatureBody(Body):
    """Signing the agreement as seen."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "content_hash": EXAMPLE_HASH,
                "name": _SIGNATURE["name"],
                "statement": _SIGNATURE["statement"],
            }
        }
    )

    content_hash: ContentHash
    name: Line
    statement: Passage


class SignedShape(Shape):
    """A signature as the final text has it."""

    party: str
    member: PersonShape
    name: str
    statement: str
    content_hash: str
    at: str


class SigningShape(Shape):
    """How far the signing has come; after the last signature `status` is signed."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"status": "bargaining", "signatures": [_SIGNATURE], "awaiting": ["district"]}}
    )

    status: Stage
    signatures: list[SignedShape]
    awaiting: list[str]


class FinalParty(Shape):
    key: str
    name: str
    signatory: bool


class FinalHead(Shape):
    """The ledger's head when the last party had signed."""

    seq: int
    hash: str


class KeysShape(Shape):
    """A JSON Web Key Set (RFC 7517) of Ed25519 keys; each `kid` is the key's RFC 7638 thumbprint."""

    model_config = ConfigDict(json_schema_extra={"example": {"keys": [_JWK]}})

    keys: list[dict[str, Any]]


class FinalShape(Shape):
    """The signed text, with all that offline verification needs.

    `jws` signs `canonical`, which is the RFC 8785 form of this object without `canonical`, `jws` and `keys`;
    `content_hash` is the SHA-256 of the RFC 8785 form of `articles`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "format": "parley-final/1",
                "id": "agr_7h2k",
                "title": "2026-29 Agreement",
                "parties": [{"key": "union", "name": "Teachers' Association", "signatory": True}],
                "articles": [{"id": "art_3c", "title": "Article 1 - Recognition", "paragraphs": []}],
                "content_hash": EXAMPLE_HASH,
                "signatures": [_SIGNATURE],
                "ledger_head": {"seq": 41, "hash": EXAMPLE_HASH},
                "canonical": '{"articles":[…',
                "jws": _JWS,
                "keys": {"keys": [_JWK]},
            }
        }
    )

    format: str
    id: str
    title: str
    parties: list[FinalParty]
    articles: list[ArticleText]
    content_hash: str
    signatures: list[SignedShape]
    ledger_head: FinalHead
    canonical: str
    jws: str
    keys: KeysShape
