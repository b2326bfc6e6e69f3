"""Answers among the operations of a history: a part split off and accepted, a counter written, one of a pair enacted.

What they may do to the text is judged here, plainly, from pycrdt's own runs before and after.
"""

from typing import TYPE_CHECKING, Any

from app.crdt import countering, splitting
from app.crdt.countering import Writer
from app.crdt.enactment import enact, remove
from app.crdt.splitting import Part
from app.domain.events import Revised, Vanished
from app.domain.ids import SuggestionId
from app.errors import DraftingError
from tests.harness.promises import agreed, characters, mentioned, outside, said

if TYPE_CHECKING:
    from tests.harness.cohort import Client, Cohort

WORDINGS = ("three", "", "not ", "one\ntwo", "über 😀", "each  other.")


def accept_part(cohort: "Cohort", client: "Client", numbers: list[int]) -> None:
    """Split a part off a pending suggestion; mostly enact it at once, as two parties do."""
    chosen = _pending(cohort, numbers[0])
    content = cohort.document.content(chosen) if chosen is not None else None
    if chosen is None or content is None:
        return
    total = sum(len(change["text"]) for change in content.changes)
    start = numbers[1] % total
    stop = start + 1 + numbers[2] % (total - start)
    part = Part(changes=[numbers[3] % len(content.changes)]) if numbers[3] % 2 else Part(ranges=[(start, stop)])
    portion = splitting.choose(cohort.document, chosen, part)
    if portion.is_whole:
        cohort.decide(enact, 0, numbers[0])
        return
    cohort.minted += 1
    into = SuggestionId(f"part-{cohort.minted}")
    before, told = characters(cohort.document), _said(cohort)
    done = splitting.split(cohort.document, portion, into)
    after = characters(cohort.document)
    for article, text in after.items():
        renamed = [(one, _renamed(marks, into, chosen)) for one, marks in text]
        assert renamed == before[article], "a split changes nothing but the id of the part"
    alive, revised = cohort.promises.alive, {fact.suggestion for fact in done.facts if isinstance(fact, Revised)}
    assert not any(isinstance(fact, Vanished) for fact in done.facts), "a split leaves every suggestion something"
    now = _said(cohort)
    for suggestion in alive:
        assert (now[suggestion] != told[suggestion]) == (suggestion in revised), "a split tells whom it revised"
    assert chosen in revised, "what is left is another version"
    alive.add(into)
    cohort.promises.author[into] = cohort.promises.author[chosen]
    cohort.log.append(done.update)
    cohort.relay(done.update, None)
    cohort.promises.check(cohort.document, after)
    if numbers[4] % 4:
        cohort.carry_out(enact, [into])


def counter(cohort: "Cohort", client: "Client", numbers: list[int]) -> None:
    """Write a counter to another party's suggestion; sometimes enact one of the two, and take the other away."""
    chosen = _pending(cohort, numbers[0])
    content = cohort.document.content(chosen) if chosen is not None else None
    if chosen is None or content is None or not client.may_write:
        return
    if (
        cohort.document.register.owners[chosen].party == client.party
        or content.article in cohort.document.register.closed
    ):
        return
    word, reads = WORDINGS[numbers[2] % len(WORDINGS)], content.after if numbers[1] % 3 else content.before
    at = numbers[3] % (len(reads) + 1)
    cohort.minted += 1
    writer = Writer(client.party, client.member, SuggestionId(f"counter-{cohort.minted}"))
    watch = cohort.promises.before_decision(cohort.document)
    try:
        made = countering.prepare(cohort.document, chosen, reads[:at] + word + reads[at + numbers[4] % 9 :], writer)
    except DraftingError:
        watch.nothing_changed(cohort.document)
        return
    before, told = characters(cohort.document), _said(cohort)
    update = countering.write(cohort.document, made)
    after = characters(cohort.document)
    for article, text in after.items():
        assert agreed(text) == agreed(before[article]), "a counter is a suggestion"
        assert outside(text, client.party) == outside(before[article], client.party), "a counter touches its own"
    now = _said(cohort)
    assert all(now[one] == told[one] for one in cohort.promises.alive), "a counter changes what nobody else says"
    cohort.promises.alive.add(writer.suggestion)
    cohort.promises.author[writer.suggestion] = client.member
    client.mine.add(writer.suggestion)
    cohort.log.append(update)
    cohort.relay(update, None)
    cohort.promises.check(cohort.document, after)
    if numbers[4] % 3 == 0:
        pair = [chosen, writer.suggestion]
        entering = pair[numbers[1] % 2]
        cohort.carry_out(enact, [entering])
        left = [one for one in pair if one != entering and cohort.document.content(one) is not None]
        if left:
            cohort.carry_out(remove, left)


def _pending(cohort: "Cohort", number: int) -> SuggestionId | None:
    pending = cohort.document.pending()
    return pending[number % len(pending)] if pending else None


def _said(cohort: "Cohort") -> dict[str, str]:
    texts = characters(cohort.document).values()
    return {suggestion: said(text, suggestion) for text in texts for suggestion in mentioned(text)}


def _renamed(marks: dict[str, Any], part: str, whole: str) -> dict[str, Any]:
    return {
        name: {**value, "id": whole} if isinstance(value, dict) and value.get("id") == part else value
        for name, value in marks.items()
    }
