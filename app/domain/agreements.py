"""What an agreement's stages ask of its articles and signatories.

An article is closed once every signatory party's lead has initialled the same
content; it opens again only when every one of them asks. The agreement can be
signed when no article is left open, and is signed when every signatory has.
"""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from app.domain.ids import PartyKey


class Stage(StrEnum):
    """How far an agreement has come; the same words as `agreements.status`."""

    PREPARING = "preparing"
    BARGAINING = "bargaining"
    SIGNED = "signed"


class Standing(StrEnum):
    STATUS_QUO = "status_quo"
    OPEN = "open"
    TENTATIVE = "tentative"
    IN_PACKAGE = "in_package"
    """Computed: something pending in it is part of an open package."""
    WITHDRAWN = "withdrawn"
    """Computed: it reads as at the start, and the last that was proposed in it was taken back."""


def is_unanimous(signatories: Sequence[PartyKey], parties: Collection[PartyKey]) -> bool:
    """Whether every signatory is among the parties; never true of an agreement nobody has to sign."""
    return bool(signatories) and all(signatory in parties for signatory in signatories)


def may_be_signed(standings: Iterable[str]) -> bool:
    """Whether every article stands under tentative agreement, and there is one at all."""
    found = list(standings)
    return bool(found) and all(standing == Standing.TENTATIVE for standing in found)
