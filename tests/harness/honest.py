"""What an honest client does with a plain edit: the browser's `suggest`, in Python, for peers in tests.

Runs and deltas count code points here; the rules are those of frontend/src/text/suggest.ts.
"""

from collections.abc import Callable, Container, Iterable
from typing import Any

from pycrdt import Text

Run = tuple[str, dict[str, Any]]
Delta = list[dict[str, Any]]

PARAGRAPH_NAMES = {"style", "level"}


def slice_runs(runs: Iterable[Run], start: int, end: int) -> list[Run]:
    """The runs between two offsets."""
    found: list[Run] = []
    at = 0
    for text, attributes in runs:
        part = text[max(start - at, 0) : max(end - at, 0)]
        if part:
            found.append((part, attributes))
        at += len(text)
    return found


def mark_of(attributes: dict[str, Any], name: str) -> dict[str, Any]:
    """A mark, empty where there is none or it has no id: one's own replica may hold what the server will put right."""
    value = attributes.get(name)
    return value if isinstance(value, dict) and "id" in value else {}


def suggest(
    runs: list[Run],
    delta: Delta,
    party: str,
    suggestion_for: Callable[[str, int], str],
    mine: Container[str] | None = None,
) -> Delta:
    """Turn a plain edit into the edit its author may make; `mine` are the suggestions it opened (None: all)."""
    made: Delta = []
    at = 0
    for step in delta:
        if "insert" in step:
            mark = {"ins": {"id": suggestion_for("insertion", at), "party": party}}
            made.append({"insert": step["insert"], "attributes": {**step.get("attributes", {}), **mark}})
            continue
        length = step.get("retain") or step["delete"]
        if "retain" in step and not step.get("attributes"):
            made.append({"retain": length})
            at += length
            continue
        for text, attributes in slice_runs(runs, at, at + length):
            if "delete" in step:
                made.append(_struck(text, attributes, party, lambda here=at: suggestion_for("deletion", here)))
            else:
                standing = mark_of(attributes, f"fmt:{party}").get("id")
                kept = standing if mine is None or standing in mine else None
                made.append(_restyled(text, attributes, step["attributes"], party, kept, at, suggestion_for))
            at += len(text)
    return made


def _struck(text: str, attributes: dict[str, Any], party: str, name: Callable[[], str]) -> dict[str, Any]:
    if mark_of(attributes, "ins").get("party") == party:
        return {"delete": len(text)}
    if mark_of(attributes, f"del:{party}"):
        return {"retain": len(text)}
    return {"retain": len(text), "attributes": {f"del:{party}": {"id": name()}}}


def _restyled(  # noqa: PLR0917 - one step of a delta, spelt out.
    text: str,
    attributes: dict[str, Any],
    wanted: dict[str, Any],
    party: str,
    kept: str | None,
    at: int,
    suggestion_for: Callable[[str, int], str],
) -> dict[str, Any]:
    if mark_of(attributes, "ins").get("party") == party:
        return {"retain": len(text), "attributes": wanted}
    standing = mark_of(attributes, f"fmt:{party}")
    changes = {**(standing.get("set") or {}), **wanted}
    changes = {key: value for key, value in changes.items() if attributes.get(key) != value}
    if not changes:
        return {"retain": len(text), "attributes": {f"fmt:{party}": None}} if standing else {"retain": len(text)}
    mark = {"id": kept or suggestion_for("format", at), "set": changes}
    return {"retain": len(text), "attributes": {f"fmt:{party}": mark}}


def apply_delta(text: Text, runs: list[Run], delta: Delta) -> None:
    """Make an edit on a pycrdt text whose runs are these; the new text inherits nothing."""
    content = "".join(part for part, _ in runs)
    done, at = 0, 0
    with text.doc.transaction():
        for step in delta:
            if "insert" in step:
                text.insert(at, step["insert"], None if step.get("inherit") else step.get("attributes", {}))
                at += len(step["insert"].encode())
                continue
            length = step.get("retain") or step["delete"]
            size = len(content[done : done + length].encode())
            done += length
            if "delete" in step:
                if size:
                    del text[at : at + size]
                continue
            if step.get("attributes") and size:
                text.format(at, at + size, step["attributes"])
            at += size
