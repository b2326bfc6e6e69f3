"""Typed identifiers. Each is an opaque string; a party is known everywhere by its key."""

import secrets
from typing import NewType

AccountId = NewType("AccountId", str)
AgreementId = NewType("AgreementId", str)
ArticleId = NewType("ArticleId", str)
MemberId = NewType("MemberId", str)
PartyKey = NewType("PartyKey", str)
SuggestionId = NewType("SuggestionId", str)
PackageId = NewType("PackageId", str)
DocumentId = NewType("DocumentId", str)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id(prefix: str) -> str:
    """Mint an opaque id such as `agr_7h2…`: 100 random bits, lower case, no look-alike letters."""
    bits = secrets.randbits(100)
    return prefix + "_" + "".join(_ALPHABET[bits >> shift & 31] for shift in range(0, 100, 5))


def table_of(agreement: AgreementId) -> DocumentId:
    """Name the document of an agreement's table."""
    return DocumentId(f"{agreement}/table")


def caucus_of(agreement: AgreementId, party: PartyKey) -> DocumentId:
    """Name the document of a party's caucus over that table."""
    return DocumentId(f"{agreement}/caucus/{party}")


def agreement_of(document: DocumentId) -> AgreementId:
    """Tell which agreement a document belongs to."""
    return AgreementId(document.split("/", 1)[0])


def party_of(document: DocumentId) -> PartyKey | None:
    """Tell whose caucus a document is; None for a table."""
    parts = document.split("/", 2)
    return PartyKey(parts[2]) if len(parts) == 3 and parts[1] == "caucus" else None  # noqa: PLR2004 - as spelt above.
