"""The ground rules of an agreement: what holds now."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ground_rules import DEFAULTS, GroundRules, read_rules
from app.domain.ids import AgreementId
from app.repositories.ground_rules import GroundRulesRepository


async def in_force(session: AsyncSession, agreement_id: AgreementId) -> GroundRules:
    """Tell which rules hold now; the defaults where none were signed."""
    version = await GroundRulesRepository(session).in_force(agreement_id)
    return read_rules(version.settings) if version is not None else DEFAULTS


async def in_force_in(session: AsyncSession, agreements: Sequence[AgreementId]) -> Mapping[str, GroundRules]:
    """Tell which rules hold now in each of some agreements."""
    found = await GroundRulesRepository(session).in_force_in(agreements)
    return {key: read_rules(found[key].settings) if key in found else DEFAULTS for key in agreements}
