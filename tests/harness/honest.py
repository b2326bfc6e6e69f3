"""What an honest client does with a plain edit: the browser's `suggest`, in Python, for peers in tests.

Runs and deltas count code points here; the rules are those of frontend/src/text/suggest.ts.
"""

from collections.abc import Callable, Container, Iterable
from typing import Any, NamedTuple

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


class Names(NamedTuple):
    """How a party's own marks are called where a client writes: at the table, or in its caucus."""

    insertion: str
    deletion: str
    format: str


def names_of(party: str, *, in_caucus: bool = False) -> Names:
    return Names("draft:ins", "draft:del", "draft:fmt") if in_caucus else Names("ins", f"del:{party}", f"fmt:{party}")


def suggest(
    runs: list[Run],
    delta: Delta,
    party: str,
    suggestion_for: Callable[[str, int], str],
    mine: Container[str] | None = None,
    *,
    in_caucus: bool = False,
) -> Delta:
    """Turn a plain edit into the edit its author may make; `mine` are the suggestions it opened (None: all)."""
    names = names_of(party, in_caucus=in_caucus)
    made: Delta = []
    at = 0
    for step in delta:
        if "insert" in step:
            mark = {names.insertion: {"id": suggestion_for("insertion", at), "party": party}}
            made.append({"insert": step["insert"], "attributes": {**step.get("attributes", {}), **mark}})
            continue
        length = step.get("retain") or step["delete"]
        if "retain" in step and not step.get("attributes"):
            made.append({"retain": length})
            at += length
            continue
        for text, attributes in slice_runs(runs, at, at + length):
            if "delete" in step:
                made.append(_struck(text, attributes, party, names, lambda here=at: suggestion_for("deletion", here)))
            else:
                standing = mark_of(attributes, names.format).get("id")
                kept = standing if mine is None or standing in mine else None
                name = kept or (lambda here=at: suggestion_for("format", here))
                made.append(_restyled(text, attributes, step["attributes"], party, names, name))
            at += len(text)
    return made


def _struck(text: str, attributes: dict[str, Any], party: str, names: Names, name: Callable[[], str]) -> dict[str, Any]:
    if mark_of(attributes, names.insertion).get("party") == party:
        return {"delete": len(text)}
    if mark_of(attributes, names.deletion) or mark_of(attributes, f"del:{party}"):
        return {"retain": len(text)}
    return {"retain": len(text), "attributes": {names.deletion: {"id": name()}}}


def _restyled(  # noqa: PLR0917 - one step of a delta, spelt out.
    text: str,
    attributes: dict[str, Any],
    wanted: dict[str, Any],
    party: str,
    names: Names,
    name: str | Callable[[], str],
) -> dict[str, Any]:
    if mark_of(attributes, names.insertion).get("party") == party:
        return {"retain": len(text), "attributes": wanted}
    standing = mark_of(attributes, names.format)
    tabled = {} if names.format == f"fmt:{party}" else mark_of(attributes, f"fmt:{party}").get("set") or {}
    changes = {**(standing.get("set") or {}), **wanted}
    changes = {key: value for key, value in changes.items() if attributes.get(key) != value}
    changes = {key: value for key, value in changes.items() if key not in tabled or tabled[key] != value}
    if not changes:
        return {"retain": len(text), "attributes": {names.format: None}} if standing else {"retain": len(text)}
    mark = {"id": name if isinstance(name, str) else name(), "set": changes}
    return {"retain": len(text), "attributes": {names.format: mark}}


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
