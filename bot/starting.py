"""Starting: several that start at once on one new database wait for each other."""

import time
from collections.abc import Callable
from typing import TypeVar

from storage.db import Unavailable, Unusable

PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between the attempts at a step; each attempt waits for its turn besides."""

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
