"""What observers read: for each reading operation, how much of the table one must be let see to be answered at all.

What is not named here is closed to them: an operation nobody thought of gives nothing away. Those open at a lower
sight than `ALL` either say nothing more than that sight, or are themselves shaped by `acting.sight`.
"""

from collections.abc import Mapping

from app.domain.sight import Sight

NEEDED: Mapping[str, Sight] = {
    # Shaped by sight themselves: nobody learns more from them than the ground rules grant.
    "read_agreement": Sight.NOTHING,
    "read_agreement_text": Sight.TENTATIVE,
    "read_initials": Sight.TENTATIVE,
    "list_sessions": Sight.NOTHING,
    "read_session": Sight.NOTHING,
    "read_calendar": Sight.NOTHING,
    # The rules that one is under, one's own things, and what is public anyway.
    "read_ground_rules": Sight.NOTHING,
    "list_calendar_feeds": Sight.NOTHING,
    "list_publications": Sight.NOTHING,
    "read_final_text": Sight.NOTHING,
    "list_notices": Sight.NOTHING,
    "read_notice_preferences": Sight.NOTHING,
    # A lead's: the table of roles refuses them by itself.
    "list_invitations": Sight.NOTHING,
    # What was tabled, and how it was answered.
    "list_suggestions": Sight.TABLED,
    "read_suggestion": Sight.TABLED,
    "list_packages": Sight.TABLED,
    "read_package": Sight.TABLED,
    "list_threads": Sight.TABLED,
    "read_thread": Sight.TABLED,
    "read_signatures": Sight.TABLED,
    "list_clocks": Sight.TABLED,
    "read_positions": Sight.TABLED,
    "read_movements": Sight.TABLED,
    "read_progress": Sight.TABLED,
    "read_history": Sight.TABLED,
    # The whole record.
    "read_ledger": Sight.LIVE,
    "export_ledger": Sight.LIVE,
    "read_archive": Sight.LIVE,
}


def needed(operation: str) -> Sight:
    """Tell how much an observer must be let see for an operation."""
    return NEEDED.get(operation, Sight.ALL)
