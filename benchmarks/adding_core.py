"""Adding through SQLAlchemy's core: the same rows with nothing else around them, the floor of all that is
built on it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect, Insert, Table, insert, update

from benchmarks.adding_rows import Written
from storage.counters import Counter
from storage.db import Database
from storage.row import Row


@dataclass(frozen=True)
class Insertions:
    """What one command saved, ready to be inserted: the number it took, and each row by its columns."""

    number: int
    rows: list[tuple[Insert, dict[str, Any]]]


def inserting(file: Path) -> tuple[Callable[[Written], Insertions], Callable[[Insertions], None]]:
    """How to make what a command saved ready, and how to save it in this database."""
    engine = Database(str(file)).engine.execution_options(writes=True)
    tables = {name: (table, insert(table)) for name, table in Row.metadata.tables.items()}
    counting = update(Counter.__table__)  # type: ignore[attr-defined]

    def ready(written: Written) -> Insertions:
        rows = [(tables[name], values) for name, _, values in written.rows]
        return Insertions(
            written.number,
            [(insertion, _by_column(table, values, engine.dialect)) for (table, insertion), values in rows],
        )

    def save(insertions: Insertions) -> None:
        with engine.begin() as connection:
            connection.execute(counting, {"value": insertions.number})
            for insertion, row in insertions.rows:
                connection.execute(insertion, row)

    return ready, save


def _by_column(table: Table, values: tuple[Any, ...], dialect: Dialect) -> dict[str, Any]:
    """As they were before the driver had them: instants, dates and lists, not text."""
    row = {}
    for column, value in zip(table.columns, values, strict=True):
        read = column.type.dialect_impl(dialect).result_processor(dialect, None)
        row[column.name] = read(value) if read else value
    return row
