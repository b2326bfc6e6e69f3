"""The text of an agreement as JSON: articles, paragraphs, runs."""

from typing import Any

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_HASH, Moment, Shape


class RunShape(Shape):
    """A stretch of text under the same marks. In the markup view `ins`, `del:<party>` and `fmt:<party>` are marks."""

    text: str
    marks: dict[str, Any]


class ParagraphShape(Shape):
    """A paragraph; `marks` stands only in the markup view, where the paragraph's end itself is changing."""

    style: str = Field(description="paragraph, heading, numbered, bulleted or quote.")
    level: int
    runs: list[RunShape]
    marks: dict[str, Any] | None = None


class ArticleText(Shape):
    """An article's text; the content hash is made of exactly these members, in the agreed view."""

    id: str
    title: str
    paragraphs: list[ParagraphShape]


class MomentShape(Shape):
    """A moment: the newest entry of the ledger then, and the time."""

    seq: int
    at: Moment


class TextShape(Shape):
    """A text in one view. `content_hash` is of the agreed view: of the agreement, or of the one article asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "view": "agreed",
                "content_hash": EXAMPLE_HASH,
                "articles": [
                    {
                        "id": "art_3c",
                        "title": "Article 1 - Recognition",
                        "paragraphs": [
                            {
                                "style": "paragraph",
                                "level": 1,
                                "runs": [{"text": "The District recognizes the Association.", "marks": {}}],
                            }
                        ],
                    }
                ],
            }
        }
    )

    view: str
    content_hash: str
    articles: list[ArticleText]
    moment: MomentShape | None = Field(default=None, description="Only where `at` was given.")
