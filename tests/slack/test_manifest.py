"""The manifest: Slack takes it as it is, and it names all there is."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.slack.manifest import (
    EVENTS,
    NAMES,
    SCOPES,
    Unfit,
    as_typed,
    as_yaml,
    manifest,
    registered,
)
from commands.registry import Registry, discover

ROOT = Path(__file__).parents[2]
URL = "https://comms.example.org"
EVERY = (*discover().commands, *NAMES)
"""All commands registered as slash commands: more than anyone would."""


@pytest.fixture
def commands() -> Registry:
    return discover()


def slash(made: dict[str, Any]) -> list[str]:
    return [command["command"] for command in made["features"]["slash_commands"]]


# --- what it holds --------------------------------------------------------------------------------


def test_manifest_holds_what_is_registered(commands: Registry) -> None:
    made = manifest(commands, names=EVERY)

    assert slash(made) == [*(f"/{name}" for name in commands.commands), "/comms"]
    assert [(command["command"], command["description"]) for command in made["features"]["slash_commands"]][
        :-1
    ] == [(f"/{command.name}", command.purpose) for command in commands.commands.values()]


def test_names_without_a_command_are_left_out(commands: Registry) -> None:
    assert registered("", ("action", "nothing", "comms", "action"), commands) == {
        "/action": "/action",
        "/comms": "",
    }


def test_umbrella_is_always_there(commands: Registry) -> None:
    assert registered("", (), commands) == {"/comms": ""}


def test_prefix_begins_what_is_typed_and_not_what_it_means(commands: Registry) -> None:
    assert registered("nhs-", ("action", "me"), commands) == {
        "/nhs-action": "/action",
        "/nhs-me": "/me",
        "/nhs-comms": "",
    }
    assert slash(manifest(commands, prefix="nhs-", names=("action",))) == ["/nhs-action", "/nhs-comms"]


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("/action add Refresh the page", "/nhs-action add Refresh the page"),
        ("/action", "/nhs-action"),
        ("/plan resend P1", "/nhs-comms plan resend P1"),
        ("/help", "/nhs-comms help"),
    ],
)
def test_line_is_typed_as_slack_knows_it(line: str, typed: str, commands: Registry) -> None:
    slash = registered("nhs-", NAMES, commands)
    begins = max((name for name in slash if typed.startswith(name)), key=len)

    assert as_typed(line, slash) == typed
    assert f"{slash[begins]}{typed.removeprefix(begins)}".strip().removeprefix("/") == line.removeprefix("/")


@pytest.mark.parametrize("prefix", ["NHS-", "nhs ", "/nhs", "ñ", "a-prefix-that-is-far-too-long-"])
def test_prefix_that_slack_would_not_take_is_refused(prefix: str, commands: Registry) -> None:
    with pytest.raises(Unfit):
        manifest(commands, prefix=prefix)


def test_every_shortcut_says_which_verb_it_is(commands: Registry) -> None:
    shortcuts = manifest(commands)["features"]["shortcuts"]

    assert {one["callback_id"]: (one["name"], one["type"]) for one in shortcuts} == {
        verb.path: (verb.terms.shortcut, "message") for verb in commands.shortcuts()
    }


def test_mentions_come_with_ids_everywhere(commands: Registry) -> None:
    made = manifest(commands, names=EVERY)

    assert {command["should_escape"] for command in made["features"]["slash_commands"]} == {True}


def test_scopes_and_events_are_those_explained(commands: Registry) -> None:
    made = manifest(commands)

    assert made["oauth_config"] == {"scopes": {"bot": list(SCOPES)}}
    assert made["settings"]["event_subscriptions"] == {"bot_events": list(EVENTS)}


def test_yaml_reads_back_the_same(commands: Registry) -> None:
    text = as_yaml(commands, public_url=URL, prefix="nhs-", names=EVERY, is_many=True)

    assert yaml.safe_load(text) == manifest(
        commands, public_url=URL, prefix="nhs-", names=EVERY, is_many=True
    )
    assert "&id" not in text


# --- how Slack and the bot reach each other -------------------------------------------------------


def urls(made: dict[str, Any]) -> list[str]:
    """All addresses of a manifest, in the order in which they stand there."""
    return re.findall(r"https:\S+", yaml.safe_dump(made, sort_keys=False))


def test_without_an_address_the_bot_reaches_slack(commands: Registry) -> None:
    made = manifest(commands)

    assert (made["settings"]["socket_mode_enabled"], urls(made)) == (True, [])


@pytest.mark.parametrize("public_url", [URL, f"{URL}/"])
def test_with_an_address_slack_reaches_the_bot(public_url: str, commands: Registry) -> None:
    made = manifest(commands, public_url=public_url, names=("action",))

    assert made["settings"]["socket_mode_enabled"] is False
    assert [command["url"] for command in made["features"]["slash_commands"]] == [f"{URL}/slack/events"] * 2
    assert made["settings"]["event_subscriptions"]["request_url"] == f"{URL}/slack/events"
    assert made["settings"]["interactivity"]["request_url"] == f"{URL}/slack/events"
    assert urls(made) == [f"{URL}/slack/events"] * 4


def test_many_workspaces_come_back_after_installing(commands: Registry) -> None:
    made = manifest(commands, public_url=URL, is_many=True)

    assert made["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]


@pytest.mark.parametrize(
    "public_url",
    ["http://comms.example.org", "comms.example.org", "https://", "https://[", f"{URL}/?a=b", f"{URL}/#a"],
)
def test_address_that_slack_cannot_reach_is_refused(public_url: str, commands: Registry) -> None:
    with pytest.raises(Unfit):
        manifest(commands, public_url=public_url)


def test_many_workspaces_need_an_address(commands: Registry) -> None:
    with pytest.raises(Unfit, match="--url"):
        manifest(commands, is_many=True)


# --- Slack's limits -------------------------------------------------------------------------------


def test_manifest_is_within_the_limits_of_an_app(commands: Registry) -> None:
    made = manifest(commands, public_url=URL, prefix="partnership-", names=EVERY)
    display = made["display_information"]

    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", display["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", made["features"]["bot_user"]["display_name"])
    assert len(made["oauth_config"]["scopes"]["bot"]) <= 255
    assert len(made["settings"]["event_subscriptions"]["bot_events"]) <= 100


def test_slash_commands_are_within_the_limits(commands: Registry) -> None:
    found = manifest(commands, prefix="partnership-", names=EVERY)["features"]["slash_commands"]

    assert len(found) <= 50
    for command in found:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 2000
        assert 1 <= len(command["usage_hint"]) <= 1000


def test_shortcuts_are_within_the_limits(commands: Registry) -> None:
    found = manifest(commands)["features"]["shortcuts"]

    assert 1 <= len(found) <= 5
    for shortcut in found:
        assert 1 <= len(shortcut["name"]) <= 24
        assert 1 <= len(shortcut["callback_id"]) <= 255
        assert 1 <= len(shortcut["description"]) <= 150


# --- the command line -----------------------------------------------------------------------------


def printed(*options: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-X", "utf8", "-m", "bot", "manifest", "slack", *options]
    return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT)


def test_command_line_prints_the_manifest(commands: Registry) -> None:
    done = printed("--url", URL, "--prefix", "nhs-", "--many")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == as_yaml(commands, public_url=URL, prefix="nhs-", is_many=True)


def test_command_line_says_what_will_not_do() -> None:
    done = printed("--url", "http://comms.example.org")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "http://comms.example.org will not do: Slack needs an address such as https://comms.example.org\n"
    )
