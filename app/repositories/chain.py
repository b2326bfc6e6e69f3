"""Appending to the hash chain, for sessions and for the log's quick path alike.

The agreement's head row is locked before it is read: two transactions can never
append to the same predecessor. Whoever appends holds the document's row already.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import Connection, insert, select, update

from app.domain.ids import AgreementId
from app.domain.ledger import Act, Head, hashed_form, timestamp
from app.models import Entry, LedgerHead

# Below the surrogates, code point order is UTF-16 order, which is how RFC 8785 sorts keys.
_FIRST_SURROGATE = "\ud800"
_SAFE_INTEGER = 2**53 - 1


def canonical(value: Any) -> bytes:
    """Write the RFC 8785 form; for most values the C encoder writes the same bytes, five times as fast."""
    if _is_plain(value):
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return rfc8785.dumps(value)


def _is_plain(value: Any) -> bool:
    """Whether a value holds no float, no large integer and no key that the two encoders could sort apart."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return bool(-_SAFE_INTEGER <= value <= _SAFE_INTEGER)
    if kind is dict:
        return all(type(key) is str and (key.isascii() or max(key) < _FIRST_SURROGATE) for key in value) and all(
            map(_is_plain, value.values())
        )
    return kind is list and all(map(_is_plain, value))


def entry_hash(form: dict[str, Any]) -> str:
    """Hash an entry that does not hold its own hash yet."""
    return hashlib.sha256(canonical(form)).hexdigest()


def append(connection: Connection, agreement: AgreementId, acts: Sequence[Act], at: datetime) -> Head:
    """Chain the acts after the head, in their order, and return the new head."""
    if not acts:
        return _locked_head(connection, agreement)
    head = _locked_head(connection, agreement)
    rows = list(_sealed(agreement, head, acts, at))
    connection.execute(insert(Entry), rows)
    new = Head(rows[-1]["seq"], rows[-1]["hash"])
    connection.execute(
        update(LedgerHead).where(LedgerHead.agreement_id == agreement).values(seq=new.seq, hash=new.hash)
    )
    return new


def _sealed(agreement: AgreementId, head: Head, acts: Iterable[Act], at: datetime) -> Iterable[dict[str, Any]]:
    seq, previous, when = head.seq, head.hash, timestamp(at)
    for act in acts:
        seq += 1
        form = hashed_form(act, seq, when, previous)
        previous = entry_hash(form)
        yield {**form, "agreement_id": agreement, "hash": previous, "recorded_at": at}


def _locked_head(connection: Connection, agreement: AgreementId) -> Head:
    heads = LedgerHead.__table__.c
    found = connection.execute(
        select(heads.seq, heads.hash).where(heads.agreement_id == agreement).with_for_update()
    ).one_or_none()
    if found is None:
        connection.execute(insert(LedgerHead), [{"agreement_id": agreement, "seq": 0, "hash": ""}])
        return Head()
    return Head(found.seq, found.hash)
