"""Setting readings of one article side by side: what reads alike stands in one row.

The first column leads. Each other column's paragraphs stand beside the one of the first that they read like; what
has no counterpart stands beside its neighbour, so that nothing is left out and nothing stands twice.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

Row = list[list[int]]
"""For each column, the numbers of the paragraphs that stand in the row."""


def aligned(columns: Sequence[Sequence[str]]) -> list[Row]:
    """Lay columns of paragraphs side by side, the first one leading."""
    lead = columns[0]
    places = [_places(lead, column) for column in columns[1:]]
    rows: list[Row] = []
    if any(place[-1] for place in places):
        rows.append([[], *(place[-1] for place in places)])
    return rows + [[[number], *(place[number] for place in places)] for number in range(len(lead))]


def _places(lead: Sequence[str], column: Sequence[str]) -> dict[int, list[int]]:
    """Tell beside which paragraph of the lead each of a column stands; -1 is before all of them."""
    places: dict[int, list[int]] = {number: [] for number in range(-1, len(lead))}
    matcher = SequenceMatcher(None, lead, column, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            for offset in range(b - a):
                places[a + offset].append(c + offset)
            continue
        for number in range(c, d):
            # Rewritten paragraphs stand beside those they rewrite, in order; new ones beside the last of those.
            places[min(a + number - c, b - 1) if b > a else a - 1].append(number)
    return places
