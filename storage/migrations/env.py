"""What alembic runs for each migration: on the engine that it is given, with SQLite's keys off meanwhile."""

from alembic import context
from sqlalchemy import Connection, Engine

from storage.tables import METADATA

KEY = 20_201_101
"""Names the lock that makes several processes migrate one after another."""


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=METADATA, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")  # another process may migrate
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({KEY})")
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration would leave rows without their parents: {broken[:3]}")


def run(engine: Engine) -> None:
    """SQLite rebuilds a table by dropping it, which would empty its children if keys were on."""
    with engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            _foreign_keys(connection, "OFF")
        try:
            migrate(connection)
        finally:
            if on_sqlite:
                _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    connection.rollback()
    raw.execute(f"PRAGMA foreign_keys={state}")


run(context.config.attributes["engine"].execution_options(writes=True))
