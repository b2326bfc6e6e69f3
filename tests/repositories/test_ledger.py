"""The chain: its bytes are RFC 8785's, its head never forks, on both databases."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.db import Database
from app.domain.ids import PartyKey
from app.domain.ledger import Act
from app.repositories.chain import canonical
from app.repositories.ledger import LedgerRepository
from tests.harness.database import postgres_database, sqlite_database
from tests.harness.record import AGREEMENT, seed

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    if request.param == "sqlite":
        opened = sqlite_database(tmp_path)
    else:
        opened = postgres_database(request.getfixturevalue("postgres_url"))
    async with opened as database:
        async with database.transaction() as session:
            await seed(session)
        yield database


@given(values)
def test_the_canonical_form_is_that_of_rfc_8785(value: object) -> None:
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        return
    try:
        expected = rfc8785.dumps(value)
    except rfc8785.CanonicalizationError:
        return

    assert canonical(value) == expected


async def test_every_entry_names_the_hash_of_the_one_before(store: Database) -> None:
    async with store.transaction() as session:
        ledger = LedgerRepository(session)
        await ledger.append(AGREEMENT, "member.joined", PartyKey("union"), {"id": "m", "name": "Ünë 😀"}, {"n": 1})
        head = await ledger.extend(AGREEMENT, [Act("member.joined", None, None, {"n": n}) for n in (2, 3)])

    async with store.reading() as session:
        entries = [dict(row) for row in await LedgerRepository(session).page(AGREEMENT, 0, 10)]
    previous = ""
    for seq, entry in enumerate(entries, start=1):
        stated = entry.pop("hash")
        assert (entry["seq"], entry["previous_hash"]) == (seq, previous)
        assert stated == hashlib.sha256(rfc8785.dumps(entry)).hexdigest()
        previous = stated
    assert (head.seq, head.hash) == (3, previous)


async def test_transactions_that_append_at_once_never_share_a_number(store: Database) -> None:
    async def append(number: int) -> None:
        async with store.transaction() as session:
            await LedgerRepository(session).append(AGREEMENT, "member.joined", None, None, {"n": number})

    await append(0)
    await asyncio.gather(*map(append, range(1, 20)))

    async with store.reading() as session:
        entries = await LedgerRepository(session).page(AGREEMENT, 0, 100)
    assert [entry["seq"] for entry in entries] == list(range(1, 21))
    assert [entry["previous_hash"] for entry in entries[1:]] == [entry["hash"] for entry in entries[:-1]]


async def test_an_entry_rolled_back_leaves_no_gap(store: Database) -> None:
    async def fail_after_appending() -> None:
        async with store.transaction() as session:
            await LedgerRepository(session).append(AGREEMENT, "member.joined", None, None, {})
            raise LookupError

    with pytest.raises(LookupError):
        await fail_after_appending()

    async with store.transaction() as session:
        head = await LedgerRepository(session).append(AGREEMENT, "member.joined", None, None, {})

    assert head.seq == 1
