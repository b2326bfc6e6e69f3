"""Who sends a frame, as the connection's login tells it and not as the frame claims."""

from dataclasses import dataclass, field

from app.domain.ids import MemberId, PartyKey


@dataclass(slots=True)
class Writer:
    """A member at one connection."""

    member: MemberId
    party: PartyKey
    may_write: bool = True
    client_ids: set[int] = field(default_factory=set)
    """Yjs client ids that are known to be this member's."""
