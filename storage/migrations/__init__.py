"""Migrations: how a database of any age becomes one of today."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from storage.outages import Unusable

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"
"""The newest revision; a database that stands there needs no migration, nor the tool that makes one."""


def configure(engine: Engine) -> "Config":
    from alembic.config import Config  # heavy, and a database of today needs none of it

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["engine"] = engine
    return config


def is_current(engine: Engine) -> bool:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD


def upgrade(engine: Engine) -> None:
    """Bring a database up to date, in one transaction; a new one gets its tables. Raises Unusable for one
    whose revision is not known here.
    """
    if not is_current(engine):
        from alembic import command
        from alembic.util import CommandError

        try:
            command.upgrade(configure(engine), "head")
        except CommandError as error:
            raise Unusable("The database is of a newer version of Commsbot; nothing was changed.") from error
