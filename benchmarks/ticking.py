"""Ticking: what a beat costs with nothing due, however many addresses there are."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figure import Figure, seconds
from bot import door, local
from bot.app import App
from commands.registry import discover
from storage.db import Database

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
FEW, MANY = 1_000, 100_000
BLOCKS, BEATS = 20, 50
AIM = 1.5


def figures(folder: Path) -> Iterator[Figure]:
    apps = [_with_slots(folder / f"slots-{count}.db", count) for count in (FEW, MANY)]
    blocks = [[_beats(app) for app in apps] for _ in range(BLOCKS)][1:]
    few, many = (median(block[i] for block in blocks) for i in range(2))
    more = f"{few * 1e6:,.0f} and {many * 1e6:,.0f} microseconds"
    yield Figure(f"Empty beat, {MANY:,} slots to {FEW:,}", many / few, "times", AIM, more=more)


def _beats(app: App) -> float:
    """Seconds for one beat. They have to be empty ones."""
    took = seconds(app.beat, [NOW] * BEATS) / BEATS
    if app.beat(NOW):
        raise RuntimeError("something was due")
    return took


def _with_slots(file: Path, count: int) -> App:
    """An app on a database with so many addresses, each with a slot on some later morning."""
    db = Database(str(file))
    db.upgrade()
    workspace = local.settle_in(db, "local", NOW)
    with db.writing(workspace.partnership_id, at=NOW) as session:
        door.open_channel(session, workspace, "#1")
    with closing(sqlite3.connect(file)) as raw, raw:
        others = range(2, count + 1)
        _copy(raw, "address", ({"id": n, "external": f"#{n}", "name": f"{n}"} for n in others))
        _copy(raw, "slot", ({"id": n, "address_id": n, "next_at": _morning(n)} for n in others))
    return App(db, discover(), {local.NAME: local.Local(lambda _shown: None)})


def _morning(number: int) -> str:
    return f"2026-06-{2 + number % 28:02} 08:00:00.000000"


def _copy(raw: sqlite3.Connection, table: str, changes: Iterable[dict[str, Any]]) -> None:
    """Rows like the first one of a table, but for these columns."""
    first = raw.execute(f"SELECT * FROM {table}")  # noqa: S608 our own tables
    like = dict(zip([column[0] for column in first.description], first.fetchone(), strict=True))
    names = ", ".join(f'"{name}"' for name in like)
    values = ", ".join(f":{name}" for name in like)
    insert = f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608 likewise
    raw.executemany(insert, ({**like, **change} for change in changes))
