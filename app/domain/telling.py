"""How a member wants to be told by mail, and when a mail may go: soon, in a digest, never within quiet hours."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Pace = Literal["immediate", "hourly", "daily", "off"]
Language = Literal["en", "es"]

GATHERING = timedelta(seconds=60)
"""What happens within a minute goes into one mail: a lead who answers forty suggestions sends no forty mails."""


@dataclass(frozen=True, slots=True)
class Preference:
    """A member's wishes; `Preference()` is what holds for whoever never said any. Hours are those of the local day."""

    mail: Pace = "hourly"
    daily_hour: int = 7
    quiet_from: int | None = None
    quiet_until: int | None = None
    time_zone: str = "UTC"
    language: Language = "en"
    muted: frozenset[str] = field(default_factory=frozenset)


def due(happened: datetime, wishes: Preference) -> datetime:
    """Tell when a mail about something may go at the earliest."""
    zone = ZoneInfo(wishes.time_zone)
    local = happened.astimezone(zone)
    if wishes.mail == "hourly":
        # In absolute time, since a local hour may come twice or never.
        moment = happened.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    elif wishes.mail == "daily":
        moment = _next_hour(local, wishes.daily_hour)
    else:
        moment = happened + GATHERING
    return after_quiet(moment, wishes)


def after_quiet(moment: datetime, wishes: Preference) -> datetime:
    """Move a moment that lies within quiet hours to their end."""
    if wishes.quiet_from is None or wishes.quiet_until is None or wishes.quiet_from == wishes.quiet_until:
        return moment.astimezone(UTC)
    local = moment.astimezone(ZoneInfo(wishes.time_zone))
    start, end = wishes.quiet_from, wishes.quiet_until
    is_quiet = start <= local.hour < end if start < end else local.hour >= start or local.hour < end
    return _next_hour(local, end) if is_quiet else moment.astimezone(UTC)


def _next_hour(local: datetime, hour: int) -> datetime:
    """Find the next time after `local` at which the clock there shows an hour; one that is skipped comes just after."""
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    if today.astimezone(UTC) <= local.astimezone(UTC):
        today = (today + timedelta(days=1)).replace(fold=0)
    return today.astimezone(UTC)
