"""What a letter to a member tells when it goes: read then, so that nobody is told of a party they have left."""

from dataclasses import dataclass
from email.message import EmailMessage

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, MemberId, PartyKey
from app.domain.telling import Preference
from app.models import Letter
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.letters import LetterRepository
from app.services import letters
from app.services.letters import Digest, Envelope, Item
from app.services.notice_preferences import wishes_of


@dataclass(frozen=True, slots=True)
class Addressed:
    """A letter to a member, ready to be written: where to, by which wishes, and what of."""

    address: str
    wishes: Preference
    digest: Digest


async def addressed(session: AsyncSession, letter: Letter) -> Addressed | None:
    """Read what a letter may tell now; None where that is nothing, or its address takes no mail."""
    queue = LetterRepository(session)
    found = await queue.addressee(MemberId(letter.member_id or ""))
    if found is None or found.member.party_key != letter.party_key or await queue.refused_at(found.account.email):
        return None
    told = await queue.notices_in(letter.id)
    if not told:
        return None
    agreement = AgreementId(found.member.agreement_id)
    wishes = await wishes_of(session, MemberId(found.member.id))
    parties = (await AgreementRepository(session).parties([agreement]))[agreement]
    titles = {article.id: article.title for article in await ArticleRepository(session).of_agreement(agreement)}
    digest = Digest(
        agreement_id=agreement,
        title=found.agreement.title,
        items=[
            Item(one.kind, one.subject, titles.get(str(one.subject.get("article"))), one.private_to is not None)
            for one in told
        ],
        language=wishes.language,
        party_names={party.key: party.name for party in parties},
        carries_text=await queue.carries_text(agreement, PartyKey(found.member.party_key)),
    )
    return Addressed(found.account.email, wishes, digest)


def write(envelope: Envelope, told: Addressed, public_url: str, stop_token: str) -> EmailMessage:
    """Write the mail."""
    return letters.digest(envelope, told.digest, public_url, stop_token)
