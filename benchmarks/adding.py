"""Adding: the command that people use most, beside a bare driver that commits the very same rows."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figure import Figure, seconds
from bot import local
from bot.app import App
from commands.registry import discover
from storage.db import Database
from storage.partnerships import Workspace

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
BLOCKS, ADDS = 12, 50
AIM = 0.5
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=1500")


@dataclass(frozen=True)
class Written:
    """What one command saved: the number it took, and its new rows, each as a statement and its values."""

    number: int
    rows: list[tuple[str, tuple[Any, ...]]]


def figures(folder: Path) -> Iterator[Figure]:
    for where, channel in (("in direct messages", ""), ("in a chat channel", "#comms")):
        by_command, by_driver = _measure(folder, channel)
        more = f"{ADDS / by_command:,.0f} and {ADDS / by_driver:,.0f} a second"
        what = f"/action add {where}, to bare sqlite3"
        yield Figure(what, by_driver / by_command, "times", AIM, at_least=True, more=more)


def _measure(folder: Path, channel: str) -> tuple[float, float]:
    """Seconds for one block of adds: the command's, and the driver's. In turns, so both see the same disk."""
    file, twin = folder / f"adds{channel}.db", folder / f"adds{channel}-twin.db"
    app, workspace = _open(file, channel)
    shutil.copy(file, twin)
    raw, watch = _connect(twin), _connect(file)
    blocks = []
    for block in range(BLOCKS):
        numbers = range(block * ADDS + 2, (block + 1) * ADDS + 2)
        before = _highest(watch)
        by_command = seconds(partial(_add, app, workspace, channel), numbers)
        written = _written(watch, before, numbers)
        by_driver = seconds(partial(_replay, raw), written)
        blocks.append((by_command, by_driver))
    _check_same(watch, raw)
    return median(block[0] for block in blocks[1:]), median(block[1] for block in blocks[1:])


def _open(file: Path, channel: str) -> tuple[App, Workspace]:
    """A database in which its one person has added one action, all of it in its one file."""
    db = Database(str(file))
    db.upgrade()
    app = App(db, discover(), {local.NAME: local.Local(lambda _shown: None)})
    workspace = local.settle_in(db, "local", NOW)
    local.speaker(db, workspace, "You", NOW)
    _add(app, workspace, channel, 1)
    app.deliver(NOW)
    raw = _connect(file)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return app, workspace


def _add(app: App, workspace: Workspace, channel: str, number: int) -> None:
    line = f"/action add Refresh the newsletter number {number} due: end of June"
    answer = app.hear(local.heard(workspace, "@You", channel, f"key-{number}", line), NOW)
    if answer.is_error:
        raise RuntimeError(f"it was not added: {answer.messages}")


def _connect(file: Path) -> sqlite3.Connection:
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


def _highest(connection: sqlite3.Connection) -> dict[str, int]:
    return {
        table: connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]  # noqa: S608
        for table in _tables(connection)
    }


def _written(connection: sqlite3.Connection, before: dict[str, int], numbers: range) -> list[Written]:
    """What each of a block's commands saved; every one of them saves as many rows of each table."""
    written = [Written(number, []) for number in numbers]
    for table, highest in before.items():
        rows = connection.execute(f"SELECT * FROM {table} WHERE id > ? ORDER BY id", (highest,)).fetchall()  # noqa: S608
        each = len(rows) // len(numbers)
        for index, row in enumerate(rows):
            written[index // each].rows.append((_insert(table, row), tuple(row)))
    return written


def _replay(connection: sqlite3.Connection, written: Written) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE counter SET value = ? WHERE letter = 'A'", (written.number,))
    for statement, values in written.rows:
        connection.execute(statement, values)
    connection.execute("COMMIT")


def _insert(table: str, row: sqlite3.Row) -> str:
    columns = ", ".join(f'"{name}"' for name in row.keys())  # noqa: SIM118 a row iterates over its values
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608


def _check_same(one: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Both databases hold the same, or the comparison was none."""
    for table in _tables(one):
        query = f"SELECT * FROM {table} ORDER BY id"  # noqa: S608
        if _values(one, query) != _values(other, query):
            raise RuntimeError(f"{table} differs")


def _values(connection: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(query)]
