"""Bringing the changes of an agreed proposal to the table, as suggestions of the mediator's party.

Each is written as anybody's typing is, and becomes agreed text only when every signatory accepts it there (P1). What
the text has meanwhile moved away from is not forced in: the proposal says which change did not come, and why.
"""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from pycrdt import Text

from app.crdt.registry import Rooms
from app.db import Database
from app.domain.agreements import Stage, Standing
from app.domain.ids import AgreementId, ArticleId, MemberId, SuggestionId, table_of
from app.errors import DraftingError
from app.models import Account, Agreement, Member, Party, now
from app.repositories.agreements import AgreementRepository
from app.repositories.articles import ArticleRepository
from app.repositories.mediation import AGREED, MediationRepository
from app.repositories.suggestions import SuggestionRepository
from app.repositories.updates import Decision
from app.services.acting import Acting, Identity
from app.services.demo_hand import Edit, Hand

_PATIENCE_SECONDS = 20


class _MediatorsHand(Hand):
    """Strikes no more of the passage than changes, so that the suggestion says what is new and nothing else."""

    def _type(self, text: Text, edit: Edit) -> None:
        whole = "".join(str(piece) for piece, _ in text.diff())
        place = whole.index(edit.old)
        head = _shared(edit.old, edit.new)
        tail = _shared(edit.old[head:][::-1], edit.new[head:][::-1])
        struck, put = edit.old[head : len(edit.old) - tail], edit.new[head : len(edit.new) - tail]
        start = len(whole[: place + head].encode())
        end = start + len(struck.encode())
        if struck:
            text.format(start, end, {f"del:{self.party}": {"id": edit.suggestion}})
        if put:
            text.insert(end, put, {"ins": {"id": edit.suggestion, "party": self.party}})


def _shared(one: str, other: str) -> int:
    """Count the characters that two texts begin with alike, to the last whole word."""
    count = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    while 0 < count < max(len(one), len(other)) and one[count - 1].isalnum():
        count -= 1
    return count


async def bring_to_table(database: Database, rooms: Rooms[Decision], agreement: AgreementId, proposal: str) -> None:
    """Table what an agreed proposal changes; begun again after a crash, each change comes once."""
    async with database.reading() as session:
        found = await MediationRepository(session).proposal(agreement, proposal)
        if found is None or found.proposal.status != AGREED or found.proposal.tabled_at is not None:
            return
        row = found.proposal
        author = await _author(session, agreement, MemberId(row.author_id))
        ids = [SuggestionId(change["suggestion"]) for change in row.changes]
        there = await SuggestionRepository(session).many(agreement, ids)
        closed = await _closed(session, agreement)
    tabled = [
        {"article": change["article"], **await _outcome(rooms, author, suggestion, change, closed, known=there)}
        for suggestion, change in zip(ids, row.changes, strict=True)
    ]
    async with database.transaction() as session:
        held = await MediationRepository(session).proposal(agreement, proposal, hold=True)
        if held is not None and held.proposal.tabled_at is None:
            held.proposal.tabled, held.proposal.tabled_at = tabled, now()


async def _outcome(  # noqa: PLR0913 - one change, with what is known of where it goes.
    rooms: Rooms[Decision],
    author: Acting,
    suggestion: SuggestionId,
    change: Mapping[str, str],
    closed: Mapping[str, str],
    *,
    known: Mapping[SuggestionId, Any],
) -> dict[str, str]:
    if suggestion in known:
        is_ours = known[suggestion].author_id == author.member_id
        return {"suggestion": suggestion} if is_ours else {"code": "name_taken"}
    article = ArticleId(change["article"])
    if code := closed.get(article, closed.get("")):
        return {"code": code}
    if not await rooms.read(
        table_of(author.agreement_id), lambda table: _stands_once(table, article, change["before"])
    ):
        return {"code": "text_moved"}
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            edit = Edit(suggestion, article, change["before"], change["after"])
            await _MediatorsHand(author).write(rooms, [edit])
    except (ValueError, KeyError, TimeoutError):
        # The passage went, or the article closed, between the look and the hand.
        return {"code": "text_moved"}
    except DraftingError as refused:
        return {"code": refused.code}
    return {"suggestion": suggestion}


def _stands_once(table: Any, article: ArticleId, passage: str) -> bool:
    """Whether a passage is agreed text in one place, uninterrupted by anybody's pending insertion."""
    if article not in table.article_order():
        return False
    agreed = ["".join(run["text"] for run in one["runs"]) for one in table.agreed(article)]
    return sum(text.count(passage) for text in agreed) == 1


async def _author(session: Any, agreement: AgreementId, member: MemberId) -> Acting:
    """Find the mediator who proposed it, who may have left since: what all agreed on still comes, in that name."""
    row = await session.get_one(Member, member)
    account, whole = await session.get_one(Account, row.account_id), await session.get_one(Agreement, agreement)
    parties: Sequence[Party] = (await AgreementRepository(session).parties([agreement]))[agreement]
    party = next(one for one in parties if one.key == row.party_key)
    return Acting(Identity(account, "login"), account, row, party, whole)


async def _closed(session: Any, agreement: AgreementId) -> dict[str, str]:
    """Tell which articles take no suggestion, by what code; under an empty name, why none does."""
    stage = (await AgreementRepository(session).get(agreement)).status
    if stage != Stage.BARGAINING:
        return {"": "agreement_signed" if stage == Stage.SIGNED else "wrong_stage"}
    articles = await ArticleRepository(session).of_agreement(agreement)
    return {one.id: "article_closed" for one in articles if one.standing == Standing.TENTATIVE}
