"""When a table counts as moving, stalled, or past its date."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.reconvening import State, judge

NOW = datetime(2026, 11, 20, 16, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("moved", "dates", "in_session", "state", "since"),
    [
        (NOW - DAY, [NOW + DAY], False, State.SCHEDULED, None),
        (NOW - DAY, [], False, State.UNSCHEDULED, None),
        (NOW - DAY, [NOW - DAY], False, State.DATE_PASSED, NOW - DAY),
        (NOW - DAY, [NOW - DAY, NOW + DAY], False, State.SCHEDULED, None),
        (NOW - DAY, [NOW - timedelta(minutes=30)], False, State.SCHEDULED, None),
        (NOW - 20 * DAY, [], False, State.STALLED, NOW - 6 * DAY),
        (NOW - 20 * DAY, [NOW + DAY], False, State.STALLED, NOW - 6 * DAY),
        (NOW - 14 * DAY, [], False, State.STALLED, NOW),
        (NOW - 20 * DAY, [], True, State.IN_SESSION, None),
    ],
)
def test_a_table_is_judged_by_its_last_movement_and_its_dates(moved, dates, in_session, state, since) -> None:
    judged = judge(NOW, moved_at=moved, stall_days=14, in_session=in_session, dates=dates)

    assert (judged.state, judged.since) == (state, since)
