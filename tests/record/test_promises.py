"""Promises P7 and P8 over random histories of several people, through the real service.

P7: the ledger rebuilds the agreed text at every moment, order and titles included, and verifies offline; no part of
a package is decided alone. P8: the final text is final, and any byte of either that was altered is told.
"""

import json
import os
from pathlib import Path
from random import Random

import pytest

from app.verifier.parley_verify import Bad, Verifier
from tests.harness.bargaining import Person, bargaining
from tests.harness.package_promises import assert_no_part_is_decided_alone
from tests.harness.random_bargaining import RandomBargaining

SEEDS, STEPS, LOOKS = range(4), 60, 6
HISTORIES, SHORT = int(os.environ.get("PARLEY_HISTORIES", "2000")), 12


async def fetched(person: Person, path: str) -> bytes:
    answer = await person.http.get(f"/agreements/{person.table.id}{path}")
    assert answer.status_code == 200, answer.text
    return answer.content


async def published(person: Person) -> bytes:
    return (await person.http.get("http://127.0.0.1:8000/.well-known/jwks.json")).content


async def assert_ledger_rebuilds_the_agreed_text(person: Person) -> bytes:
    exported = await fetched(person, "/ledger/export")
    agreed = json.loads(await fetched(person, "/text"))["articles"]
    rebuilt = Verifier(await published(person)).ledger(exported, json.loads(exported), "ledger")
    assert rebuilt.as_json() == agreed
    return exported


def assert_every_alteration_is_told(data: bytes, random: Random, tries: int) -> None:
    for _ in range(tries):
        place, value = random.randrange(len(data)), random.randrange(256)
        if value != data[place]:
            with pytest.raises(Bad):
                Verifier().verify(data[:place] + bytes([value]) + data[place + 1 :], "touched")


async def run(folder: Path, postgres_url: str | None, seed: int, steps: int) -> None:
    async with bargaining(folder, postgres_url) as (table, (union, district)):
        drafters = [await table.join("Uli", "union", "drafter"), await table.join("Dora", "district", "drafter")]
        history = RandomBargaining(table, [union, district, *drafters], seed)
        for number in range(steps):
            await history.step()
            if number % (steps // LOOKS) == 0:
                await history.settle()
                await assert_ledger_rebuilds_the_agreed_text(union)
        await history.settle()
        await history.finish()

        exported = await assert_ledger_rebuilds_the_agreed_text(district)
        assert_no_part_is_decided_alone(json.loads(exported)["entries"])
        final, archive = await fetched(union, "/final"), await fetched(union, "/archive")
        for data in (exported, final, archive):
            Verifier(await published(union)).verify(data, "whole")
        assert json.loads(final)["articles"] == json.loads(await fetched(union, "/text"))["articles"]
        for data in (exported, final):
            assert_every_alteration_is_told(data, Random(seed), 60)
        for _ in range(10):
            await history.step()
        await history.settle()
        assert await fetched(district, "/final") == final
        assert await fetched(district, "/archive") == archive


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_record_stands_and_final_is_final(tmp_path: Path, seed: int) -> None:
    await run(tmp_path, None, seed, STEPS)


async def test_the_record_stands_and_final_is_final_on_a_server_database(tmp_path: Path, postgres_url: str) -> None:
    await run(tmp_path, postgres_url, 100, STEPS)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1_000, 1_060))
async def test_the_record_stands_over_long_histories(tmp_path: Path, seed: int) -> None:
    await run(tmp_path, None, seed, 400)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, HISTORIES, 50))
async def test_the_record_stands_over_many_histories(tmp_path: Path, first: int) -> None:
    for seed in range(20_000 + first, 20_000 + first + 50):
        folder = tmp_path / str(seed)
        folder.mkdir()
        await run(folder, None, seed, SHORT)
