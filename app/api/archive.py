"""The archive of an agreement: everything that proves what happened, to keep and to verify without us."""

from typing import Any

from fastapi import APIRouter, Response

from app.api.deps import CurrentMember, Store
from app.api.errors import problems
from app.api.keys import Keys
from app.errors import MissingScope, NotFound, Unavailable
from app.services import archive

router = APIRouter(tags=["archive"])
_DOCUMENTED: dict[int | str, dict[str, Any]] = {200: {"content": {"application/zip": {}}, "description": "A ZIP file."}}


@router.get(
    "/agreements/{agreement_id}/archive",
    response_class=Response,
    responses=_DOCUMENTED | problems(NotFound, MissingScope, Unavailable),
)
async def read_archive(acting: CurrentMember, store: Store, ring: Keys) -> Response:
    """Download the ledger, its signed head, the final text, the public keys and the stand-alone verifier."""
    return Response(
        await archive.pack(store, ring, acting.agreement_id),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{acting.agreement_id}.zip"'},
    )
