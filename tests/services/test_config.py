from pathlib import Path

import pytest
from pydantic import ValidationError

from app.config import Settings


def test_an_embedded_service_keeps_its_store_in_the_data_directory(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    assert settings.embedded
    assert settings.database_file == tmp_path / "parley.db"


def test_its_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    first, again = Settings(data_dir=tmp_path).secret, Settings(data_dir=tmp_path).secret

    assert first == again
    assert len(first) >= 43
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_an_address_of_a_server_is_taken_as_operators_write_it(scheme: str) -> None:
    settings = Settings(database_url=f"{scheme}://u@db/parley", secret_key="sixteen letters!!")

    assert settings.database_url == "postgresql+asyncpg://u@db/parley"
    assert not settings.embedded


@pytest.mark.parametrize(
    "wrong",
    [
        {"database_url": "postgresql://db/parley"},
        {"secret_key": "short"},
        {"public_url": "parley.example"},
        {"registration": "everybody"},
    ],
    ids=str,
)
def test_what_cannot_work_is_refused_before_anything_starts(wrong: dict) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**wrong)

    assert "'short'" not in str(refused.value)


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PARLEY_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PARLEY_PUBLIC_URL", "https://parley.example/")
    monkeypatch.setenv("PARLEY_REGISTRATION", "open")
    monkeypatch.setenv("PARLEY_REDIS_URL", "")

    settings = Settings()

    assert (settings.data_dir, settings.public_url, settings.registration) == (
        tmp_path,
        "https://parley.example",
        "open",
    )
    assert settings.redis_url is None
    assert settings.secure_cookies
