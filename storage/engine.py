"""The engine: how SQLite and PostgreSQL are opened so that nothing is lost and nobody waits long."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

BUSY_MS = 1500
"""How long a writer waits for another: under the three seconds in which a chat platform wants an answer."""


def open_engine(url: str) -> Engine:
    """An engine for a database URL, or for the path of an SQLite file."""
    target = make_url(url if "://" in url else f"sqlite:///{url}")
    if target.get_backend_name() == "sqlite":
        return _sqlite(create_engine(target, connect_args={"timeout": BUSY_MS / 1000}))
    options = f"-c lock_timeout={BUSY_MS} -c timezone=UTC"
    return create_engine(
        target.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 2},
    )


def _sqlite(engine: Engine) -> Engine:
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late; ours is in _begin
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: a reader that turns writer half-way would lose its turn."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
