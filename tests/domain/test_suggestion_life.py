"""Who has to answer a suggestion, and when an answer is void."""

from app.domain.ids import PartyKey
from app.domain.suggestions import Answer, Given, asked, awaiting, holding

UNION, DISTRICT, COALITION, MEDIATOR = map(PartyKey, ["union", "district", "coalition", "mediator"])
SIGNATORIES = [UNION, DISTRICT, COALITION]


def test_every_signatory_but_the_proposer_is_asked() -> None:
    assert asked(SIGNATORIES, DISTRICT) == [UNION, COALITION]


def test_a_party_that_does_not_sign_asks_every_signatory() -> None:
    assert asked(SIGNATORIES, MEDIATOR) == SIGNATORIES


def test_an_amendment_asks_only_the_party_whose_proposal_it_changes() -> None:
    assert asked(SIGNATORIES, DISTRICT, amended=UNION) == [UNION]


def test_an_amendment_of_a_mediators_proposal_asks_the_signatories() -> None:
    assert asked(SIGNATORIES, DISTRICT, amended=MEDIATOR) == [UNION, COALITION]


def test_an_acceptance_of_an_earlier_version_counts_for_nothing() -> None:
    given = [Given(UNION, Answer.ACCEPT, version=1), Given(COALITION, Answer.ACCEPT, version=2)]

    assert awaiting([UNION, COALITION], given, version=2) == [UNION]


def test_a_question_is_no_acceptance() -> None:
    assert awaiting([UNION], [Given(UNION, Answer.QUESTION, version=1)], version=1) == [UNION]


def test_a_later_question_suspends_the_acceptance_of_its_party_alone() -> None:
    given = [Given(UNION, Answer.ACCEPT, 1), Given(COALITION, Answer.ACCEPT, 1), Given(UNION, Answer.QUESTION, 1)]

    assert awaiting([UNION, COALITION], given, version=1) == [UNION]
    assert holding(given) == [UNION]
    assert holding([*given, Given(UNION, Answer.ACCEPT, 1)]) == []


def test_an_acceptance_as_amended_is_not_yet_one() -> None:
    assert awaiting([UNION], [Given(UNION, Answer.ACCEPT_AS_AMENDED, 1)], version=1) == [UNION]
