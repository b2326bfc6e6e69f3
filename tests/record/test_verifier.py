"""The stand-alone verifier: what is whole passes, what was touched anywhere is told, and where."""

import asyncio
import hashlib
import io
import json
import sys
import zipfile
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.db import Database
from app.services import archive, final_text, ledger
from app.services.keys import KeyRing
from app.verifier.parley_verify import Bad, Verifier, main
from tests.harness.database import sqlite_database
from tests.harness.history import FINAL, bargain, digest, sign
from tests.harness.record import AGREEMENT

SCRIPT = Path(__file__).parents[2] / "app" / "verifier" / "parley_verify.py"


class Files:
    """What the service hands out of one history."""

    def __init__(self, store: Database, ring: KeyRing) -> None:
        self._store, self._ring = store, ring

    async def ledger(self) -> bytes:
        return b"".join([piece async for piece in ledger.export(self._store, self._ring, AGREEMENT)])

    async def final(self) -> bytes:
        return (await final_text.read(self._store, AGREEMENT)).as_json()

    async def archive(self) -> bytes:
        return await archive.pack(self._store, self._ring, AGREEMENT)

    async def keys(self) -> bytes:
        return json.dumps(await self._ring.published()).encode()

    async def sign(self) -> None:
        await sign(self._store, self._ring)

    async def rotate(self) -> None:
        await self._ring.rotate()


@pytest.fixture
async def files(tmp_path: Path) -> AsyncIterator[Files]:
    async with sqlite_database(tmp_path) as store:
        yield Files(store, await bargain(store))


def verify(data: bytes, keys: bytes | None = None) -> Verifier:
    verifier = Verifier(keys)
    verifier.verify(data, "file")
    return verifier


def is_detected(data: bytes, keys: bytes | None = None) -> bool:
    try:
        verify(data, keys)
    except Bad:
        return True
    return False


def flipped(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :]


async def test_a_ledger_verifies_with_the_published_keys(files: Files) -> None:
    checked = verify(await files.ledger(), await files.keys())

    assert not checked.notes
    assert any("every byte is as it was exported" in line for line in checked.checked)
    assert any("met the 5 content hashes" in line for line in checked.checked)


async def test_the_ledger_rebuilds_the_text_that_was_agreed(files: Files) -> None:
    data = await files.ledger()

    rebuilt = Verifier().ledger(data, json.loads(data), "ledger")

    assert rebuilt.as_json() == FINAL


async def test_a_final_text_verifies_with_the_published_keys(files: Files) -> None:
    await files.sign()

    data = await files.final()

    assert not verify(data, await files.keys()).notes
    shown = json.loads(data)
    assert shown["content_hash"] == digest(shown["articles"]) == digest(FINAL)


async def test_an_archive_verifies_before_and_after_signing(files: Files) -> None:
    before = verify(await files.archive(), await files.keys())
    await files.sign()
    after = verify(await files.archive(), await files.keys())

    assert not any("final text" in line for line in before.checked)
    assert any("the ledger rebuilds to it" in line for line in after.checked)


async def test_the_same_record_gives_the_same_archive(files: Files) -> None:
    await files.sign()

    assert await files.archive() == await files.archive()


async def test_what_an_old_key_signed_verifies_after_a_rotation(files: Files) -> None:
    await files.sign()
    await files.rotate()

    verify(await files.final(), await files.keys())
    verify(await files.archive(), await files.keys())


async def test_any_flipped_bit_of_a_ledger_is_detected(files: Files) -> None:
    data = await files.ledger()

    missed = [place for place in range(len(data)) if not is_detected(flipped(data, place, place % 8))]

    assert not missed


async def test_any_replaced_byte_of_a_final_text_is_detected(files: Files) -> None:
    await files.sign()
    data = await files.final()

    missed = [
        (place, value)
        for place in range(len(data))
        for value in {data[place] ^ (1 << (place % 8)), ord(" "), ord("0")} - {data[place]}
        if not is_detected(data[:place] + bytes([value]) + data[place + 1 :])
    ]

    assert not missed


async def test_any_flipped_bit_of_a_file_in_an_archive_is_detected(files: Files) -> None:
    await files.sign()
    data = await files.archive()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
    starts = [data.index(name.encode()) + len(name) for name in names]

    missed = [
        place
        for start in starts
        for place in range(start, start + 200, 3)
        if not is_detected(flipped(data, place, place % 8))
    ]

    assert not missed


async def test_a_file_of_an_archive_cannot_be_swapped_with_its_manifest(files: Files) -> None:
    await files.sign()
    with zipfile.ZipFile(io.BytesIO(await files.archive())) as packed:
        contents = {name: packed.read(name) for name in packed.namelist()}
    contents["final.md"] = contents["final.md"].replace(b"forty-five", b"fifteen")
    manifest = json.loads(contents["manifest.json"])
    manifest["files"]["final.md"] = hashlib.sha256(contents["final.md"]).hexdigest()
    contents["manifest.json"] = json.dumps(manifest).encode()
    swapped = io.BytesIO()
    with zipfile.ZipFile(swapped, "w") as packed:
        for name, content in contents.items():
            packed.writestr(name, content)

    with pytest.raises(Bad, match="not this list of files"):
        verify(swapped.getvalue())


async def test_a_changed_entry_is_named_with_its_place(files: Files) -> None:
    data = await files.ledger()
    changed = data.replace(b"forty-five", b"forty-nine", 1)

    with pytest.raises(Bad) as found:
        verify(changed)

    seq = json.loads(changed)["entries"][4]["seq"]
    assert f"entry {seq}" in found.value.where
    assert f"byte {changed.index(changed.splitlines(keepends=True)[5])}" in found.value.where
    assert "its content gives the hash" in found.value.what


async def test_an_entry_left_out_or_cut_off_is_told(files: Files) -> None:
    document = json.loads(await files.ledger())
    without = {**document, "entries": document["entries"][:3] + document["entries"][4:]}
    shorter = {**document, "entries": document["entries"][:-1]}

    with pytest.raises(Bad, match="entry 4: the entry says it is number 5"):
        verify(json.dumps(without).encode())
    with pytest.raises(Bad, match="the last entry here is"):
        verify(json.dumps(shorter).encode())


async def test_a_whole_chain_made_anew_fails_with_the_keys_of_the_service(files: Files, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    async with sqlite_database(tmp_path / "other") as store:
        forged = await Files(store, await bargain(store)).ledger()

    assert any("give --keys" in note for note in verify(forged).notes)
    with pytest.raises(Bad, match="not among the keys given"):
        verify(forged, await files.keys())


async def test_a_file_only_laid_out_anew_still_verifies(files: Files) -> None:
    await files.sign()
    for data in (await files.ledger(), await files.final()):
        pretty = json.dumps(json.loads(data), indent=2, ensure_ascii=False).encode()

        assert any("laid out otherwise" in note for note in verify(pretty).notes)


async def test_entries_as_the_service_lists_them_verify_as_well(files: Files) -> None:
    document = json.loads(await files.ledger())
    listed = {"items": document["entries"], "next": None, "head": document["head"]}

    assert any("head: entry" in line for line in verify(json.dumps(listed).encode(), await files.keys()).checked)
    assert any("no signed head" in note for note in verify(json.dumps(document["entries"]).encode()).notes)


async def test_a_name_for_a_changed_field_of_a_final_text(files: Files) -> None:
    await files.sign()
    document = json.loads(await files.final())
    document["articles"][0]["paragraphs"][1]["runs"][0]["text"] = "Lunch is an hour."

    with pytest.raises(Bad, match=r"articles\[0\]\.paragraphs\[1\]\.runs\[0\]\.text"):
        verify(json.dumps(document).encode())


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b"null", b"[[[[", b"PK\x03\x04", b"\xff", b'{"canonical":1}', b"[" * 100_000, b"[1e9]"]
)
def test_what_parley_never_exported_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(Bad):
        verify(data)


async def test_the_command_says_valid_or_where_it_is_not(files: Files, tmp_path: Path, capsys) -> None:
    whole, touched, keys = tmp_path / "ledger.json", tmp_path / "touched.json", tmp_path / "keys.json"
    data = await files.ledger()
    whole.write_bytes(data)
    touched.write_bytes(data.replace(b"Dana", b"Dan4", 1))
    keys.write_bytes(await files.keys())

    assert main([str(whole), "--keys", str(keys)]) == 0
    assert capsys.readouterr().out.endswith("VALID\n")
    assert main([str(touched)]) == 1
    assert "NOT VALID. First wrong: touched.json, entry 3" in capsys.readouterr().out
    assert main([str(tmp_path / "missing.json")]) == 2


async def test_the_verifier_in_an_archive_runs_alone(files: Files, tmp_path: Path) -> None:
    await files.sign()
    data = await files.archive()
    (tmp_path / "a.zip").write_bytes(data)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        packed.extract("parley_verify.py", tmp_path)

    ran = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "parley_verify.py", "a.zip", cwd=tmp_path, stdout=PIPE, stderr=PIPE
    )
    out, err = await ran.communicate()

    assert (ran.returncode, err) == (0, b"")
    assert out.endswith(b"VALID\n")
    assert (tmp_path / "parley_verify.py").read_bytes() == SCRIPT.read_bytes()
