"""The rows that a command saved: read back, to be written again in other ways, and compared."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=1500")


@dataclass(frozen=True)
class Written:
    """What one command saved: the number it took, and its new rows, each as its table, a statement and its
    values.
    """

    number: int
    rows: list[tuple[str, str, tuple[Any, ...]]]


def connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Every table, those first that others refer to."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
    names = [row["name"] for row in connection.execute(query)]
    return [name for name in names if name not in ("alembic_version", "sqlite_sequence")]


def highest(connection: sqlite3.Connection) -> dict[str, int]:
    return {
        table: connection.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()[0]  # noqa: S608
        for table in _tables(connection)
    }


def written(connection: sqlite3.Connection, before: dict[str, int], numbers: range) -> list[Written]:
    """What each of a block's commands saved; every one of them saves as many rows of each table."""
    found = [Written(number, []) for number in numbers]
    for table, last in before.items():
        rows = connection.execute(f'SELECT * FROM "{table}" WHERE id > ? ORDER BY id', (last,)).fetchall()  # noqa: S608
        each = len(rows) // len(numbers)
        for index, row in enumerate(rows):
            found[index // each].rows.append((table, _insert(table, row), tuple(row)))
    return found


def replay(connection: sqlite3.Connection, written: Written) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE counter SET value = ? WHERE letter = 'A'", (written.number,))
    for _, statement, values in written.rows:
        connection.execute(statement, values)
    connection.execute("COMMIT")


def _insert(table: str, row: sqlite3.Row) -> str:
    columns = ", ".join(f'"{name}"' for name in row.keys())  # noqa: SIM118 a row iterates over its values
    places = ", ".join("?" * len(row))
    return f'INSERT INTO "{table}" ({columns}) VALUES ({places})'  # noqa: S608


def check_same(one: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Both databases hold the same, or the comparison was none."""
    for table in _tables(one):
        query = f'SELECT * FROM "{table}" ORDER BY id'  # noqa: S608
        if _values(one, query) != _values(other, query):
            raise RuntimeError(f"{table} differs")


def _values(connection: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(query)]
