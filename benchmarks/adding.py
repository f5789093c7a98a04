"""Adding: the command that people use most, beside a bare driver that commits the very same rows."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.adding_core import inserting
from benchmarks.adding_rows import check_same, connect, highest, replay, written
from benchmarks.figure import Figure, seconds
from bot import local
from bot.app import App
from commands.registry import discover
from storage.db import Database
from storage.partnerships import Workspace

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
BLOCKS, ADDS = 12, 50
AIM = 0.5


@dataclass(frozen=True)
class Times:
    """Seconds for one block of adds: the command's, the driver's, and those of SQLAlchemy's core."""

    command: float
    driver: float
    core: float


def figures(folder: Path) -> Iterator[Figure]:
    for where, channel in (("in direct messages", ""), ("in a chat channel", "#comms")):
        times = _measure(folder, channel)
        more = f"{ADDS / times.command:,.0f} and {ADDS / times.driver:,.0f} a second"
        ratio, bound = times.driver / times.command, times.driver / times.core
        what = f"/action add {where}, to bare sqlite3"
        yield Figure(what, ratio, "times", AIM, at_least=True, more=more)
        yield Figure("  its rows alone, through SQLAlchemy's core", bound, "times", AIM, at_least=True)


def _measure(folder: Path, channel: str) -> Times:
    """In turns, so that all see the same disk."""
    file = folder / f"adds{channel}.db"
    app, workspace = _open(file, channel)
    twin, third = (Path(shutil.copy(file, folder / f"adds{channel}-{name}.db")) for name in ("twin", "third"))
    raw, watch, core = connect(twin), connect(file), connect(third)
    ready, save = inserting(third)
    blocks = []
    for block in range(BLOCKS):
        numbers = range(block * ADDS + 2, (block + 1) * ADDS + 2)
        before = highest(watch)
        by_command = seconds(partial(_add, app, workspace, channel), numbers)
        found = written(watch, before, numbers)
        by_driver = seconds(partial(replay, raw), found)
        blocks.append(Times(by_command, by_driver, seconds(save, [ready(each) for each in found])))
    check_same(watch, raw)
    check_same(watch, core)
    taken = [(block.command, block.driver, block.core) for block in blocks[1:]]
    return Times(*(median(each) for each in zip(*taken, strict=True)))


def _open(file: Path, channel: str) -> tuple[App, Workspace]:
    """A database in which its one person has added one action, all of it in its one file."""
    db = Database(str(file))
    db.upgrade()
    app = App(db, discover(), {local.NAME: local.Local(lambda _shown: None)})
    workspace = local.settle_in(db, "local", NOW)
    local.speaker(db, workspace, "You", NOW)
    _add(app, workspace, channel, 1)
    app.deliver(NOW)
    raw = connect(file)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return app, workspace


def _add(app: App, workspace: Workspace, channel: str, number: int) -> None:
    line = f"/action add Refresh the newsletter number {number} due: end of June"
    answer = app.hear(local.heard(workspace, "@You", channel, f"key-{number}", line), NOW)
    if answer.is_error:
        raise RuntimeError(f"it was not added: {answer.messages}")
