"""One correction of a text, carried out through pycrdt. Offsets are in UTF-8 bytes."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from pycrdt import Text


class Correction(NamedTuple):
    """At a place: take `length` bytes away, or set marks on them, or put `text` there under exactly those marks."""

    at: int
    length: int
    changes: dict[str, Any] | None
    text: str = ""

    def carry_out(self, text: Text) -> None:
        """Do it."""
        if self.text:
            text.insert(self.at, self.text, self.changes or {})
        elif self.changes is None:
            del text[self.at : self.at + self.length]
        elif self.changes:
            text.format(self.at, self.at + self.length, self.changes)


def joined(corrections: Iterable[Correction]) -> list[Correction]:
    """Join neighbouring corrections of one kind: pycrdt looks for the place of each from the start of the text."""
    joint: list[Correction] = []
    texts: list[str] = []
    for correction in corrections:
        last = joint[-1] if joint else None
        if last is None or not _are_one(last, correction):
            _close(joint, texts)
            joint.append(correction)
            texts = [correction.text]
            continue
        joint[-1] = last._replace(length=last.length + correction.length)
        texts.append(correction.text)
    _close(joint, texts)
    return joint


def _are_one(last: Correction, correction: Correction) -> bool:
    if last.changes != correction.changes or bool(last.text) != bool(correction.text):
        return False
    return last.at == correction.at if last.text else last.at + last.length == correction.at


def _close(joint: list[Correction], texts: list[str]) -> None:
    if len(texts) > 1:
        joint[-1] = joint[-1]._replace(text="".join(texts))
