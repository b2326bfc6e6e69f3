"""Packages and the answers to them, as they go over HTTP."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_HASH, EXAMPLE_TIME, Body, ContentHash, Line, Moment, Passage, Shape
from app.api.schemas.suggestions import EXAMPLE_SUGGESTION, PersonShape, SuggestionKey, SuggestionShape
from app.domain.packages import MOST_PARTS, PackageAnswerKind, PackageStatus

EXAMPLE_PACKAGE: Any = {
    "id": "pkg_5tz1",
    "title": "Hours against salary",
    "party": "union",
    "author": {"id": "mem_91xd", "name": "Ursula Vega"},
    "status": "pending",
    "version": 1,
    "content_hash": EXAMPLE_HASH,
    "reason": "We move on meetings if the salary schedule moves.",
    "condition": None,
    "expires_at": "2026-03-09T16:00:00Z",
    "created_at": EXAMPLE_TIME,
    "resolved_at": None,
    "ending_reason": None,
    "suggestions": ["s-4kq0"],
    "parts": [{**EXAMPLE_SUGGESTION, "package": "pkg_5tz1", "may": ["question"]}],
    "responses": [],
    "awaiting": ["district"],
    "may": ["accept", "reject", "question"],
}


class PackageBody(Body):
    """An offer: own pending suggestions that stand or fall together. Expiry and condition need a reason."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "title": EXAMPLE_PACKAGE["title"],
                "suggestions": ["s-4kq0"],
                "reason": EXAMPLE_PACKAGE["reason"],
                "expires_at": EXAMPLE_PACKAGE["expires_at"],
            }
        }
    )

    title: Line
    suggestions: Annotated[list[SuggestionKey], Field(min_length=1, max_length=MOST_PARTS)]
    reason: Passage | None = None
    condition: Passage | None = Field(default=None, description="What has to hold for the offer to stand, in words.")
    expires_at: Moment | None = Field(default=None, description="When the offer ends by itself; in the future.")


class PackageAnswerShape(Shape):
    """An answer; an acceptance counts as long as `content_hash` is the package's."""

    party: str
    member: PersonShape
    kind: PackageAnswerKind
    version: int
    content_hash: str
    reason: str | None
    at: Moment


class PackageShape(Shape):
    """A package as it stands: whole, with every part."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE_PACKAGE})

    id: str
    title: str
    party: str = Field(description="The key of the party that offers it.")
    author: PersonShape
    status: PackageStatus
    version: int = Field(description="Grows with every new version of a part.")
    content_hash: str = Field(description="Over the hashes of all parts: what an answer has to name.")
    reason: str | None
    condition: str | None
    expires_at: Moment | None
    created_at: Moment
    resolved_at: Moment | None
    ending_reason: str | None = Field(description="Why it was rejected or taken back.")
    suggestions: list[str] = Field(description="The ids of its parts, in order.")
    parts: list[SuggestionShape]
    responses: list[PackageAnswerShape]
    awaiting: list[str] = Field(description="The parties that have yet to accept it as it stands.")
    may: list[str] = Field(description="What the caller may do now: accept, reject, question, withdraw.")


class PackageResponseBody(Body):
    """An answer to the package as seen, whole or not at all."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"kind": "accept", "content_hash": EXAMPLE_HASH, "reason": None}}
    )

    kind: PackageAnswerKind
    content_hash: ContentHash
    reason: Passage | None = None


class PackageWithdrawalBody(Body):
    """Why the offer is taken back: kept in the ledger."""

    model_config = ConfigDict(json_schema_extra={"example": {"reason": "The costing behind it was wrong."}})

    reason: Annotated[Passage, Field(min_length=1)]
