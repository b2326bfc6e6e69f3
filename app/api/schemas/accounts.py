"""Accounts, logins, tokens and tickets as they go over HTTP. No secret is ever answered twice."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from app.api.schemas.base import EXAMPLE_TIME, Body, Line, Moment, Shape
from app.domain.agreements import Stage
from app.domain.roles import Role
from app.domain.scopes import Scope


def _encodable(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be blank")
    return value


# Any address that mail could reach, those of a private network and of tests among them; whether it is somebody's
# is shown by the mail that arrives there, and by nothing else.
_ADDRESS = r"^[^\s@\x00-\x1f\x7f\"'(),:;<>\[\\\]]{1,64}@[^\s@\x00-\x1f\x7f\"(),:;<>\[\\\]_]{1,255}$"
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=_ADDRESS),
    Field(json_schema_extra={"format": "email"}),
]
Password = Annotated[str, StringConstraints(min_length=8, max_length=1024), AfterValidator(_encodable)]


class Registration(Body):
    """Opening an account."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "Ursula Vega",
                "email": "ursula@association.example",
                "password": "a long pass phrase",
            }
        }
    )

    name: Line
    email: Email
    password: Password
    invitation: str | None = Field(
        default=None,
        max_length=200,
        description="The token of an open invitation, where registration is by invitation.",
    )


class Credentials(Body):
    """Logging in."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"email": "ursula@association.example", "password": "a long pass phrase"}}
    )

    email: str = Field(max_length=320)
    password: str = Field(max_length=1024)


class AccountShape(Shape):
    """A person with an account."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"id": "acc_5wq0", "name": "Ursula Vega", "email": "ursula@association.example"}}
    )

    id: str
    name: str
    email: str


class MembershipShape(Shape):
    """A place in an agreement."""

    agreement_id: str
    title: str
    status: Stage
    member_id: str
    party: str = Field(description="The party's key.")
    role: Role


class Me(AccountShape):
    """The caller."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "acc_5wq0",
                "name": "Ursula Vega",
                "email": "ursula@association.example",
                "memberships": [
                    {
                        "agreement_id": "agr_7h2k",
                        "title": "2026-29 Agreement",
                        "status": "bargaining",
                        "member_id": "mem_91xd",
                        "party": "union",
                        "role": "lead",
                    }
                ],
            }
        }
    )

    memberships: list[MembershipShape]


class TokenWishBody(Body):
    """Asking for an API token."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"name": "Website", "scopes": ["final:read"], "agreement_id": "agr_7h2k"}}
    )

    name: Line
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=16)]
    agreement_id: str | None = Field(default=None, max_length=64, description="Binds the token to one agreement.")
    expires_at: Moment | None = None


class TokenShape(Shape):
    """A token, without its secret."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "tok_0c4m",
                "name": "Website",
                "scopes": ["final:read"],
                "agreement_id": "agr_7h2k",
                "created_at": EXAMPLE_TIME,
                "expires_at": None,
            }
        }
    )

    id: str
    name: str
    scopes: list[Scope]
    agreement_id: str | None
    created_at: Moment
    expires_at: Moment | None


class NewToken(TokenShape):
    """A token just made: the only time its secret is shown."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "tok_0c4m",
                "token": "ply_tok_hX2…",
                "name": "Website",
                "scopes": ["final:read"],
                "agreement_id": "agr_7h2k",
                "created_at": EXAMPLE_TIME,
                "expires_at": None,
            }
        }
    )

    token: str


class TicketShape(Shape):
    """A pass for one socket."""

    model_config = ConfigDict(json_schema_extra={"example": {"ticket": "ply_tik_9aF…", "expires_in_seconds": 60}})

    ticket: str
    expires_in_seconds: int
