"""Cursors: where the next page of a list begins, opaque to the client."""

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Query

from app.errors import InvalidRequest

PageSize = Annotated[int, Query(ge=1, le=200, description="How many to answer at most.")]
Cursor = Annotated[str | None, Query(max_length=400, description="`next` of the page before.", examples=[None])]


def cursor_of(*values: Any) -> str:
    """Write a cursor from what the last item was ordered by."""
    plain = [value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """Read a cursor of ours back; raises `InvalidRequest` for any other."""
    if cursor is None:
        return None
    try:
        values = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
        read = tuple(_as(kind, value) for kind, value in zip(kinds, values, strict=True))
    except (ValueError, TypeError, binascii.Error, RecursionError) as unreadable:
        raise InvalidRequest("That cursor is not one of this list's.") from unreadable
    return read


def _as(kind: type, value: Any) -> Any:
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not isinstance(value, kind):
        raise TypeError(kind.__name__)
    return value
