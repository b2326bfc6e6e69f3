"""Packing an agreement's archive: the same record gives the same bytes, on any machine.

Files are stored uncompressed under a fixed date, because no two versions of a compressor promise the same bytes.
"""

import asyncio
import hashlib
import io
import zipfile
from importlib.resources import files as resources

from app.db import Database
from app.domain.ids import AgreementId
from app.errors import NotSigned
from app.repositories.chain import canonical
from app.services import final_text, ledger
from app.services.keys import KeyRing, Signer

_EPOCH = (1980, 1, 1, 0, 0, 0)
_README = """# The archive of {agreement}

| file | what it is |
| --- | --- |
| ledger.json | every act, hash-chained, with the signed head |
| head.json | the head alone: number and hash of the last entry, and the signature over them |
| keys.json | the public keys (JWKS) that heads and final texts are signed with |
{final}| parley_verify.py | the verifier: one readable Python file |
| manifest.json | the SHA-256 of every other file, and the signature over them |

To verify the archive, with Python 3.11 or later and no network:

    pip install cryptography
    python parley_verify.py {agreement}.zip --keys keys-from-a-place-you-trust.json

The keys in here prove that the archive is of one piece. Fetch the service's /.well-known/jwks.json yourself, keep it,
and give it with --keys to know who made it. Ledger and final text can be verified one by one in the same way.
"""
_FINAL = """| final.json | the signed text: canonical bytes, content hash, signatures, JWS |
| final.md | the same for reading |
"""


async def pack(database: Database, ring: KeyRing, agreement: AgreementId) -> bytes:
    """Pack what there is: before the last signature, an archive without a final text."""
    exported = b"".join([piece async for piece in ledger.export(database, ring, agreement)])
    head = (await ledger.page(database, ring, agreement, 0, 1)).head
    contents = {
        "ledger.json": exported,
        "head.json": canonical(head),
        "keys.json": canonical(await ring.published()),
        "parley_verify.py": (resources("app.verifier") / "parley_verify.py").read_bytes(),
    }
    told = ""
    try:
        final = await final_text.read(database, agreement)
    except NotSigned:
        pass
    else:
        contents |= {"final.json": final.as_json(), "final.md": final.as_text("text/markdown")}
        told = _FINAL
    contents["README.md"] = _README.format(agreement=agreement, final=told).encode()
    return await asyncio.to_thread(_zipped, contents, await ring.signer())


def _zipped(contents: dict[str, bytes], signer: Signer) -> bytes:
    files = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    manifest = {"files": files, "jws": signer.sign(canonical(files))}
    contents = {**contents, "manifest.json": canonical(manifest)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, contents[name])
    return packed.getvalue()
