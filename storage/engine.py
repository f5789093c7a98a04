"""The engine: how SQLite and PostgreSQL are opened so that nothing is lost and nobody waits long."""

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
EXAMPLES = "sqlite:///plan.db or postgresql://user:password@host/database"
POOL = 20
"""Connections that are kept; more are opened at need, each time anew."""
BUSY_MS = 1500
"""How long a writer waits for another: under the three seconds in which a chat platform wants an answer."""


class WrongUrl(ValueError):
    """What is wrong with a database URL, to be said after its name. Passwords are left out."""


def read_url(url: str) -> URL:
    """A database URL, or the path of an SQLite file; our driver takes the place of any other in it.

    Raises WrongUrl.
    """
    if "://" not in url:
        return URL.create("sqlite", database=url)
    backend = url.partition("://")[0].partition("+")[0]
    if backend not in DRIVERS and backend:
        raise WrongUrl(f"begins with {backend}://; it can begin with sqlite:/// or postgresql://")
    try:
        found = make_url(url).set(drivername=DRIVERS.get(backend, ""))
    except (ValueError, ArgumentError):
        raise WrongUrl(f"is no database URL. Write {EXAMPLES}") from None
    if backend == "sqlite" and (found.host or found.username or found.port or found.query):
        raise WrongUrl("has more than a file in it. Write sqlite:///plan.db, with three strokes")
    return found


def open_engine(url: str) -> Engine:
    """An engine for what `read_url` reads, whose errors hold none of the words that are stored. Raises
    WrongUrl.
    """
    target = read_url(url)
    if target.get_backend_name() == "sqlite":
        told = {"timeout": BUSY_MS / 1000}
        return _sqlite(create_engine(target, pool_size=POOL, hide_parameters=True, connect_args=told))
    options = f"-c lock_timeout={BUSY_MS} -c timezone=UTC"
    return create_engine(
        target,
        pool_size=POOL,
        hide_parameters=True,
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
    connection.create_function("lower", 1, _lower, deterministic=True)  # its own knows no É


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: a reader that turns writer half-way would lose its turn."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
