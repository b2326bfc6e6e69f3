"""The settings of one service, read once from the environment and passed down.

Nobody else reads the environment. A setting that cannot work is refused here, before anything has started.
"""

import os
import secrets
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
}
_SHORTEST_SECRET = 16


class Settings(BaseSettings):
    """What an operator may choose; every name is read as `PARLEY_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix="PARLEY_", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    data_dir: Path = Field(default=Path("data"), description="Where an embedded service keeps its database and secret.")
    database_url: str = Field(default="", description="SQLite in the data directory unless set.")
    redis_url: str | None = Field(default=None, description="Word between workers; needed for more than one.")
    secret_key: SecretStr | None = Field(default=None, description="Seals signing keys; made once when embedded.")
    public_url: str = Field(default="http://127.0.0.1:8000", description="Where people reach the service.")
    registration: Literal["open", "invited"] = "invited"
    smtp_url: SecretStr | None = Field(default=None, description="Without one, mail goes to the log.")
    mail_from: str = "parley@localhost"
    frontend_dir: Path | None = Field(
        default=None, description="The built web application, found beside app/ if unset."
    )
    login_days: int = Field(default=14, ge=1, le=400)
    invitation_days: int = Field(default=14, ge=1, le=400)
    body_limit_bytes: int = Field(default=8 * 1024 * 1024, ge=64 * 1024)
    upload_limit_bytes: int = Field(default=64 * 1024 * 1024, ge=64 * 1024)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        self.database_url = _with_driver(self.database_url) or f"sqlite+aiosqlite:///{self.data_dir / 'parley.db'}"
        self.public_url = self.public_url.rstrip("/")
        if urlsplit(self.public_url).scheme not in {"http", "https"}:
            raise ValueError("PARLEY_PUBLIC_URL must begin with http:// or https://")
        secret = self.secret_key.get_secret_value() if self.secret_key else None
        if secret is not None and len(secret) < _SHORTEST_SECRET:
            raise ValueError(f"PARLEY_SECRET_KEY needs at least {_SHORTEST_SECRET} characters")
        if secret is None and not self.embedded:
            raise ValueError("PARLEY_SECRET_KEY is required with a server database: every worker needs the same one")
        return self

    @property
    def embedded(self) -> bool:
        """Whether the database is a SQLite file of our own rather than a server shared with other workers."""
        return self.database_url.startswith("sqlite")

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, where there is one."""
        return Path(self.database_url.split(":///", 1)[1]) if self.embedded and ":///" in self.database_url else None

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def secret(self) -> bytes:
        """The service's secret: the operator's, or for an embedded service one made once, readable by its owner."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        return _kept_secret(self.data_dir / "secret.key")


def _with_driver(url: str) -> str:
    """Name the asynchronous driver, so that the address an operator already has can be used as it is."""
    scheme, separator, rest = url.partition("://")
    return _DRIVERS.get(scheme, scheme) + separator + rest


def _kept_secret(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Made under its final rights: a moment of world-readability would be enough to copy it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes().strip()
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_urlsafe(48).encode())
    return path.read_bytes().strip()
