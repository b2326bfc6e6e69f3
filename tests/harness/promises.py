"""The promises as a judge sees them who knows only pycrdt's runs: computed plainly, character by character.

Nothing here shares code with what it judges but the reading of a run's attributes.
"""

import json
from collections.abc import Iterable
from typing import Any

from app.crdt.admission import Admitted, Writer
from app.crdt.document import Document
from app.crdt.enactment import Enacted
from app.domain.events import Proposed, Revised, Vanished
from tests.harness.builders import runs_in

Character = tuple[str, dict[str, Any]]
Text = list[Character]
Suggestions = dict[str, str]


def characters(document: Document) -> dict[str, Text]:
    """Every article as single characters with their attributes."""
    return {
        article: [(character, marks) for text, marks in runs_in(document, article) for character in text]
        for article in document.articles
    }


def plain(marks: dict[str, Any]) -> dict[str, Any]:
    """The attributes that are no suggestion."""
    return {name: value for name, value in marks.items() if name != "ins" and not name.startswith(("del:", "fmt:"))}


def agreed(text: Text) -> Text:
    """The agreed text."""
    return [(character, plain(marks)) for character, marks in text if "ins" not in marks]


def part(marks: dict[str, Any], suggestion: str) -> dict[str, Any]:
    """A suggestion's part in a character."""
    return {
        name: value
        for name, value in marks.items()
        if (name == "ins" or name.startswith(("del:", "fmt:"))) and value["id"] == suggestion
    }


def mentioned(text: Text) -> set[str]:
    """Every suggestion in a text."""
    return {
        value["id"]
        for _, marks in text
        for name, value in marks.items()
        if name == "ins" or name[:4] in ("del:", "fmt:")
    }


def outside(text: Text, party: str) -> Text:
    """What a member of a party must not touch: all but its own pending text and its own marks."""
    own = {f"del:{party}", f"fmt:{party}"}
    return [
        (character, {name: value for name, value in marks.items() if name not in own})
        for character, marks in text
        if marks.get("ins", {}).get("party") != party
    ]


def enclosing(text: Text, index: int, suggestion: str) -> str | None:
    """The other party's pending text on both sides of an inserted character."""
    party = text[index][1]["ins"]["party"]
    left, right = index - 1, index + 1
    while left >= 0 and "ins" in text[left][1]:
        left -= 1
    while right < len(text) and "ins" in text[right][1]:
        right += 1
    after = {text[place][1]["ins"]["id"] for place in range(index + 1, right)}
    for place in range(index - 1, left, -1):
        mark = text[place][1]["ins"]
        if mark["party"] != party and mark["id"] in after:
            return str(mark["id"])
    return None


def said(text: Text, suggestion: str) -> str:
    """All that a suggestion's hash has to cover, spelt out."""
    amended: set[str | None] = set()
    for index, (_, marks) in enumerate(text):
        if part(marks, suggestion):
            own = marks.get("ins", {}).get("id") == suggestion
            amended.add(enclosing(text, index, suggestion) if own else marks.get("ins", {}).get("id"))
    proposal = amended.pop() if len(amended) == 1 else None
    paragraphs: list[list[Any]] = [[]]
    for character, marks in text:
        own_part = part(marks, suggestion)
        named = marks.get("ins", {}).get("id")
        if not own_part and named not in {None, proposal}:
            continue
        shown = [character, plain(marks), own_part, named if named != suggestion else None]
        paragraphs[-1].append(shown)
        if character == "\n" and not any(name == "ins" or name.startswith("del:") for name in own_part):
            paragraphs.append([])
    kept = [one for one in paragraphs if any(entry[2] for entry in one)]
    return json.dumps([suggestion, proposal, kept], sort_keys=True)


def replay(text: Text, delta: Iterable[dict[str, Any]]) -> Text:
    """Follow a delta of the agreed text, as whoever replays the ledger does."""
    result: Text = []
    at = 0
    for step in delta:
        if "insert" in step:
            result.extend((character, dict(step.get("attributes", {}))) for character in step["insert"])
        elif "delete" in step:
            at += step["delete"]
        else:
            changes = step.get("attributes", {})
            for character, marks in text[at : at + step["retain"]]:
                changed = {**marks, **changes}
                result.append((character, {name: value for name, value in changed.items() if value is not None}))
            at += step["retain"]
    return result + text[at:]


def _parts(text: Text, suggestion: str) -> list[tuple[str, str, Any]]:
    return [(one, name, value) for one, marks in text for name, value in sorted(part(marks, suggestion).items())]


class Promises:
    """What has to hold over a whole history."""

    def __init__(self, document: Document) -> None:
        self.record = {article: agreed(text) for article, text in characters(document).items()}
        self.alive: set[str] = set()
        self.author: dict[str, str] = {}
        self._hash_of: dict[str, str] = {}
        self._said_of: dict[str, str] = {}

    def before_frames(self, document: Document) -> "Watch":
        return Watch(self, document)

    def before_decision(self, document: Document) -> "Watch":
        return Watch(self, document)

    def check(self, document: Document, texts: dict[str, Text]) -> None:
        """What holds after every step."""
        for article, text in texts.items():
            assert agreed(text) == self.record[article], (
                "the agreed text moves by enactment alone, and the ledger rebuilds it"
            )
            assert agreed(text)[-1][0] == "\n", "an article ends in an agreed paragraph mark"
            for suggestion in mentioned(text):
                self._check_hash(document, suggestion, said(text, suggestion))
        pending = {suggestion for suggestion, owner in document.register.owners.items() if owner.pending}
        assert set().union(*map(mentioned, texts.values())) == pending == self.alive, (
            "the register knows what is pending"
        )
        assert set(document.pending()) == pending, "the document lists what is pending"

    def _check_hash(self, document: Document, suggestion: str, words: str) -> None:
        content = document.content(suggestion)
        assert content is not None, "what stands in the text has a content"
        known = self._hash_of.setdefault(words, content.content_hash)
        assert known == content.content_hash, "the hash stands while the suggestion and its paragraphs stand"
        assert self._said_of.setdefault(content.content_hash, words) == words, "the hash moves when the content moves"


class Watch:
    """The table before a step, to be compared with it after the step."""

    def __init__(self, promises: Promises, document: Document) -> None:
        self._promises = promises
        self._before = characters(document)
        self._state = document.state_vector()
        self._said = {s: said(text, s) for text in self._before.values() for s in mentioned(text)}

    def nothing_changed(self, document: Document) -> None:
        """After a refusal."""
        assert characters(document) == self._before, "a refused frame changes nothing"
        assert document.state_vector() == self._state, "a refused frame leaves nothing behind"

    def after_frames(self, document: Document, writer: Writer, admitted: Admitted) -> None:
        """After a batch of one member's frames."""
        after = characters(document)
        for article, text in after.items():
            assert outside(text, writer.party) == outside(self._before[article], writer.party), (
                "a frame touches nothing but its own party's pending text and marks"
            )
            if article in document.register.closed or not writer.may_write:
                assert text == self._before[article], "a closed article stays as it is"
            self._check_attribution(self._before[article], text, writer)
        self._follow_facts(document, writer, admitted)
        self._check_revised(after, admitted)
        self._promises.check(document, after)

    def after_decision(self, document: Document, chosen: list[str], enacted: Enacted, *, removing: bool) -> None:
        """After a decision on some suggestions."""
        after = characters(document)
        promises = self._promises
        for article, delta in enacted.agreed.items():
            promises.record[article] = replay(promises.record[article], delta)
        overtaken = [fact.suggestion for fact in enacted.facts if isinstance(fact, Vanished)]
        assert len(overtaken) == len(set(overtaken)), "a suggestion vanishes once"
        assert not removing or not set(overtaken) & set(chosen), "what is removed is not overtaken"
        gone = {*overtaken, *chosen}
        assert all(fact.overtaken for fact in enacted.facts if isinstance(fact, Vanished)), "a decision overtakes"
        promises.alive -= gone
        revised = {fact.suggestion for fact in enacted.facts if isinstance(fact, Revised)}
        for suggestion in promises.alive:
            now = next(said(text, suggestion) for text in after.values() if suggestion in mentioned(text))
            assert (now != self._said[suggestion]) == (suggestion in revised), "a decision tells whom it revised"
        promises.check(document, after)

    def _check_attribution(self, before: Text, after: Text, writer: Writer) -> None:
        """New characters and marks stand under ids that the sender opened; nobody else's suggestion grows."""
        for suggestion in mentioned(after):
            author = self._promises.author.setdefault(suggestion, writer.member)
            if author != writer.member:
                was, now = _parts(before, suggestion), _parts(after, suggestion)
                rest = iter(was)
                assert all(any(entry == other for other in rest) for entry in now), "nobody adds to another's"
        for _, marks in after:
            for name, value in marks.items():
                if name == "ins":
                    assert value["party"] == self._party(value["id"], writer), "a mark names its author's party"
                elif name.startswith(("del:", "fmt:")):
                    assert name[4:] == self._party(value["id"], writer), "a mark stands under its author's party"

    def _party(self, suggestion: str, writer: Writer) -> str:
        author = self._promises.author[suggestion]
        return writer.party if author == writer.member else author.rsplit("-", 1)[0]

    def _follow_facts(self, document: Document, writer: Writer, admitted: Admitted) -> None:
        alive = self._promises.alive
        for fact in admitted.facts:
            if isinstance(fact, Proposed):
                assert fact.suggestion not in alive, "a suggestion opens once"
                assert fact.author == writer.member, "the sender is the author"
                assert fact.party == writer.party, "the sender's party proposes"
                alive.add(fact.suggestion)
            elif isinstance(fact, Vanished):
                assert fact.suggestion in alive, "only what was pending vanishes"
                assert fact.content["content_hash"], "the record keeps what it last said"
                alive.discard(fact.suggestion)
            else:
                assert fact.suggestion in alive, "only what is pending is revised"
        opened = any(not isinstance(fact, Revised) for fact in admitted.facts)
        assert admitted.changes_register == opened, "the register changes when a suggestion opens or goes"

    def _check_revised(self, after: dict[str, Text], admitted: Admitted) -> None:
        revised = {fact.suggestion for fact in admitted.facts if isinstance(fact, Revised)}
        for article, text in after.items():
            for suggestion in mentioned(text) & self._said.keys():
                was = [(c, plain(m), part(m, suggestion)) for c, m in self._before[article] if part(m, suggestion)]
                now = [(c, plain(m), part(m, suggestion)) for c, m in text if part(m, suggestion)]
                if was != now:
                    assert suggestion in revised, "a suggestion whose characters changed is revised"
