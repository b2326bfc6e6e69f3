"""Telling the public, and the clocks that ask for it. Clocks warn; nothing that anybody types waits for one.

Under California's EERA (Gov. Code 3547) initial proposals are posted before bargaining, and new subjects within 24
hours. What a notice speaks of counts as public from then on; a suggestion in an article that no notice speaks of yet
starts that article's clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.crdt.document import Document
from app.domain.ground_rules import GroundRules
from app.domain.ids import AgreementId, MemberId, new_id
from app.domain.ledger import Kind
from app.domain.roles import Act
from app.errors import InvalidContent
from app.models import Agreement, Article, Publication, now
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.members import MemberRepository
from app.repositories.publications import PublicationRepository
from app.repositories.updates import Decision
from app.services.acting import Acting
from app.services.deciding import decide
from app.services.ground_rules import in_force
from app.services.session_records import require, tell
from app.services.suggestions import Shelf

NEW_SUBJECT_HOURS = 24


class Clock(StrEnum):
    NEW_SUBJECTS = "new_subjects"
    INITIAL_PROPOSALS = "initial_proposals"


@dataclass(frozen=True, slots=True)
class Running:
    """One clock: what it is about, until when, and a notice ready to be posted."""

    kind: Clock
    articles: Sequence[str]
    started_at: datetime | None
    due_at: datetime
    is_overdue: bool
    notice: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be told to the public: which articles it speaks of, in which words."""

    kind: Clock
    articles: Sequence[str]
    content: str


async def listed(shelf: Shelf, agreement: AgreementId) -> tuple[list[Publication], dict[str, str]]:
    """List what was told to the public, newest first, and the names of who told it."""
    async with shelf.database.reading() as session:
        found = await PublicationRepository(session).of(agreement)
        names = await MemberRepository(session).names([MemberId(one.member_id) for one in found])
    return found, names


async def publish(shelf: Shelf, acting: Acting, notice: Notice) -> Publication:
    """Put a notice on the public list; it stays there. Raises `NotLead`, `AgreementSigned` and `InvalidContent`."""

    async def judge(_document: Document, turn: Decision) -> None:
        await require(turn.session, acting, Act.SET_RULES)
        known = {article.id for article in await ArticleRepository(turn.session).of_agreement(acting.agreement_id)}
        if not set(notice.articles) <= known:
            raise InvalidContent("articles: one of them is none of this agreement's.")
        if not notice.content:
            raise InvalidContent("content: a notice says something.")

    async def act(_document: Document, turn: Decision, _judged: None) -> Publication:
        publication = Publication(
            id=new_id("pub"),
            agreement_id=acting.agreement_id,
            kind=notice.kind.value,
            articles=list(dict.fromkeys(notice.articles)),
            content=notice.content,
            party_key=acting.party_key,
            member_id=acting.member_id,
            at=now(),
        )
        await PublicationRepository(turn.session).add(publication)
        payload = {
            "what": "notice",
            "publication": publication.id,
            "notice": publication.kind,
            "articles": publication.articles,
            "content": publication.content,
        }
        await tell(turn, acting, Kind.PUBLICATION_MADE, payload)
        return publication

    return await decide(shelf.rooms, acting.agreement_id, judge, act, by=acting)


async def clocks(shelf: Shelf, acting: Acting) -> list[Running]:
    """Tell which clocks run; none where the ground rules keep none."""
    async with shelf.database.reading() as session:
        rules = await in_force(session, acting.agreement_id)
        agreement = await AgreementRepository(session).get(acting.agreement_id)
        articles = {one.id: one for one in await ArticleRepository(session).of_agreement(acting.agreement_id)}
        told = await PublicationRepository(session).of(acting.agreement_id)
        opened = await PublicationRepository(session).first_suggested(acting.agreement_id)
    running = _posting(agreement, rules, list(articles.values()), told)
    if rules.notice_clock == "eera":
        public = {article for one in told for article in one.articles}
        subjects = [(opened[key], article) for key, article in articles.items() if key in opened and key not in public]
        running += [_new_subject(agreement, article, at) for at, article in sorted(subjects, key=lambda one: one[0])]
    return running


def _new_subject(agreement: Agreement, article: Article, started_at: datetime) -> Running:
    due_at = started_at + timedelta(hours=NEW_SUBJECT_HOURS)
    notice = (
        f"Public notice. In the negotiation of “{agreement.title}” a new subject was raised on "
        f"{started_at:%d %B %Y, %H:%M} UTC: {article.title}. This notice is posted within {NEW_SUBJECT_HOURS} hours."
    )
    return Running(Clock.NEW_SUBJECTS, [article.id], started_at, due_at, due_at <= now(), notice)


def _posting(
    agreement: Agreement, rules: GroundRules, articles: Sequence[Article], told: Sequence[Publication]
) -> list[Running]:
    if rules.initial_proposals_on is None or any(one.kind == Clock.INITIAL_PROPOSALS for one in told):
        return []
    due_at = datetime.combine(date.fromisoformat(rules.initial_proposals_on), datetime.max.time(), now().tzinfo)
    due_at = due_at.replace(microsecond=0)
    names = "; ".join(article.title for article in articles)
    notice = (
        f"Public notice. The initial proposals of the parties to “{agreement.title}” are presented to the public. "
        f"They concern: {names}."
    )
    ids = [article.id for article in articles]
    return [Running(Clock.INITIAL_PROPOSALS, ids, None, due_at, due_at <= now(), notice)]
