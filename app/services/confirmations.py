"""Confirming the starting text: every signatory's lead says that this is what they begin from.

After the last confirmation the agreement is open for suggestions. The text of an agreement in preparation never
changes, so all confirmations name one content hash.
"""

from collections.abc import Sequence
from functools import partial

from app.crdt.document import Document
from app.crdt.protocol import EMPTY_UPDATE
from app.crdt.registry import Rooms
from app.domain import roles
from app.domain.agreements import Stage, is_unanimous
from app.domain.ids import PartyKey, table_of
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act
from app.errors import StaleContent
from app.models import Article, Confirmation
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.updates import Decision
from app.services.acting import Acting, require_seated
from app.services.overviews import hash_agreed


async def confirm(rooms: Rooms[Decision], acting: Acting, content_hash: str) -> None:
    """Confirm the starting text for the caller's party; said twice, it is recorded once.

    Raises `NotLead`, `WrongStage`, and `StaleContent` where the hash is not the text's.
    """
    roles.require(Act.CONFIRM, acting.standing_at(Stage.PREPARING))
    await rooms.decide(table_of(acting.agreement_id), partial(_confirmed, acting=acting, content_hash=content_hash))


async def _confirmed(document: Document, turn: Decision, *, acting: Acting, content_hash: str) -> None:
    await require_seated(turn.session, acting)
    repository = AgreementRepository(turn.session)
    agreement = await repository.locked(acting.agreement_id)
    articles = await ArticleRepository(turn.session).of_agreement(acting.agreement_id)
    earlier = {PartyKey(one.party_key): one.content_hash for one in await repository.confirmations(acting.agreement_id)}
    if earlier.get(acting.party_key) == content_hash:
        return
    roles.require(Act.CONFIRM, acting.standing_at(Stage(agreement.status)))
    _require_current(document, articles, content_hash)
    await repository.confirm(
        Confirmation(
            agreement_id=agreement.id,
            party_key=acting.party_key,
            member_id=acting.member.id,
            content_hash=content_hash,
        )
    )
    await LedgerRepository(turn.session).extend(
        acting.agreement_id,
        [Entry(Kind.AGREEMENT_CONFIRMED, acting.party_key, acting.signature, {"content_hash": content_hash})],
    )
    parties = (await repository.parties([acting.agreement_id]))[agreement.id]
    signatories = [PartyKey(party.key) for party in parties if party.signatory]
    if is_unanimous(signatories, {*earlier, acting.party_key}):
        agreement.status = Stage.BARGAINING
        # Nothing in the text changes; the row tells every worker to read anew who may write.
        turn.append(EMPTY_UPDATE, [], changes_register=True)


def _require_current(document: Document, articles: Sequence[Article], content_hash: str) -> None:
    current = hash_agreed(document, articles).whole
    if content_hash != current:
        raise StaleContent(current=current)
