"""Signing the agreement: each signatory party's lead, at one content hash, once every article is closed.

The last signature freezes the final text, in the same transaction: there is no moment at which an agreement is
signed and has no final text, and none after which either could change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.crdt.document import Document
from app.crdt.protocol import EMPTY_UPDATE
from app.domain import roles
from app.domain.agreements import Stage, Standing, is_unanimous, may_be_signed
from app.domain.ids import ArticleId, PartyKey
from app.domain.ledger import Act as Entry
from app.domain.ledger import Kind
from app.domain.roles import Act
from app.errors import AlreadyExists, OpenArticles, OpenSuggestions, StaleContent
from app.models import Agreement, Article, Party, Signature, now
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.ledger import LedgerRepository
from app.repositories.signatures import SignatureRepository, Signed
from app.repositories.suggestions import SuggestionRepository
from app.repositories.updates import Decision
from app.services import final_text
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.keys import KeyRing, Signer
from app.services.suggestions import Shelf


@dataclass(frozen=True, slots=True)
class Wish:
    """What a lead signs: the content it saw, its name as it writes it, and a statement."""

    content_hash: str
    name: str
    statement: str


@dataclass(frozen=True, slots=True)
class SigningState:
    """How far the signing has come."""

    status: Stage
    signatures: list[dict[str, Any]]
    awaiting: list[PartyKey]


@dataclass(frozen=True, slots=True)
class _Table:
    """What a signature is judged by, and frozen from."""

    agreement: Agreement
    parties: Sequence[Party]
    articles: Sequence[Article]
    signed: list[Signed]

    @property
    def signatories(self) -> list[PartyKey]:
        return [PartyKey(party.key) for party in self.parties if party.signatory]

    @property
    def titles(self) -> dict[ArticleId, str]:
        return {ArticleId(article.id): article.title for article in self.articles}

    def agreed(self, document: Document) -> list[dict[str, Any]]:
        """Lay out the agreed view's `articles`: what the content hash is made of."""
        return [
            {"id": article, "title": title, "paragraphs": document.agreed(article)}
            for article, title in self.titles.items()
        ]


async def sign(shelf: Shelf, ring: KeyRing, acting: Acting, wish: Wish) -> SigningState:
    """Sign for the caller's party.

    Raises `NotLead`, `NotPermitted`, `WrongStage`, `AgreementSigned`, `OpenArticles`, `AlreadyExists` where the party
    has signed, and `StaleContent` with the `current` hash.
    """
    signer = await ring.signer()

    async def judge(document: Document, turn: Decision) -> _Table:
        table = await _table(turn, acting)
        roles.require(Act.SIGN, acting.standing_at(Stage(table.agreement.status)))
        if not may_be_signed(article.standing for article in table.articles):
            left = [article.id for article in table.articles if article.standing != Standing.TENTATIVE]
            raise OpenArticles(articles=left)
        if pending := await SuggestionRepository(turn.session).count_pending(acting.agreement_id):
            # Nothing is pending in a closed article, but an article may still be proposed.
            raise OpenSuggestions(pending=pending)
        current = document.content_hash(table.titles)
        if wish.content_hash != current:
            raise StaleContent(current=current)
        if any(one.signature.party_key == acting.party_key for one in table.signed):
            raise AlreadyExists("Your party has signed.")
        return table

    async def act(document: Document, turn: Decision, table: _Table) -> SigningState:
        signature = _signature(acting, wish)
        await SignatureRepository(turn.session).add(signature)
        payload = {"content_hash": wish.content_hash, "name": wish.name, "statement": wish.statement}
        entry = Entry(Kind.AGREEMENT_SIGNATURE, acting.party_key, acting.signature, payload)
        await LedgerRepository(turn.session).extend(acting.agreement_id, [entry], signature.at)
        table.signed.append(Signed(signature, acting.account.name))
        if is_unanimous(table.signatories, {PartyKey(one.signature.party_key) for one in table.signed}):
            await _freeze(document, turn, table, signer)
        return _standing(table)

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


def _signature(acting: Acting, wish: Wish) -> Signature:
    return Signature(
        agreement_id=acting.agreement_id,
        party_key=acting.party_key,
        member_id=acting.member_id,
        content_hash=wish.content_hash,
        name=wish.name,
        statement=wish.statement,
        at=now(),
    )


async def standing(shelf: Shelf, acting: Acting) -> SigningState:
    """Tell how far the signing has come."""
    async with shelf.database.reading() as session:
        agreement = await AgreementRepository(session).get(acting.agreement_id)
        parties = (await AgreementRepository(session).parties([acting.agreement_id]))[acting.agreement_id]
        signed = await SignatureRepository(session).under(acting.agreement_id)
    return _standing(_Table(agreement, parties, [], signed))


async def _table(turn: Decision, acting: Acting) -> _Table:
    repository = AgreementRepository(turn.session)
    return _Table(
        await repository.locked(acting.agreement_id),
        (await repository.parties([acting.agreement_id]))[acting.agreement_id],
        await ArticleRepository(turn.session).of_agreement(acting.agreement_id),
        await SignatureRepository(turn.session).under(acting.agreement_id),
    )


def _standing(table: _Table) -> SigningState:
    signed = {one.signature.party_key for one in table.signed}
    return SigningState(
        Stage(table.agreement.status),
        [final_text.signature_json(one) for one in table.signed],
        [party for party in table.signatories if party not in signed],
    )


async def _freeze(document: Document, turn: Decision, table: _Table, signer: Signer) -> None:
    """Write the final text, naming the ledger's head as it is with the last signature in it; then tell the ledger."""
    ledger, agreement = LedgerRepository(turn.session), table.agreement
    frozen = final_text.freeze(
        agreement,
        table.parties,
        table.agreed(document),
        table.signed,
        await ledger.head(final_text.id_of(agreement)),
    )
    await final_text.keep(turn.session, agreement, frozen, signer)
    agreement.status = Stage.SIGNED
    payload = {"content_hash": frozen.content_hash, "final_hash": frozen.digest}
    entry = Entry(Kind.AGREEMENT_SIGNED, None, None, payload)
    await ledger.extend(final_text.id_of(agreement), [entry])
    # Nothing in the text changes; the row tells every worker that nothing ever will.
    turn.append(EMPTY_UPDATE, [], changes_register=True)
