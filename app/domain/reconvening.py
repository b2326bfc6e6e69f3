"""The commitment to meet again: no session ends without a next date, and a table that stalls says so to both sides.

Nothing here stops anybody: a stalled table is named, with since when, until somebody moves or sets a date.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NEAREST = timedelta(hours=1)
"""Two sessions that start nearer to each other than this are one, entered twice."""

OLDEST = timedelta(days=366)
"""A session held before it was entered here may be entered; one further back is a slip of the pen."""

FURTHEST = timedelta(days=366 * 3)

MOVEMENT = (
    "agreement.confirmed",
    "tabling.made",
    "suggestion.proposed",
    "suggestion.accepted",
    "suggestion.accepted_as_amended",
    "suggestion.rejected",
    "suggestion.declined",
    "suggestion.questioned",
    "suggestion.countered",
    "suggestion.withdrawn",
    "suggestion.enacted",
    "package.offered",
    "package.responded",
    "package.accepted",
    "package.rejected",
    "package.withdrawn",
    "article.initialled",
    "article.tentative",
    "article.reopening",
    "article.reopened",
    "agreement.signature",
)
"""The acts that move a table, as the ledger names them; meeting without any of them is no movement."""


class State(StrEnum):
    """Where a table stands with meeting again."""

    IN_SESSION = "in_session"
    SCHEDULED = "scheduled"
    UNSCHEDULED = "unscheduled"
    """Something moves, but no date is set."""
    DATE_PASSED = "date_passed"
    STALLED = "stalled"


@dataclass(frozen=True, slots=True)
class Reconvening:
    """How a table stands with meeting again; `since` is when it stalled, or the date that passed."""

    state: State
    since: datetime | None
    next: datetime | None


def judge(at: datetime, *, moved_at: datetime, stall_days: int, in_session: bool, dates: list[datetime]) -> Reconvening:
    """Judge a table at a moment; `dates` are those of the sessions that were convened and not held yet."""
    upcoming = min((date for date in dates if date >= at), default=None)
    if in_session:
        return Reconvening(State.IN_SESSION, None, upcoming)
    passed = max((date for date in dates if date < at - NEAREST), default=None)
    if passed is not None and upcoming is None:
        return Reconvening(State.DATE_PASSED, passed, None)
    stalled_at = moved_at + timedelta(days=stall_days)
    if stalled_at <= at:
        return Reconvening(State.STALLED, stalled_at, upcoming)
    waiting = min((date for date in dates if date >= at - NEAREST), default=None)
    return Reconvening(State.SCHEDULED if waiting is not None else State.UNSCHEDULED, None, waiting)
