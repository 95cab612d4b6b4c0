"""The settings of the bot, read from the environment (or an .env file) once, and nowhere else."""

from __future__ import annotations

import hmac
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import AfterValidator, BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Address(BaseModel, frozen=True):
    """Where to listen: a host and a port."""

    host: str
    port: int = Field(ge=0, le=65535)


class WrongSettings(Exception):
    """A setting is missing or wrong; the message is one line that names it and what to write."""


def _root(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        raise ValueError("write an address that begins with https://")
    return address.rstrip("/")


Root = Annotated[str, AfterValidator(_root)]


class Settings(BaseSettings):
    """What the operator decides; each field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, env_ignore_empty=True
    )

    telegram_token: SecretStr = Field(description="the bot's token, from @BotFather")
    telegram_base_url: Root = "https://api.telegram.org"
    telegram_transport: Literal["aiohttp", "httpx"] = "aiohttp"
    saidso_data: Path = Field(default_factory=lambda: user_data_path("saidso", appauthor=False))
    saidso_facts: Path | None = None  # a folder of facts in the place of the packaged ones
    saidso_key: SecretStr | None = None  # for keyed hashes of chats and people
    database_url: SecretStr | None = None  # postgresql://...; SQLite in SAIDSO_DATA without it
    webhook_url: Root | None = None  # the public address; turns webhook mode on
    webhook_secret: SecretStr | None = None
    webhook_listen: Annotated[Address, NoDecode] = Address(host="127.0.0.1", port=8080)
    health_listen: Annotated[Address | None, NoDecode] = None
    flood_limits: str = ""  # empty: the door's own limits; "off": none
    in_flight: int = Field(default=16, ge=1, le=256)  # updates answered at once; what a kill can repeat
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"

    @field_validator("webhook_listen", "health_listen", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        host, colon, port = value.rpartition(":")
        if not colon or not port.isdigit():
            raise ValueError("write host:port, for example 127.0.0.1:8080")
        return {"host": host.strip("[]") or "0.0.0.0", "port": int(port)}

    @field_validator("log_level", "log_format", "telegram_transport", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        number, colon, secret = value.get_secret_value().partition(":")
        if not (number.isdigit() and colon and secret) or any(c.isspace() or c == "/" for c in secret):
            raise ValueError("it looks like 123456789:AAE..., as @BotFather gives it")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value() if value else "-"
        if len(text) > 256 or not all(c.isascii() and (c.isalnum() or c in "_-") for c in text):
            raise ValueError("at most 256 characters of A-Z, a-z, 0-9, _ and -")
        return value

    @property
    def token(self) -> str:
        """The bot's token in the clear."""
        return self.telegram_token.get_secret_value()

    @property
    def secret(self) -> str:
        """What Telegram says with each webhook call: WEBHOOK_SECRET, or the same for all replicas from the token."""
        if self.webhook_secret:
            return self.webhook_secret.get_secret_value()
        return hmac.digest(self.token.encode(), b"webhook", "sha256").hex()

    @property
    def database(self) -> str | Path:
        """Where the database is: an address, or the folder of the embedded one."""
        return self.database_url.get_secret_value() if self.database_url else self.saidso_data


def settings() -> Settings:
    """The settings as the environment and .env have them; raises WrongSettings with one line."""
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        raise WrongSettings(_line(error)) from None


def _line(error: ValidationError) -> str:
    """The first thing that is wrong, without the value, which may be a secret."""
    first = error.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]).upper()
    if first["type"] == "missing":
        meaning = Settings.model_fields[name.lower()].description
        return f"{name} is not set. Set it in the environment or in .env ({meaning})"
    return f"{name} is wrong: {first['msg'].removeprefix('Value error, ')}"
