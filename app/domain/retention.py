"""How long a party keeps its caucus: for ever, until a date, or until the agreement is signed.

Each party decides for itself, and a legal hold outranks whatever it decided: under one, nothing is destroyed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.agreements import Stage


class Keep(StrEnum):
    """What a party decided about its caucus."""

    FOREVER = "forever"
    UNTIL_SIGNATURE = "until_signature"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Retention:
    """A party's decision, when it was taken, and when a caucus of this party was last destroyed."""

    keep: Keep = Keep.FOREVER
    until: datetime | None = None
    legal_hold: bool = False
    changed_at: datetime | None = None
    destroyed_at: datetime | None = None

    def is_due(self, stage: Stage, at: datetime) -> bool:
        """Tell whether the caucus is to be destroyed now. A decision is carried out once."""
        is_done = self.destroyed_at is not None and (self.changed_at is None or self.destroyed_at >= self.changed_at)
        if self.legal_hold or is_done:
            return False
        if self.keep is Keep.UNTIL:
            return self.until is not None and at >= self.until
        return self.keep is Keep.UNTIL_SIGNATURE and stage is Stage.SIGNED
