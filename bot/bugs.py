"""Bugs: what nobody foresaw is caught here alone, logged under a reference, and goes no further."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from storage.db import Unavailable

log = logging.getLogger(__name__)


@dataclass
class Bug:
    """What went wrong in a block, by the reference under which the log knows it; "" if nothing did.

    where: of a block that does several things, it says which one it is at.
    """

    where: str
    reference: str = ""


@contextmanager
def caught(where: str, what: str) -> Iterator[Bug]:
    """Run a block; a bug in it ends the block and is kept in what this yields.

    A database out of reach is no bug, and is for the caller. Errors that people are shown are caught in
    the block itself.
    """
    bug = Bug(where)
    try:
        yield bug
    except Unavailable:
        raise
    except Exception:  # the one place in the programme where anything is caught
        bug.reference = secrets.token_hex(4)
        log.exception("bug %s in %s (%s)", bug.reference, bug.where, what)
