"""Ground rules: what the parties agreed about how they bargain, and what each rule lets follow.

A version is in force once every signatory party's lead has signed its content; until one is, the defaults hold.
Rules open and close what people may see and do. Clocks are another matter: they warn, and never stop a hand.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Tablers = Literal["leads", "drafters"]
ObserversSee = Literal["nothing", "tentative", "tabled", "live"]
PublicSees = Literal["nothing", "tentative", "tabled"]
NoticeClock = Literal["none", "eera"]


@dataclass(frozen=True, slots=True)
class GroundRules:
    """One version's settings; a value made without arguments is what holds where nothing was signed."""

    tablers: Tablers = "leads"
    """Who may bring drafts of a caucus to the table."""
    observers_see: ObserversSee = "tabled"
    public_sees: PublicSees = "nothing"
    acceptances: int | None = None
    """How many signatory parties, the proposer's among them, enact a change; None: every one of them."""
    blackout: bool = False
    """While it lasts the public page is shut and nobody speaks to the press."""
    stall_days: int = 14
    """How long without movement before the table counts as stalled."""
    notice_clock: NoticeClock = "none"
    """`eera`: new subjects are to be made public within 24 hours (California Gov. Code 3547)."""
    initial_proposals_on: str | None = None
    """The day, `YYYY-MM-DD`, on which the initial proposals are to be posted."""
    retention_years: int | None = None
    """How long the parties agreed to keep the table's record at least; None: for ever. Caucuses keep their own."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


DEFAULTS = GroundRules()


def read_rules(kept: Mapping[str, Any]) -> GroundRules:
    """Read a version's settings as they were kept; a field younger than the version has its default."""
    known = {field.name for field in fields(GroundRules)}
    return GroundRules(**{name: value for name, value in kept.items() if name in known})
