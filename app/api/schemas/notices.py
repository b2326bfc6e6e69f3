"""Notices and how a member wants to be told, as they go over HTTP."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from app.api.schemas.base import EXAMPLE_TIME, Body, Moment, Shape
from app.domain.news import Topic
from app.domain.telling import Language, Pace

_NOTICE: Any = {
    "id": "ntc_4r",
    "agreement_id": "agr_7h2k",
    "agreement_title": "2026-29 Agreement",
    "kind": "suggestion.proposed",
    "topic": "proposals",
    "subject": {
        "by": {"id": "mem_91xd", "name": "Ursula Vega", "party": "union"},
        "article": "art_3c",
        "suggestions": ["s-4kq0"],
        "count": 1,
    },
    "article_title": "Article 7 - Hours",
    "private": False,
    "at": EXAMPLE_TIME,
    "read": False,
}
_PREFERENCES: Any = {
    "mail": "daily",
    "daily_hour": 7,
    "quiet_from": 20,
    "quiet_until": 7,
    "time_zone": "America/Los_Angeles",
    "language": "en",
    "muted": ["people"],
}
Hour = Annotated[int, Field(ge=0, le=23)]


class MemberNotice(Shape):
    """One thing that the caller was told. `subject` holds what it is about: ids, and who did it under `by`."""

    model_config = ConfigDict(json_schema_extra={"example": _NOTICE})

    id: str
    agreement_id: str
    agreement_title: str
    kind: str = Field(description="The kind of the ledger entry it was made from, or a kind of its own.")
    topic: Topic
    subject: dict[str, Any]
    article_title: str | None
    private: bool = Field(description="Whether only the caller's party knows of it.")
    at: Moment
    read: bool


class NoticePage(Shape):
    """A page of notices, newest first."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_NOTICE], "next": None, "unread": 1}})

    items: list[MemberNotice]
    next: str | None
    unread: int = Field(description="How many are unread in all, beyond this page too.")


class ReadBody(Body):
    """Which notices were read: some by their ids, or every one, perhaps of one agreement."""

    model_config = ConfigDict(json_schema_extra={"example": {"ids": ["ntc_4r"]}})

    ids: Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=500)] | None = None
    all: bool = False
    agreement_id: Annotated[str, Field(max_length=64)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "ReadBody":
        if self.all == (self.ids is not None):
            raise ValueError("name either `ids` or `all`")
        return self


class UnreadShape(Shape):
    """How many notices are left unread."""

    model_config = ConfigDict(json_schema_extra={"example": {"unread": 0}})

    unread: int


class PreferenceBody(Body):
    """How a member wants to be told by mail. Hours are whole hours of the day in `time_zone`."""

    model_config = ConfigDict(json_schema_extra={"example": _PREFERENCES})

    mail: Pace = Field(description="`immediate` gathers a minute; `hourly` and `daily` are digests.")
    daily_hour: Hour = 7
    quiet_from: Hour | None = None
    quiet_until: Hour | None = None
    time_zone: Annotated[str, Field(max_length=64, description="An IANA name.")] = "UTC"
    language: Language = "en"
    muted: Annotated[list[Topic], Field(max_length=len(Topic), default_factory=list)]

    @model_validator(mode="after")
    def _both_or_neither(self) -> "PreferenceBody":
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise ValueError("quiet hours need both an end and a beginning")
        return self


class PreferenceShape(Shape):
    """How the caller is told in this agreement, and what stands in the way of mail."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                **_PREFERENCES,
                "address": "dana@district.example",
                "address_refused_at": None,
                "mail_available": True,
                "carries_text": False,
                "may_choose_text": True,
            }
        }
    )

    mail: Pace
    daily_hour: int
    quiet_from: int | None
    quiet_until: int | None
    time_zone: str
    language: Language
    muted: list[Topic]
    address: str
    address_refused_at: Moment | None = Field(
        description="Since when the address takes no mail; choosing a pace of mail anew tries it again."
    )
    mail_available: bool = Field(description="Whether the operator has named a mail server.")
    carries_text: bool = Field(description="Whether mail about the party's private matters carries their text.")
    may_choose_text: bool = Field(description="Whether the caller may change that, as a lead of the party.")


class PartyMailBody(Body):
    """Whether mail about a party's private matters may carry their text."""

    model_config = ConfigDict(json_schema_extra={"example": {"carries_text": True}})

    carries_text: bool
