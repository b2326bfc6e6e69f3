"""The description of the interface is complete: an id, examples, and each failure, for every operation."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.config import Settings
from app.main import create_app

SCHEMA = create_app(Settings(data_dir=Path("unused"), secret_key="a secret for tests only")).openapi()
BINARY = {"application/zip", "application/pdf"}
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, item in SCHEMA["paths"].items()
    for method, operation in item.items()
    if method in {"get", "put", "post", "delete", "patch"}
}
# What the contract names; one that is missing here was forgotten in `app.main`.
PROMISED = """
POST /api/v1/accounts
POST /api/v1/login
DELETE /api/v1/login
GET /api/v1/me
POST /api/v1/tokens
POST /api/v1/tickets
POST /api/v1/agreements
GET /api/v1/agreements
GET /api/v1/agreements/{agreement_id}
POST /api/v1/agreements/{agreement_id}/invitations
POST /api/v1/invitations/{token}/accept
POST /api/v1/agreements/{agreement_id}/confirmations
GET /api/v1/agreements/{agreement_id}/text
GET /api/v1/agreements/{agreement_id}/suggestions
POST /api/v1/agreements/{agreement_id}/suggestions/{suggestion_id}/responses
POST /api/v1/agreements/{agreement_id}/responses
POST /api/v1/agreements/{agreement_id}/suggestions/{suggestion_id}/withdrawal
GET /api/v1/agreements/{agreement_id}/ledger
POST /api/v1/agreements/{agreement_id}/articles/{article_id}/initials
DELETE /api/v1/agreements/{agreement_id}/articles/{article_id}/initials
POST /api/v1/agreements/{agreement_id}/signatures
GET /api/v1/agreements/{agreement_id}/final
GET /api/v1/agreements/{agreement_id}/archive
GET /.well-known/jwks.json
GET /healthz
GET /readyz
GET /metrics
""".strip().splitlines()


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    return SCHEMA["components"]["schemas"][reference.rpartition("/")[2]] if reference else schema


def has_example(content: dict[str, Any]) -> bool:
    """Whether a body has an example: its own, its schema's, or for a list that of its items."""
    schema = resolved(content.get("schema", {}))
    listed = schema.get("properties", {}).get("items", {})
    parts = [*schema.get("allOf", []), *schema.get("anyOf", []), *([listed["items"]] if "items" in listed else [])]
    return any({"example", "examples"} & set(place) for place in (content, schema, *map(resolved, parts)))


def contents(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"request {media_type}", content
    for status, answer in operation["responses"].items():
        for media_type, content in answer.get("content", {}).items():
            yield f"{status} {media_type}", content


@pytest.mark.parametrize("promised", PROMISED)
def test_what_the_contract_names_is_there(promised: str) -> None:
    shape = re.sub(r"\{\w+\}", "{}", promised)

    assert shape in {re.sub(r"\{\w+\}", "{}", operation) for operation in OPERATIONS}


def test_every_shape_has_a_name_of_its_own() -> None:
    """Two of one name are told apart by their modules, and every client's types break."""
    assert [name for name in SCHEMA["components"]["schemas"] if "__" in name] == []


def test_every_operation_has_an_id_of_its_own() -> None:
    ids = [operation["operationId"] for operation in OPERATIONS.values()]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", one) for one in ids)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_body_has_an_example(name: str) -> None:
    without = [
        where
        for where, content in contents(OPERATIONS[name])
        if not has_example(content) and where.rpartition(" ")[2] not in BINARY
    ]

    assert without == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_is_told_in_a_sentence(name: str) -> None:
    assert OPERATIONS[name]["description"].strip().endswith(".")


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_failure_is_a_problem_with_its_code(name: str) -> None:
    failures = {status: answer for status, answer in OPERATIONS[name]["responses"].items() if status >= "400"}

    assert "503" in failures
    for status, answer in failures.items():
        examples = answer["content"]["application/problem+json"]["examples"]
        assert {example["value"]["status"] for example in examples.values()} == {int(status)}
        assert all(code == example["value"]["code"] for code, example in examples.items())


@pytest.mark.parametrize("name", [name for name, operation in OPERATIONS.items() if operation.get("security")])
def test_whoever_has_to_be_known_can_be_unknown(name: str) -> None:
    assert "401" in OPERATIONS[name]["responses"]


@pytest.mark.parametrize("name", [name for name in OPERATIONS if "{agreement_id}" in name])
def test_an_agreement_may_always_not_be_ones_own(name: str) -> None:
    assert OPERATIONS[name].get("security")
    assert "404" in OPERATIONS[name]["responses"]
    assert "missing_scope" in str(OPERATIONS[name]["responses"]["403"])


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name.startswith("POST /api") and "login" not in name])
def test_every_post_takes_an_idempotency_key(name: str) -> None:
    assert "Idempotency-Key" in [parameter["name"] for parameter in OPERATIONS[name]["parameters"]]


@pytest.mark.parametrize(
    "name", [name for name, one in OPERATIONS.items() if name[:3] != "GET" and one.get("security")]
)
def test_every_unsafe_operation_tells_of_foreign_pages(name: str) -> None:
    assert "foreign_origin" in str(OPERATIONS[name]["responses"]["403"])
