"""Real stores for tests of the record, and an agreement with two parties in one."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.ids import AgreementId, ArticleId, MemberId, PartyKey
from app.models import Account, Agreement, Article, Member, Party

AGREEMENT = AgreementId("agr_1")
ARTICLE = ArticleId("art_1")
URSULA, DANA = MemberId("mem_ursula"), MemberId("mem_dana")
UNION, DISTRICT = PartyKey("union"), PartyKey("district")


async def seed(session: AsyncSession) -> None:
    """Put an agreement of the union and the district into the store, one article, a lead each."""
    session.add_all(
        [
            Account(id="acc_u", name="Ursula", email="ursula@union.example", password_hash="-"),
            Account(id="acc_d", name="Dana", email="dana@district.example", password_hash="-"),
        ]
    )
    await session.flush()
    session.add(Agreement(id=AGREEMENT, title="Agreement", status="bargaining", created_by="acc_u"))
    await session.flush()
    for position, (key, member, account) in enumerate([(UNION, URSULA, "acc_u"), (DISTRICT, DANA, "acc_d")]):
        session.add(
            Party(id=f"par_{key}", agreement_id=AGREEMENT, position=position, key=key, name=key, signatory=True)
        )
        session.add(Member(id=member, agreement_id=AGREEMENT, account_id=account, party_key=key, role="lead"))
    session.add(Article(id=ARTICLE, agreement_id=AGREEMENT, position=1, title="Hours"))
    await session.flush()
