"""Ticking: what a beat costs with nothing due, however many addresses there are."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure, seconds
from bot import local
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
    took = seconds(lambda: [app.beat(NOW) for _ in range(BEATS)]) / BEATS
    if app.beat(NOW):
        raise RuntimeError("something was due")
    return took


def _with_slots(file: Path, count: int) -> App:
    db = Database(str(file))
    db.upgrade()
    workspace = local.settle_in(db, "local", NOW)
    with sqlite3.connect(file) as raw:
        raw.executemany(
            "INSERT INTO address (id, partnership_id, workspace_id, kind, external, name, is_shared)"
            " VALUES (?, ?, ?, 'channel', ?, ?, false)",
            [(n, workspace.partnership_id, workspace.id, f"#{n}", f"{n}") for n in range(1, count + 1)],
        )
        raw.executemany(
            "INSERT INTO slot (partnership_id, address_id, hour, weekdays, parts, is_paused, next_at, last_at)"
            " VALUES (?, ?, '09:00:00.000000', '', '', false, ?, '2026-06-01 08:00:00.000000')",
            [
                (workspace.partnership_id, n, f"2026-06-{2 + n % 28:02} 08:00:00.000000")
                for n in range(1, count + 1)
            ],
        )
    raw.close()
    return App(db, discover(), {local.NAME: local.Local(lambda _shown: None)})
