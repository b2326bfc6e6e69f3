"""Everybody's acts, as they go over HTTP."""

from pydantic import ConfigDict, Field

from app.api.schemas.base import Shape
from app.api.schemas.suggestions import PersonShape


class ProposerShape(Shape):
    """Whose suggestion it is."""

    party: str
    author: PersonShape


class ActShape(Shape):
    """One act: who, when, for which party, about what, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "seq": 41,
                "at": "2026-03-02T16:00:00.000000Z",
                "kind": "suggestion.accepted",
                "party": "district",
                "member": {"id": "mem_72ab", "name": "Dana Cole"},
                "article": {"id": "art_3c", "title": "Article 7 - Hours"},
                "suggestion": "s-4kq0",
                "proposed_by": {"party": "union", "author": {"id": "mem_91xd", "name": "Ursula Vega"}},
                "version": 3,
                "reason": None,
                "before": "Meetings are limited to two each month.",
                "after": "Meetings are limited to four each month.",
            }
        }
    )

    seq: int
    at: str = Field(description="RFC 3339, UTC, as the ledger has it.")
    kind: str
    party: str | None
    member: PersonShape | None
    article: "ArticleNamed | None"
    suggestion: str | None
    proposed_by: ProposerShape | None
    version: int | None
    reason: str | None
    before: str = Field(description="What its paragraphs read without it, when it was decided or as it stands now.")
    after: str


class ArticleNamed(Shape):
    """An article, by its title at the time."""

    id: str
    title: str
