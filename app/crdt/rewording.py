"""How one wording becomes another, word by word: what goes, and what comes in its place. Pure.

A reader should see the words that change and no others; neighbouring changes with nothing but a space between them
read better as one.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")
_COMPARED: Final = 400_000
"""Beyond so many pairs of words the middle is replaced as a whole: comparing them would keep others waiting."""


class Reword(NamedTuple):
    """Code points of the old wording that go, and what stands in their place."""

    start: int
    end: int
    text: str


def reword(old: str, new: str) -> list[Reword]:
    """Tell what to change, in order and apart; nothing where the two are equal."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    middle, wanted = before[first : len(before) - last], after[first : len(after) - last]
    at = sum(map(len, before[:first]))
    return [Reword(at + start, at + end, text) for start, end, text in _compare(middle, wanted)]


def _compare(before: Sequence[str], after: Sequence[str]) -> list[Reword]:
    if not before and not after:
        return []
    if len(before) * len(after) > _COMPARED:
        return [Reword(0, sum(map(len, before)), "".join(after))]
    starts = [0]
    for word in before:
        starts.append(starts[-1] + len(word))
    found: list[Reword] = []
    kept = ""
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            kept = "".join(before[i1:i2])
            continue
        text = "".join(after[j1:j2])
        if found and kept.strip(" ") == "":
            found[-1] = Reword(found[-1].start, starts[i2], found[-1].text + kept + text)
        else:
            found.append(Reword(starts[i1], starts[i2], text))
    return found
