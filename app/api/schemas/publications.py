"""Notices to the public, the clocks that ask for them, and the public page, as they go over HTTP."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_HASH, EXAMPLE_TIME, Body, Moment, Passage, Shape
from app.api.schemas.suggestions import PersonShape
from app.api.schemas.texts import ParagraphShape
from app.domain.agreements import Stage, Standing

_NOTICE: Any = {
    "id": "pub_2c",
    "kind": "new_subjects",
    "articles": ["art_3c"],
    "content": "Public notice. A new subject was raised: Article 7 - Class Size.",
    "party": "district",
    "at": EXAMPLE_TIME,
}
ArticleKey = Annotated[str, Field(max_length=64)]


class PublicNoticeBody(Body):
    """A notice for the public list, and the articles that it makes public."""

    model_config = ConfigDict(
        json_schema_extra={"example": {key: _NOTICE[key] for key in ("kind", "articles", "content")}}
    )

    kind: Literal["new_subjects", "initial_proposals"]
    articles: Annotated[list[ArticleKey], Field(max_length=500, default_factory=list)]
    content: Passage


class PublicNotice(Shape):
    """A notice as the public reads it."""

    model_config = ConfigDict(json_schema_extra={"example": _NOTICE})

    id: str
    kind: str
    articles: list[str]
    content: str
    party: str
    at: Moment


class PublicationShape(PublicNotice):
    """A notice as members read it: with who posted it."""

    model_config = ConfigDict(
        json_schema_extra={"example": {**_NOTICE, "member": {"id": "mem_91xd", "name": "Dana Kerr"}}}
    )

    member: PersonShape


class ClockShape(Shape):
    """A clock that runs: it warns, and stops nobody. `notice` is ready to be posted."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "new_subjects",
                "articles": ["art_3c"],
                "started_at": EXAMPLE_TIME,
                "due_at": "2026-03-03T16:00:00Z",
                "overdue": False,
                "notice": _NOTICE["content"],
            }
        }
    )

    kind: str
    articles: list[str]
    started_at: Moment | None
    due_at: Moment
    overdue: bool
    notice: str


class PublicParty(Shape):
    """A side at the table."""

    key: str
    name: str
    signatory: bool


class PublicProposal(Shape):
    """A proposal as it was tabled; which person wrote it is nobody's business here."""

    party: str
    kind: str
    status: str
    before: str
    after: str
    reason: str | None
    tabled_at: Moment


class PublicArticle(Shape):
    """An article as the public may read it."""

    id: str
    position: int
    title: str
    standing: Standing
    paragraphs: list[ParagraphShape] = Field(description="The agreed text.")
    proposals: list[PublicProposal] = Field(description="What waits for an answer, where the rules show it.")


class PublicAgreement(Shape):
    """What the ground rules let the public see of an agreement."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "agr_7h2k",
                "title": "2026-29 Agreement",
                "status": "bargaining",
                "sees": "tentative",
                "parties": [{"key": "union", "name": "Teachers' Association", "signatory": True}],
                "articles": [
                    {
                        "id": "art_3c",
                        "position": 1,
                        "title": "Article 1 - Recognition",
                        "standing": "tentative",
                        "paragraphs": [],
                        "proposals": [],
                    }
                ],
                "content_hash": EXAMPLE_HASH,
            }
        }
    )

    id: str
    title: str
    status: Stage
    sees: Literal["tentative", "tabled"]
    parties: list[PublicParty]
    articles: list[PublicArticle]
    content_hash: str = Field(description="Of the agreed text that is shown here.")


class PublicNotices(Shape):
    """The public notice list of an agreement, newest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "title": "2026-29 Agreement",
                "parties": {"union": "Teachers' Association"},
                "subjects": {"art_3c": "Article 7 - Class Size"},
                "items": [_NOTICE],
                "next": None,
            }
        }
    )

    title: str
    parties: dict[str, str]
    subjects: dict[str, str] = Field(description="The titles of the articles that the notices speak of.")
    items: list[PublicNotice]
    next: str | None
