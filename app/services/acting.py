"""Who is asking: an identity as it was proved, and the same person acting in one agreement.

A proof reaches as far as it was made for: a login everywhere, a token to its scopes and perhaps one agreement,
a ticket as far as what it was got with.
"""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain import roles
from app.domain.agreements import Stage
from app.domain.ids import AccountId, AgreementId, MemberId, PartyKey
from app.domain.roles import Act, Role, Standing
from app.domain.scopes import Scope, reach
from app.domain.sight import Sight, sight_of
from app.errors import MissingScope, NotFound, SeatChanged
from app.models import Account, Agreement, Member, Party
from app.repositories.members import MemberRepository
from app.services.ground_rules import in_force


@dataclass(frozen=True, slots=True)
class Identity:
    """An account and the bounds of the proof it gave; `scopes` None has none."""

    account: Account
    by: Literal["login", "token", "ticket"]
    scopes: frozenset[Scope] | None = None
    agreement_id: AgreementId | None = None
    secret_hash: str = ""

    @property
    def account_id(self) -> AccountId:
        return AccountId(self.account.id)

    def require(self, scope: Scope) -> None:
        """Raise `MissingScope` where the proof was not made for this."""
        if self.scopes is not None and scope not in reach(self.scopes):
            raise MissingScope(scope=scope.value)

    def require_account(self, scope: Scope = Scope.ACCOUNT_READ) -> None:
        """Raise where the proof does not reach beyond one agreement."""
        self.require(scope)
        if self.agreement_id is not None:
            raise MissingScope("This token is bound to one agreement.", scope=scope.value)


@dataclass(frozen=True, slots=True)
class Acting:
    """A member at work in an agreement. `agreement.status` is as it was when the request began."""

    identity: Identity
    account: Account
    member: Member
    party: Party
    agreement: Agreement
    sight: Sight = Sight.ALL
    """How much of the table the ground rules let this member see; all of it, but for observers."""

    @property
    def scopes(self) -> frozenset[Scope] | None:
        return self.identity.scopes

    @property
    def agreement_id(self) -> AgreementId:
        return AgreementId(self.agreement.id)

    @property
    def member_id(self) -> MemberId:
        return MemberId(self.member.id)

    @property
    def party_key(self) -> PartyKey:
        return PartyKey(self.party.key)

    @property
    def role(self) -> Role:
        return Role(self.member.role)

    @property
    def standing(self) -> Standing:
        """Where the member stands in the table of roles."""
        return self.standing_at(Stage(self.agreement.status))

    def standing_at(self, stage: Stage) -> Standing:
        """Say the same for a stage read later, inside the transaction of a decision."""
        return Standing(self.role, stage, signatory=self.party.signatory)

    def require(self, act: Act) -> None:
        """Raise what the table of roles says of an act now."""
        roles.require(act, self.standing)

    @property
    def signature(self) -> dict[str, str]:
        """The member as the ledger names it: `{id, name}`."""
        return {"id": self.member.id, "name": self.account.name}


async def acting_in(session: AsyncSession, identity: Identity, agreement: AgreementId, scope: Scope) -> Acting:
    """Find an identity's place in an agreement; raises `NotFound` for whoever has none, and `MissingScope`."""
    if identity.agreement_id not in {None, agreement}:
        raise NotFound
    found = await MemberRepository(session).membership(agreement, identity.account_id)
    if found is None:
        raise NotFound
    identity.require(scope)
    role = Role(found.member.role)
    sight = sight_of(role, await in_force(session, agreement)) if role is Role.OBSERVER else Sight.ALL
    return Acting(identity, identity.account, found.member, found.party, found.agreement, sight)


async def require_seated(session: AsyncSession, acting: Acting) -> None:
    """Raise where a member's seat was changed or taken since the request began; it stays until the transaction ends.

    Raises `NotFound` for who is no longer a member, and `SeatChanged`.
    """
    member = await MemberRepository(session).held(acting.member_id)
    if member is None:
        raise NotFound
    if (member.party_key, member.role) != (acting.party_key, acting.role):
        raise SeatChanged
