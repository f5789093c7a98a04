"""Migrations: an empty database gets its tables, once, however many processes begin at the same time."""

import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from storage.db import Database
from storage.migrations import HEAD
from storage.tables import METADATA
from tests.conversation import start
from tests.postgres import made

ROOT = Path(__file__).parents[2]
_names = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without a table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return made(request.getfixturevalue("postgres"), f"empty_{next(_names)}")


def tables(db: Database) -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def revisions(db: Database) -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def test_empty_database_gets_its_tables_and_keeps_them(empty: str) -> None:
    db = Database(empty)

    db.upgrade()
    talk = start(db, "2020-06-01 10:00")
    talk.do("Sam Okafor", "/action add Print the posters")
    db.upgrade()

    assert tables(db) == set(METADATA.tables)
    assert revisions(db) == [HEAD]
    assert "Print the posters" in talk.do("Sam Okafor", "/action list")
    db.close()


UPGRADE = """
import sys
from alembic import command
from bot.starting import patiently
from storage.db import Database
print("ready", flush=True)
sys.stdin.readline()
patiently(Database(sys.argv[1]).upgrade)
"""


def test_several_processes_that_upgrade_at_once_do_it_once(empty: str) -> None:
    several = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, empty], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for process in several:
        assert process.stdout is not None
        process.stdout.readline()
    for process in several:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in several:
        process.communicate(timeout=30)

    db = Database(empty)
    assert [process.returncode for process in several] == [0, 0, 0]
    assert tables(db) == set(METADATA.tables)
    assert revisions(db) == [HEAD]
    db.close()


def test_every_row_of_sqlite_has_its_parents(sqlite: Database) -> None:
    talk = start(sqlite, "2020-06-01 10:00")
    talk.do("Jo Bell", "/action add Film at the entrance owner: Hospitals due: 24 June")
    talk.do("Sam Okafor", "/action accept A1")
    talk.until("+21d")

    with sqlite.engine.connect() as connection:
        keys_on = connection.execute(text("PRAGMA foreign_keys")).scalar()
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        sound = connection.execute(text("PRAGMA integrity_check")).scalar()

    assert (keys_on, broken, sound) == (1, [], "ok")
