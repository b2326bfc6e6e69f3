"""Typing on: the one kind of frame that comes a hundred times as often as every other.

A frame that adds characters directly after the writer's own last one is admitted without pycrdt telling a delta: where
it lands and under which marks is known (see `cursors`). Anything else, or any doubt, takes the long way.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from app.crdt.cursors import Cursor
from app.crdt.document import Broken, Document
from app.crdt.judgement import Judgement
from app.crdt.limits import LONGEST_TEXT
from app.crdt.pieces import byte_length, pieces_of
from app.crdt.runs import ArticleText
from app.crdt.strands import Id, Strand
from app.crdt.update_reader import STRING, Frame, Struct, utf16_length
from app.crdt.writer import Writer
from app.crdt.yjs import Effect
from app.domain.events import Revised
from app.domain.ids import ArticleId, SuggestionId

_STRING_WITH_ORIGIN: Final = 0x84
_STRING_WITH_BOTH: Final = 0xC4
_LONGEST: Final = 64
"""Characters of one keystroke: more is a paste, and its length is judged."""


class Typed(NamedTuple):
    """What came of a batch of keystrokes."""

    update: bytes
    fact: Revised
    clients: set[int]


class _Keystroke(NamedTuple):
    client: int
    clock: int
    right: Id | None
    after: int
    """The clock of the character that it stands after, one of the same client."""
    text: str


def admit_typing(document: Document, frames: Sequence[bytes], writer: Writer) -> Typed | None:
    """Admit frames that do nothing but type on; None, with nothing done, for all others."""
    first = _read_keystroke(frames[0]) if frames else None
    if first is None or document.writers.get(first.client) != writer.member:
        return None
    items = document.items
    strand = items.strands.get(first.client)
    if strand is None or strand.end != first.clock:
        return None
    article = strand.article_at(first.after)
    text = document.articles.get(article)
    cursor = text.cursors.at(first.client, first.after) if text is not None else None
    suggestion = _open_suggestion(document, article, cursor, writer)
    if text is None or cursor is None or suggestion is None:
        return None
    typed = _continue(frames, first, cursor, strand)
    if typed is None or text.size > LONGEST_TEXT:
        return None
    effect = document.yjs.apply(frames, listen=False)
    if effect.update is None:
        raise Broken("pycrdt took no notice of what was typed.")
    strand.extend(len(typed), article, (first.client, first.after), first.right)
    _follow(text, cursor, typed, strand.end)
    if text.size != document.yjs.size(article):
        raise Broken("The mirror is not the text.")
    return Typed(effect.update, Revised(suggestion), {cursor.client})


def _open_suggestion(
    document: Document, article: ArticleId, cursor: Cursor | None, writer: Writer
) -> SuggestionId | None:
    """Name the writer's own pending insertion at the cursor, if nothing else stands on it and the article is open."""
    if cursor is None or len(cursor.marks.suggestions) != 1 or article in document.register.closed:
        return None
    suggestion = cursor.marks.insertion
    owner = None if suggestion is None else document.register.owners.get(suggestion)
    mine = owner is not None and owner.pending and owner.author == writer.member and owner.article == article
    return suggestion if mine else None


def _continue(frames: Sequence[bytes], first: _Keystroke, cursor: Cursor, strand: Strand) -> str | None:
    """Join the text of frames that follow one another; None where one does not.

    All have one right neighbour: the one that the character before was put in front of, or the item that was put
    after that character. Both are known to stand to its right.
    """
    right = first.right
    if right != cursor.right and (cursor.right is not None or right != strand.between(first.after)[1]):
        return None
    texts = [first.text]
    clock = first.clock + len(first.text)
    for frame in frames[1:]:
        keystroke = _read_keystroke(frame)
        if keystroke is None or keystroke[:4] != (first.client, clock, right, clock - 1):
            return None
        texts.append(keystroke.text)
        clock += len(keystroke.text)
    return "".join(texts)


def _follow(text: ArticleText, cursor: Cursor, typed: str, end: int) -> None:
    size = byte_length(typed)
    offset, marks = cursor.offset, cursor.marks
    text.splice(offset, 0, list(pieces_of(typed, marks)))
    text.cursors.place(Cursor(cursor.client, end - 1, offset + size, marks, None))


def _read_keystroke(frame: bytes) -> _Keystroke | None:
    """Read a frame that holds exactly one string, put after a character of the same client."""
    try:
        keystroke = _decode(frame)
    except (IndexError, UnicodeDecodeError):
        return None
    text = keystroke.text if keystroke is not None else ""
    if len(text) > _LONGEST:
        return None
    # Only what is plainly writable and one UTF-16 unit a character is worth the short way.
    return keystroke if text.isprintable() and text and (text.isascii() or utf16_length(text) == len(text)) else None


def _decode(frame: bytes) -> _Keystroke | None:
    if frame[0] != 1 or frame[1] != 1 or frame[-1] != 0:
        return None
    client, at = _number(frame, 2)
    clock, at = _number(frame, at)
    info = frame[at]
    if info not in (_STRING_WITH_ORIGIN, _STRING_WITH_BOTH):
        return None
    origin_client, at = _number(frame, at + 1)
    origin_clock, at = _number(frame, at)
    right: Id | None = None
    if info == _STRING_WITH_BOTH:
        right_client, at = _number(frame, at)
        right_clock, at = _number(frame, at)
        right = (right_client, right_clock)
    length, at = _number(frame, at)
    if origin_client != client or origin_clock >= clock or at + length + 1 != len(frame):
        return None
    return _Keystroke(client, clock, right, origin_clock, frame[at : at + length].decode())


def _number(data: bytes, at: int) -> tuple[int, int]:
    byte = data[at]
    at += 1
    if byte < 0x80:  # noqa: PLR2004 - seven bits a byte, the high one says that more follows.
        return byte, at
    number = byte & 0x7F
    shift = 7
    while byte >= 0x80:  # noqa: PLR2004
        if shift > 56:  # noqa: PLR2004 - nothing that a client counts takes more bits.
            raise IndexError
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        shift += 7
    return number, at


def remember(
    document: Document, frames: Sequence[Frame], effect: Effect, judgements: Mapping[ArticleId, Judgement]
) -> None:
    """Place a cursor where a batch that went the long way ended in typing."""
    for article, delta in effect.deltas.items():
        changes = [step for step in delta if "retain" not in step or step.get("attributes")]
        if len(changes) != 1 or "insert" not in changes[0] or judgements[article].corrections:
            continue
        last = _last_typed(frames, changes[0]["insert"])
        if last is None:
            continue
        window = judgements[article].windows[0]
        text = document.articles[article]
        offset = window.at + window.length
        piece = text.before(offset)
        if piece is not None and piece.marks.insertion is not None:
            struct, right = last
            clock = struct.clock + struct.length - 1
            text.cursors.place(Cursor(struct.client, clock, offset, piece.marks, right))


def _last_typed(frames: Sequence[Frame], inserted: str) -> tuple[Struct, Id | None] | None:
    """Find the string that ends what was inserted, and what was put after it.

    Only if the frames hold nothing else than that one stretch of typing by one client.
    """
    structs = [struct for frame in frames for block in frame.structs.values() for struct in block]
    strings = [struct for struct in structs if struct.kind == STRING]
    if not strings or "".join(struct.text for struct in strings) != inserted:
        return None
    for before, after in pairwise(strings):
        if after.origin != _end(before):
            return None
    followers = [struct for struct in structs if struct.origin == _end(strings[-1])]
    if len(followers) > 1 or len({struct.client for struct in structs}) > 1:
        return None
    return strings[-1], (followers[0].client, followers[0].clock) if followers else None


def _end(struct: Struct) -> Id:
    return struct.client, struct.clock + struct.length - 1
