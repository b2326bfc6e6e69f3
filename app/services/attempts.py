"""Failed attempts to log in, counted so that guessing is slow; a success forgets them.

Counted in this process: several workers multiply the allowance by their number. Somebody elsewhere who guesses at an
account soon loses their own tries at it, and only a great many of them would keep its owner out.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

from app.errors import LimitExceeded

_ALLOWED_TOGETHER, _ALLOWED_APART = 20, 200
_WINDOW_SECONDS = 15 * 60
_REMEMBERED = 10_000


class Attempts:
    """A bounded memory of recent failures; the oldest are forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def check(self, email: str, address: str) -> None:
        """Raise `LimitExceeded` where this email from this address, or either of them, has failed too often of late."""
        for whose, allowed in _counted(email, address).items():
            if len(self._recent(whose)) >= allowed:
                raise LimitExceeded("Too many failed attempts to log in. Wait a quarter of an hour, then try again.")

    def failed(self, email: str, address: str) -> None:
        for whose, allowed in _counted(email, address).items():
            recent = self._recent(whose)[-allowed:]
            self._failures[whose] = [*recent, self._clock()]
            self._failures.move_to_end(whose)
        while len(self._failures) > _REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, email: str, address: str) -> None:
        """Forget this person's own mistakes."""
        self._failures.pop(f"{email} {address}", None)

    def _recent(self, whose: str) -> list[float]:
        since = self._clock() - _WINDOW_SECONDS
        return [at for at in self._failures.get(whose, ()) if at > since]


def _counted(email: str, address: str) -> dict[str, int]:
    return {f"{email} {address}": _ALLOWED_TOGETHER, email: _ALLOWED_APART, address: _ALLOWED_APART}
