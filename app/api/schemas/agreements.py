"""Agreements and how they stand, as they go over HTTP."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.api.schemas.base import EXAMPLE_HASH, EXAMPLE_TIME, Body, ContentHash, Key, Line, Moment, Shape
from app.domain.agreements import Stage, Standing
from app.domain.reconvening import State
from app.domain.roles import Act, Role

_PARTIES: Any = [
    {"key": "union", "name": "Teachers' Association", "signatory": True},
    {"key": "district", "name": "School District", "signatory": True},
]
_SUMMARY: Any = {
    "id": "agr_7h2k",
    "title": "2026-29 Agreement",
    "status": "bargaining",
    "created_at": EXAMPLE_TIME,
    "content_hash": EXAMPLE_HASH,
    "parties": [{"id": "par_1a", **_PARTIES[0]}, {"id": "par_2b", **_PARTIES[1]}],
    "articles": [
        {
            "id": "art_3c",
            "position": 1,
            "title": "Article 1 - Recognition",
            "standing": "open",
            "content_hash": EXAMPLE_HASH,
            "pending": {"union": 2},
            "initials": {},
            "reopening": [],
        }
    ],
    "proposed": [
        {"id": "art_9k", "title": "Leaves", "party": "union", "suggestion": "sug_1c", "after": "art_3c"},
    ],
    "struck": [],
    "pending": {"union": 2, "district": 0},
    "me": {
        "member_id": "mem_91xd",
        "party": "union",
        "role": "lead",
        "may": ["read", "suggest", "respond"],
        "sees": "all",
    },
}


class PartyBody(Body):
    """A party as the founder names it."""

    key: Key
    name: Line
    signatory: bool


class FounderBody(Body):
    """Where the founder sits."""

    party: Key
    role: Role


class StartingText(Body):
    """What the parties begin from."""

    format: Literal["markdown"]
    content: str


class FoundingBody(Body):
    """Beginning an agreement."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "title": "2026-29 Agreement",
                "parties": _PARTIES,
                "member": {"party": "union", "role": "lead"},
                "text": {"format": "markdown", "content": "## Article 1 - Recognition\n\nThe District recognizes…"},
            }
        }
    )

    title: Line
    parties: Annotated[list[PartyBody], Field(min_length=2, max_length=12)]
    member: FounderBody
    text: StartingText


class PartyShape(Shape):
    """A side at the table; every other place names it by `key`."""

    id: str
    key: str
    name: str
    signatory: bool


class InitialShape(Shape):
    """A lead's initials under one content hash of an article."""

    member_id: str
    content_hash: str
    at: Moment


class ArticleShape(Shape):
    """An article without its text.

    `standing`: `tentative` once every signatory has initialled it; else `in_package` where something in it is part of
    an open package; else `open` where suggestions are pending in it, or what it says has changed; else `withdrawn`
    where the last that was proposed in it was taken back; else `status_quo`.
    """

    id: str
    position: int
    title: str
    standing: Standing
    content_hash: str
    pending: dict[str, int] = Field(description="Party key → how many of its suggestions wait in this article.")
    initials: dict[str, InitialShape] = Field(description="Party key → its initials, as long as they hold.")
    reopening: list[str] = Field(description="The parties that ask to reopen this tentative agreement.")


class ProposedArticleShape(Shape):
    """An article that a party proposes; it is no part of the agreement until the others have accepted it."""

    id: str
    title: str
    party: str
    suggestion: str = Field(description="What proposes it, and is answered.")
    after: str | None = Field(description="The article that it is to stand after; null for the first place.")


class StruckArticleShape(Shape):
    """An article that was struck by agreement; its history stays."""

    id: str
    title: str


class MySeat(Shape):
    """The caller in this agreement. `may` lists the acts to offer; the server judges each again."""

    member_id: str
    party: str
    role: Role
    may: list[Act]
    sees: Literal["nothing", "tentative", "tabled", "live", "all"] = Field(
        description="How much of the table the ground rules let the caller see; `all`, but for observers."
    )


class MemberShape(Shape):
    """A person in a party."""

    id: str
    name: str
    party: str
    role: Role


class ConfirmationShape(Shape):
    """A signatory's yes to the starting text."""

    member_id: str
    content_hash: str
    at: Moment


class SignatureShape(Shape):
    """A signatory's signature under the whole text."""

    member_id: str
    name: str
    content_hash: str
    at: Moment


class AgreementSummary(Shape):
    """An agreement as a list shows it."""

    model_config = ConfigDict(json_schema_extra={"example": _SUMMARY})

    id: str
    title: str
    status: Stage
    created_at: Moment
    content_hash: str = Field(description="Of the agreed text.")
    parties: list[PartyShape]
    articles: list[ArticleShape]
    proposed: list[ProposedArticleShape] = Field(description="Articles that are proposed, the oldest proposal first.")
    struck: list[StruckArticleShape] = Field(description="Articles that were struck, in the order they stood in.")
    pending: dict[str, int] = Field(description="Party key → how many of its suggestions wait.")
    me: MySeat


class SessionMark(Shape):
    """A session, as the page's head names it."""

    id: str
    number: int
    status: str
    starts_at: Moment


class ReconveningShape(Shape):
    """How a table stands with meeting again; `since` is when it stalled, or the date that passed."""

    state: State
    since: Moment | None
    next: Moment | None
    current: SessionMark | None = Field(description="The session that is open, or the one held last.")
    upcoming: SessionMark | None


class AgreementDetail(AgreementSummary):
    """An agreement as its own page shows it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                **_SUMMARY,
                "members": [{"id": "mem_91xd", "name": "Ursula Vega", "party": "union", "role": "lead"}],
                "confirmations": {"union": {"member_id": "mem_91xd", "content_hash": EXAMPLE_HASH, "at": EXAMPLE_TIME}},
                "signatures": {},
                "reconvening": {
                    "state": "scheduled",
                    "since": None,
                    "next": "2026-11-18T16:00:00Z",
                    "current": None,
                    "upcoming": {
                        "id": "ses_4d",
                        "number": 4,
                        "status": "convened",
                        "starts_at": "2026-11-18T16:00:00Z",
                    },
                },
                "blackout": False,
            }
        }
    )

    members: list[MemberShape]
    confirmations: dict[str, ConfirmationShape] = Field(description="Party key → its confirmation.")
    signatures: dict[str, SignatureShape] = Field(description="Party key → its signature.")
    reconvening: ReconveningShape | None = Field(description="While the parties bargain.")
    blackout: bool = Field(description="Whether the parties agreed to keep silent to the public.")


class ConfirmationBody(Body):
    """Confirming the starting text at the content hash that one has read."""

    model_config = ConfigDict(json_schema_extra={"example": {"content_hash": EXAMPLE_HASH}})

    content_hash: ContentHash
