"""Settings: what the environment says, with everything that is wrong told at once."""

from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from pydantic import BaseModel, ValidationError, field_validator

BACKENDS = ("sqlite", "postgresql")


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
        backend = value.partition(":")[0].partition("+")[0]
        if "://" in value and backend not in BACKENDS:
            raise ValueError(f"begins with {backend}://; it can begin with sqlite:/// or postgresql://")
        return value

    @field_validator("log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError(f"is {value}; it can be DEBUG, INFO, WARNING or ERROR")
        return value.upper()


def read_settings(environment: Mapping[str, str], dotenv: Path) -> Settings:
    """Settings from a .env file, where there is one, and the environment, which comes first.

    Raises WrongSettings with one line for each that is wrong.
    """
    given = {name: value for name, value in dotenv_values(dotenv).items() if value} | dict(environment)
    known = {name: given[name.upper()] for name in Settings.model_fields if given.get(name.upper())}
    try:
        return Settings(**known)
    except ValidationError as error:
        lines = [f"{wrong['loc'][0]!s}".upper() + " " + _plain(wrong["msg"]) for wrong in error.errors()]
        raise WrongSettings("\n".join(lines)) from None


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")
