"""Suggestions about articles as a whole, as they go over HTTP."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from app.api.schemas.base import Body, Line, Passage
from app.domain.structure import Op
from app.services.markdown_text import MOST_CHARACTERS

_Article = Annotated[str, Field(min_length=1, max_length=64, examples=["art_3c"])]


class StructureBody(Body):
    """What a member suggests to do to an article as a whole.

    `add` takes `title`, perhaps `text`, and `after`; `move` takes `article`, `after`, and a `title` where the article
    is renumbered with it; `retitle` takes `article` and `title`; `strike` takes `article`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "op": "add",
                "title": "Article 12 - Leaves",
                "text": "Sick leave is ten days a year.",
                "after": "art_3c",
                "reason": "The old agreement said nothing about leaves.",
            }
        }
    )

    op: Op
    article: _Article | None = None
    title: Line | None = None
    after: _Article | Literal["last"] | None = Field(
        default="last", description="The article that it is to stand after; null for the first place."
    )
    text: str = Field(default="", max_length=MOST_CHARACTERS, description="The starting text, in Markdown.")
    reason: Passage | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Insist on what the operation needs, and on nothing that it would leave out in silence."""
        given = self.model_fields_set - {"op", "reason"}
        needed = {"add": {"title"}, "move": {"article", "after"}, "retitle": {"article", "title"}}
        taken = {"add": {"title", "text", "after"}, "move": {"article", "after", "title"}}
        op = str(self.op)
        wanted = needed.get(op, {"article"})
        missing = {name for name in wanted if name not in given or (name != "after" and getattr(self, name) is None)}
        if missing:
            raise ValueError(f"{op} needs {', '.join(sorted(missing))}")
        if odd := given - taken.get(op, wanted):
            raise ValueError(f"{op} takes no {', '.join(sorted(odd))}")
        return self
