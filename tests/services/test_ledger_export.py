"""Exporting a ledger longer than what is read at once."""

import json
from pathlib import Path

import pytest

from app.domain.ledger import Act
from app.repositories.ledger import LedgerRepository
from app.services import ledger
from app.services.keys import KeyRing
from app.verifier.parley_verify import Verifier
from tests.harness.database import sqlite_database
from tests.harness.history import SETTINGS
from tests.harness.record import AGREEMENT, seed


@pytest.mark.parametrize("length", [0, 1, 499, 500, 501, 1_203])
async def test_an_export_of_any_length_is_whole_and_verifies(tmp_path: Path, length: int) -> None:
    async with sqlite_database(tmp_path) as store:
        async with store.transaction() as session:
            await seed(session)
            acts = [Act("member.joined", None, None, {"number": number}) for number in range(length)]
            await LedgerRepository(session).extend(AGREEMENT, acts)
        ring = KeyRing(store, SETTINGS)

        exported = b"".join([piece async for piece in ledger.export(store, ring, AGREEMENT)])

        verifier = Verifier(json.dumps(await ring.published()).encode())
    verifier.verify(exported, "ledger")
    assert not verifier.notes
    assert [entry["payload"]["number"] for entry in json.loads(exported)["entries"]] == list(range(length))
