"""Stories of other folders, told in Slack as well: each by signed HTTP or through a socket, some by both."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import pytest

from bot.clock import Clock
from storage.db import Database
from storage.partnerships import Workspace
from tests.conversation import HOW
from tests.slack.living import WAYS
from tests.slack.twin import Twin

LONG = {"test_year": "http", "test_people_and_time": "socket"}
"""In which months go by, by one way: its stories share one year."""


@dataclass
class Stage:
    """Where twins stand. way: how they hear Slack."""

    way: str
    folder: Path
    twins: list[Twin] = field(default_factory=list)

    def twin(self, db: Database, workspace: Workspace, clock: Clock) -> Twin:
        made = Twin(db, workspace, clock, way=self.way, folder=self.folder, number=len(self.twins))
        self.twins.append(made)
        return made

    def finish(self, number: int) -> None:
        """Those from that number on."""
        left, self.twins = self.twins[number:], self.twins[:number]
        for twin in left:
            twin.finish()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "stage" in metafunc.fixturenames:
        metafunc.parametrize("stage", ways_of(metafunc), indirect=True, scope="module")


def ways_of(story: pytest.Metafunc) -> tuple[str, ...]:
    """Half of the short stories by both ways, so that a good third of all are; the others by one."""
    module = story.module.__name__.rpartition(".")[2]
    if module in LONG:
        return (LONG[module],)
    number = crc32(story.function.__name__.encode())
    is_often = any(mark.name == "parametrize" for mark in story.definition.own_markers)
    return WAYS if number % 4 < 2 and not is_often else (WAYS[number % 2],)


@pytest.fixture(scope="module", autouse=True)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.getbasetemp() / "stage"
    folder.mkdir(exist_ok=True)
    found = Stage(request.param, folder)
    before = HOW.set(found.twin)
    yield found
    HOW.reset(before)
    found.finish(0)


@pytest.fixture(autouse=True)
def curtain(stage: Stage) -> Iterator[None]:
    """What began with a story ends with it."""
    before = len(stage.twins)
    yield
    stage.finish(before)


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Which database it is makes no difference to what is said."""
    return sqlite_url
