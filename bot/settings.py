"""Settings: what the environment says, with everything that is wrong told at once."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BaseModel, Field, SecretStr, ValidationError, ValidationInfo, field_validator

from storage.engine import read_url


class WrongSettings(Exception):
    """One line for each setting that is wrong."""


class Settings(BaseModel):
    """What can be set, by the name of its environment variable in small letters."""

    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")
    slack_token_keys: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(3000, ge=0, le=65535)
    commands: str = "action,yousaid,agenda,timeline,comms"
    command_prefix: str = ""
    database_url: str = "sqlite:///commsbot.db"
    log_level: str = "WARNING"
    log_file: str = "commsbot.log"

    @field_validator("database_url")
    @classmethod
    def _is_known(cls, value: str) -> str:
        read_url(value)
        return value

    @property
    def command_names(self) -> tuple[str, ...]:
        return tuple(filter(None, (name.strip().lstrip("/") for name in self.commands.split(","))))

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _is_token(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        begins = "xapp-" if info.field_name == "slack_app_token" else "xoxb-"
        secret = value.get_secret_value()
        if secret and not secret.startswith(begins):
            raise ValueError(f"begins with {begins}; this is another one, or a part of it")
        if not re.fullmatch(r"[A-Za-z0-9-]*", secret):
            raise ValueError("has signs that no token has; copy it whole, and nothing beside it")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _is_api(cls, value: str) -> str:
        return f"{_address(value).rstrip('/')}/"

    @field_validator("public_url")
    @classmethod
    def _is_public(cls, value: str) -> str:
        return _address(value).rstrip("/") if value else ""

    @field_validator("command_prefix")
    @classmethod
    def _is_prefix(cls, value: str) -> str:
        if not re.fullmatch(r"[a-z0-9_-]{0,15}", value):
            raise ValueError(f"is {value}; it can have small letters, digits, - and _, at most 15")
        return value

    @field_validator("log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError(f"is {value}; it can be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("log_file")
    @classmethod
    def _has_a_folder(cls, value: str) -> str:
        if not Path(value).parent.is_dir():
            raise ValueError(f"is {value}; there is no folder {Path(value).parent}")
        return value


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"is {value}; it is an address such as https://comms.example.org")
    return value


def read_settings(environment: Mapping[str, str], dotenv: Path) -> Settings:
    """Settings from a .env file, where there is one, and the environment, which comes first.

    Raises WrongSettings with one line for each that is wrong.
    """
    given = {name: value for name, value in _read(dotenv).items() if value} | dict(environment)
    known = {name: given[name.upper()] for name in Settings.model_fields if given.get(name.upper())}
    try:
        return Settings.model_validate(known)
    except ValidationError as error:
        lines = [f"{wrong['loc'][0]!s}".upper() + " " + _plain(wrong["msg"]) for wrong in error.errors()]
        raise WrongSettings("\n".join(lines)) from None


def _read(dotenv: Path) -> dict[str, str | None]:
    try:
        return dotenv_values(dotenv, encoding="utf-8-sig")  # some editors begin a file with a mark
    except (UnicodeDecodeError, OSError):
        raise WrongSettings(f"{dotenv} cannot be read; it has to be a text file in UTF-8") from None


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")
