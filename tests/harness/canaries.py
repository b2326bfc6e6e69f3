"""Words that are written in one place only, and found wherever they come out, however they are spelt there."""

import base64
import json
import secrets
from collections.abc import Iterable
from urllib.parse import quote

_RARE = [chr(code) for code in range(0x10400, 0x10480)]
"""Deseret and Shavian letters: four bytes each that no other text here holds, so that a single one tells."""


class Canary:
    """A word that nobody else types; a rare letter tells by itself, for it may travel one keystroke at a time."""

    def __init__(self, word: str, where: str) -> None:
        self.word, self.where = word, where
        self.spellings = _spellings_of_letter(word) if word in _RARE else _spellings_of_word(word)

    def is_in(self, content: bytes) -> bool:
        return any(spelling in content for spelling in self.spellings)

    def __repr__(self) -> str:
        return f"<{self.word} of {self.where}>"


class Aviary:
    """Makes canaries, and knows which of them have been tabled, for the other side to see."""

    def __init__(self) -> None:
        self.all: dict[str, Canary] = {}
        self.tabled: set[str] = set()
        self._letters = _RARE.copy()
        secrets.SystemRandom().shuffle(self._letters)

    def word(self, where: str) -> str:
        """Make a word as one pastes it, or an id: letters and digits."""
        return self._keep(f"kanarie{secrets.token_hex(6)}", where)

    def letter(self, where: str) -> str:
        """Make a letter as one types it; a whole word once the rare letters are used up."""
        return self._keep(self._letters.pop(), where) if self._letters else self.word(where)

    def table(self, texts: Iterable[str]) -> None:
        """Note what was tabled: the words in it are private no longer."""
        for text in texts:
            self.tabled |= {word for word in self.all if word in text}

    @property
    def private(self) -> list[Canary]:
        return [canary for word, canary in self.all.items() if word not in self.tabled]

    def _keep(self, word: str, where: str) -> str:
        self.all[word] = Canary(word, where)
        return word


def _spellings_of_word(word: str) -> list[bytes]:
    raw = word.encode()
    # Base64 spells a word in three ways, by where in its groups it begins; the edges depend on the neighbours.
    within = [base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4] for shift in range(3)]
    return [raw, raw.upper(), raw.hex().encode(), word.encode("utf-16-le"), *within]


def _spellings_of_letter(letter: str) -> list[bytes]:
    escaped = json.dumps(letter)[1:-1].encode()
    return [letter.encode(), escaped, escaped.upper().replace(b"\\U", b"\\u"), quote(letter).encode()]
