"""A party's caucus over HTTP: its drafts, what tabling them would show, the act itself, and how long all is kept."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_HASH, EXAMPLE_TIME, Body, ContentHash, Moment, Passage, Shape
from app.api.schemas.suggestions import EXAMPLE_SUGGESTION, ChangeShape, PersonShape, SuggestionKey, SuggestionShape
from app.api.schemas.texts import ArticleText
from app.domain.retention import Keep

MOST_DRAFTS = 2_000
_AUTHOR: Any = {"id": "mem_91xd", "name": "Ursula Vega"}
_DRAFT: Any = {
    "id": "d-7f3a",
    "article_id": "art_3c",
    "author": _AUTHOR,
    "kind": "replacement",
    "version": 5,
    "content_hash": EXAMPLE_HASH,
    "before": "Meetings are limited to two each month.",
    "after": "Meetings are limited to four each month.",
    "changes": [
        {"kind": "deletion", "text": "two", "offset": 24},
        {"kind": "insertion", "text": "four", "offset": 27},
    ],
    "amends": None,
    "reason": "Three would do.",
    "created_at": EXAMPLE_TIME,
    "may": ["edit", "table", "withdraw", "explain"],
}
_TABLED: Any = {
    **EXAMPLE_SUGGESTION,
    "version": 1,
    "tabling": "tbl_5n2c",
    "tabled_by": {"id": "mem_0k3p", "name": "Uma Lind"},
    "awaiting": ["district"],
    "may": ["withdraw", "explain"],
    "draft": "d-7f3a",
}


class DraftShape(Shape):
    """A draft as it stands in the caucus. Nobody outside the party learns of it, nor of its id, ever."""

    model_config = ConfigDict(json_schema_extra={"example": _DRAFT})

    id: str
    article_id: str
    author: PersonShape
    kind: str = Field(description="insertion, deletion, replacement or format.")
    version: int
    content_hash: str = Field(description="What tabling it has to name.")
    before: str = Field(description="Its paragraphs without it.")
    after: str = Field(description="Its paragraphs with it.")
    changes: list[ChangeShape]
    amends: str | None = Field(description="The pending proposal at the table that it would change.")
    reason: str | None = Field(description="Why, for the party alone; it does not travel to the table.")
    created_at: Moment
    may: list[str] = Field(description="What the caller may do now: edit, table, withdraw, explain.")


class SeenDraft(Body):
    """A draft, as the caller sees it."""

    id: SuggestionKey
    content_hash: ContentHash
    reason: Passage | None = Field(
        default=None, description="Why this one, for the other side to read; without it, the reason of the act."
    )


SeenDrafts = Annotated[list[SeenDraft], Field(min_length=1, max_length=MOST_DRAFTS)]


class PreviewBody(Body):
    """Drafts that might be tabled."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"suggestions": [{"id": "d-7f3a", "content_hash": EXAMPLE_HASH}]}}
    )

    suggestions: SeenDrafts
    reason: Passage | None = None


class TablingBody(Body):
    """Drafts to be tabled in one act, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "suggestions": [{"id": "d-7f3a", "content_hash": EXAMPLE_HASH}],
                "reason": "Six preps in elementary schools.",
            }
        }
    )

    suggestions: SeenDrafts
    reason: Passage | None = None


class TabledShape(SuggestionShape):
    """A suggestion as it now stands at the table, with the draft it was: a link that the party alone is told."""

    model_config = ConfigDict(json_schema_extra={"example": _TABLED})

    draft: str


class TablingShape(Shape):
    """One act of tabling, with what it brought to the table, in the order of the text."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": "tbl_5n2c", "suggestions": [_TABLED]}})

    id: str
    suggestions: list[TabledShape]


class PreviewShape(Shape):
    """What everybody at the table would see: the touched articles in the markup view, and a card for each draft."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "articles": [
                    {
                        "id": "art_3c",
                        "title": "Article 1 - Meetings",
                        "paragraphs": [
                            {
                                "style": "paragraph",
                                "level": 1,
                                "runs": [
                                    {"text": "Meetings are limited to ", "marks": {}},
                                    {"text": "two", "marks": {"del:union": {"id": "s-4kq0"}}},
                                    {"text": "four", "marks": {"ins": {"id": "s-4kq0", "party": "union"}}},
                                    {"text": " each month.", "marks": {}},
                                ],
                            }
                        ],
                    }
                ],
                "suggestions": [{**_TABLED, "tabling": None}],
            }
        }
    )

    articles: list[ArticleText]
    suggestions: list[TabledShape]


class RecallShape(Shape):
    """A suggestion that was taken back into the caucus: as the record keeps it, and the draft that it is now."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "suggestion": {**EXAMPLE_SUGGESTION, "status": "withdrawn", "awaiting": [], "may": []},
                "draft": _DRAFT,
            }
        }
    )

    suggestion: SuggestionShape
    draft: DraftShape


class RetentionBody(Body):
    """How long the party keeps its caucus. Under a legal hold nothing is destroyed, whatever else is said."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"keep": "until", "until": "2026-09-01T00:00:00Z", "legal_hold": False}}
    )

    keep: Keep
    until: Moment | None = None
    legal_hold: bool = False


class RetentionShape(Shape):
    """What the party decided; nobody else can read it, nor that there is anything to read."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "keep": "until_signature",
                "until": None,
                "legal_hold": False,
                "changed_at": EXAMPLE_TIME,
                "changed_by": _AUTHOR,
                "destroyed_at": None,
            }
        }
    )

    keep: Keep
    until: Moment | None
    legal_hold: bool
    changed_at: Moment | None
    changed_by: PersonShape | None
    destroyed_at: Moment | None = Field(description="When a caucus of this party was last destroyed, if one was.")
