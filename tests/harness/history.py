"""A made-up history in a real store: what the ledger, the final text and the archive of an agreement are tested on."""

import hashlib
from typing import Any

import rfc8785

from app.config import Settings
from app.db import Database
from app.domain.ledger import Act
from app.models import Agreement, Party, Signature
from app.models.base import now
from app.repositories.ledger import LedgerRepository
from app.repositories.signatures import Signed
from app.services import final_text
from app.services.keys import KeyRing
from tests.harness.record import AGREEMENT, ARTICLE, DANA, DISTRICT, UNION, URSULA, seed

SETTINGS = Settings(secret_key="a secret for tests only")
MEMBERS = {UNION: {"id": URSULA, "name": "Ursula Ünion 😀"}, DISTRICT: {"id": DANA, "name": "Dana"}}
STARTING = [
    {
        "id": ARTICLE,
        "title": "Hours — “of work”",
        "paragraphs": [
            {"style": "heading", "level": 2, "runs": [{"text": "Seven 🕖 hours", "marks": {"bold": True}}]},
            {"style": "paragraph", "level": 1, "runs": [{"text": "Lunch is thirty minutes.", "marks": {}}]},
            {"style": "paragraph", "level": 1, "runs": []},
        ],
    }
]
DELTAS: list[list[dict[str, Any]]] = [
    [{"retain": 23}, {"insert": "forty-five"}, {"delete": 6}],
    [{"retain": 6}, {"retain": 1, "attributes": {"italic": True, "bold": None}}, {"insert": "½"}],
    [{"retain": 44}, {"insert": "One ", "attributes": {"link": "https://example.org"}}, {"insert": "more.\nAnd\n"}],
    [{"retain": 14}, {"retain": 1, "attributes": {"style": "numbered", "level": None}}],
    [{"delete": 2}],
]
FINAL = [
    {
        "id": ARTICLE,
        "title": "Hours — “of work”",
        "paragraphs": [
            {
                "style": "numbered",
                "level": 1,
                "runs": [
                    {"text": "ven ", "marks": {"bold": True}},
                    {"text": "🕖", "marks": {"italic": True}},
                    {"text": "½", "marks": {}},
                    {"text": " hours", "marks": {"bold": True}},
                ],
            },
            {"style": "paragraph", "level": 1, "runs": [{"text": "Lunch is forty-five minutes.", "marks": {}}]},
            {
                "style": "paragraph",
                "level": 1,
                "runs": [{"text": "One ", "marks": {"link": "https://example.org"}}, {"text": "more.", "marks": {}}],
            },
            {"style": "paragraph", "level": 1, "runs": [{"text": "And", "marks": {}}]},
            {"style": "paragraph", "level": 1, "runs": []},
        ],
    }
]


def digest(value: Any) -> str:
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def acts() -> list[Act]:
    """What both leads did, from the starting text to the initials under what it came to."""
    parties = [{"key": key, "name": key.title(), "signatory": True} for key in (UNION, DISTRICT)]
    told = [
        Act("agreement.created", UNION, MEMBERS[UNION], {"title": "A", "parties": parties, "articles": STARTING}),
        *(Act("agreement.confirmed", key, MEMBERS[key], {"content_hash": digest(STARTING)}) for key in MEMBERS),
    ]
    for number, delta in enumerate(DELTAS):
        suggestion = f"sug_{number}"
        told.append(Act("suggestion.proposed", UNION, MEMBERS[UNION], {"suggestion": suggestion, "article": ARTICLE}))
        payload = {"suggestion": suggestion, "article": ARTICLE, "content": {"kind": "insertion"}, "agreed": delta}
        told.append(Act("suggestion.enacted", DISTRICT, MEMBERS[DISTRICT], payload))
    payload = {"article": ARTICLE, "content_hash": digest(FINAL[0])}
    told += [Act("article.initialled", key, MEMBERS[key], payload) for key in MEMBERS]
    return [*told, Act("article.tentative", None, None, payload)]


async def bargain(store: Database) -> KeyRing:
    """Put the agreement and its history into a store."""
    async with store.transaction() as session:
        await seed(session)
        for act in acts():
            await LedgerRepository(session).extend(AGREEMENT, [act])
    return KeyRing(store, SETTINGS)


async def sign(store: Database, ring: KeyRing) -> None:
    """Let both parties sign what the history came to."""
    signer = await ring.signer()
    async with store.transaction() as session:
        ledger, signed = LedgerRepository(session), []
        for key, member in MEMBERS.items():
            words = {"content_hash": digest(FINAL), "name": member["name"], "statement": "Signed.\nGladly."}
            await ledger.append(AGREEMENT, "agreement.signature", key, member, words)
            row = Signature(agreement_id=AGREEMENT, party_key=key, member_id=member["id"], at=now(), **words)
            signed.append(Signed(row, member["name"]))
        agreement = await session.get_one(Agreement, AGREEMENT)
        parties = [await session.get_one(Party, f"par_{key}") for key in MEMBERS]
        frozen = final_text.freeze(agreement, parties, FINAL, signed, await ledger.head(AGREEMENT))
        await final_text.keep(session, agreement, frozen, signer)
        told = {"content_hash": frozen.content_hash, "final_hash": frozen.digest}
        await ledger.append(AGREEMENT, "agreement.signed", None, None, told)
