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
    """Join neighbouring deletions, and neighbouring changes of marks that are alike."""
    joint: list[Correction] = []
    for correction in corrections:
        last = joint[-1] if joint else None
        adjoins = last is not None and last.at + last.length == correction.at and not last.text and not correction.text
        if last is not None and adjoins and last.changes == correction.changes:
            joint[-1] = last._replace(length=last.length + correction.length)
        else:
            joint.append(correction)
    return joint
