"""Verifying a ledger of 100,000 entries offline (N12): the file that every archive carries, run as anybody runs it.

A third of the entries change the agreed text of a contract of 22 articles, so that the replay is measured as well.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from joserfc.jwk import OKPKey

from app.domain.ids import AgreementId, PartyKey
from app.domain.ledger import Act, Head, hashed_form, timestamp
from app.models.base import now
from app.repositories.chain import canonical, entry_hash
from app.services.keys import Signer
from app.services.ledger import FORMAT, signed_head

ENTRIES, ARTICLES, PARAGRAPHS, RUNS = 100_000, 22, 60, 3
SENTENCE = "The workday is seven hours, including a thirty-minute duty-free lunch. " * 3
AGREEMENT, UNION, DISTRICT = AgreementId("agr_1"), PartyKey("union"), PartyKey("district")
MEMBER = {"id": "mem_0123456789abcdefghjk", "name": "Ursula Vega"}
VERIFIER = Path(__file__).parents[1] / "app" / "verifier" / "parley_verify.py"


def _acts() -> Iterator[Act]:
    paragraph = {"style": "paragraph", "level": 1, "runs": [{"text": SENTENCE, "marks": {}}]}
    articles = [
        {"id": f"art_{number}", "title": f"Article {number}", "paragraphs": [paragraph] * PARAGRAPHS}
        for number in range(ARTICLES)
    ]
    yield Act("agreement.created", UNION, MEMBER, {"title": "Agreement", "parties": [], "articles": articles})
    draw = random.Random(2026)
    for number in range(ENTRIES):
        named = {"suggestion": f"s-{number}", "article": f"art_{draw.randrange(ARTICLES)}"}
        content = {"kind": "replacement", "content_hash": "a" * 64, "before": SENTENCE, "after": SENTENCE}
        delta = [{"retain": draw.randrange(len(SENTENCE) * PARAGRAPHS)}, {"insert": "forty-five"}, {"delete": 9}]
        yield Act("suggestion.proposed", UNION, MEMBER, {**named, "version": 1})
        yield Act("suggestion.accepted", DISTRICT, MEMBER, {**named, "content_hash": "a" * 64, "reason": None})
        yield Act("suggestion.enacted", DISTRICT, MEMBER, {**named, "content": content, "agreed": delta})


def _export() -> bytes:
    key = OKPKey.generate_key("Ed25519")
    public = {**key.as_dict(private=False), "kid": key.thumbprint(), "alg": "EdDSA", "use": "sig"}
    signer, at, head, lines = Signer(key, public), timestamp(now()), Head(), []
    for act, _ in zip(_acts(), range(ENTRIES), strict=False):
        form = hashed_form(act, head.seq + 1, at, head.hash)
        head = Head(head.seq + 1, entry_hash(form))
        lines.append(canonical({**form, "hash": head.hash}))
    closing = {"format": FORMAT, "head": signed_head(signer, AGREEMENT, head), "keys": {"keys": [public]}}
    opening = b'{"agreement":' + canonical(AGREEMENT) + b',"entries":[\n'
    return opening + b",\n".join(lines) + b"\n]," + canonical(closing)[1:] + b"\n"


def verification() -> dict[str, Any]:
    """Measure the command's wall and processor time, starting included; the best of a few runs."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.json"
        file.write_bytes(_export())
        walls, processor = [], []
        for _ in range(RUNS):
            used, start = _children(), time.perf_counter()
            ran = subprocess.run(
                [sys.executable, str(VERIFIER), str(file)], capture_output=True, text=True, check=False
            )
            walls.append(time.perf_counter() - start)
            processor.append(_children() - used)
            if ran.returncode != 0:
                return {"void": "the ledger did not verify", "log": ran.stdout + ran.stderr}
        megabytes = file.stat().st_size / 1e6
    return {"void": None, "verify_s": min(walls), "verify_cpu_s": min(processor), "megabytes": megabytes}


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
