"""Admission: every frame becomes a suggestion (design, section 4).

A total function: whatever bytes a member sends are refused with nothing applied, dropped with a notice, or applied
and put right before anyone sees them. Invariant, checked on every touched stretch: the agreed text and its
formatting are what they were.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.crdt import keystrokes
from app.crdt.caucus_verdicts import TableTextDeleted, verdicts_for
from app.crdt.corrections import joined
from app.crdt.document import Broken, Document
from app.crdt.facts import FactFinder
from app.crdt.intake import Intake
from app.crdt.judgement import Judgement, Window, agreed_part
from app.crdt.limits import LONGEST_TEXT
from app.crdt.naming import Naming
from app.crdt.notices import Notice, notice
from app.crdt.pieces import attributes_of, byte_length
from app.crdt.runs import ArticleText
from app.crdt.update_reader import FRAME_LIMITS, Frame, Limits, read
from app.crdt.verdicts import Verdicts
from app.crdt.writer import Writer
from app.crdt.yjs import Effect, merge
from app.domain.events import Fact
from app.domain.ids import ArticleId
from app.errors import LimitExceeded

__all__ = ["Admitted", "Broken", "Writer", "admit"]


@dataclass(slots=True)
class Admitted:
    """What came of a batch of frames."""

    update: bytes | None = None
    """What to log and relay: frames and corrections in one; None if nothing is new."""
    corrections: bytes | None = None
    """What the sender lacks of it."""
    facts: list[Fact] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    clients: set[int] = field(default_factory=set)
    """The Yjs client ids that the batch wrote under."""
    changes_register: bool = False
    restored_bytes: int = 0
    """How much deleted text had to be put back: what a small frame may cost everyone, for a room to count."""


def admit(document: Document, frames: Sequence[bytes], writer: Writer, limits: Limits = FRAME_LIMITS) -> Admitted:
    """Admit the frames of one member, in their order, as one.

    Raises `ProtocolViolation` or `LimitExceeded` with nothing applied: that peer is to be closed. Raises `Broken`
    where the document is not what it must be: rebuild it from the log.
    """
    if writer.may_write and document.register.writable:
        typed = keystrokes.admit_typing(document, frames, writer)
        if typed is not None:
            return Admitted(typed.update, None, [typed.fact], [], typed.clients)
    read_frames = [read(frame, limits) for frame in frames]
    if not writer.may_write or not document.register.writable:
        return _drop(document, read_frames, writer)
    return _Admission(document, writer).admit(frames, read_frames)


def _drop(document: Document, frames: Iterable[Frame], writer: Writer) -> Admitted:
    """Leave out what may not be written; say so unless it would have changed nothing that anyone sees."""
    items = document.items
    meant = any(
        any(
            struct.clock + struct.length > items.clock(client)
            for client, structs in frame.structs.items()
            for struct in structs
        )
        or any(items.is_seen(*(client, clock, clock + length)) for client, clock, length in frame.deletes)
        for frame in frames
    )
    if not meant:
        return Admitted()
    code = "read_only" if not writer.may_write else document.register.stage
    return Admitted(notices=[notice(code)])


def _check_length(document: Document, frames: Iterable[Frame]) -> None:
    """Refuse what makes the text longer than any agreement: every reading of it costs its length."""
    added = sum(
        byte_length(struct.text) for frame in frames for structs in frame.structs.values() for struct in structs
    )
    if added and added + sum(text.size for text in document.articles.values()) > LONGEST_TEXT:
        raise LimitExceeded("The text is as long as this service takes.")


class _Admission:
    """One batch on its way in."""

    def __init__(self, document: Document, writer: Writer) -> None:
        self._document = document
        self._writer = writer
        self._naming = Naming(document.register, document.replaced, document.vanished, writer.member, writer.party)
        self._facts = FactFinder(document, writer)
        self._notices: dict[tuple[str, ArticleId | None], Notice] = {}

    def admit(self, updates: Sequence[bytes], frames: Sequence[Frame]) -> Admitted:
        document = self._document
        _check_length(document, frames)
        intake = Intake(
            document.items,
            document.writers,
            self._writer.member,
            self._writer.client_ids,
            in_caucus=document.layer.party is not None,
        )
        intake.take(frames)
        effect = _apply(document, updates)
        intake.keep(frames)
        document.forget_cursors(intake.fresh)
        if effect.update is None:
            return Admitted(clients=intake.clients)
        judgements = self._judge(effect)
        for article, changes in document.follow(effect).items():
            self._facts.saw(article, changes)
        corrections = self._correct(judgements)
        self._check(judgements)
        for client in intake.clients:
            document.writers.setdefault(client, self._writer.member)
        keystrokes.remember(document, frames, effect, judgements)
        facts = self._facts.find({article: judgement.windows for article, judgement in judgements.items()})
        return Admitted(
            merge([effect.update, corrections]) if corrections else effect.update,
            corrections,
            facts,
            self._all_notices(judgements),
            intake.clients,
            self._facts.changes_register,
            sum(judgement.restored_bytes for judgement in judgements.values()),
        )

    def _judge(self, effect: Effect) -> dict[ArticleId, Judgement]:
        judgements: dict[ArticleId, Judgement] = {}
        for article, delta in effect.deltas.items():
            text = self._document.articles.get(article)
            if text is None:
                raise Broken("A frame touched an article that is not known.")
            closed = article in self._document.register.closed
            chosen = verdicts_for(caucus=self._document.layer.party is not None, closed=closed)
            verdicts = chosen(article, self._writer.party, self._naming)
            try:
                judgement = judgements[article] = Judgement(text, delta, verdicts)
            except TableTextDeleted as error:
                raise Broken("A frame took the table's text out of a caucus.") from error
            self._facts.fear_for(article, judgement.touched)
            self._note(article, judgement, verdicts)
        return judgements

    def _note(self, article: ArticleId, judgement: Judgement, verdicts: Verdicts) -> None:
        if not judgement.corrections:
            return
        closed = self._document.register.closed.get(article)
        for applies, code in (
            (closed is not None, closed or ""),
            (judgement.cleaned, "text_cleaned"),
            (closed is None and verdicts.suggested, verdicts.suggested_code),
            (closed is None and verdicts.restored and not verdicts.suggested, verdicts.restored_code),
        ):
            if applies:
                self._notices[(code, article)] = notice(code, article)

    def _all_notices(self, judgements: dict[ArticleId, Judgement]) -> list[Notice]:
        replaced = self._naming.replaced_ids
        if replaced and any(judgement.corrections for judgement in judgements.values()):
            self._notices[("suggestion_renamed", None)] = notice("suggestion_renamed")
        return list(self._notices.values())

    def _correct(self, judgements: dict[ArticleId, Judgement]) -> bytes | None:
        needed = {article: judgement.corrections for article, judgement in judgements.items() if judgement.corrections}
        if not needed:
            return None
        texts = self._document.yjs.texts

        def run() -> None:
            for article, corrections in needed.items():
                for correction in reversed(joined(corrections)):
                    correction.carry_out(texts[article])

        effect = self._document.yjs.edit(run)
        for article, changes in self._document.take(effect).items():
            self._facts.saw(article, changes)
            if not all(_within(change.at, judgements[article].windows) for change in changes):
                raise Broken("A correction went beyond what the frame touched.")
        return effect.update

    def _check(self, judgements: dict[ArticleId, Judgement]) -> None:
        """Check the promise itself: no frame changes one agreed character or its formatting."""
        for article, judgement in judgements.items():
            text = self._document.articles[article]
            if text.size != self._document.yjs.size(article):
                raise Broken("The mirror is not the text.")
            for window in judgement.windows:
                check_window(text, window)


def check_window(text: ArticleText, window: Window) -> None:
    """Raise `Broken` where the agreed text of a touched stretch is not what it was."""
    now = text.slice(window.at, window.at + window.length)
    if agreed_part(window.old) != agreed_part(now):
        if text.layer.party is not None:
            # What a caucus holds is for no log.
            raise Broken("The table's text moved in a caucus.")
        raise Broken(f"The agreed text moved: {attributes_of(window.old)!r} became {attributes_of(now)!r}.")


def _within(at: int, windows: Sequence[Window]) -> bool:
    index = bisect_right(windows, at, key=lambda window: window.at) - 1
    return index >= 0 and at <= windows[index].at + windows[index].length


def _apply(document: Document, updates: Sequence[bytes]) -> Effect:
    try:
        return document.yjs.apply(updates)
    except (ValueError, RuntimeError) as error:
        raise Broken("pycrdt could not apply what was read.") from error
