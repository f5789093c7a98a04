"""`commsbot run` says in one sentence why it cannot start, and starts where it can."""

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.run import run
from bot.settings import Settings, WrongSettings, read_settings
from storage.db import Database
from tests.slack.living import living
from tests.slack.standin import Slack


def told(slack: Slack, tmp_path: Path, **more: Any) -> Settings:
    given = {"slack_api_url": slack.api_url, "database_url": f"sqlite:///{tmp_path / 'plan.db'}", "port": 0}
    return Settings.model_validate(given | more)


def test_nothing_is_set(slack: Slack, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(told(slack, tmp_path)) == 2

    assert capsys.readouterr().err.startswith("There is no token for Slack. Put SLACK_BOT_TOKEN")
    assert not (tmp_path / "plan.db").exists()


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"slack_bot_token": "xoxb-1"}, "SLACK_APP_TOKEN is missing (for Socket Mode"),
        ({"slack_bot_token": "xoxb-1", "slack_signing_secret": "s"}, "SLACK_BOT_TOKEN does not work: Slack"),
        ({"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1"}, "SLACK_APP_TOKEN does not work: Slack"),
        (
            {"slack_client_id": "1.2", "slack_signing_secret": "s"},
            "With SLACK_CLIENT_ID, SLACK_CLIENT_SECRET",
        ),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(
    slack: Slack, tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: dict[str, str], why: str
) -> None:
    assert run(told(slack, tmp_path, **settings)) == 2

    assert capsys.readouterr().err.startswith(why)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1", "SLACK_BOT_TOKEN begins with xoxb-"),
        ("SLACK_BOT_TOKEN", "xoxb-…", "SLACK_BOT_TOKEN has signs that no token has"),
        ("SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN begins with xapp-"),
        ("SLACK_API_URL", "slack", "SLACK_API_URL is slack; it is an address"),
        ("PUBLIC_URL", "comms.example.org", "PUBLIC_URL is comms.example.org; it is an address"),
        ("PORT", "99999", "PORT Input should be less than or equal to 65535"),
        ("COMMAND_PREFIX", "NHS ", "COMMAND_PREFIX is NHS"),
    ],
)
def test_setting_that_is_wrong_is_named(tmp_path: Path, name: str, value: str, why: str) -> None:
    with pytest.raises(WrongSettings) as wrong:
        read_settings({name: value}, tmp_path / ".env")

    assert str(wrong.value).startswith(why)


def test_slack_that_is_out_of_reach_is_said(
    slack: Slack, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}/api/"

    tokens = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "s"}
    assert run(told(slack, tmp_path, slack_api_url=url, **tokens)) == 2

    assert "Slack cannot be reached just now" in capsys.readouterr().err


def test_port_that_is_taken_keeps_nobody_from_socket_mode(
    sqlite: Database, slack: Slack, tmp_path: Path
) -> None:
    with living(sqlite, slack, "http") as life:
        env = {
            "SLACK_BOT_TOKEN": life.team.bot_token,
            "SLACK_APP_TOKEN": slack.app.app_token,
            "SLACK_API_URL": slack.api_url,
            "PORT": str(life.running.port),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}",
        }
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=env, cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(2)]
            process.terminate()
            assert process.wait(15) == 0

    assert said[0].startswith(f"Port {life.running.port} is taken; health and figures are at port ")
    assert said[1] == "Commsbot is running: Socket Mode. Press Ctrl+C to stop it.\n"
    assert (tmp_path / "other.db").stat().st_mode & 0o077 == 0
