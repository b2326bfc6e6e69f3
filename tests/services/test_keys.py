"""Signing keys: sealed at rest, published for ever, named by their thumbprint."""

import json
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.jwk import KeySet, OKPKey
from sqlalchemy import select

from app.config import Settings
from app.errors import Unavailable
from app.models import SigningKey
from app.services.keys import KeyRing
from tests.harness.database import sqlite_database

SETTINGS = Settings(secret_key="a secret for tests only")
pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")


async def test_a_signature_verifies_with_the_published_keys_alone(tmp_path: Path) -> None:
    async with sqlite_database(tmp_path) as store:
        ring = KeyRing(store, SETTINGS)

        token = (await ring.signer()).sign(b"what was agreed")
        published = await ring.published()

    verified = jws.deserialize_compact(token, KeySet.import_key_set(published), algorithms=["EdDSA"])
    assert verified.payload == b"what was agreed"
    assert published["keys"][0].keys() == {"kty", "crv", "x", "kid", "alg", "use"}
    assert published["keys"][0]["kid"] == OKPKey.import_key(published["keys"][0]).thumbprint()


async def test_one_key_signs_until_it_is_rotated_and_then_stays_published(tmp_path: Path) -> None:
    async with sqlite_database(tmp_path) as store:
        ring = KeyRing(store, SETTINGS)
        first, again = await ring.signer(), await ring.signer()

        renewed = await ring.rotate()

        assert first.kid == again.kid != renewed
        assert (await ring.signer()).kid == renewed
        assert [key["kid"] for key in (await ring.published())["keys"]] == [first.kid, renewed]


async def test_a_private_key_never_lies_in_the_store_as_it_is(tmp_path: Path) -> None:
    async with sqlite_database(tmp_path) as store:
        signer = await KeyRing(store, SETTINGS).signer()

        async with store.reading() as session:
            kept = (await session.scalars(select(SigningKey))).one()

    private = signer.key.as_dict(private=True)["d"]
    assert b"PRIVATE KEY" not in kept.sealed_private
    assert private not in json.dumps(kept.public_jwk)
    assert "d" not in kept.public_jwk


async def test_another_secret_opens_no_key(tmp_path: Path) -> None:
    async with sqlite_database(tmp_path) as store:
        await KeyRing(store, SETTINGS).signer()

        with pytest.raises(Unavailable, match="another PARLEY_SECRET_KEY"):
            await KeyRing(store, Settings(secret_key="quite another secret")).signer()
