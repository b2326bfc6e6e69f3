#!/usr/bin/env python3
"""Verify a ledger, a final text or an archive of Parley, offline.

    python parley_verify.py FILE [--keys JWKS]

This one file needs Python 3.11 and the package `cryptography`, nothing else of Parley and no network. It answers 0
where everything holds; otherwise 1, and it names the first thing that is wrong and where that stands. It checks:

* Every entry gives its `hash` (SHA-256 of the RFC 8785 form without it) and names that of the entry before it.
* The head is signed (JWS, Ed25519) by a key whose id is its RFC 7638 thumbprint.
* The starting text and every enacted change give, one after another, the content hashes that the parties confirmed,
  initialled and signed, and the final text itself; each signatory party signed that very content.
* The file is, byte for byte, what was exported: a byte altered without changing the meaning is told too.

Keys that lie in the same file prove that it is of one piece, not who made it. Give the service's published keys
(`/.well-known/jwks.json`, fetched once from a place you trust) with --keys to know that as well.
"""

import argparse
import base64
import gc
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LEDGER_FORMAT, FINAL_FORMAT = "parley-ledger/1", "parley-final/1"
ENTRY_KEYS = {"seq", "at", "kind", "party", "member", "payload", "previous_hash", "hash"}
PLAIN_PARAGRAPH = {"style": "paragraph", "level": 1}
Keys = dict[str, Ed25519PublicKey]
ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Bad(Exception):
    """The first thing that is wrong: what, and where."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{where}: {what}")
        self.what, self.where = what, where


def canonical(value: Any) -> bytes:
    """Write the RFC 8785 form: sorted JSON, since every key in Parley's records is ASCII and no number a float."""
    return ENCODER.encode(value).encode()


def _number(text: str) -> int:
    if not text.lstrip("-").isdigit() or text == "-0" or len(text) > 16:  # noqa: PLR2004 - RFC 8785's bound.
        raise Bad(f"the number {text}, where Parley's records hold small integers alone", "in the file")
    return int(text)


def _one_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Bad("an object names one key twice", "in the file")
    return found


def read_json(data: bytes, name: str, *, strict: bool = False) -> Any:
    """Parse JSON; a byte that breaks it is named by its offset. `strict` refuses a key that stands twice."""
    try:
        text = data.decode()
        return json.loads(
            text,
            parse_float=_number,
            parse_int=_number if strict else None,
            parse_constant=_number,
            object_pairs_hook=_one_of_each if strict else None,
        )
    except UnicodeDecodeError as error:
        raise Bad("not UTF-8", f"{name}, byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise Bad(f"not JSON ({error.msg})", f"{name}, byte {len(error.doc[: error.pos].encode())}") from error
    except RecursionError as error:
        raise Bad("nested too deeply for a record of Parley", name) from error


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def members(value: Any, where: str, *names: str) -> dict[str, Any]:
    """Insist on an object that holds exactly these members."""
    if not isinstance(value, dict) or value.keys() != set(names):
        raise Bad(f"expected an object of {', '.join(names)}", where)
    return value


def first_difference(one: bytes, other: bytes) -> int:
    return next((index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))


def difference_path(one: Any, other: Any, path: str = "") -> str:
    """Name the first field in which two values differ, such as `articles[3].title`."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            if key not in one or key not in other or one[key] != other[key]:
                return difference_path(one.get(key), other.get(key), f"{path}.{key}" if path else key)
    if isinstance(one, list) and isinstance(other, list):
        for index, (left, right) in enumerate(zip(one, other, strict=False)):
            if left != right:
                return difference_path(left, right, f"{path}[{index}]")
    return path or "the whole"


def unb64(text: str, where: str) -> bytes:
    """Decode base64url without padding; refuse every other spelling of the same bytes."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise Bad("not base64url", where) from error
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise Bad("not the one spelling that base64url has for these bytes", where)
    return raw


def public_keys(jwks: Any, where: str) -> Keys:
    """Read a JWKS; every key must be Ed25519 and named by its RFC 7638 thumbprint."""
    keys = {}
    for jwk in members(jwks, where, "keys")["keys"]:
        stated = {"alg": "EdDSA", "crv": "Ed25519", "kty": "OKP", "use": "sig"}
        if not isinstance(jwk, dict) or jwk.keys() != {*stated, "kid", "x"} or not stated.items() <= jwk.items():
            raise Bad("a key that is not a published Ed25519 signing key", where)
        thumbprint = hashlib.sha256(canonical({"crv": "Ed25519", "kty": "OKP", "x": jwk["x"]})).digest()
        if base64.urlsafe_b64encode(thumbprint).rstrip(b"=").decode() != jwk["kid"]:
            raise Bad(f"the key is not the one its id {jwk['kid']} stands for", where)
        try:
            keys[jwk["kid"]] = Ed25519PublicKey.from_public_bytes(unb64(jwk["x"], where))
        except ValueError as error:
            raise Bad("not an Ed25519 public key", where) from error
    return keys


def signed_payload(jws: Any, keys: Keys, where: str) -> tuple[bytes, str]:
    """Verify a compact JWS; return what was signed and the id of the key."""
    parts = jws.split(".") if isinstance(jws, str) else []
    if len(parts) != 3:  # noqa: PLR2004 - header, payload, signature.
        raise Bad("not a compact JWS", where)
    header = read_json(unb64(parts[0], where), where, strict=True)
    if not isinstance(header, dict) or header.get("alg") != "EdDSA" or "crit" in header:
        raise Bad("signed in a way that Parley does not sign", where)
    kid = header.get("kid")
    if kid not in keys:
        raise Bad(f"signed with the key {kid}, which is not among the keys given", where)
    try:
        keys[kid].verify(unb64(parts[2], where), f"{parts[0]}.{parts[1]}".encode())
    except InvalidSignature as error:
        raise Bad("the signature does not hold", where) from error
    return unb64(parts[1], where), kid


class ArticleReplay:
    """One article as runs `(text, attributes)`; a paragraph ends in a newline that carries its style and level."""

    def __init__(self, article: dict[str, Any]) -> None:
        self.id, self.title = article["id"], article["title"]
        self.runs: list[tuple[str, dict[str, Any]]] = []
        for paragraph in article["paragraphs"]:
            own = {name: paragraph[name] for name in paragraph if paragraph[name] != PLAIN_PARAGRAPH.get(name)}
            self.runs += [(run["text"], run["marks"]) for run in own.pop("runs")]
            self.runs.append(("\n", own))

    def apply(self, delta: list[dict[str, Any]]) -> None:
        """Apply `retain`, `insert` and `delete` operations, counted in code points."""
        at, first = 0, None
        for operation in delta:
            change = operation.get("attributes") or {}
            if first is None and ("retain" not in operation or change):
                first = at
            if "insert" in operation:
                self.runs.insert(at, (operation["insert"], {k: v for k, v in change.items() if v is not None}))
                at += 1
                continue
            left = operation["retain"] if "retain" in operation else operation["delete"]
            while left > 0:
                text, attributes = self.runs[at]
                if len(text) > left:
                    self.runs.insert(at + 1, (text[left:], attributes))
                    text = text[:left]
                left -= len(text)
                merged = {k: v for k, v in {**attributes, **change}.items() if v is not None} if change else attributes
                self.runs[at : at + 1] = [(text, merged)] if "retain" in operation else []
                at += "retain" in operation
        self._join(max((first or 0) - 1, 0), at + 1)

    def _join(self, first: int, last: int) -> None:
        """Make neighbours of equal attributes one run again, so that a long history stays as quick as a short one."""
        for index in range(min(last, len(self.runs) - 1), first, -1):
            (before, attributes), (text, others) = self.runs[index - 1 : index + 1]
            if attributes == others:
                self.runs[index - 1 : index + 1] = [(before + text, attributes)]

    def as_json(self) -> dict[str, Any]:
        """Show the article as the agreed view does: paragraphs of maximal runs of equal marks."""
        paragraphs: list[dict[str, Any]] = []
        runs: list[dict[str, Any]] = []
        for text, attributes in self.runs:
            marks = {name: value for name, value in attributes.items() if name not in PLAIN_PARAGRAPH}
            for index, piece in enumerate(text.split("\n")):
                if index:
                    own = {name: attributes.get(name, plain) for name, plain in PLAIN_PARAGRAPH.items()}
                    paragraphs.append({**own, "runs": runs})
                    runs = []
                if piece and runs and runs[-1]["marks"] == marks:
                    runs[-1]["text"] += piece
                elif piece:
                    runs.append({"text": piece, "marks": marks})
        return {"id": self.id, "title": self.title, "paragraphs": paragraphs}


class Replay:
    """The agreed text, rebuilt from the ledger and compared wherever a party put its name to a content hash."""

    def __init__(self) -> None:
        self.articles: dict[str, ArticleReplay] = {}
        self.hashes_met = 0

    def follow(self, kind: str, payload: dict[str, Any], where: str) -> None:
        if kind == "agreement.created":
            self.articles = {article["id"]: ArticleReplay(article) for article in payload["articles"]}
        elif kind in {"article.added", "article.moved", "article.retitled", "article.struck"}:
            self._rearrange(kind, payload, where)
        elif payload.get("agreed"):
            self.articles[payload["article"]].apply(payload["agreed"])
        elif kind in {"article.initialled", "article.tentative"}:
            self._compare(self.articles[payload["article"]].as_json(), payload["content_hash"], where)
        elif kind in {"agreement.confirmed", "agreement.signature", "agreement.signed"}:
            self._compare(self.as_json(), payload["content_hash"], where)

    def as_json(self) -> list[dict[str, Any]]:
        return [article.as_json() for article in self.articles.values()]

    def _rearrange(self, kind: str, payload: dict[str, Any], where: str) -> None:
        """Follow what became of an article as a whole; `after` names the one before its new place, if any."""
        key, order = payload["article"], list(self.articles)
        if (kind == "article.added") == (key in order):
            raise Bad(f"the article {key} cannot be {kind.partition('.')[2]} as the text stands", where)
        if kind == "article.added":
            self.articles[key] = ArticleReplay({"id": key, "title": "", "paragraphs": payload["paragraphs"]})
        self.articles[key].title = payload.get("title", self.articles[key].title)
        if "after" in payload or kind == "article.struck":
            order = [one for one in order if one != key]
        if "after" in payload:
            order.insert(0 if payload["after"] is None else order.index(payload["after"]) + 1, key)
        self.articles = {one: self.articles[one] for one in order}

    def _compare(self, content: Any, stated: str, where: str) -> None:
        if digest(content) != stated:
            raise Bad("the text rebuilt from the ledger has another content hash than the one it states", where)
        self.hashes_met += 1


def check_chain(entries: list[Any], replay: Replay) -> Iterator[bytes]:
    """Check entry after entry, yielding each one's canonical bytes; raises at the first that does not hold."""
    previous = ""
    for seq, entry in enumerate(entries, start=1):
        where = f"entry {seq}"
        members(entry, where, *ENTRY_KEYS)
        if entry["seq"] != seq or entry["seq"] is True:
            raise Bad(f"the entry says it is number {entry['seq']}", where)
        if entry["previous_hash"] != previous:
            raise Bad("its previous_hash is not the hash of the entry before it", where)
        stated = entry.pop("hash")
        form = canonical(entry)
        previous = hashlib.sha256(form).hexdigest()
        if stated != previous:
            raise Bad(f"its content gives the hash {previous}, not the {stated} that it states", where)
        entry["hash"] = stated
        try:
            replay.follow(entry["kind"], entry["payload"], where)
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise Bad(f"it cannot be replayed ({error!r})", where) from error
        # "hash" stands right after "at" in the canonical order of the keys, so the entry need not be written anew.
        cut = form.index(b',"kind":')
        yield b'%s%s,"hash":"%s"%s' % (b"" if seq == 1 else b",\n", form[:cut], previous.encode(), form[cut:])


class Verifier:
    """Checks one file; what was checked, and what could not be, is collected for the reader."""

    def __init__(self, published_keys: bytes | None = None) -> None:
        self.checked: list[str] = []
        self.notes: list[str] = []
        self.pinned: Keys | None = None
        if published_keys is not None:
            self.pinned = public_keys(read_json(published_keys, "the keys given", strict=True), "the keys given")

    def verify(self, data: bytes, name: str) -> None:
        """Verify a ledger, a final text or an archive; raises Bad at the first thing that is wrong."""
        try:
            if data[:2] == b"PK":
                self.archive(data, name)
            elif isinstance(document := read_json(data, name), dict) and "canonical" in document:
                self.final(data, document, name)
            else:
                self.ledger(data, document, name)
        except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
            raise Bad(f"not what Parley exports ({error!r})", name) from error

    def ledger(self, data: bytes, document: Any, name: str) -> Replay:
        """Verify an export, or entries from the first on as the service lists them; returns the text they rebuild."""
        pages = isinstance(document, dict) and "items" in document and document.keys() <= {"items", "next", "head"}
        if not pages and not isinstance(document, list):
            members(document, name, "agreement", "entries", "format", "head", "keys")
            members({document["format"]: 0}, f"{name}, format", LEDGER_FORMAT)
        entries = document if isinstance(document, list) else document["items" if pages else "entries"]
        replay = Replay()
        try:
            lines = list(check_chain(entries, replay))
        except Bad as bad:
            raise Bad(bad.what, f"{name}, {bad.where}{line_offset(data, bad.where)}") from bad
        self.checked.append(f"chain: {len(entries)} entries, every hash holds")
        self.checked.append(f"text: replayed; it met the {replay.hashes_met} content hashes that were put on record")
        if not pages and isinstance(document, dict):
            self._head(document["head"], entries, self._keys(document, name), document["agreement"])
            self._layout(data, ledger_layout(document, lines), name)
        elif pages and self.pinned is not None and document.get("head") and not document.get("next"):
            self._head(document["head"], entries, self.pinned)
        else:
            self.notes.append("no signed head was checked: entries cut off at the end would not show")
        return replay

    def final(self, data: bytes, document: dict[str, Any], name: str) -> dict[str, Any]:
        """Verify a final text; returns what was signed."""
        payload, kid = signed_payload(document["jws"], self._keys(document, name), f"{name}, jws")
        if (stated := str(document["canonical"]).encode()) != payload:
            where = f"{name}, canonical, its byte {first_difference(stated, payload)}"
            raise Bad("it is not what was signed", where)
        signed: dict[str, Any] = read_json(payload, name, strict=True)
        shown = {key: value for key, value in document.items() if key not in {"canonical", "jws", "keys"}}
        if (form := canonical(shown)) != payload:
            offset, where = first_difference(form, payload), difference_path(shown, signed)
            raise Bad(f"it is not what was signed (byte {offset} of the canonical form)", f"{name}, {where}")
        members({signed["format"]: 0}, f"{name}, format", FINAL_FORMAT)
        check_signatures(signed, name)
        signers = ", ".join(f"{one['name']} ({one['party']})" for one in signed["signatures"])
        self.checked.append(f"final text: “{signed['title']}”, signed by {signers}; sealed with the key {kid}")
        self._layout(data, canonical(document), name)
        return signed

    def archive(self, data: bytes, name: str) -> None:
        """Verify every file against the manifest, then the ledger and the final text against each other."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                files = {file: packed.read(file) for file in packed.namelist()}
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
            raise Bad(f"the archive is damaged ({error})", name) from error
        manifest = read_json(files.get("manifest.json", b""), "manifest.json", strict=True)
        named = members(manifest, "manifest.json", "files", "jws")["files"]
        keys = self._keys({"keys": read_json(files.get("keys.json", b""), "keys.json")}, name)
        if signed_payload(manifest["jws"], keys, "manifest.json")[0] != canonical(named):
            raise Bad("what was signed is not this list of files", "manifest.json")
        for file in sorted({*files, *named} - {"manifest.json"}):
            if file not in files or file not in named or hashlib.sha256(files[file]).hexdigest() != named[file]:
                raise Bad("the file is not the one that the manifest names", file)
        self.checked.append(f"archive: {len(files)} files, each as the manifest names it")
        exported = read_json(files["ledger.json"], "ledger.json")
        replay = self.ledger(files["ledger.json"], exported, "ledger.json")
        told = [entry["payload"] for entry in exported["entries"] if entry["kind"] == "agreement.signed"]
        if bool(told) != ("final.json" in files):
            raise Bad("the ledger and the archive disagree on whether there is a final text", "final.json")
        if told:
            document = read_json(files["final.json"], "final.json")
            signed = self.final(files["final.json"], document, "final.json")
            check_final_against_ledger(signed, exported["entries"], replay, told)
            self.checked.append("final text: the ledger rebuilds to it, and tells of its signing")

    def _keys(self, document: dict[str, Any], name: str) -> Keys:
        """Read the keys that a file carries; where the published ones were given, only those count."""
        found = public_keys(document["keys"], f"{name}, keys")
        if self.pinned is None:
            self.notes.append(f"{name} is sealed with keys that it carries itself; give --keys to know whose they are")
        return found if self.pinned is None else self.pinned

    def _head(self, head: Any, entries: list[Any], keys: Keys, agreement: str | None = None) -> None:
        """Hold the signed head against the last entry: an end that was cut off shows here."""
        members(head, "the head", "seq", "hash", "jws")
        last = entries[-1] if entries else {"seq": 0, "hash": ""}
        if (head["seq"], head["hash"]) != (last["seq"], last["hash"]):
            raise Bad(f"the head is entry {head['seq']}, but the last entry here is {last['seq']}", "the head")
        payload, kid = signed_payload(head["jws"], keys, "the head's signature")
        stated = members(read_json(payload, "the head", strict=True), "the head", "agreement", "hash", "seq")
        signed = {"agreement": agreement or stated["agreement"], "hash": head["hash"], "seq": head["seq"]}
        if payload != canonical(signed):
            raise Bad("what was signed is not this head", "the head's signature")
        self.checked.append(f"head: entry {head['seq']} of {stated['agreement']}, sealed with the key {kid}")

    def _layout(self, data: bytes, expected: bytes, name: str) -> None:
        """Tell a byte altered in place, even one that means the same, from a file that was only laid out anew."""
        if data == expected:
            self.checked.append(f"{name}: every byte is as it was exported")
        elif len(data) == len(expected):
            raise Bad("a byte is not as it was exported", f"{name}, byte {first_difference(data, expected)}")
        else:
            read_json(data, name, strict=True)
            self.notes.append(f"{name} is laid out otherwise than it was exported; what it says was checked the same")


def ledger_layout(document: dict[str, Any], lines: list[bytes]) -> bytes:
    """Lay an export out as the service does: canonical JSON, but one entry a line, with a comma before all but one."""
    opening = b'{"agreement":' + canonical(document["agreement"]) + b',"entries":[\n'
    closing = canonical({name: document[name] for name in ("format", "head", "keys")})
    return b"".join([opening, *lines, b"\n],", closing[1:], b"\n"])


def line_offset(data: bytes, where: str) -> str:
    """Say at which byte the entry begins that `where` names; an export has one entry a line."""
    lines, seq = data.split(b"\n"), int(where.rpartition(" ")[2])
    return f" (the line from byte {sum(map(len, lines[:seq])) + seq} on)" if seq < len(lines) else ""


def check_signatures(signed: dict[str, Any], name: str) -> None:
    """Insist that every signatory party, and nobody else, signed the content that stands here."""
    if digest(signed["articles"]) != signed["content_hash"]:
        raise Bad("the articles have another content hash", f"{name}, content_hash")
    signatories = [party["key"] for party in signed["parties"] if party["signatory"]]
    if sorted(one["party"] for one in signed["signatures"]) != sorted(signatories):
        raise Bad("not every signatory party signed, or somebody else did", f"{name}, signatures")
    for index, one in enumerate(signed["signatures"]):
        if one["content_hash"] != signed["content_hash"]:
            raise Bad("this party signed another content", f"{name}, signatures[{index}]")


def check_final_against_ledger(signed: dict[str, Any], entries: list[Any], replay: Replay, told: list[Any]) -> None:
    if (rebuilt := replay.as_json()) != signed["articles"]:
        where = difference_path(rebuilt, signed["articles"], "final.json, articles")
        raise Bad("the ledger rebuilds to another text", where)
    if [one["hash"] for one in entries if one["seq"] == signed["ledger_head"]["seq"]] != [
        signed["ledger_head"]["hash"]
    ]:
        raise Bad("the final text names a ledger entry that is not in this ledger", "final.json, ledger_head")
    if [payload["final_hash"] for payload in told] != [digest(signed)]:
        raise Bad("the ledger tells of the signing of other bytes", "ledger.json, agreement.signed")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify a ledger, a final text or an archive of Parley, offline.")
    parser.add_argument("file", type=Path, help="an exported ledger, a final text (JSON) or an archive (ZIP)")
    parser.add_argument("--keys", type=Path, help="the service's published keys (its /.well-known/jwks.json)")
    given = parser.parse_args(arguments)
    gc.disable()  # Nothing here is garbage before the end, and looking for it takes a third of the time.
    try:
        verifier = Verifier(given.keys.read_bytes() if given.keys else None)
        verifier.verify(given.file.read_bytes(), given.file.name)
    except OSError as error:
        sys.stderr.write(f"It cannot be read: {error}\n")
        return 2
    except Bad as bad:
        sys.stdout.write(f"NOT VALID. First wrong: {bad.where}: {bad.what}.\n")
        return 1
    lines = [*(f"ok    {line}" for line in verifier.checked), *(f"note  {line}" for line in verifier.notes), "VALID"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
