"""Writing iCalendar (RFC 5545): lines folded at 75 bytes, text escaped, times in UTC. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_LONGEST_LINE_BYTES = 75


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting, or a whole day where `starts_at` is a date; `sequence` grows whenever it is changed."""

    uid: str
    summary: str
    starts_at: datetime | date
    ends_at: datetime | None
    changed_at: datetime
    sequence: int = 0
    place: str | None = None
    description: str | None = None
    url: str | None = None


def write(name: str, events: Iterable[Event]) -> bytes:
    """Write a calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Parley//Sessions//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) + b"\r\n" for line in lines)


def _event(event: Event) -> Sequence[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(event.uid)}",
        f"DTSTAMP:{_utc(event.changed_at)}",
        f"LAST-MODIFIED:{_utc(event.changed_at)}",
        f"SEQUENCE:{event.sequence}",
    ]
    if isinstance(event.starts_at, datetime):
        lines.append(f"DTSTART:{_utc(event.starts_at)}")
        if event.ends_at is not None:
            lines.append(f"DTEND:{_utc(event.ends_at)}")
    else:
        following = event.starts_at + timedelta(days=1)
        lines += [f"DTSTART;VALUE=DATE:{event.starts_at:%Y%m%d}", f"DTEND;VALUE=DATE:{following:%Y%m%d}"]
    lines.append(f"SUMMARY:{escape(event.summary)}")
    if event.place:
        lines.append(f"LOCATION:{escape(event.place)}")
    if event.description:
        lines.append(f"DESCRIPTION:{escape(event.description)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "STATUS:CONFIRMED", "END:VEVENT"]


def escape(text: str) -> str:
    """Escape a text value (RFC 5545, section 3.3.11)."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def fold(line: str) -> bytes:
    """Fold a line at 75 bytes, never inside a character; each continuation begins with a space."""
    folded, length = bytearray(), 0
    for character in line:
        encoded = character.encode()
        if length + len(encoded) > _LONGEST_LINE_BYTES:
            folded += b"\r\n "
            length = 1
        folded += encoded
        length += len(encoded)
    return bytes(folded)


def _utc(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"
