"""Threads and what is said in them, as they go over HTTP."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from app.api.schemas.base import EXAMPLE_TIME, Body, Moment, Passage, Shape
from app.domain.threads import LONGEST_POST, ThreadScope

_PLACE: Any = {"suggestion": "s-4kq0"}
_POST: Any = {
    "id": "pst_8h",
    "author": {"id": "mem_91xd", "name": "Ursula Vega", "party": "union"},
    "text": "@mem_2kcc does this include the summer session?",
    "mentions": ["mem_2kcc"],
    "created_at": EXAMPLE_TIME,
    "edited_at": None,
}
_THREAD: Any = {
    "id": "thr_4m",
    "scope": "table",
    "party": None,
    "on": _PLACE,
    "article_id": "art_3c",
    "posts": [_POST],
    "created_at": EXAMPLE_TIME,
    "resolved_at": None,
    "resolved_by": None,
    "may": ["reply", "resolve"],
}


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError("must say something")
    return value


Words = Annotated[Passage, AfterValidator(_said), Field(max_length=LONGEST_POST, examples=["Does this include May?"])]
Key = Annotated[str, Field(min_length=1, max_length=64)]
RelativePosition = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9+/_=-]{1,400}$"),
    Field(description="A Yjs relative position in the article's text, encoded, in base64.", examples=["AQKXBA=="]),
]
Quote = Annotated[str, StringConstraints(max_length=500)]


class ThreadPlaceBody(Body):
    """What a thread is about: one suggestion, one draft of one's caucus, or one article and perhaps words in it."""

    model_config = ConfigDict(json_schema_extra={"example": _PLACE})

    suggestion: Key | None = None
    draft: Key | None = Field(default=None, description="With scope `party` alone.")
    article: Key | None = None
    start: RelativePosition | None = None
    end: RelativePosition | None = None
    quote: Quote | None = Field(default=None, description="The words between `start` and `end`, as they stand.")

    @model_validator(mode="after")
    def _is_one_place(self) -> Self:
        if sum(one is not None for one in (self.suggestion, self.draft, self.article)) != 1:
            raise ValueError("name one of suggestion, draft and article")
        if (self.start is None) != (self.end is None) or (self.start is not None and self.article is None):
            raise ValueError("start and end go together, and with an article")
        return self


class ThreadBody(Body):
    """A thread to open."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"scope": "table", "on": _PLACE, "text": "Does this include the summer session?"}}
    )

    scope: ThreadScope = Field(description="`table`: everyone at the table reads it. `party`: your own party alone.")
    on: ThreadPlaceBody
    text: Words = Field(description="What is said; `@` and a member's id mentions that member.")


class PostBody(Body):
    """Something to say in a thread."""

    model_config = ConfigDict(json_schema_extra={"example": {"text": "It does, @mem_91xd."}})

    text: Words


class SpeakerShape(Shape):
    """A member, by name, and its party."""

    id: str
    name: str
    party: str


class PostShape(Shape):
    """What somebody said."""

    model_config = ConfigDict(json_schema_extra={"example": _POST})

    id: str
    author: SpeakerShape
    text: str
    mentions: list[str]
    created_at: Moment
    edited_at: Moment | None


class ResolverShape(Shape):
    """Who resolved a thread."""

    id: str
    name: str


class ThreadPlaceShape(Shape):
    """What a thread is about; what is not said is null."""

    model_config = ConfigDict(json_schema_extra={"example": _PLACE})

    suggestion: str | None = None
    draft: str | None = None
    article: str | None = None
    start: str | None = None
    end: str | None = None
    quote: str | None = None


class ThreadShape(Shape):
    """A thread with all that was said in it."""

    model_config = ConfigDict(json_schema_extra={"example": _THREAD})

    id: str
    scope: ThreadScope
    party: str | None = Field(description="With scope `party`: the one party that may know of it.")
    on: ThreadPlaceShape
    article_id: str
    posts: list[PostShape]
    created_at: Moment
    resolved_at: Moment | None
    resolved_by: ResolverShape | None
    may: list[str] = Field(description="What the caller may do now: reply, edit (its own last post), resolve, reopen.")
