"""The log of a bot in Slack holds nobody's words and no secrets, however much it is told to write."""

from pathlib import Path

import pytest

from tests.slack.living import WAYS
from tests.slack.processes import Process, Scenery, scenery
from tests.slack.standin import Slack
from tests.slack.standin.faults import Fault

WORDS = "Zebra crossing in Heysham"
NUMBER = "943 476 5919"


def talk(scene: Scenery, bot: Process) -> None:
    """By every way that Slack has of hearing, and of being answered."""
    scene.slash(bot, f"action add {WORDS}")
    scene.slack.wait_for(lambda: [p for p in scene.slack.posts(scene.comms) if not p.ephemeral_to])
    private = next(p for p in scene.slack.posts(scene.comms) if p.ephemeral_to)
    scene.slack.click(private, "Undo", scene.priya)
    scene.slack.wait_for(lambda: scene.slack.state.url_posts)
    scene.slack.misbehave(Fault.REFUSED, "views.open", error="expired_trigger_id")
    scene.slash(bot, "action add")
    scene.slash(bot, "action add")
    [view] = [view for view in scene.slack.state.views.values() if view.how == "open"]
    scene.slack.submit(view.id, scene.priya, {"what": WORDS})
    scene.slack.dm(scene.team, scene.priya, f"action add {WORDS}")
    scene.slash(bot, f"action add {NUMBER}")
    scene.slack.dm(scene.team, scene.priya, f"action list {NUMBER}")
    scene.slack.open_home(scene.team, scene.priya)
    scene.slack.wait_for(lambda: scene.slack.home(scene.team, scene.priya))


@pytest.mark.parametrize("way", WAYS)
def test_log_at_its_longest_holds_no_words_and_no_secrets(slack: Slack, tmp_path: Path, way: str) -> None:
    scene = scenery(slack, str(tmp_path / "plan.db"), tmp_path)
    told = {"LOG_LEVEL": "DEBUG"} | ({"SLACK_APP_TOKEN": slack.app.app_token} if way == "socket" else {})
    bot = scene.begin(**told)
    if way == "socket":
        bot.url = ""
        slack.sockets.wait_opened(1)

    talk(scene, bot)
    bot.stop()
    assert bot.end()[0] == 0
    scene.db.close()

    [log] = tmp_path.glob("*.log")
    written = log.read_text()
    secret = [
        WORDS,
        NUMBER,
        scene.team.bot_token,
        slack.app.app_token,
        slack.app.signing_secret,
        scene.priya.id,
    ]
    secret += [*slack.state.response_urls, *slack.state.triggers]
    assert "a form could not be opened: expired_trigger_id" in written
    assert [each for each in secret if each in written] == []
