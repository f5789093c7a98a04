"""Starting: at what time, on which database, and what keeps a programme from it, told in one sentence."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.clock import CannotMove, Clock, TooFar, read_instant
from storage.db import Database, Unavailable, Unusable
from storage.engine import WrongUrl
from storage.partnerships import LONDON

PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between the attempts at a step; each attempt waits for its turn besides."""


PASSING = ("", ":memory:", "sqlite://", "sqlite:///", "sqlite:///:memory:")
"""Databases that would be gone at the end, without a word."""


class CannotStart(Exception):
    """Why not, and what would work."""


ResultT = TypeVar("ResultT")


def patiently(step: Callable[[], ResultT]) -> ResultT:
    """Take a step of the start, again while the database is busy. Raises Unavailable after some seconds."""
    for seconds in PAUSES:
        try:
            return step()
        except Unusable:
            raise
        except Unavailable:
            time.sleep(seconds)
    return step()


def start(work: Callable[[Database, Clock], int], url: str | None, at: str | None) -> int:
    """Do this work on a database of today, and return its exit status; 2 if it cannot start.

    url: as in `storage.engine.read_url`; None is one that is thrown away at the end. at: where the clock
    stands; None lets it follow the real time. Several that start at once wait for each other.
    """
    try:
        clock = Clock(_read(at))
        if url is not None and url.strip() in PASSING:
            raise CannotStart(f"--db “{url}” keeps nothing. Name a file, such as --db plan.db")
        with _database(url) as db:
            return work(db, clock)
    except WrongUrl as error:
        return _stop(f"--db {error}")
    except (CannotStart, Unusable) as error:
        return _stop(str(error))
    except Unavailable:
        return _stop(
            "The database cannot be reached or opened. Nothing was changed. Look at --db or DATABASE_URL."
        )


def _read(at: str | None) -> datetime | None:
    try:
        return read_instant(at, LONDON) if at else None
    except TooFar as error:
        raise CannotStart(f"--at {at} is too far. {error}") from None
    except CannotMove:
        raise CannotStart(f"--at {at} is no time I can read. Try: --at 2026-06-01T09:00") from None


def _stop(why: str) -> int:
    print(why, file=sys.stderr)
    return 2


@contextmanager
def _database(url: str | None) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        db = Database(url or str(Path(folder) / "passing.db"))
        try:
            patiently(db.upgrade)
            yield db
        finally:
            db.close()
