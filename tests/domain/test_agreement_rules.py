"""When an article closes and an agreement may be signed."""

from app.domain.agreements import Standing, is_unanimous, may_be_signed
from app.domain.ids import PartyKey

UNION, DISTRICT = PartyKey("union"), PartyKey("district")


def test_one_party_alone_closes_nothing() -> None:
    assert not is_unanimous([UNION, DISTRICT], {UNION})
    assert is_unanimous([UNION, DISTRICT], {DISTRICT, UNION})


def test_an_agreement_that_nobody_signs_is_never_unanimous() -> None:
    assert not is_unanimous([], set())


def test_one_open_article_keeps_an_agreement_from_being_signed() -> None:
    assert may_be_signed([Standing.TENTATIVE, Standing.TENTATIVE])
    assert not may_be_signed([Standing.TENTATIVE, Standing.OPEN])
    assert not may_be_signed([Standing.TENTATIVE, Standing.STATUS_QUO])
    assert not may_be_signed([])
