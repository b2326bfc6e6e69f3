"""Completing the description of the interface: what every operation may answer, told once.

Routes document what is theirs; who is unknown, what is malformed, too large or unavailable is the same everywhere.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.errors import PROBLEM, problem, problems
from app.errors import (
    DraftingError,
    IdempotencyMismatch,
    InvalidRequest,
    LimitExceeded,
    TooLarge,
    Unauthenticated,
    Unavailable,
)

_METHODS = {"get", "put", "post", "delete", "patch"}
_EXEMPT_FROM_IDEMPOTENCY = {"log_in"}
_PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457 problem details. `code` is stable; further members depend on it.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "additionalProperties": True,
    "properties": {
        "type": {"type": "string", "example": "about:blank"},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Which failure this is; it never changes."},
        "detail": {"type": "string", "description": "A sentence for the person who met it."},
        "errors": {
            "type": "array",
            "description": "With `invalid_request`: each place that is malformed.",
            "items": {
                "type": "object",
                "properties": {
                    "at": {"type": "array", "items": {"type": "string"}},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
    "example": problem(404, "not_found", "There is nothing here under that name, or it is not open to you."),
}
_IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Asked again with one key within a day, the first answer is given again, nothing done twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "example": "8e03978e-40d5-43dd-bc93-6894a57f9324",
}


def complete(app: FastAPI) -> None:
    """Make the application describe itself in full."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
            app.openapi_schema = _completed(schema)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _completed(schema: dict[str, Any]) -> dict[str, Any]:
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = _PROBLEM_SCHEMA
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for path, operations in schema["paths"].items():
        for method in _METHODS & operations.keys():
            _complete_operation(path, method, operations[method])
    return schema


def _complete_operation(path: str, method: str, operation: dict[str, Any]) -> None:
    everywhere: list[type[DraftingError]] = [Unavailable]
    if operation.get("security"):
        everywhere.append(Unauthenticated)
    if operation.get("parameters") or operation.get("requestBody"):
        everywhere.append(InvalidRequest)
    if operation.get("requestBody"):
        everywhere += [TooLarge]
    if method == "post" and path.startswith("/api/v1/") and operation["operationId"] not in _EXEMPT_FROM_IDEMPOTENCY:
        everywhere += [IdempotencyMismatch, LimitExceeded]
        operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)
    answers = operation["responses"]
    if "HTTPValidationError" in str(answers.get("422", {})):
        del answers["422"]
    for status, documented in problems(*everywhere).items():
        known = answers.setdefault(str(status), documented)
        if known is not documented:
            _merge(known, documented)


def _merge(known: dict[str, Any], documented: dict[str, Any]) -> None:
    """Add examples of failures that share a status with one that the route tells of itself."""
    content = known.setdefault("content", {}).setdefault(PROBLEM, {"examples": {}})
    content["schema"] = {"$ref": "#/components/schemas/Problem"}
    content.setdefault("examples", {}).update(documented["content"][PROBLEM]["examples"])
    known["description"] = ", ".join(f"`{code}`" for code in content["examples"])
