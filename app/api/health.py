"""Whether the service is alive, ready to work, and how it is doing."""

import asyncio

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from app.api.deps import Store
from app.api.errors import problems
from app.api.metrics import METRICS
from app.api.schemas.health import Health
from app.errors import Unavailable
from app.services.migrating import is_current

router = APIRouter(tags=["health"])
_PATIENCE_SECONDS = 5.0


@router.get("/healthz")
async def check_health() -> Health:
    """Say that the process is alive."""
    return Health(status="alive")


@router.get("/readyz", responses=problems(Unavailable))
async def check_readiness(store: Store) -> Health:
    """Say whether the store can be reached and its schema is current."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await store.ping()
            current = await is_current(store.engine)
    except (SQLAlchemyError, OSError, TimeoutError) as unreachable:
        raise Unavailable("The store cannot be reached.") from unreachable
    if not current:
        raise Unavailable("The schema is behind this version; run `parley migrate`.")
    return Health(status="ready")


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"example": "parley_requests_total 1.0\n"}}}},
)
async def read_metrics() -> Response:
    """Give this worker's figures in the form that Prometheus reads."""
    return Response(METRICS.exposition(), media_type=CONTENT_TYPE_LATEST)
