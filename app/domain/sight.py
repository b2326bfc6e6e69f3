"""How much of the table somebody sees: what the ground rules grant to observers and to the public.

Levels are ordered, and each includes those before it. Members who write or lead see all of the table; nobody's sight
here ever reaches into a caucus.
"""

from enum import IntEnum

from app.domain.ground_rules import GroundRules
from app.domain.roles import Role


class Sight(IntEnum):
    """Nothing but that there is an agreement; its tentative agreements; all that was tabled; the table as it moves."""

    NOTHING = 0
    TENTATIVE = 1
    TABLED = 2
    LIVE = 3
    ALL = 4


def sight_of(role: Role, rules: GroundRules) -> Sight:
    """Tell how much a member sees under the rules in force."""
    return Sight[rules.observers_see.upper()] if role is Role.OBSERVER else Sight.ALL


def public_sight(rules: GroundRules) -> Sight:
    """Tell how much the public sees; nothing during a blackout."""
    return Sight.NOTHING if rules.blackout else Sight[rules.public_sees.upper()]
