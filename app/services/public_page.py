"""What the public reads: laid out by the server from what the ground rules show, and nothing of who wrote it.

Until the parties bargain, while a blackout lasts and where the rules show nothing, there is no page: the same 404 as
for an agreement that never was. Notices that a party posted stay readable, for the law asks for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.crdt.document import Document
from app.domain.agreements import Stage, Standing
from app.domain.ids import AgreementId, ArticleId, table_of
from app.domain.sight import Sight, public_sight
from app.domain.suggestions import Status
from app.errors import NotFound
from app.models import Agreement, Article, Party, Publication
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.publications import PublicationRepository
from app.repositories.suggestions import Record, SuggestionRepository, Wanted
from app.services.ground_rules import in_force
from app.services.projection import may_read
from app.services.suggestions import Shelf

_MOST_PROPOSALS = 5_000


@dataclass(frozen=True, slots=True)
class PublicPage:
    """An agreement as far as the public sees it; articles as JSON, in their order."""

    agreement: Agreement
    sight: Sight
    parties: Sequence[Party]
    articles: list[dict[str, Any]]
    content_hash: str


async def page(shelf: Shelf, agreement: AgreementId) -> PublicPage:
    """Lay out the public page; raises `NotFound` wherever there is none."""
    async with shelf.database.reading() as session:
        found = await AgreementRepository(session).find(agreement)
        if found is None or found.status == Stage.PREPARING:
            raise NotFound
        sight = public_sight(await in_force(session, agreement))
        if sight is Sight.NOTHING:
            raise NotFound
        articles = await ArticleRepository(session).of_agreement(agreement)
        parties = (await AgreementRepository(session).parties([agreement]))[agreement]
        waiting: list[Record] = []
        if sight >= Sight.TABLED:
            wanted = Wanted(status=Status.PENDING)
            waiting = await SuggestionRepository(session).page(agreement, wanted, None, _MOST_PROPOSALS)
    shown = [article for article in articles if may_read(sight, article.standing)]

    def read(table: Document) -> tuple[str, list[dict[str, Any]]]:
        titles = {ArticleId(article.id): article.title for article in shown}
        proposals = _proposals(table, waiting)
        return table.content_hash(titles), [_article(table, one, proposals.get(one.id, [])) for one in shown]

    digest, laid_out = await shelf.rooms.read(table_of(agreement), read)
    return PublicPage(found, sight, parties, laid_out, digest)


@dataclass(frozen=True, slots=True)
class NoticeList:
    """What parties told the public, newest first."""

    agreement: Agreement
    parties: Sequence[Party]
    subjects: Mapping[str, str]
    notices: Sequence[Publication]


async def notices(shelf: Shelf, agreement: AgreementId) -> NoticeList:
    """List the notices to the public; raises `NotFound` where none was ever posted."""
    async with shelf.database.reading() as session:
        found = await AgreementRepository(session).find(agreement)
        posted = await PublicationRepository(session).of(agreement) if found is not None else []
        if found is None or not posted:
            raise NotFound
        articles = await ArticleRepository(session).of_agreement(agreement)
        parties = (await AgreementRepository(session).parties([agreement]))[agreement]
    spoken_of = {article for one in posted for article in one.articles}
    return NoticeList(found, parties, {one.id: one.title for one in articles if one.id in spoken_of}, posted)


def _article(table: Document, article: Article, proposals: list[dict[str, Any]]) -> dict[str, Any]:
    standing = article.standing
    if standing == Standing.STATUS_QUO and proposals:
        standing = Standing.OPEN
    return {
        "id": article.id,
        "position": article.position,
        "title": article.title,
        "standing": standing,
        "paragraphs": table.agreed(ArticleId(article.id)),
        "proposals": proposals,
    }


def _proposals(table: Document, waiting: Sequence[Record]) -> dict[str, list[dict[str, Any]]]:
    """Lay out what waits, by article; what has left the text meanwhile was decided and is left out."""
    laid_out: dict[str, list[dict[str, Any]]] = {}
    contents = table.contents([record.id for record in waiting])
    for record in waiting:
        if record.id in contents:
            content = contents[record.id].as_json()
            proposal = {
                "party": record.party_key,
                "kind": content["kind"],
                "status": record.status,
                "before": content["before"],
                "after": content["after"],
                "reason": record.reason,
                "tabled_at": record.created_at,
            }
            laid_out.setdefault(record.article_id, []).append(proposal)
    return laid_out
