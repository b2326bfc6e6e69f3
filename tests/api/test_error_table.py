"""Every failure that has a name has its row for both transports."""

from http import HTTPStatus

import pytest

from app import errors
from app.api.errors import TRANSPORTS, problems, transport
from app.errors import DraftingError


def tree(root: type[DraftingError]) -> list[type[DraftingError]]:
    return [root, *(found for child in root.__subclasses__() for found in tree(child))]


NAMED = [kind for kind in tree(DraftingError)[1:] if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: kind.__name__)
def test_every_named_failure_has_its_own_row(kind: type[DraftingError]) -> None:
    assert kind in TRANSPORTS


@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: kind.__name__)
def test_a_row_is_an_http_error_and_a_close_code_of_the_contract(kind: type[DraftingError]) -> None:
    status, close_code = TRANSPORTS[kind]

    assert 400 <= HTTPStatus(status) < 500 or status == 503
    assert close_code in {4400, 4401, 4403, 4404, 4408, 4409, 4429, 4503}


def test_every_code_is_one_failure_and_stands_in_the_tree_that_is_drawn() -> None:
    codes = [kind.code for kind in NAMED]

    assert len(set(codes)) == len(codes)
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in NAMED)


def test_a_failure_of_elsewhere_is_told_as_its_nearest_named_kin() -> None:
    class Retired(errors.Unavailable):
        pass

    assert transport(Retired()) == TRANSPORTS[errors.Unavailable]


def test_the_table_names_nothing_that_is_gone() -> None:
    assert set(TRANSPORTS) == set(NAMED)


def test_documented_failures_of_one_status_stand_side_by_side() -> None:
    documented = problems(errors.NotLead, errors.OwnParty, errors.NotFound)

    assert set(documented) == {403, 404}
    assert set(documented[403]["content"]["application/problem+json"]["examples"]) == {"not_lead", "own_party"}
