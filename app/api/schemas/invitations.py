"""Invitations as they go over HTTP. The token is answered once, to whoever invites."""

from pydantic import ConfigDict

from app.api.schemas.accounts import Email
from app.api.schemas.base import EXAMPLE_TIME, Body, Key, Moment, Shape
from app.domain.roles import Role


class InvitationBody(Body):
    """Inviting somebody to a seat."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"party": "district", "role": "lead", "email": "dana@district.example"}}
    )

    party: Key
    role: Role
    email: Email | None = None


class NewInvitation(Shape):
    """An invitation just made: the only time its token is shown."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "inv_5t",
                "token": "ply_inv_3kQ…",
                "url": "https://parley.example/join/ply_inv_3kQ…",
                "party": "district",
                "role": "lead",
                "email": "dana@district.example",
                "expires_at": EXAMPLE_TIME,
            }
        }
    )

    id: str
    token: str
    url: str
    party: str
    role: Role
    email: str | None
    expires_at: Moment


class InvitationShape(Shape):
    """An open invitation, without its token."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "inv_5t",
                "party": "district",
                "role": "lead",
                "email": "dana@district.example",
                "invited_by_party": "union",
                "created_at": EXAMPLE_TIME,
                "expires_at": EXAMPLE_TIME,
            }
        }
    )

    id: str
    party: str
    role: Role
    email: str | None
    invited_by_party: str
    created_at: Moment
    expires_at: Moment


class InvitationPreview(Shape):
    """What an invitation offers, to whoever holds its token."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "agreement_title": "2026-29 Agreement",
                "party": "district",
                "party_name": "School District",
                "role": "lead",
                "email": "dana@district.example",
                "invited_by": "Ursula Vega",
                "expires_at": EXAMPLE_TIME,
            }
        }
    )

    agreement_title: str
    party: str
    party_name: str
    role: Role
    email: str | None
    invited_by: str
    expires_at: Moment


class Seat(Shape):
    """The seat that was taken."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"agreement_id": "agr_7h2k", "member_id": "mem_9d", "party": "district", "role": "lead"}
        }
    )

    agreement_id: str
    member_id: str
    party: str
    role: Role
