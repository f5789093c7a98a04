"""PostgreSQL for the tests: one server a run, and one database a process, emptied between its tests."""

from typing import Any

from sqlalchemy import Connection, NullPool, Row, create_engine, text

from storage.db import Database

_SHAPE = """
    SELECT
        md5(string_agg(concat_ws(' ', relname, attname, atttypid, attnotnull), ',' ORDER BY relname, attnum)),
        (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
        (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal)
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace
"""
"""Every table, index, column, function and trigger."""
_PART = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTY = """
    DO $$ BEGIN EXECUTE (
        SELECT format('TRUNCATE %s RESTART IDENTITY', string_agg(quote_ident(relname), ', ')) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
    ); END $$
"""
"""All rows out, so that nothing tells that there were any."""


def named(url: str, name: str) -> str:
    """The URL of another database on the same server."""
    head, _, tail = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{tail}" if tail else "")


def made(url: str, name: str) -> str:
    """The URL of a new database on the same server, with nothing in it."""
    with connected(url) as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    return named(url, name)


def connected(url: str) -> Connection:
    """A connection of its own, in which every statement is a transaction."""
    url = url.replace("postgresql://", "postgresql+psycopg://")
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect()


def hurried(url: str) -> None:
    """Let a server wait for no disk: what is to outlive a fall of the machine does not matter here."""
    with connected(url) as connection:
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


class Reused:
    """A migrated database that each test gets empty: a new one for each would take several times as long, and
    write twelve megabytes. After a test that changed the tables there is a new one.
    """

    def __init__(self, server: str, name: str) -> None:
        self._server, self._name, self._made = server, name, 0
        self._url = ""
        self._shape: Row[Any] | None = None

    def emptied(self) -> str:
        """Its URL. Whoever is still connected to it is parted."""
        if not self._url or not self._empty():
            self._made += 1
            self._url = made(self._server, f"{self._name}_{self._made}")
            db = Database(self._url)
            db.upgrade()
            db.close()
            with connected(self._url) as connection:
                self._shape = connection.execute(text(_SHAPE)).one()
        return self._url

    def _empty(self) -> bool:
        """False if a test has changed its tables."""
        with connected(self._url) as connection:
            connection.execute(text(_PART))
            if connection.execute(text(_SHAPE)).one() != self._shape:
                return False
            connection.execute(text(_EMPTY))
        return True
