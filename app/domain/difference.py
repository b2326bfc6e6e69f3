"""What changed between two readings of a passage, word by word, as a person would mark it."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

SAME, ADDED, REMOVED = "same", "added", "removed"
_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]", re.UNICODE)
_MOST_TOKENS: Final = 3_000
"""Of what differs: beyond that the passage is told as replaced, because comparing costs the square of it."""


class Stretch(NamedTuple):
    """Some text that stayed, came or went."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Stretch]:
    """Tell what changed, in reading order; what went stands before what came in its place."""
    if before == after:
        return [Stretch(SAME, before)] if before else []
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    middle = (old[start : len(old) - end], new[start : len(new) - end])
    stretches = [(SAME, old[:start]), *_middle(*middle), (SAME, old[len(old) - end :])]
    return _joined(Stretch(kind, "".join(words)) for kind, words in stretches)


def _shared(one: list[str], other: list[str]) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _middle(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str]]]:
    if not old or not new or len(old) + len(new) > _MOST_TOKENS:
        yield REMOVED, old
        yield ADDED, new
        return
    removed: list[str] = []
    added: list[str] = []
    for operation, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal" and (not removed + added or not "".join(old[a:b]).isspace()):
            yield REMOVED, removed
            yield ADDED, added
            yield SAME, old[a:b]
            removed, added = [], []
            continue
        # A space alone between two changes reads better as part of them.
        removed, added = removed + old[a:b], added + new[c:d]
    yield REMOVED, removed
    yield ADDED, added


def _joined(stretches: Iterator[Stretch] | list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in stretches:
        if not stretch.text:
            continue
        if joined and joined[-1].kind == stretch.kind:
            joined[-1] = Stretch(stretch.kind, joined[-1].text + stretch.text)
        else:
            joined.append(stretch)
    return joined
