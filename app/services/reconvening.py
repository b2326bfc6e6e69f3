"""Whether a table moves, stalls, or let a date pass: told afresh whenever somebody looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.agreements import Stage
from app.domain.ground_rules import DEFAULTS, read_rules
from app.domain.ids import AgreementId
from app.domain.reconvening import MOVEMENT, Reconvening, judge
from app.models import Agreement, Session, now
from app.repositories.ground_rules import GroundRulesRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.sessions import CONVENED, OPEN, SessionRepository


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a table stands with meeting again, the session that is open or was held last, and the one that is next."""

    reconvening: Reconvening
    current: Session | None
    next: Session | None


async def outlook(session: AsyncSession, agreement: Agreement) -> Outlook | None:
    """Tell how an agreement stands with meeting again; None before bargaining has begun and once it is over."""
    if agreement.status != Stage.BARGAINING:
        return None
    key, at = AgreementId(agreement.id), now()
    rules = await GroundRulesRepository(session).in_force(key)
    stall_days = (read_rules(rules.settings) if rules is not None else DEFAULTS).stall_days
    moved_at = await LedgerRepository(session).newest_of(key, MOVEMENT) or agreement.created_at
    found = await SessionRepository(session).of(key)
    waiting = [one for one in found if one.status == CONVENED]
    running = next((one for one in found if one.status == OPEN), None)
    judged = judge(
        at,
        moved_at=moved_at,
        stall_days=stall_days,
        in_session=running is not None,
        dates=[one.starts_at for one in waiting],
    )
    return Outlook(judged, running or _last_held(found), next((o for o in waiting if o.starts_at == judged.next), None))


def _last_held(found: Sequence[Session]) -> Session | None:
    held = [one for one in found if one.closed_at is not None]
    return max(held, key=lambda one: one.starts_at, default=None)
