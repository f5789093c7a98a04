"""Databases that are used again: opened once in a process, with other rows for each test."""

import shutil
from functools import cache
from pathlib import Path

from storage.db import Database


@cache
def opened(url: str) -> Database:
    """Opened once, for building its statements takes longer than most tests; closed, it can be used again."""
    return Database(url)


def cleared(path: Path) -> Path:
    """The place of an SQLite database, with nothing there; whoever still has it open keeps what was there."""
    for old in path.parent.glob(f"{path.name}*"):  # its log too
        old.unlink()
    return path


def copied(original: Path, name: str = "reused.db") -> Path:
    """A copy of an SQLite database, beside it, in the place of the one before."""
    return Path(shutil.copy(original, cleared(original.with_name(name))))
