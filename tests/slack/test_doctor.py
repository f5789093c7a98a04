"""The doctor looks at everything that can be wrong, and says how each thing is mended."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.doctor import doctor, examine
from bot.settings import Settings
from storage.db import Database
from tests.slack.living import living
from tests.slack.standin import Slack
from tests.slack.standin.faults import Fault


def told(slack: Slack, url: str, **more: Any) -> Settings:
    given = {"slack_api_url": slack.api_url, "database_url": url} | more
    return Settings.model_validate(given)


@pytest.fixture
def settings(sqlite: Database, sqlite_url: str, slack: Slack) -> Iterator[Settings]:
    """Of a bot that has been at work in #comms."""
    with living(sqlite, slack, "socket") as life:
        life.slash(life.priya, "me")
        yield told(
            slack, sqlite_url, slack_bot_token=life.team.bot_token, slack_app_token=slack.app.app_token
        )


def to_mend(settings: Settings) -> dict[str, str]:
    return {finding.what: finding.mend for finding in examine(settings) if finding.mend}


def test_all_is_well(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(settings) == 0

    assert capsys.readouterr().out.splitlines() == [
        "Good  Slack is heard by Socket Mode",
        "Good  The bot's token is for the workspace Fell and Bay",
        "Good  The bot may do all that it has to",
        "Good  The clock is right",
        "Good  Socket Mode can be opened",
        "Good  The database can be reached, and is up to date",
        "Good  The bot can post in #comms in Fell and Bay",
        "",
        "All is well.",
    ]


def test_channel_that_the_bot_cannot_post_in(settings: Settings, slack: Slack) -> None:
    [comms] = [channel for channel in slack.state.channels.values() if channel.name == "comms"]
    [team] = slack.state.workspaces.values()

    comms.members.discard(team.bot_user_id)
    outside = to_mend(settings)
    comms.members.add(team.bot_user_id)
    comms.is_archived = True
    archived = to_mend(settings)

    place = "#comms in Fell and Bay"
    assert outside == {place: "I am not in that channel. Invite me: type /invite @Commsbot there."}
    assert list(archived) == [place]
    assert archived[place].startswith("The channel is archived.")


def test_scope_that_is_missing_is_named_with_what_it_is_for(settings: Settings, slack: Slack) -> None:
    [team] = slack.state.workspaces.values()
    team.scopes.discard("users:read")

    assert [what.partition(" (")[0] for what in to_mend(settings)] == ["The bot may not use users:read"]


def test_tokens_that_do_not_work(settings: Settings, slack: Slack) -> None:
    wrong = settings.model_copy(
        update={
            "slack_bot_token": told(slack, "x.db", slack_bot_token="xoxb-wrong").slack_bot_token,  # noqa: S106
            "slack_app_token": told(slack, "x.db", slack_app_token="xapp-wrong").slack_app_token,  # noqa: S106
        }
    )

    found = to_mend(wrong)

    assert list(found) == [
        "The bot's token",
        "The app-level token",
        "#comms in Fell and Bay",
    ]
    assert not any("wrong" in words and "xoxb" in words for words in found.values())


def test_slack_that_cannot_be_reached(settings: Settings, slack: Slack) -> None:
    for method in ("auth.test", "apps.connections.open", "conversations.info"):
        slack.misbehave(Fault.ERROR_503_BEFORE, method)

    assert list(to_mend(settings)) == [
        "The bot's token",
        "Socket Mode cannot be tried",
        "#comms in Fell and Bay",
    ]


def test_nothing_is_set_up_yet(slack: Slack, sqlite_url: str) -> None:
    assert list(to_mend(told(slack, sqlite_url))) == ["No token for Slack", "No way to hear from Slack"]


def test_http_without_an_address_and_wrong_keys(slack: Slack, sqlite_url: str) -> None:
    more = {"slack_signing_secret": "s", "slack_client_id": "1.2", "slack_token_keys": "short"}

    found = to_mend(told(slack, sqlite_url, **more))

    assert list(found) == ["HTTP without a public address", "The key that tokens are kept under"]
    assert found["The key that tokens are kept under"].startswith("SLACK_TOKEN_KEYS has a key that is none")


def test_database_that_is_gone_or_old(slack: Slack, tmp_path: Any) -> None:
    new = told(slack, f"sqlite:///{tmp_path / 'new.db'}", slack_signing_secret="s", slack_client_id="1.2")  # noqa: S106
    gone = told(slack, f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}", slack_signing_secret="s")  # noqa: S106

    assert list(examine(new))[-1].what == "The database can be reached; commsbot run brings it up to date"
    assert to_mend(gone)["The database cannot be reached"].startswith("Look at DATABASE_URL")


def test_workspace_that_threw_the_bot_out(sqlite: Database, slack: Slack, sqlite_url: str) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        slack.event(life.team, {"type": "app_uninstalled"})
        settings = told(slack, sqlite_url, slack_bot_token=life.team.bot_token, slack_signing_secret="s")  # noqa: S106

        found = to_mend(settings)

    assert found["Nothing is posted in the workspace Fell and Bay"] == (
        "Commsbot was taken out of this workspace."
    )
