"""Listing: how long people wait for the first page of a list of loops, however many there are."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure, seconds
from bot import local
from bot.app import App
from commands.registry import discover
from storage.db import Database
from storage.partnerships import Workspace

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
FEW, MANY = 100, 10_000
BLOCKS, ASKED = 12, 10
AIM, AIM_MS = 1.5, 50
LISTS = {
    "/yousaid list": "open",
    "/yousaid list untold": "untold",
    "/yousaid list all theme: rooms": "of a theme",
    "/yousaid list cold": "with a word",
}
STORIES = (
    ("The waiting room is too cold", "rooms", ()),
    ("Letters are hard to read", "letters", ("ask {} @You by: friday",)),
    ("The bus does not stop here", "travel", ("cannot {} because the road is closed",)),
    (
        "The signs are new, and good",
        "signs",
        ("thanked {}", "told {} to: the group where: their meeting on: today"),
    ),
)
"""What is said, its theme, and what becomes of it: each stands somewhere else, and a quarter are like it."""
FACTS = ("asking", "outcome", "telling")


@dataclass(frozen=True)
class Talk:
    """A plan with so many loops, and somebody who asks for them."""

    app: App
    workspace: Workspace
    keys: Iterator[int]

    def say(self, line: str) -> None:
        heard = local.heard(self.workspace, "@You", "", f"key-{next(self.keys)}", line)
        if self.app.hear(heard, NOW).is_error:
            raise RuntimeError(f"it was not answered: {line}")


def figures(folder: Path) -> Iterator[Figure]:
    talks = [_with_loops(folder / f"loops-{number}.db", number) for number in (FEW, MANY)]
    for line, name in LISTS.items():
        blocks = [[seconds(talk.say, [line] * ASKED) / ASKED for talk in talks] for _ in range(BLOCKS)][1:]
        few, many = (median(block[i] for block in blocks) for i in range(2))
        what, more = f"Loops {name}, {MANY:,} to {FEW:,}", f"{few * 1000:.1f} and {many * 1000:.1f} ms"
        yield Figure(what, many / few, "times", AIM, more=more)
        yield Figure(f"  the first page of {MANY:,}", many * 1000, "ms", AIM_MS)


def _with_loops(file: Path, number: int) -> Talk:
    db = Database(str(file))
    db.upgrade()
    app = App(db, discover(), {local.NAME: local.Local(lambda _shown: None)})
    workspace = local.settle_in(db, "local", NOW)
    local.speaker(db, workspace, "You", NOW)
    talk = Talk(app, workspace, count(1))
    for place, (said, theme, steps) in enumerate(STORIES, 1):
        talk.say(f"/yousaid add {said} from: Healthwatch group: carers theme: {theme}")
        for step in steps:
            talk.say(f"/yousaid {step.format(f'L{place}')}")
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.row_factory = sqlite3.Row
        for loop in range(len(STORIES) + 1, number + 1):
            _copy(raw, like=(loop - 1) % len(STORIES) + 1, loop=loop)
    return talk


def _copy(raw: sqlite3.Connection, like: int, loop: int) -> None:
    """Another loop like one of the first, with the facts about it."""
    first = raw.execute("SELECT * FROM loop WHERE id = ?", (like,)).fetchone()
    _insert(raw, "loop", {**first, "id": loop, "number": loop, "said": f"{first['said']}, again {loop}"})
    made: dict[str, int | None] = {}
    for table in FACTS:
        for fact in raw.execute(f"SELECT * FROM {table} WHERE loop_id = ?", (like,)).fetchall():  # noqa: S608
            after = {**fact, "id": None, "loop_id": loop}
            made[table] = _insert(
                raw, table, after | ({"outcome_id": made["outcome"]} if table == "telling" else {})
            )


def _insert(raw: sqlite3.Connection, table: str, row: dict[str, object]) -> int | None:
    names, values = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
    return raw.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", row).lastrowid  # noqa: S608 our own
