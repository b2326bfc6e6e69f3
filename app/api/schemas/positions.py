"""The positions of the parties at a moment, as they go over HTTP."""

from typing import Any

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
