"""What an API token may be used for. A login has no such bounds; a token has exactly what it was given."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Scope(StrEnum):
    """A power of a token, as named in `POST /tokens`."""

    ACCOUNT_READ = "account:read"
    AGREEMENT_READ = "agreement:read"
    AGREEMENT_WRITE = "agreement:write"
    FINAL_READ = "final:read"


_INCLUDES: Mapping[Scope, frozenset[Scope]] = {
    Scope.ACCOUNT_READ: frozenset({Scope.ACCOUNT_READ}),
    Scope.FINAL_READ: frozenset({Scope.FINAL_READ}),
    Scope.AGREEMENT_READ: frozenset({Scope.AGREEMENT_READ, Scope.FINAL_READ}),
    Scope.AGREEMENT_WRITE: frozenset({Scope.AGREEMENT_WRITE, Scope.AGREEMENT_READ, Scope.FINAL_READ}),
}


def reach(scopes: Collection[Scope]) -> frozenset[Scope]:
    """Spell out what a token's scopes include: who may write may read, who may read may read the final text."""
    return frozenset().union(*(_INCLUDES[scope] for scope in scopes))
