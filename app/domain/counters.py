"""Counters: a suggestion that would stand in place of another party's, and what becomes of the two.

A counter and what it counters are alternatives: once one of them enters the agreed text, the other has no place left
and goes off the table with it, whatever hangs on it as a further counter included. An amendment that is a counter is
no alternative but a change of the proposal it stands in: accepting it changes that proposal, and nothing goes.

Whoever loses a suggestion so has agreed to it: every signatory party has either proposed or accepted what enters
(one that has not, where ground rules ask for fewer, keeps its own), and the content hash that it accepted names what
a counter counters. A link never changes once it is countered itself,
so that nobody can hang a suggestion of somebody else's on a matter that it was not part of.
"""

from collections.abc import Mapping

from app.domain.ids import SuggestionId

Links = Mapping[SuggestionId, SuggestionId]
"""Pending counter → the pending suggestion that it counters."""


def alternatives(
    entering: SuggestionId, links: Links, amended: Mapping[SuggestionId, SuggestionId | None]
) -> set[SuggestionId]:
    """Name what goes off the table when a suggestion enters the agreed text; `amended` tells what amends what."""
    gone = {entering}
    waiting = [entering]
    while waiting:
        one = waiting.pop()
        near = [counter for counter, countered in links.items() if countered == one]
        countered = links.get(one)
        if countered is not None and amended.get(one) != countered:
            near.append(countered)
        fresh = set(near) - gone
        gone |= fresh
        waiting.extend(fresh)
    return gone - {entering}


def connected(ids: set[SuggestionId], links: Links) -> set[SuggestionId]:
    """Name every suggestion that hangs together with some, by any number of counters."""
    found = set(ids)
    while True:
        more = {one for pair in links.items() if not found.isdisjoint(pair) for one in pair} - found
        if not more:
            return found
        found |= more
