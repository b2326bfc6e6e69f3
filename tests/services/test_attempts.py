import pytest

from app.errors import LimitExceeded
from app.services.attempts import Attempts


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fail(attempts: Attempts, times: int, email: str = "u@a.example", address: str = "here") -> None:
    for _ in range(times):
        attempts.failed(email, address)


def test_after_twenty_failures_there_is_a_pause_of_a_quarter_of_an_hour(clock: Clock) -> None:
    attempts = Attempts(clock)
    fail(attempts, 20)

    with pytest.raises(LimitExceeded):
        attempts.check("u@a.example", "here")
    clock.now += 15 * 60 + 1
    attempts.check("u@a.example", "here")


def test_who_guesses_elsewhere_does_not_keep_the_owner_out(clock: Clock) -> None:
    attempts = Attempts(clock)
    fail(attempts, 20, address="elsewhere")

    attempts.check("u@a.example", "here")


def test_guessing_from_everywhere_at_one_account_is_stopped_too(clock: Clock) -> None:
    attempts = Attempts(clock)
    for number in range(200):
        fail(attempts, 1, address=f"address {number}")

    with pytest.raises(LimitExceeded):
        attempts.check("u@a.example", "here")


def test_guessing_at_every_account_from_one_address_is_stopped_too(clock: Clock) -> None:
    attempts = Attempts(clock)
    for number in range(200):
        fail(attempts, 1, email=f"person {number}")

    with pytest.raises(LimitExceeded):
        attempts.check("u@a.example", "here")


def test_success_forgets_ones_own_mistakes(clock: Clock) -> None:
    attempts = Attempts(clock)
    fail(attempts, 19)
    attempts.succeeded("u@a.example", "here")
    fail(attempts, 19)

    attempts.check("u@a.example", "here")


def test_what_is_remembered_is_bounded(clock: Clock) -> None:
    attempts = Attempts(clock)
    for number in range(20_000):
        attempts.failed(f"person {number}", f"address {number}")

    assert len(attempts._failures) <= 10_000
