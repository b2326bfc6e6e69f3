"""The table of roles, read against what the agreement's design says of each act."""

import pytest

from app.domain.agreements import Stage
from app.domain.roles import RULES, Act, Role, Standing, may, refusal, require, require_answer
from app.errors import AgreementSigned, NotLead, NotPermitted, OwnParty, WrongStage

LEAD, DRAFTER, OBSERVER = Role.LEAD, Role.DRAFTER, Role.OBSERVER
DECIDING = [Act.RESPOND, Act.INITIAL, Act.REOPEN, Act.SIGN]


def test_every_act_has_its_row() -> None:
    assert set(RULES) == set(Act)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("stage", Stage)
def test_every_member_may_read_at_every_stage(role: Role, stage: Stage) -> None:
    assert refusal(Act.READ, Standing(role, stage)) is None


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("signatory", [True, False])
def test_an_observer_does_nothing_but_read(stage: Stage, signatory: bool) -> None:
    assert may(Standing(OBSERVER, stage, signatory=signatory)) == [Act.READ]


@pytest.mark.parametrize("act", DECIDING)
def test_only_a_lead_decides_and_a_drafter_is_told_so(act: Act) -> None:
    assert refusal(act, Standing(LEAD, Stage.BARGAINING)) is None
    assert isinstance(refusal(act, Standing(DRAFTER, Stage.BARGAINING)), NotLead)


@pytest.mark.parametrize("act", [*DECIDING, Act.CONFIRM])
def test_a_party_that_does_not_sign_decides_nothing(act: Act) -> None:
    stage = Stage.PREPARING if act is Act.CONFIRM else Stage.BARGAINING

    assert type(refusal(act, Standing(LEAD, stage, signatory=False))) is NotPermitted


def test_nothing_is_suggested_before_the_starting_text_is_agreed() -> None:
    assert isinstance(refusal(Act.SUGGEST, Standing(DRAFTER, Stage.PREPARING)), WrongStage)


@pytest.mark.parametrize("role", Role)
def test_nothing_but_reading_and_looking_on_is_left_once_it_is_signed(role: Role) -> None:
    left = set(may(Standing(role, Stage.SIGNED)))

    assert left <= {Act.READ, Act.JOIN_TABLE, Act.JOIN_CAUCUS, Act.KEEP_CAUCUS}
    assert isinstance(refusal(Act.SIGN, Standing(LEAD, Stage.SIGNED)), AgreementSigned)


@pytest.mark.parametrize("role", Role)
def test_nobody_answers_for_the_other_side_of_their_own_suggestion(role: Role) -> None:
    with pytest.raises(OwnParty):
        require_answer(Standing(role, Stage.BARGAINING), own_party=True)


def test_who_one_is_comes_before_when_one_asks() -> None:
    """A drafter is told that it takes a lead even where it would be too early for a lead."""
    with pytest.raises(NotLead):
        require(Act.RESPOND, Standing(DRAFTER, Stage.PREPARING))
