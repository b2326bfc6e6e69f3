"""Taking a suggestion back into the caucus: a withdrawal at the table, and in the caucus a draft that says the same.

The table is told of the withdrawal and of nothing else: whether the party goes on with it is the party's matter.
"""

from app.crdt import drafting
from app.crdt.document import Document
from app.crdt.ports import TablingTurn
from app.domain.ids import SuggestionId, new_id
from app.domain.roles import Act
from app.errors import ArticleClosed, NotPermitted
from app.repositories.updates import Decision
from app.services import caucus, suggestions
from app.services.acting import Acting
from app.services.caucus import Draft
from app.services.deciding import decide_tabling
from app.services.docket import Item
from app.services.responding import carry_out_withdrawal, judge_withdrawal
from app.services.suggestions import Shelf


async def recall(shelf: Shelf, acting: Acting, suggestion: SuggestionId, reason: str | None) -> tuple[Item, Draft]:
    """Take a suggestion back into its party's caucus: by whom it could be withdrawn, where it could be drafted.

    Raises `NotFound`, `NotPermitted`, `SuggestionAlreadyResolved`, `InPackage`, `ArticleClosed`, `WrongStage` and
    `AgreementSigned`.
    """
    draft = SuggestionId(new_id("d"))

    async def judge(_caucus: Document, table: Document, turn: TablingTurn[Decision]) -> Item:
        item = await judge_withdrawal(table, turn.table, acting, suggestion)
        if item.is_structural:
            raise NotPermitted("What is suggested about an article as a whole is withdrawn, not taken back.")
        if item.record.article_id in table.register.closed:
            raise ArticleClosed
        return item

    async def act(own: Document, table: Document, turn: TablingTurn[Decision], item: Item) -> None:
        owner = table.register.owners[suggestion]
        update, facts = drafting.recall(own, suggestion, draft, owner)
        turn.caucus.append(update, facts, changes_register=True)
        await carry_out_withdrawal(table, turn.table, acting, item, reason)

    acting.require(Act.WITHDRAW)
    await decide_tabling(shelf.rooms, acting.agreement_id, acting.party_key, judge, act, by=acting)
    return await suggestions.one(shelf, acting, suggestion), await caucus.one(shelf, acting, draft)
