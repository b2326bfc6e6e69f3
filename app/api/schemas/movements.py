"""What moved, as it goes over HTTP."""

from typing import Any, Literal

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_TIME, Shape
from app.api.schemas.texts import MomentShape

_MOMENT: Any = {"seq": 41, "at": EXAMPLE_TIME}


class StretchShape(Shape):
    """Some text that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


class DeedShape(Shape):
    """One act on the ledger; members and boards hear neither who did it nor why."""

    seq: int
    at: str
    kind: str
    party: str | None
    member: str | None
    reason: str | None


class MovedShape(Shape):
    """A suggestion on which somebody acted."""

    suggestion: str
    party: str
    author: str | None
    status: str = Field(description="How it stood at the end: pending, accepted, rejected or withdrawn.")
    before: str
    after: str
    difference: list[StretchShape] = Field(description="From `before` to `after`, word by word.")
    deeds: list[DeedShape]
    awaiting: list[str] = Field(description="The parties that have yet to answer it.")


class ClauseShape(Shape):
    """A numbered paragraph; `number` is null where what moved bears none."""

    number: str | None
    moved: list[MovedShape]


class ArticleMovementsShape(Shape):
    """An article that moved."""

    id: str
    title: str
    stood: str = Field(description="Its standing at the beginning.")
    stands: str = Field(description="Its standing at the end.")
    clauses: list[ClauseShape]
    deeds: list[DeedShape] = Field(description="Acts about the article as a whole.")


_DEED: Any = {
    "seq": 40,
    "at": "2026-03-02T16:00:00.000000Z",
    "kind": "suggestion.proposed",
    "party": "union",
    "member": "Ursula Vega",
    "reason": None,
}


class MovementsShape(Shape):
    """What moved between two moments, as one audience hears it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "since": {"seq": 12, "at": EXAMPLE_TIME},
                "until": _MOMENT,
                "audience": "party",
                "articles": [
                    {
                        "id": "art_3c",
                        "title": "Article 7 - Hours",
                        "stood": "status_quo",
                        "stands": "open",
                        "clauses": [
                            {
                                "number": "7.2",
                                "moved": [
                                    {
                                        "suggestion": "s-4kq0",
                                        "party": "union",
                                        "author": "Ursula Vega",
                                        "status": "pending",
                                        "before": "Limited to two each month.",
                                        "after": "Limited to four each month.",
                                        "difference": [
                                            {"kind": "same", "text": "Limited to "},
                                            {"kind": "removed", "text": "two"},
                                            {"kind": "added", "text": "four"},
                                            {"kind": "same", "text": " each month."},
                                        ],
                                        "deeds": [_DEED],
                                        "awaiting": ["district"],
                                    }
                                ],
                            }
                        ],
                        "deeds": [],
                    }
                ],
                "to_answer": ["s-4kq0"],
            }
        }
    )

    since: MomentShape
    until: MomentShape
    audience: Literal["party", "table", "members"]
    articles: list[ArticleMovementsShape]
    to_answer: list[str] = Field(description="For a party: all that it has yet to answer, whether or not it moved.")
