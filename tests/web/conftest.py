"""What the tests of the browser chat share: a partnership of four people, served."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import Clock
from storage.db import Database
from tests.conversation import at, start
from tests.databases import copied, opened
from tests.web.serving import Served, Visitor, serving

NOW = "2020-06-01 09:30"
"""A Monday, after the day's posts."""


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the partnership in it, to be copied for each test."""
    path = tmp_path_factory.mktemp("founded") / "plan.db"
    db = Database(str(path))
    db.upgrade()
    start(db, NOW)
    db.close()
    return path


@pytest.fixture
def plan(founded: Path) -> Path:
    """A database of the test's own."""
    return copied(founded)


@pytest.fixture
def db(plan: Path) -> Iterator[Database]:
    found = opened(str(plan))
    yield found
    found.close()


@pytest.fixture
def served(db: Database) -> Iterator[Served]:
    """The chat on a loopback address, where anyone may be anyone."""
    with serving(db, Clock(at(NOW))) as found:
        yield found


@pytest.fixture
def signed(db: Database) -> Iterator[Served]:
    """The chat as it is served to others, who sign in, by a link each; its clock is not moved."""
    with serving(db, Clock(at(NOW)), clock_moves=False, signs_in=True) as found:
        yield found


@pytest.fixture
def priya(served: Served) -> Iterator[Visitor]:
    with served.visit("Priya Shah", "#comms") as visitor:
        yield visitor


@pytest.fixture
def jo(served: Served) -> Iterator[Visitor]:
    with served.visit("Jo Bell", "#comms") as visitor:
        yield visitor
