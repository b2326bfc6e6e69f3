"""Moments as clients name them: a number of the ledger or a time, and what answers about them."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import HTTPConnection

from app.api.schemas.texts import MomentShape
from app.errors import InvalidRequest
from app.repositories.moments import Placed
from app.services.chronicles import Chronicles
from app.services.moments import Moments, When

_LARGEST = 2**53


def moments(connection: HTTPConnection) -> Moments:
    found: Moments = connection.app.state.moments
    return found


def chronicles(connection: HTTPConnection) -> Chronicles:
    found: Chronicles = connection.app.state.chronicles
    return found


PastTables = Annotated[Moments, Depends(moments)]
Stories = Annotated[Chronicles, Depends(chronicles)]
_EXAMPLES = [None]
AtMoment = Annotated[
    str | None,
    Query(
        max_length=40,
        description="A moment: a number of the ledger, or a time (RFC 3339); now, where it is left out.",
        examples=_EXAMPLES,
    ),
]


def read_when(given: str | None, name: str = "at") -> When | None:
    """Read a moment as a client names it; raises `InvalidRequest`."""
    if given is None or not given.strip():
        return None
    text = given.strip()
    if text.isascii() and text.isdigit() and 0 < int(text) < _LARGEST:
        return int(text)
    try:
        # In an address a plus sign that was not escaped is a space.
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        detail = f"`{name}` is a number of the ledger, or a time with its UTC offset, as RFC 3339 has it."
        raise InvalidRequest(detail, errors=[{"at": ["query", name], "code": "moment", "detail": detail}])
    return moment


def moment_shape(placed: Placed) -> MomentShape:
    return MomentShape(seq=placed.ledger_seq, at=placed.at)
