"""What every shape over HTTP shares: strictness, readable text, opaque ids and pages."""

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints

ItemT = TypeVar("ItemT")


class Shape(BaseModel):
    """An answer's shape; it can be made straight from a row."""

    model_config = ConfigDict(from_attributes=True, extra="forbid", use_enum_values=True)


class Body(BaseModel):
    """A request's shape; a member that it does not know is a mistake worth telling."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True)


class Page(Shape, Generic[ItemT]):
    """A page of a list; `next` is the cursor of the following one, if there is one."""

    items: list[ItemT]
    next: str | None = Field(description="Pass it back as `cursor`; null on the last page.", examples=[None])


def _printable(value: str) -> str:
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in value):
        raise ValueError("must not contain control characters")
    return value


def _readable(value: str) -> str:
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in value):
        raise ValueError("must not contain control characters other than line ends and tabs")
    return value


def _line_ends(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _zoned(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("must carry its UTC offset, as RFC 3339 has it")
    return value.astimezone(UTC)


def _rfc3339(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
]
"""One line that people read: a name, a title."""

Passage = Annotated[
    str,
    BeforeValidator(_line_ends),
    StringConstraints(strip_whitespace=True, max_length=4_000),
    AfterValidator(_readable),
]
"""Some sentences: a reason, a statement."""

Wording = Annotated[str, BeforeValidator(_line_ends), StringConstraints(max_length=50_000), AfterValidator(_readable)]
"""Paragraphs of an agreement as plain text, a line each."""

Moment = Annotated[datetime, AfterValidator(_zoned), PlainSerializer(_rfc3339, return_type=str)]
"""A time, RFC 3339; answered in UTC."""

ContentHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hexadecimal."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$")]
"""The key of a party: it never changes, and marks and the ledger name the party by it."""

EXAMPLE_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
EXAMPLE_TIME = "2026-03-02T16:00:00Z"
