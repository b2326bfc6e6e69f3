"""Where the parties stand, as it goes over HTTP: positions, what moved, progress, and everybody's acts."""

from typing import Any, Literal

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_HASH, EXAMPLE_TIME, Moment, Shape
from app.api.schemas.texts import MomentShape, ParagraphShape

_MOMENT: Any = {"seq": 41, "at": EXAMPLE_TIME}
_PARAGRAPH: Any = {
    "style": "numbered",
    "level": 1,
    "runs": [{"text": "Meetings are limited to four each month.", "marks": {}}],
    "marks": None,
}
_PARTIES: Any = [{"key": "union", "name": "Teachers' Association", "signatory": True}]


class SidesShape(Shape):
    """A party, as the agreement was founded."""

    key: str
    name: str
    signatory: bool


class ReadingShape(Shape):
    """One reading of an article. `paragraphs` is null where they were not asked for."""

    content_hash: str
    paragraphs: list[ParagraphShape] | None


class PositionShape(ReadingShape):
    """The agreed text with one party's own pending suggestions, and nobody else's."""

    differs: bool = Field(description="Whether it reads otherwise than what is agreed.")
    suggestions: list[str] = Field(description="The suggestions that make it so.")
    amendments: dict[str, str] = Field(
        description="Its suggestions within another party's proposal, and which; they are no part of this reading."
    )


class ArticlePositionsShape(Shape):
    """One article."""

    id: str
    title: str
    standing: str = Field(description="status_quo, open, in_package or tentative.")
    status_quo: ReadingShape | None = Field(description="The starting text; null for an article added since.")
    agreed: ReadingShape
    positions: dict[str, PositionShape] = Field(description="By the key of each party.")
    awaiting: dict[str, list[str]] = Field(description="By party, the suggestions that it has yet to answer.")
    open_since: Moment | None
    days_open: int = Field(description="For how many days it has been open in all.")


class PositionsShape(Shape):
    """The parties' positions at a moment. `content_hash` is of the whole agreed text then."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "moment": _MOMENT,
                "content_hash": EXAMPLE_HASH,
                "parties": _PARTIES,
                "articles": [
                    {
                        "id": "art_3c",
                        "title": "Article 7 - Hours",
                        "standing": "open",
                        "status_quo": {"content_hash": EXAMPLE_HASH, "paragraphs": [_PARAGRAPH]},
                        "agreed": {"content_hash": EXAMPLE_HASH, "paragraphs": [_PARAGRAPH]},
                        "positions": {
                            "union": {
                                "content_hash": EXAMPLE_HASH,
                                "paragraphs": [_PARAGRAPH],
                                "differs": True,
                                "suggestions": ["s-4kq0"],
                                "amendments": {},
                            }
                        },
                        "awaiting": {"district": ["s-4kq0"]},
                        "open_since": EXAMPLE_TIME,
                        "days_open": 12,
                    }
                ],
            }
        }
    )

    moment: MomentShape
    content_hash: str
    parties: list[SidesShape]
    articles: list[ArticlePositionsShape]


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


class ArticleProgressShape(Shape):
    """How one article stands."""

    id: str
    title: str
    standing: str
    standing_since: Moment | None
    open_since: Moment | None
    days_open: int
    pending: int


class PointShape(Shape):
    """From this moment on, so many of each."""

    seq: int
    at: Moment
    counts: dict[str, int]


class OwedShape(Shape):
    """How many answers a party owes, and since when the longest."""

    party: str
    answers: int
    oldest_since: Moment | None


class PaceShape(Shape):
    """How quickly it goes."""

    enacted_in_7_days: int
    closed_in_7_days: int
    reopened_in_7_days: int
    median_hours_to_decision: int | None


class ActMarkShape(Shape):
    """An act on the line of time, to turn back to."""

    seq: int
    at: Moment
    kind: str
    party: str | None
    article: str | None


class ProgressShape(Shape):
    """How far the parties have come. A series holds at most some two hundred points."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "moment": _MOMENT,
                "began_at": EXAMPLE_TIME,
                "articles": [
                    {
                        "id": "art_3c",
                        "title": "Article 7 - Hours",
                        "standing": "open",
                        "standing_since": EXAMPLE_TIME,
                        "open_since": EXAMPLE_TIME,
                        "days_open": 12,
                        "pending": 3,
                    }
                ],
                "counts": {"status_quo": 12, "open": 6, "in_package": 0, "tentative": 4},
                "over_time": [
                    {
                        "seq": 1,
                        "at": EXAMPLE_TIME,
                        "counts": {"status_quo": 22, "open": 0, "in_package": 0, "tentative": 0},
                    }
                ],
                "outstanding": [{"party": "district", "answers": 3, "oldest_since": EXAMPLE_TIME}],
                "outstanding_over_time": [{"seq": 5, "at": EXAMPLE_TIME, "counts": {"union": 0, "district": 3}}],
                "pace": {
                    "enacted_in_7_days": 9,
                    "closed_in_7_days": 2,
                    "reopened_in_7_days": 0,
                    "median_hours_to_decision": 26,
                },
                "acts": [
                    {
                        "seq": 5,
                        "at": EXAMPLE_TIME,
                        "kind": "suggestion.proposed",
                        "party": "union",
                        "article": "art_3c",
                    }
                ],
            }
        }
    )

    moment: MomentShape
    began_at: Moment
    articles: list[ArticleProgressShape]
    counts: dict[str, int]
    over_time: list[PointShape]
    outstanding: list[OwedShape]
    outstanding_over_time: list[PointShape]
    pace: PaceShape
    acts: list[ActMarkShape] = Field(description="Acts in their order, thinned out to some hundreds.")


class PersonNamed(Shape):
    """Somebody, as named at the time."""

    id: str
    name: str


class ProposerShape(Shape):
    """Whose suggestion it is."""

    party: str
    author: PersonNamed


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
    member: PersonNamed | None
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
