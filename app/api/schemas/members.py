"""Members and their seats, as they go over HTTP."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from app.api.schemas.base import EXAMPLE_TIME, Body, Key, Moment, Shape
from app.domain.roles import Role

MemberKey = Annotated[str, StringConstraints(min_length=1, max_length=64)]
_MOVE: Any = {
    "member_id": "mem_91xd",
    "party": "district",
    "role": "drafter",
    "proposed_by": "union",
    "at": EXAMPLE_TIME,
}


class SeatBody(Body):
    """Another role, another party, or both. A move takes the same wish from a lead of each side."""

    model_config = ConfigDict(json_schema_extra={"example": {"role": "drafter"}})

    role: Role | None = None
    party: Key | None = None

    @model_validator(mode="after")
    def _wishes_something(self) -> "SeatBody":
        if self.role is None and self.party is None:
            raise ValueError("name a role, a party, or both")
        return self


class MoveShape(Shape):
    """A move to another party that waits for the other side's yes."""

    model_config = ConfigDict(json_schema_extra={"example": _MOVE})

    member_id: str
    party: str = Field(description="The party to move to.")
    role: Role
    proposed_by: str = Field(description="The party that proposed it; the other one confirms or refuses.")
    at: Moment


class SeatedShape(Shape):
    """A member after a change. Whoever has moved is a new member, under a new id."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"id": "mem_91xd", "name": "Ursula Vega", "party": "union", "role": "drafter", "move": None}
        }
    )

    id: str
    name: str
    party: str
    role: Role
    move: MoveShape | None
