"""What somebody with a bounded sight sees of how an agreement stands: a copy with everything else left out.

The document itself never goes to an observer or to the public, but to observers who may watch it live; they read what
is laid out here. Whatever is left out leaves no count, hash or moment behind.
"""

from collections import Counter
from dataclasses import replace

from app.crdt.registry import Rooms
from app.domain.agreements import Stage, Standing
from app.domain.ids import AgreementId, ArticleId, table_of
from app.domain.reconvening import State
from app.domain.sight import Sight
from app.repositories.agreements import Tally
from app.repositories.standings import Units
from app.repositories.updates import Decision
from app.services.overviews import Detail, Hashes, Overview
from app.services.reconvening import Outlook


async def overview(rooms: Rooms[Decision], whole: Overview, sight: Sight) -> Overview:
    """Leave out of an overview what lies beyond a sight."""
    if sight >= Sight.TABLED:
        return whole
    shown = [one for one in whole.articles if one.standing == Standing.TENTATIVE and sight >= Sight.TENTATIVE]
    kept = {one.id for one in shown}
    titles = {ArticleId(one.id): one.title for one in shown}
    digest = await rooms.read(table_of(AgreementId(whole.agreement.id)), lambda table: table.content_hash(titles))
    return replace(
        whole,
        articles=shown,
        # A wish to open a tentative agreement again is bargaining once more, and none of the observers' business.
        initials=[one for one in whole.initials if one.article_id in kept and one.kind == "initial"],
        tally=Tally(Counter(), 0),
        units=Units(),
        hashes=Hashes(digest, {key: value for key, value in whole.hashes.articles.items() if key in kept}),
    )


async def detail(rooms: Rooms[Decision], whole: Detail, sight: Sight) -> Detail:
    """Leave out of an agreement's own page what lies beyond a sight."""
    if sight >= Sight.TABLED:
        return whole
    signed = whole.overview.agreement.status == Stage.SIGNED
    return replace(
        whole,
        overview=await overview(rooms, whole.overview, sight),
        confirmations=[],
        signatures=whole.signatures if signed else [],
        outlook=outlook(whole.outlook),
    )


def outlook(whole: Outlook | None) -> Outlook | None:
    """Leave the dates alone: whether a table stalls tells whether it moves."""
    if whole is None or whole.reconvening.state is not State.STALLED:
        return whole
    state = State.SCHEDULED if whole.reconvening.next is not None else State.UNSCHEDULED
    return replace(whole, reconvening=replace(whole.reconvening, state=state, since=None))


def may_read(sight: Sight, standing: str) -> bool:
    """Whether the text of an article of this standing lies within a sight."""
    return sight >= Sight.TABLED or (sight >= Sight.TENTATIVE and standing == Standing.TENTATIVE)
