"""Failed attempts to log in, counted so that guessing is slow; a success forgets them.

Counted by email and by address, in this process: several workers multiply the allowance by their number.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

from app.errors import LimitExceeded

_ALLOWED = 20
_WINDOW_SECONDS = 15 * 60
_REMEMBERED = 10_000


class Attempts:
    """A bounded memory of recent failures; the oldest are forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def check(self, *whose: str) -> None:
        """Raise `LimitExceeded` where any of these has failed too often of late."""
        since = self._clock() - _WINDOW_SECONDS
        for one in whose:
            recent = [at for at in self._failures.get(one, ()) if at > since]
            if len(recent) >= _ALLOWED:
                raise LimitExceeded("Too many failed attempts to log in. Wait a quarter of an hour, then try again.")

    def failed(self, *whose: str) -> None:
        now = self._clock()
        for one in whose:
            recent = [at for at in self._failures.pop(one, ()) if at > now - _WINDOW_SECONDS]
            self._failures[one] = [*recent[-_ALLOWED:], now]
        while len(self._failures) > _REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, email: str) -> None:
        self._failures.pop(email, None)
