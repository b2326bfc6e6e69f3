"""Sessions, their minutes and the calendar, as they go over HTTP."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from app.api.schemas.base import EXAMPLE_HASH, EXAMPLE_TIME, Body, ContentHash, Line, Moment, Passage, Shape
from app.api.schemas.members import MemberKey
from app.api.schemas.suggestions import PersonShape

_MEMBER: Any = {"id": "mem_91xd", "name": "Ursula Vega"}
_PLAN: Any = {
    "starts_at": "2026-11-18T16:00:00Z",
    "place": "District office, room 4",
    "agenda": "Article 7, class size",
}
_CAUCUS: Any = {"party": "union", "out_at": EXAMPLE_TIME, "in_at": None}
_MINUTES: Any = {
    "version": 2,
    "content": "Both sides exchanged their positions on class size.",
    "content_hash": EXAMPLE_HASH,
    "drafted_by": _MEMBER,
    "at": EXAMPLE_TIME,
    "initials": [{"party": "union", "member": _MEMBER, "at": EXAMPLE_TIME}],
    "awaiting": ["district"],
    "frozen": False,
}
_SESSION: Any = {
    "id": "ses_4d",
    "number": 4,
    "status": "open",
    **_PLAN,
    "convened_by": _MEMBER,
    "opened_at": EXAMPLE_TIME,
    "closed_at": None,
    "attendance": {"union": [{"member_id": "mem_91xd", "name": "Ursula Vega"}]},
    "caucuses": [_CAUCUS],
    "minutes": _MINUTES,
    "next_starts_at": None,
    "refusal": None,
    "refused_by": None,
}


class PlanBody(Body):
    """When and where the parties meet, and about what."""

    model_config = ConfigDict(json_schema_extra={"example": _PLAN})

    starts_at: Moment
    place: Line | None = None
    agenda: Passage | None = None


class AttendeeBody(Body):
    """A member of the party, or a guest by name."""

    member_id: MemberKey | None = None
    name: Line | None = None

    @model_validator(mode="after")
    def _is_one_person(self) -> "AttendeeBody":
        if (self.member_id is None) == (self.name is None):
            raise ValueError("name either a member or a guest")
        return self


class AttendanceBody(Body):
    """Who of one's own party is there, in place of what was written before."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"people": [{"member_id": "mem_91xd"}, {"name": "Dr. Ames, actuary"}]}}
    )

    people: Annotated[list[AttendeeBody], Field(max_length=60)]


class CaucusBody(Body):
    """Whether one's party leaves the table (out), or comes back (in)."""

    model_config = ConfigDict(json_schema_extra={"example": {"direction": "out"}})

    direction: Literal["out", "in"]


class ClosingBody(Body):
    """Closing takes the date of the next session, or says why none is set."""

    model_config = ConfigDict(json_schema_extra={"example": {"next_starts_at": "2026-11-18T16:00:00Z"}})

    next_starts_at: Moment | None = None
    refusal: Passage | None = None

    @model_validator(mode="after")
    def _commits_or_refuses(self) -> "ClosingBody":
        self.refusal = self.refusal or None
        if (self.next_starts_at is None) == (self.refusal is None):
            raise ValueError("name the date of the next session, or say why there is none")
        return self


class MinutesBody(Body):
    """Minutes anew, over the draft that was seen."""

    model_config = ConfigDict(json_schema_extra={"example": {"content": _MINUTES["content"], "seen": EXAMPLE_HASH}})

    content: Annotated[Passage, Field(description="Plain text or Markdown; both sides' words.")]
    seen: ContentHash | None = Field(None, description="The draft that this one is written over; null: there was none.")


class MinutesSeen(Body):
    """The minutes as the caller sees them."""

    model_config = ConfigDict(json_schema_extra={"example": {"content_hash": EXAMPLE_HASH}})

    content_hash: ContentHash


class AttendeeShape(Shape):
    """Somebody who was there; `member_id` null for a guest."""

    member_id: str | None
    name: str


class CaucusShape(Shape):
    """When a party left the table, and when it came back."""

    party: str
    out_at: Moment
    in_at: Moment | None


class MinutesInitialShape(Shape):
    """A party's initials under the newest draft."""

    party: str
    member: PersonShape
    at: Moment


class MinutesShape(Shape):
    """The newest draft of a session's joint minutes; frozen once every signatory has initialled it."""

    version: int
    content: str
    content_hash: str
    drafted_by: PersonShape
    at: Moment
    initials: list[MinutesInitialShape]
    awaiting: list[str]
    frozen: bool


class SessionShape(Shape):
    """A session with its record. Who may see less of the table reads null where the rest would stand."""

    model_config = ConfigDict(json_schema_extra={"example": _SESSION})

    id: str
    number: int
    status: Literal["convened", "open", "closed"]
    starts_at: Moment
    place: str | None
    agenda: str | None
    convened_by: PersonShape | None
    opened_at: Moment | None
    closed_at: Moment | None
    attendance: dict[str, list[AttendeeShape]] | None = Field(description="Party key → who was there.")
    caucuses: list[CaucusShape] | None
    minutes: MinutesShape | None
    next_starts_at: Moment | None
    refusal: str | None = Field(description="Why no date was set for the next session.")
    refused_by: str | None = Field(description="The party that would not set one.")


class FeedShape(Shape):
    """A calendar feed of the caller."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": "cal_8w", "created_at": EXAMPLE_TIME}})

    id: str
    created_at: Moment


class NewFeed(FeedShape):
    """A calendar feed just made; `token` and `url` are shown in this answer alone."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "cal_8w",
                "created_at": EXAMPLE_TIME,
                "token": "ply_cal_3kQ",
                "url": "https://parley.example.org/api/v1/agreements/agr_7h2k/calendar.ics?token=ply_cal_3kQ",
            }
        }
    )

    token: str
    url: str
