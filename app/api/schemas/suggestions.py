"""Suggestions and the answers to them, as they go over HTTP."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from app.api.schemas.base import (
    EXAMPLE_HASH,
    EXAMPLE_TIME,
    Body,
    ContentHash,
    Moment,
    Passage,
    Shape,
    Wording,
)
from app.domain.structure import Op
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
    "held_by": [],
    "counters": None,
    "countered_by": [],
    "split_from": None,
    "parts": [],
    "may": ["accept", "reject", "question", "counter"],
}

SuggestionKey = Annotated[str, Field(min_length=1, max_length=64, examples=["s-4kq0"])]
MOST_ANSWERS = 5_000
MOST_PARTS = 1_000


class PersonShape(Shape):
    """A member, by the name of the account."""

    id: str
    name: str


class AmendmentShape(Shape):
    """The amendment on which an acceptance depends, by the content hash that it had."""

    suggestion: str
    content_hash: str


class ResponseShape(Shape):
    """An answer; an acceptance counts as long as `version` is the suggestion's, and no later answer revokes it."""

    party: str
    member: PersonShape
    kind: Answer
    version: int
    content_hash: str
    reason: str | None
    at: Moment
    amendment: AmendmentShape | None = Field(
        default=None, description="With `accept_as_amended`: it counts once its own party accepts this."
    )


class ChangeShape(Shape):
    """One stretch of a suggestion; `offset` counts code points in `before`, `set` the attributes of a format."""

    kind: Literal["insertion", "deletion", "format"]
    text: str
    offset: int
    set: dict[str, Any] | None = None


class PlaceShape(Shape):
    """An article, by which a place is named."""

    id: str
    title: str


class StructureShape(Shape):
    """What becomes of an article as a whole: add, move, retitle or strike; a null place is the first one."""

    op: Op
    article: str
    title: str = Field(description="As it is; of an article to be added, as it would be.")
    new_title: str | None = None
    after: PlaceShape | None = None
    was_after: PlaceShape | None = None


class SuggestionShape(Shape):
    """A suggestion as it stands: pending content is the live text's, resolved content the record's."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE_SUGGESTION})

    id: str
    article_id: str
    party: str = Field(description="The key of the party that proposes it.")
    author: PersonShape
    kind: str = Field(
        description="insertion, deletion, replacement or format; article_added, _moved, _retitled or _struck."
    )
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
    held_by: list[str] = Field(description="The parties that asked a question and have not answered since.")
    counters: str | None = Field(description="The other party's suggestion in whose place this would stand.")
    countered_by: list[str] = Field(description="The pending counters to it.")
    split_from: str | None = Field(description="The suggestion that this was a part of.")
    parts: list[str] = Field(description="What was accepted of it in part, oldest first.")
    structure: StructureShape | None = Field(
        default=None, description="What it would do to the article as a whole; null for a change of text."
    )
    proposed_with: str | None = Field(
        default=None, description="The proposal of an article that takes this text of the same party with it."
    )
    package: str | None = Field(default=None, description="The pending package that it is a part of.")
    may: list[str] = Field(
        description="What the caller may do now: accept, reject, question, counter, withdraw, explain."
    )


class PartBody(Body):
    """A part of a suggestion: some of its `changes` by index, or stretches of their texts, one after the other."""

    model_config = ConfigDict(json_schema_extra={"example": {"changes": [0, 1]}})

    changes: Annotated[list[Annotated[int, Field(ge=0)]], Field(default_factory=list, max_length=MOST_PARTS)]
    ranges: Annotated[
        list[tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]],
        Field(
            default_factory=list,
            max_length=MOST_PARTS,
            description="`[from, to]` in code points over the texts of the suggestion's changes, joined.",
        ),
    ]

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.changes and not self.ranges:
            raise ValueError("name at least one change, or one stretch")
        return self


class AmendmentBody(Body):
    """A pending amendment of one's own party's, as it was seen."""

    model_config = ConfigDict(json_schema_extra={"example": {"suggestion": "s-9mma", "content_hash": EXAMPLE_HASH}})

    suggestion: SuggestionKey
    content_hash: ContentHash


class ResponseBody(Body):
    """An answer to what was seen."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"kind": "accept", "content_hash": EXAMPLE_HASH, "reason": None}}
    )

    kind: Literal["accept", "accept_as_amended", "reject", "question"]
    content_hash: ContentHash
    reason: Passage | None = None
    part: PartBody | None = Field(default=None, description="With `accept`: what alone is accepted; the rest stays.")
    amendment: AmendmentBody | None = Field(
        default=None, description="With `accept_as_amended`: the caller's own pending amendment to the suggestion."
    )

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.part is not None and self.kind != "accept":
            raise ValueError("only an acceptance may be of a part")
        if (self.amendment is not None) != (self.kind == "accept_as_amended"):
            raise ValueError("accept_as_amended names an amendment, and nothing else does")
        return self


class ResponseTo(Body):
    """An answer that names its suggestion."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"suggestion": "s-4kq0", "kind": "accept", "content_hash": EXAMPLE_HASH}}
    )

    suggestion: SuggestionKey
    kind: Literal["accept", "reject", "question"]
    content_hash: ContentHash
    reason: Passage | None = None


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


class CounterBody(Body):
    """A counter to what was seen: either a suggestion that one's party has made, or the wording it would have."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "content_hash": EXAMPLE_HASH,
                "text": "Meetings are limited to three each month.",
                "reason": "Three is what the calendar holds.",
            }
        }
    )

    content_hash: ContentHash = Field(description="That of the suggestion countered, as it was seen.")
    suggestion: SuggestionKey | None = Field(default=None, description="A pending suggestion of one's own party's.")
    text: Wording | None = Field(default=None, description="How the suggestion's paragraphs should read instead.")
    reason: Passage | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if (self.suggestion is None) == (self.text is None):
            raise ValueError("give either a suggestion or a text")
        return self
