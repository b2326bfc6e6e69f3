"""What goes off the table with what, along counters."""

from app.domain.counters import alternatives, connected
from app.domain.ids import SuggestionId

S, C, D, E = map(SuggestionId, "scde")
EXCHANGE = {C: S, D: C, E: S}


def test_one_that_enters_takes_the_whole_exchange_with_it() -> None:
    for entering in (S, C, D, E):
        assert alternatives(entering, EXCHANGE, {}) == {S, C, D, E} - {entering}


def test_an_amendment_is_no_alternative_to_the_proposal_it_changes() -> None:
    links = {C: S, D: C}

    assert alternatives(D, links, {C: S}) == {C}
    assert alternatives(S, links, {C: S}) == {C, D}


def test_what_is_not_linked_stays() -> None:
    assert alternatives(S, {C: D}, {}) == set()


def test_what_hangs_together_is_found_from_any_of_it() -> None:
    assert connected({E}, EXCHANGE) == {S, C, D, E}
    assert connected({E}, {}) == {E}
