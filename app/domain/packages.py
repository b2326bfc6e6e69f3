"""The life of a package: suggestions of one party that are accepted together or not at all.

It is pending until every party that any part asks has accepted it as it stands, one of them has rejected it, its own
party has taken it back, its time has run out, or a part of it is gone. Its parts stay pending all the while, and are
pending as before once it has ended otherwise than accepted.
"""

from enum import StrEnum


class PackageStatus(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class PackageAnswerKind(StrEnum):
    """What a party's lead may say to a package."""

    ACCEPT = "accept"
    REJECT = "reject"
    QUESTION = "question"


MOST_PARTS = 500
"""How many suggestions one package may hold."""
