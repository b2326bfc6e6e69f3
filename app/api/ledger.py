"""The ledger: read a page at a time, or exported whole for verification offline."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from app.api.deps import CurrentMember, Store
from app.api.errors import problems
from app.api.keys import Keys
from app.api.schemas.record import LedgerShape
from app.errors import MissingScope, NotFound, Unavailable
from app.repositories.chain import canonical
from app.services import ledger

router = APIRouter(tags=["ledger"])
_EXPORT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"example": '{"agreement":"agr_7h2k","entries":[…'}}}
}


@router.get(
    "/agreements/{agreement_id}/ledger",
    response_model=LedgerShape,
    responses=problems(NotFound, MissingScope, Unavailable),
)
async def read_ledger(
    acting: CurrentMember,
    store: Store,
    ring: Keys,
    after: Annotated[int, Query(ge=0, le=2**53, description="Only entries with a greater `seq`.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000, description="How many to answer at most.")] = 100,
) -> Response:
    """Read entries, oldest first; a page from the first entry on can be verified as it is."""
    page = await ledger.page(store, ring, acting.agreement_id, after, limit)
    last = page.entries[-1]["seq"] if page.entries else after
    further = str(last) if last < page.head["seq"] else None
    content = {"items": page.entries, "next": further, "head": page.head}
    return Response(canonical(content), media_type="application/json")


@router.get(
    "/agreements/{agreement_id}/ledger/export",
    response_class=StreamingResponse,
    responses=_EXPORT | problems(NotFound, MissingScope, Unavailable),
)
async def export_ledger(acting: CurrentMember, store: Store, ring: Keys) -> StreamingResponse:
    """Export the whole ledger with its signed head, for `parley verify` or the stand-alone verifier."""
    return StreamingResponse(
        ledger.export(store, ring, acting.agreement_id),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{acting.agreement_id}-ledger.json"'},
    )
