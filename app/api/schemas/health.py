"""What the health checks answer."""

from typing import Literal

from pydantic import ConfigDict

from app.api.schemas.base import Shape


class Health(Shape):
    """One word on how the service is."""

    model_config = ConfigDict(json_schema_extra={"example": {"status": "ready"}})

    status: Literal["alive", "ready"]
