"""Scopes: what is asked for is what methods, events and features need, no more and no less."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from slack_sdk import WebClient

from bot.slack.manifest import EVENTS, SCOPES, missing

ROOT = Path(__file__).parents[2]

METHODS: dict[str, set[str]] = {
    "apps.connections.open": set(),  # with the app-level token, whose connections:write is no bot scope
    "auth.test": set(),
    "chat.getPermalink": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "oauth.v2.access": set(),
    "users.info": {"users:read"},
    "views.open": set(),
    "views.push": set(),
    "views.publish": set(),
    "views.update": set(),
}
"""What each method that may be called needs, where it is called, by Slack's reference of methods."""
TOLD: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "channel_rename": {"channels:read"},
    "group_rename": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.im": {"im:history"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}
"""What each event needs, by Slack's reference of events."""
FEATURES = {"slash commands and shortcuts": {"commands"}}


def test_no_scope_is_asked_for_that_nothing_needs() -> None:
    needed = set().union(*METHODS.values(), *TOLD.values(), *FEATURES.values())

    assert set(SCOPES) == needed


def test_every_event_is_one_whose_scope_is_known() -> None:
    assert sorted(EVENTS) == sorted(TOLD)


def test_methods_that_are_called_are_those_whose_scopes_are_known() -> None:
    paths = sorted((ROOT / "bot" / "slack").rglob("*.py"))
    called = {method for path in paths for method in methods_in(path.read_text(encoding="utf-8"))}

    assert sorted(called - set(METHODS)) == []


def test_methods_are_found_as_calls_and_as_words() -> None:
    source = 'client.chat_postMessage(x)\ncall("views.open")\nclient.oauth_v2_access()\nclient.close()\n"a.b"'

    assert sorted(methods_in(source)) == ["chat.postMessage", "oauth.v2.access", "views.open"]


def methods_in(source: str) -> Iterator[str]:
    """The Web API's methods that a file calls on a client or names."""
    by_attribute = {name: name.replace("_", ".") for name in dir(WebClient) if re.match(r"[a-z0-9]+_", name)}
    by_attribute.pop("api_call", None)
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr=name) if name in by_attribute:
                yield by_attribute[name]
            case ast.Constant(value=str(name)) if name.replace(".", "_") in by_attribute and "." in name:
                yield name


def test_what_a_token_lacks_is_said_with_its_reason() -> None:
    granted = [scope for scope in SCOPES if scope != "im:write"] + ["pins:read"]

    assert missing(granted) == {"im:write": SCOPES["im:write"]}
    assert missing(SCOPES) == {}
