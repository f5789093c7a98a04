"""What the tests on the fake Slack share: one that runs, a workspace in it, and a small bot that hears it."""

from collections.abc import Iterator

import pytest

from tests.slack.scene import Scene
from tests.slack.small_bot import SmallBot
from tests.slack.standin import Slack


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack().running() as running:
        yield running


@pytest.fixture
def scene(slack: Slack) -> Scene:
    team = slack.workspace("Morecambe Bay")
    sam = slack.user(team, "Sam Okafor")
    return Scene(slack, team, sam, slack.channel(team, "comms", sam))


@pytest.fixture
def bot(scene: Scene) -> Iterator[SmallBot]:
    with SmallBot(scene.slack, scene.team).over_http() as serving:
        yield serving
