"""Payloads: the parts of what Slack sends, or the word that one is missing."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from commands.grammar.words import cleaned

Payload: TypeAlias = Mapping[str, Any]


class Unreadable(ValueError):
    """Something is missing from what was sent, so that it is nothing that Slack sends."""


def part(body: Payload, name: str) -> Payload:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def first(body: Payload, name: str) -> Payload:
    found = body.get(name)
    if not isinstance(found, list) or not found or not isinstance(found[0], Mapping):
        raise Unreadable(f"no {name}")
    return found[0]


def need(body: Payload, name: str) -> str:
    found = body.get(name)
    if not isinstance(found, str) or not found or cleaned(found) != found:
        raise Unreadable(f"no {name}")
    return found


def key_of(message: Payload) -> str:
    """The key that was kept with a message of ours, "" for none."""
    return str(part(part(message, "metadata"), "event_payload").get("key") or "")


def file_ids(message: Payload) -> list[str]:
    """What Slack calls the files of a message."""
    files = message.get("files")
    found = files if isinstance(files, list) else []
    return [str(file.get("id")) for file in found if isinstance(file, Mapping)]


def poster_of(message: Payload) -> str:
    """The workspace for which the bot posted a message: what people elsewhere press on it in a shared channel
    may name their own. "" where it is not told, or is no workspace but a whole enterprise.
    """
    team = str(message.get("team") or "")
    return team if team.startswith("T") else ""


def team_of(body: Payload) -> str:
    """The workspace for which the bot was let in, where something was pressed: a view tells it, and the
    user's where nothing does.
    """
    for place, name in (("view", "app_installed_team_id"), ("team", "id")):
        if part(body, place).get(name):
            return need(part(body, place), name)
    return need(part(body, "user"), "team_id")
