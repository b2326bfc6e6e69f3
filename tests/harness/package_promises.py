"""What the ledger must show of packages and of articles as units, told from its entries alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

_DECIDED = {"suggestion.accepted", "suggestion.enacted", "suggestion.rejected", "suggestion.split"}
_ENDED = {"package.rejected", "package.withdrawn", "package.expired"}
_REARRANGED = {"article.added", "article.moved", "article.retitled", "article.struck"}


def assert_no_part_is_decided_alone(entries: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Follow every package through a ledger; answers how many entries of each kind there were.

    A part of an open package is decided by nothing but that package's acceptance, and then every part is enacted in
    that moment; after any other ending no acceptance of a part is on record. An article changes as a unit only in the
    moment in which what suggested it is enacted.
    """
    packages: dict[str, list[str]] = {}
    accepted_at: dict[str, str] = {}
    enacted_at: dict[str, str] = {}
    met: Counter[str] = Counter()
    for entry in entries:
        kind, payload, at = entry["kind"], entry["payload"], entry["at"]
        met[kind] += 1
        held = {part: package for package, parts in packages.items() for part in parts}
        if kind == "package.offered":
            parts = [part["suggestion"] for part in payload["suggestions"]]
            assert not held.keys() & set(parts), "a part is in one open package"
            packages[payload["package"]] = parts
        elif kind == "package.accepted":
            assert packages.pop(payload["package"]) == payload["suggestions"], "a package is accepted whole"
            accepted_at.update(dict.fromkeys(payload["suggestions"], at))
        elif kind in _ENDED:
            packages.pop(payload["package"])
        elif kind in _DECIDED:
            assert payload["suggestion"] not in held, "no part of an open package is decided alone"
        if kind == "suggestion.enacted":
            enacted_at[payload["suggestion"]] = at
        if kind in _REARRANGED:
            assert enacted_at[payload["suggestion"]] == at, "an article changes as a unit by enactment alone"
    for suggestion in accepted_at:
        assert suggestion in enacted_at, "with its package every part is enacted"
    return met
