"""Calendars as RFC 5545 has them."""

from datetime import UTC, date, datetime

from app.services.icalendar import Event, escape, fold, write

AT = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)


def test_text_is_escaped() -> None:
    assert escape("a,b;c\\d\ne\r\nf") == "a\\,b\\;c\\\\d\\ne\\nf"


def test_a_long_line_is_folded_at_75_bytes_and_never_inside_a_character() -> None:
    line = "SUMMARY:" + "é🕖x" * 60

    folded = fold(line)

    pieces = folded.split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert b"".join([pieces[0], *(piece[1:] for piece in pieces[1:])]).decode() == line


def test_a_calendar_names_its_events_in_utc() -> None:
    meeting = Event("ses_1@parley", "Session 1", AT, AT.replace(hour=18), AT, 3, "Room 4; annex", "Pay\nLeave")

    lines = write("Agreement", [meeting]).decode().split("\r\n")

    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {
        "UID:ses_1@parley",
        "DTSTART:20261118T160000Z",
        "DTEND:20261118T180000Z",
        "SEQUENCE:3",
        "LOCATION:Room 4\\; annex",
        "DESCRIPTION:Pay\\nLeave",
    } <= set(lines)


def test_a_day_has_no_hours() -> None:
    lines = write("Agreement", [Event("x@parley", "Posting", date(2026, 3, 31), None, AT)]).decode().split("\r\n")

    assert "DTSTART;VALUE=DATE:20260331" in lines
    assert "DTEND;VALUE=DATE:20260401" in lines
