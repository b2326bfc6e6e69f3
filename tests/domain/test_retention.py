"""When a caucus is to be destroyed: as its party decided, once, and never under a legal hold."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.agreements import Stage
from app.domain.retention import Keep, Retention

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)
UNTIL_NOW = {"keep": Keep.UNTIL, "until": NOW, "changed_at": EARLIER}
UNTIL_SIGNATURE = {"keep": Keep.UNTIL_SIGNATURE, "changed_at": EARLIER}


@pytest.mark.parametrize("stage", list(Stage))
def test_what_nobody_decided_about_is_kept(stage: Stage) -> None:
    assert not Retention().is_due(stage, NOW)


def test_a_date_is_due_when_it_has_come_and_not_before() -> None:
    assert Retention(**UNTIL_NOW).is_due(Stage.BARGAINING, NOW)
    assert not Retention(**UNTIL_NOW).is_due(Stage.BARGAINING, NOW - timedelta(microseconds=1))


def test_the_signature_is_due_once_the_agreement_is_signed() -> None:
    assert Retention(**UNTIL_SIGNATURE).is_due(Stage.SIGNED, NOW)
    assert not Retention(**UNTIL_SIGNATURE).is_due(Stage.BARGAINING, LATER)


@pytest.mark.parametrize("decided", [UNTIL_NOW, UNTIL_SIGNATURE])
def test_a_legal_hold_outranks_every_decision(decided: dict) -> None:
    assert not Retention(**decided, legal_hold=True).is_due(Stage.SIGNED, LATER)


@pytest.mark.parametrize("decided", [UNTIL_NOW, UNTIL_SIGNATURE])
def test_a_decision_is_carried_out_once_and_a_new_one_again(decided: dict) -> None:
    done = Retention(**decided, destroyed_at=NOW)

    assert not done.is_due(Stage.SIGNED, LATER)
    assert Retention(**{**decided, "changed_at": LATER}, destroyed_at=NOW).is_due(Stage.SIGNED, LATER)
