"""How far it came, as it goes over HTTP."""

from typing import Any

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_TIME, Moment, Shape
from app.api.schemas.texts import MomentShape

_MOMENT: Any = {"seq": 41, "at": EXAMPLE_TIME}


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
