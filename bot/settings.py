"""Settings: what the environment says, with everything that is wrong told at once."""

from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from pydantic import BaseModel, ValidationError, field_validator

from storage.engine import read_url


class WrongSettings(Exception):
    """One line for each setting that is wrong."""


class Settings(BaseModel):
    """What can be set, by the name of its environment variable in small letters."""

    database_url: str = "sqlite:///commsbot.db"
    log_level: str = "WARNING"
    log_file: str = "commsbot.log"

    @field_validator("database_url")
    @classmethod
    def _is_known(cls, value: str) -> str:
        read_url(value)
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


def read_settings(environment: Mapping[str, str], dotenv: Path) -> Settings:
    """Settings from a .env file, where there is one, and the environment, which comes first.

    Raises WrongSettings with one line for each that is wrong.
    """
    given = {name: value for name, value in _read(dotenv).items() if value} | dict(environment)
    known = {name: given[name.upper()] for name in Settings.model_fields if given.get(name.upper())}
    try:
        return Settings(**known)
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
