"""Opening an account, and what one may know about oneself."""

from fastapi import APIRouter, Request, status

from app.api.deps import CurrentIdentity, Store
from app.api.errors import problems
from app.api.schemas.accounts import AccountShape, Me, MembershipShape, Registration
from app.domain.agreements import Stage
from app.domain.roles import Role
from app.domain.scopes import Scope
from app.errors import AlreadyExists, ForeignOrigin, MissingScope, RegistrationClosed
from app.services.accounts import Applicant, Registrar, memberships

router = APIRouter(tags=["accounts"])


@router.post(
    "/accounts",
    status_code=status.HTTP_201_CREATED,
    responses=problems(AlreadyExists, RegistrationClosed, ForeignOrigin),
)
async def register_account(body: Registration, request: Request) -> AccountShape:
    """Open an account. The first of an empty service is always welcome; later ones as the operator chose."""
    registrar: Registrar = request.app.state.registrar
    account = await registrar.register(Applicant(body.name, body.email, body.password, body.invitation))
    return AccountShape.model_validate(account)


@router.get("/me", responses=problems(MissingScope))
async def read_me(identity: CurrentIdentity, store: Store) -> Me:
    """Tell who the caller is, and where a member."""
    identity.require(Scope.ACCOUNT_READ)
    found = await memberships(store, identity.account_id)
    places = [
        MembershipShape(
            agreement_id=place.agreement.id,
            title=place.agreement.title,
            status=Stage(place.agreement.status),
            member_id=place.member.id,
            party=place.party.key,
            role=Role(place.member.role),
        )
        for place in found
        if identity.agreement_id in {None, place.agreement.id}
    ]
    account = identity.account
    return Me(id=account.id, name=account.name, email=account.email, memberships=places)
