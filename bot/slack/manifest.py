"""The manifest: what Slack is told about Commsbot, and why it asks for each permission."""

import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import yaml

from commands.registry import UMBRELLA, Command, Registry, Verb

NAMES = ("action", "yousaid", "agenda", "timeline", UMBRELLA)
"""What people type daily, and so has a slash command of its own; all else is typed after the umbrella."""
ENDPOINT = "/slack/events"
REDIRECT = "/slack/oauth_redirect"
LONGEST_COMMAND = 32
HINT = 120
"""Slack shows a hint of up to 1,000 characters; a longer one than this is not read while typing."""

SCOPES: Mapping[str, str] = {
    "commands": "People call it with slash commands such as /action, and with “Log as action” on a message."
    " It is given what was typed after the command, or that one message, with who did so and where.",
    "app_mentions:read": "It hears a message that mentions it by name, in channels that it was invited to:"
    " the only way to ask it inside a thread. Messages that do not mention it are not sent to it.",
    "chat:write": "It posts its answers and reminders, and brings its own posts up to date, in direct"
    " messages and in channels that it was invited to. It can post in no other channel, and in nobody"
    " else's name.",
    "im:history": "It hears what people write to it in direct messages, and looks there whether a post of its"
    " own arrived. Direct messages between people are closed to it.",
    "im:write": "It may begin a direct message with someone, so that those who never wrote to it get their"
    " reminders too.",
    "channels:history": "After a broken connection it looks whether its own post arrived in a public channel,"
    " so that nothing is posted twice or lost. It can do so only where it was invited to; what others wrote"
    " is passed over, and never kept.",
    "groups:history": "The same in private channels that it was invited to.",
    "channels:read": "It learns the name of a public channel, and hears when one is renamed, or when it is"
    " invited to one, so that posts name the right channel. It keeps this only of channels that it was used"
    " in or invited to.",
    "groups:read": "The same for private channels that it was invited to. It cannot tell that others exist.",
    "files:write": "It gives people the files that they asked it for, such as a Word document, in their"
    " direct messages, or where it was asked. It can show only files of its own, and reads nobody else's.",
    "users:read": "It learns people's names and time zones, and whether they are guests or have left, so that"
    " a reminder reaches the right person at the right hour. Slack sends no e-mail addresses with this.",
}
"""Every permission that is asked for, and why, in words for whoever has to agree to it."""

EVENTS: Mapping[str, str] = {
    "app_mention": "Somebody mentions it in a channel or a thread.",
    "message.im": "Somebody writes to it in a direct message.",
    "app_home_opened": "Somebody opens its Home tab, which shows what waits on them.",
    "member_joined_channel": "It is invited to a channel; that others join one is passed over.",
    "channel_rename": "A public channel has a new name.",
    "group_rename": "A private channel has a new name.",
    "user_change": "Somebody has a new name or time zone, or has left.",
    "app_uninstalled": "It was removed from the workspace, and forgets how to get in.",
    "tokens_revoked": "Its token was taken away, and is forgotten.",
}
"""Every event that Slack is asked to tell of, and what it means here."""


class Unfit(ValueError):
    """What Slack would not take, and what it would."""


def missing(granted: Iterable[str]) -> dict[str, str]:
    """The scopes that a token lacks, with what each is for."""
    has = set(granted)
    return {scope: why for scope, why in SCOPES.items() if scope not in has}


def registered(prefix: str, names: Iterable[str], commands: Registry) -> dict[str, str]:
    """Each slash command as it is typed in Slack, and the beginning of the line that it stands for.

    "/nhs-action" is "/action"; the umbrella, "/nhs-comms", is "", for all that it is followed by is a line.
    It is always there; names of commands that do not exist are left out. Raises Unfit.
    """
    if not re.fullmatch(r"[a-z0-9_-]*", prefix):
        raise Unfit(f"“{prefix}” cannot begin a slash command: only a to z, 0 to 9, - and _ can, as in nhs-")
    known = [name for name in dict.fromkeys(names) if name in commands.commands]
    typed = {f"/{prefix}{name}": f"/{name}" for name in known} | {f"/{prefix}{UMBRELLA}": ""}
    longest = max(typed, key=len)
    if len(longest) > LONGEST_COMMAND:
        raise Unfit(f"{longest} is too long: Slack takes slash commands of {LONGEST_COMMAND} characters")
    return typed


def as_typed(line: str, slash: Mapping[str, str]) -> str:
    """How people type a line in Slack, where only what is `registered` is a slash command of its own.

    "/action add" is "/nhs-action add"; "/plan sent" is "/nhs-comms plan sent".
    """
    name, space, rest = line.partition(" ")
    found = {meant: typed for typed, meant in slash.items()}
    own = found.get(name)
    return f"{own}{space}{rest}" if own else f"{found['']} {line.removeprefix('/')}"


def manifest(
    commands: Registry,
    *,
    public_url: str = "",
    prefix: str = "",
    names: Iterable[str] = NAMES,
    is_many: bool = False,
) -> dict[str, Any]:
    """The app as Slack is to make it.

    public_url: where Slack reaches the bot; without one the bot reaches Slack, by Socket Mode.
    is_many: workspaces install it themselves, by OAuth. Raises Unfit.
    """
    address = _address(public_url)
    if is_many and not address:
        raise Unfit("For many workspaces an address is needed, to which they come back: --url https://…")
    slash = registered(prefix, names, commands)
    return {
        "display_information": _display(prefix),
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "commsbot", "always_online": False},
            "shortcuts": [_shortcut(verb) for verb in commands.shortcuts()],
            "slash_commands": [_slash(typed, line, commands, address) for typed, line in slash.items()],
        },
        "oauth_config": {
            **({"redirect_urls": [address + REDIRECT]} if is_many else {}),
            "scopes": {"bot": list(SCOPES)},
        },
        "settings": _settings(address),
    }


def as_yaml(
    commands: Registry,
    *,
    public_url: str = "",
    prefix: str = "",
    names: Iterable[str] = NAMES,
    is_many: bool = False,
) -> str:
    """The manifest as it is pasted into Slack's page. Raises Unfit."""
    made = manifest(commands, public_url=public_url, prefix=prefix, names=names, is_many=is_many)
    text: str = yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=100)
    return text


def _address(public_url: str) -> str:
    """The address without a slash at its end, "" for none."""
    try:
        parts = urlsplit(public_url)
    except ValueError:
        raise Unfit(f"{public_url} is no address") from None
    if public_url and (parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment):
        raise Unfit(f"{public_url} will not do: Slack needs an address such as https://comms.example.org")
    return public_url.rstrip("/")


def _settings(address: str) -> dict[str, Any]:
    return {
        "event_subscriptions": {**_reached("request_url", address), "bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True, **_reached("request_url", address)},
        "org_deploy_enabled": False,
        "socket_mode_enabled": not address,
        "token_rotation_enabled": False,
    }


def _reached(field: str, address: str) -> dict[str, str]:
    return {field: address + ENDPOINT} if address else {}


def _display(prefix: str) -> dict[str, str]:
    long = (
        "Commsbot keeps a partnership's communications and engagement plan alive in the chat it already uses."
        " People write down what is to be done, who owns it and by when, in the words they would use in an"
        " e-mail. On working days it reminds whoever holds the job now, in one short post, and what has gone"
        f" quiet is listed for the next meeting.\n\nTo begin, type /{prefix}{UMBRELLA} help, write to it in a"
        " direct message, or mention it in a channel that it was invited to."
    )
    return {
        "name": "Commsbot",
        "description": "Keeps a communications plan alive: who owes what, by when, and one reminder a day.",
        "long_description": long,
        "background_color": "#1b3a57",
    }


def _slash(typed: str, line: str, commands: Registry, address: str) -> dict[str, Any]:
    command = commands.commands.get(line.removeprefix("/"))
    return {
        "command": typed,
        "description": command.purpose if command else "Everything that Commsbot can do, and help with it.",
        "usage_hint": _hint(command) if command else "help, me, or any command, such as: action add …",
        "should_escape": True,  # mentions then come with people's ids, and not as names that may change
        **_reached("url", address),
    }


def _hint(command: Command) -> str:
    verbs = ", ".join(name for name in command.verbs if name)
    return textwrap.shorten(f"{verbs}, or help" if verbs else "help", HINT, placeholder=" …, or help")


def _shortcut(verb: Verb) -> dict[str, str]:
    return {
        "name": verb.terms.shortcut,
        "type": "message",
        "callback_id": verb.path,
        "description": verb.purpose,
    }
