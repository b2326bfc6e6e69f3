"""The public keys of final texts and ledger heads, at the root, for everybody."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.api.deps import Configured, Store
from app.api.errors import problems
from app.api.schemas.record import KeysShape
from app.errors import Unavailable
from app.services.keys import KeyRing

router = APIRouter(tags=["keys"])


def key_ring(store: Store, settings: Configured) -> KeyRing:
    return KeyRing(store, settings)


Keys = Annotated[KeyRing, Depends(key_ring)]


@router.get("/.well-known/jwks.json", responses=problems(Unavailable))
async def read_public_keys(ring: Keys, response: Response) -> KeysShape:
    """List every key that ever signed, retired ones too: what they signed stays verifiable."""
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return KeysShape.model_validate(await ring.published())
