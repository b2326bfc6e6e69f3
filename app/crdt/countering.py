"""Writing a counter: another party's suggestion, put otherwise, as a suggestion of one's own beside it.

A counter is given as the wording that the other's paragraphs should have instead, and is written over the ground that
the other stands on: the agreed text, and the proposal it amends, if it does. None of it is typed into the other's own
words, so that each of the two can be accepted without the other.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.crdt.content import part_of
from app.crdt.corrections import Correction
from app.crdt.document import Broken, Document
from app.crdt.limits import LONGEST_TEXT
from app.crdt.marks import DELETION, INSERTION, Marks, insertion_of
from app.crdt.pieces import Piece, byte_length
from app.crdt.rewording import Reword, reword
from app.domain.ids import ArticleId, MemberId, PartyKey, SuggestionId
from app.domain.log import Owner
from app.domain.text import PARAGRAPH_MARK, belongs, clean
from app.errors import InvalidContent, LimitExceeded, NotPermitted, OverlapsOwn, SuggestionAlreadyResolved


class Writer(NamedTuple):
    """Whose counter it is, and under which id it goes."""

    party: PartyKey
    member: MemberId
    suggestion: SuggestionId


class _Character(NamedTuple):
    """One character of the ground, and where it lies (bytes)."""

    text: str
    at: int
    end: int
    marks: Marks


class Counter(NamedTuple):
    """A counter that can be written: what it changes in its article, from the end to the start."""

    article: ArticleId
    corrections: list[Correction]
    wording: str
    writer: Writer


def prepare(document: Document, countered: SuggestionId, text: str, writer: Writer) -> Counter:
    """Work out a counter, changing nothing.

    Raises `SuggestionAlreadyResolved` where nothing is left of what it counters, `InvalidContent` where it would
    change nothing or say what the other says, `NotPermitted` where it would edit its own party's proposal,
    `OverlapsOwn` where that party strikes these words already, and `LimitExceeded`.
    """
    article = document.article_of(countered)
    content = document.content(countered)
    passage = document.reading(article).passage(countered) if article is not None else None
    if article is None or content is None or passage is None:
        raise SuggestionAlreadyResolved(suggestion=countered)
    if content.structure is not None:
        raise InvalidContent("What is done to an article as a whole is countered by another suggestion about it.")
    ground = [
        character
        for at, piece in passage.pieces
        if "ins" not in part_of(piece.marks, countered)
        for character in _characters(piece.text, at, piece.marks)
    ]
    before = "".join(character.text for character in ground)
    ends = any(reads.endswith(PARAGRAPH_MARK) for reads in (before, _after(passage.pieces, countered)))
    wording = clean(text).removesuffix(PARAGRAPH_MARK) + (PARAGRAPH_MARK if ends else "")
    if wording.removesuffix(PARAGRAPH_MARK) == content.after:
        raise InvalidContent("That is what the suggestion says already.")
    words = reword(before, wording)
    if not words:
        raise InvalidContent("That is how it reads without the suggestion; reject it, or say what should change.")
    if sum(each.size for each in document.articles.values()) + byte_length(text) > LONGEST_TEXT:
        raise LimitExceeded("The text is as long as this service takes.")
    start = passage.pieces[0][0]
    corrections = [one for word in reversed(words) for one in _written(ground, start, word, writer)]
    return Counter(article, corrections, wording.removesuffix(PARAGRAPH_MARK), writer)


def write(document: Document, counter: Counter) -> bytes:
    """Write a counter that was prepared on the document as it stands; return the update to log and relay."""
    target = document.yjs.texts[counter.article]

    def carry_out() -> None:
        for correction in counter.corrections:
            correction.carry_out(target)

    effect = document.yjs.edit(carry_out)
    if effect.update is None:
        raise Broken("A counter changed nothing.")
    document.take(effect)
    party, member, suggestion = counter.writer
    document.register.owners[suggestion] = Owner(party, member, counter.article, pending=True)
    content = document.content(suggestion)
    if content is None or content.changes == []:
        raise Broken("A counter was not written.")
    return effect.update


def _characters(text: str, at: int, marks: Marks) -> list[_Character]:
    found = []
    for one in text:
        end = at + byte_length(one)
        found.append(_Character(one, at, end, marks))
        at = end
    return found


def _after(pieces: Sequence[tuple[int, Piece]], countered: SuggestionId) -> str:
    return "".join(piece.text for _, piece in pieces if "del" not in part_of(piece.marks, countered))


def _written(ground: Sequence[_Character], start: int, word: Reword, writer: Writer) -> list[Correction]:
    """Strike what goes and put what comes right after it; given so that each leaves the places of the next alone."""
    going = ground[word.start : word.end]
    for character in going:
        if character.marks.inserter == writer.party:
            raise NotPermitted("Part of this is your own party's proposal; change the proposal itself.")
        own = character.marks.deletions.get(writer.party)
        if own is not None:
            raise OverlapsOwn(suggestion=own)
    corrections = [
        Correction(one.at, one.end - one.at, {DELETION + writer.party: {"id": writer.suggestion}})
        for one in reversed(going)
    ]
    if word.text:
        corrections = [*_inserted(ground, start, word, writer), *corrections]
    return corrections


def _inserted(ground: Sequence[_Character], start: int, word: Reword, writer: Writer) -> list[Correction]:
    """Insert as who types there would: words look like those they replace, paragraphs like the one they part."""
    at = ground[word.end - 1].end if word.end else (ground[0].at if ground else start)
    like = ground[word.start] if word.start < word.end else ground[word.start - 1] if word.start else None
    ending = next((one for one in ground[word.end :] if one.text == PARAGRAPH_MARK), None)
    mark = {INSERTION: insertion_of(writer.suggestion, writer.party)}
    inline = _plain(like.marks, on_paragraph_mark=False) if like is not None and like.text != PARAGRAPH_MARK else {}
    paragraph = _plain(ending.marks, on_paragraph_mark=True) if ending is not None else {}
    inserted: list[Correction] = []
    for line in word.text.splitlines(keepends=True):
        body = line.removesuffix(PARAGRAPH_MARK)
        if body:
            inserted.append(Correction(at, 0, {**inline, **mark}, body))
        if body != line:
            inserted.append(Correction(at, 0, {**paragraph, **mark}, PARAGRAPH_MARK))
    # Each goes in at the same place, so the last comes first.
    return inserted[::-1]


def _plain(marks: Marks, *, on_paragraph_mark: bool) -> dict[str, Any]:
    return {name: value for name, value in marks.plain.items() if belongs(name, on_paragraph_mark=on_paragraph_mark)}
