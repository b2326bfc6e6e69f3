"""Suggestions and the answers to them, as they go over HTTP."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_HASH, EXAMPLE_TIME, Body, ContentHash, Moment, Passage, Shape
from app.domain.suggestions import Answer, Status

EXAMPLE_SUGGESTION: Any = {
    "id": "s-4kq0",
    "article_id": "art_3c",
    "party": "union",
    "author": {"id": "mem_91xd", "name": "Ursula Vega"},
    "kind": "replacement",
    "status": "pending",
    "version": 3,
    "content_hash": EXAMPLE_HASH,
    "before": "Meetings are limited to two each month.",
    "after": "Meetings are limited to four each month.",
    "changes": [
        {"kind": "deletion", "text": "two", "offset": 24},
        {"kind": "insertion", "text": "four", "offset": 27},
    ],
    "reason": "Elementary has six preps.",
    "amends": None,
    "created_at": EXAMPLE_TIME,
    "resolved_at": None,
    "responses": [],
    "awaiting": ["district"],
    "tabling": None,
    "tabled_by": None,
    "may": ["accept", "reject", "question"],
}

SuggestionKey = Annotated[str, Field(min_length=1, max_length=64, examples=["s-4kq0"])]
MOST_ANSWERS = 5_000


class PersonShape(Shape):
    """A member, by the name of the account."""

    id: str
    name: str


class ResponseShape(Shape):
    """An answer; an acceptance counts as long as `version` is the suggestion's."""

    party: str
    member: PersonShape
    kind: Answer
    version: int
    content_hash: str
    reason: str | None
    at: Moment


class ChangeShape(Shape):
    """One stretch of a suggestion; `offset` counts code points in `before`, `set` the attributes of a format."""

    kind: Literal["insertion", "deletion", "format"]
    text: str
    offset: int
    set: dict[str, Any] | None = None


class SuggestionShape(Shape):
    """A suggestion as it stands: pending content is the live text's, resolved content the record's."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE_SUGGESTION})

    id: str
    article_id: str
    party: str = Field(description="The key of the party that proposes it.")
    author: PersonShape
    kind: str = Field(description="insertion, deletion, replacement or format.")
    status: Status
    version: int
    content_hash: str = Field(description="What an answer has to name.")
    before: str = Field(description="Its paragraphs without it.")
    after: str = Field(description="Its paragraphs with it.")
    changes: list[ChangeShape]
    reason: str | None
    amends: str | None = Field(description="The pending proposal that this changes; its party alone answers.")
    created_at: Moment
    resolved_at: Moment | None
    responses: list[ResponseShape]
    awaiting: list[str] = Field(description="The parties that have yet to accept it as it stands.")
    tabling: str | None = Field(default=None, description="The act that brought it from its party's caucus.")
    tabled_by: PersonShape | None = Field(default=None, description="Who brought it; null where it was written here.")
    may: list[str] = Field(description="What the caller may do now: accept, reject, question, withdraw, explain.")


class ResponseBody(Body):
    """An answer to what was seen."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"kind": "accept", "content_hash": EXAMPLE_HASH, "reason": None}}
    )

    kind: Answer
    content_hash: ContentHash
    reason: Passage | None = None


class ResponseTo(ResponseBody):
    """An answer that names its suggestion."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"suggestion": "s-4kq0", "kind": "accept", "content_hash": EXAMPLE_HASH}}
    )

    suggestion: SuggestionKey


class ResponsesBody(Body):
    """Many answers in one act."""

    items: Annotated[list[ResponseTo], Field(max_length=MOST_ANSWERS)]


class OutcomeShape(Shape):
    """What became of one answer: the suggestion's status, or why it could not be given."""

    model_config = ConfigDict(json_schema_extra={"example": {"suggestion": "s-4kq0", "status": "accepted"}})

    suggestion: str
    status: Status | None = None
    code: str | None = None
    detail: str | None = None


class OutcomesShape(Shape):
    """One outcome an answer, in the order in which they were given."""

    items: list[OutcomeShape]


class ReasonBody(Body):
    """Why: shown on the card and kept in the ledger."""

    model_config = ConfigDict(json_schema_extra={"example": {"reason": "Elementary has six preps."}})

    reason: Passage | None = None
