"""Mediation as it goes over HTTP: who mediates, sealed notes, proposals that are answered double-blind."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from app.api.schemas.base import EXAMPLE_TIME, Body, Line, Moment, Passage, Shape, _readable
from app.api.schemas.suggestions import PersonShape

_PERSON: Any = {"id": "mem_91xd", "name": "Maya Ortiz"}
_NOTE: Any = {
    "id": "not_7c",
    "party": "union",
    "author": _PERSON,
    "author_party": "mediation",
    "text": "What would make Article 9 bearable for you?",
    "at": EXAMPLE_TIME,
}
_CHANGE: Any = {"article_id": "art_3c", "before": "three percent", "after": "three and a half percent"}
_PROPOSAL: Any = {
    "id": "mpr_2f",
    "author": _PERSON,
    "title": "Salary and preparation time, together",
    "terms": "The raise comes with one more preparation period.",
    "changes": [_CHANGE],
    "status": "open",
    "created_at": EXAMPLE_TIME,
    "closes_at": EXAMPLE_TIME,
    "ended_at": None,
    "own_answer": "yes",
    "may": ["answer"],
    "tabled": [],
}
Words = Annotated[str, StringConstraints(min_length=1, max_length=4_000), AfterValidator(_readable)]


def _one_paragraph(value: str) -> str:
    if "\n" in value or "\t" in value:
        raise ValueError("must stay within one paragraph")
    return value


Stretch = Annotated[str, StringConstraints(max_length=4_000), AfterValidator(_readable), AfterValidator(_one_paragraph)]


class CalledMediator(Shape):
    """A mediator who is invited, and which signatories have agreed to it."""

    invitation: str
    party: str
    email: str | None
    invited_by_party: str
    expires_at: Moment
    consents: list[str]
    awaiting: list[str]


class MediatorShape(Shape):
    """Somebody who mediates."""

    id: str
    name: str
    party: str


class MediationShape(Shape):
    """How the mediation stands for the caller. `rooms` are the parties with which it shares sealed notes."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "mediators": [{**_PERSON, "party": "mediation"}],
                "called": [
                    {
                        "invitation": "inv_5t",
                        "party": "mediation",
                        "email": "maya@mediation.example",
                        "invited_by_party": "union",
                        "expires_at": EXAMPLE_TIME,
                        "consents": ["union"],
                        "awaiting": ["district"],
                    }
                ],
                "rooms": ["union"],
            }
        }
    )

    mediators: list[MediatorShape]
    called: list[CalledMediator]
    rooms: list[str]


class ConsentBody(Body):
    """Which invitation of a mediator the caller's party agrees to."""

    model_config = ConfigDict(json_schema_extra={"example": {"invitation": "inv_5t"}})

    invitation: Annotated[str, Field(max_length=64)]


class SealedNoteBody(Body):
    """A sealed note."""

    model_config = ConfigDict(json_schema_extra={"example": {"text": _NOTE["text"]}})

    text: Words


class SealedNoteShape(Shape):
    """A note between the mediators and one party. Nobody else can tell that it exists."""

    model_config = ConfigDict(json_schema_extra={"example": _NOTE})

    id: str
    party: str
    author: PersonShape
    author_party: str
    text: str
    at: Moment


class ProposedChangeBody(Body):
    """A passage of agreed text, standing once in its article, and what is to stand in its place."""

    article_id: Annotated[str, Field(max_length=64)]
    before: Annotated[Stretch, Field(min_length=1)]
    after: Stretch


class MediationProposalBody(Body):
    """What a mediator puts to every signatory."""

    model_config = ConfigDict(
        json_schema_extra={"example": {name: _PROPOSAL[name] for name in ("title", "terms", "changes", "closes_at")}}
    )

    title: Line
    terms: Passage = ""
    changes: Annotated[list[ProposedChangeBody], Field(max_length=50, default_factory=list)]
    closes_at: Moment


class ProposedChange(Shape):
    """One change that a proposal makes."""

    article_id: str
    before: str
    after: str


class TabledChange(Shape):
    """What became of a change after everybody agreed: the suggestion it came to the table as, or why it did not."""

    article_id: str
    suggestion: str | None
    code: str | None


class MediationProposal(Shape):
    """A mediator's proposal. `own_answer` is that of the caller's own party; of any other, nothing here tells."""

    model_config = ConfigDict(json_schema_extra={"example": _PROPOSAL})

    id: str
    author: PersonShape
    title: str
    terms: str
    changes: list[ProposedChange]
    status: Literal["open", "agreed", "ended", "withdrawn"]
    created_at: Moment
    closes_at: Moment
    ended_at: Moment | None
    own_answer: Literal["yes", "no"] | None
    may: list[Literal["answer", "withdraw"]]
    tabled: list[TabledChange]


class MediationAnswerBody(Body):
    """A signatory's private answer."""

    model_config = ConfigDict(json_schema_extra={"example": {"answer": "yes"}})

    answer: Literal["yes", "no"]
